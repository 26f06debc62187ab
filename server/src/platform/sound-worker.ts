import { doSoundWork, type SoundWork } from './sound-work.ts'
import { serveThread } from './thread.ts'

/** The thread behind sound.ts, which sends the next piece of work when this one is answered. Files go back with the answer. */
serveThread(async (work: SoundWork) => {
  const file = work.kind === 'finishFile' ? work.file : undefined
  const outcome = await doSoundWork(work)
  const back = file === undefined ? [] : [file.buffer as ArrayBuffer]
  if ('opus' in outcome) back.push(outcome.opus.buffer as ArrayBuffer)
  return { answer: { outcome, file }, back }
})
