import { parentPort } from 'node:worker_threads'
import type { Place } from './places.ts'
import { proposeDraft } from './propose.ts'

type Asked = { number: number; work: { text: string; places: readonly Place[] } }

/** The thread behind proposing.ts: a text and the places it may name in, the proposal out. */
parentPort?.on('message', ({ number, work }: Asked) => {
  try {
    parentPort?.postMessage({ number, proposal: proposeDraft(work.text, work.places) })
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ number, broken })
  }
})
