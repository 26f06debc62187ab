import { parentPort } from 'node:worker_threads'
import { doSoundWork, type SoundWork } from './sound-work.ts'

/** The thread behind sound.ts: one piece of work after the other, each answered by its number. */
parentPort?.on('message', async ({ number, work }: { number: number; work: SoundWork }) => {
  try {
    parentPort?.postMessage({ number, outcome: await doSoundWork(work) })
  } catch (error) {
    parentPort?.postMessage({ number, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
