import { parentPort } from 'node:worker_threads'
import { doSoundWork, type SoundWork } from './sound-work.ts'

type Asked = { number: number; work: SoundWork }

/** The thread behind sound.ts, which sends the next piece of work when this one is answered. Files go back with the answer. */
parentPort?.on('message', async ({ number, work }: Asked) => {
  const file = work.kind === 'finishFile' ? work.file : undefined
  const back = file === undefined ? [] : [file.buffer as ArrayBuffer]
  try {
    const outcome = await doSoundWork(work)
    if ('opus' in outcome) back.push(outcome.opus.buffer as ArrayBuffer)
    parentPort?.postMessage({ number, outcome, file }, back)
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ number, broken, file }, back)
  }
})
