import { openLanes } from '../../platform/turns.ts'

/** One person at their screen hears one voice at a time; more must not keep the others' sounds, or the memory, waiting. */
export const voiceLane = openLanes({ running: 2, waiting: 4 })
/** What is urgent does not stand behind the voice that the same person waits for. */
export const urgentLane = openLanes({ running: 2, waiting: 4 })
/** What is read as one types does not wait behind a voice. */
export const readingLane = openLanes({ running: 1, waiting: 4 })
