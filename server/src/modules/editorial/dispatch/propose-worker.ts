import { serveThread } from '../../../platform/thread.ts'
import type { Place } from './places.ts'
import { proposeDraft } from './propose.ts'

/** The thread behind proposing.ts: a text and the places it may name in, the proposal out. */
serveThread(({ text, places }: { text: string; places: readonly Place[] }) => ({
  answer: { proposal: proposeDraft(text, places) },
}))
