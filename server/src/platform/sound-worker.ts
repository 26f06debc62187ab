import { parentPort } from 'node:worker_threads'
import { doSoundWork, type SoundWork } from './sound-work.ts'

type Asked = { number: number; work: SoundWork }

const answered = async ({ number, work }: Asked): Promise<void> => {
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
}

let before: Promise<void> = Promise.resolve()

/**
 * The thread behind sound.ts: one piece of work after the other, so that two long recordings never need their memory
 * at once. Each is answered by its number; files go back with the answer.
 */
parentPort?.on('message', (asked: Asked) => {
  before = before.then(() => answered(asked))
})
