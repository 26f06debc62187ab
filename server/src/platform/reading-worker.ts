import { parentPort } from 'node:worker_threads'
import { read } from '@loa/speech'

/** The thread behind reading.ts: a text in, its reading out. */
parentPort?.on('message', ({ number, work }: { number: number; work: string }) => {
  try {
    parentPort?.postMessage({ number, reading: read(work) })
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ number, broken })
  }
})
