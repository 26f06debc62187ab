import { parentPort } from 'node:worker_threads'
import { type Lexicon, read } from '@loa/speech'

/** The thread behind reading.ts: a text in, its reading out. */
parentPort?.on('message', ({ number, work }: { number: number; work: { text: string; lexicon: Lexicon } }) => {
  try {
    parentPort?.postMessage({ number, reading: read(work.text, work.lexicon) })
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ number, broken })
  }
})
