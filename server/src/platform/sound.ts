import { Worker } from 'node:worker_threads'
import type { SoundOutcome, SoundWork } from './sound-work.ts'

export { composedMs, type FinishedSound, type SoundOutcome, type SoundWork } from './sound-work.ts'

/** More than this waiting means minutes of waiting: the caller is told to come back. */
const WAITING_MAX = 24

type Answer = { readonly number: number } & ({ readonly outcome: SoundOutcome } | { readonly broken: string })
type Waiting = { readonly resolve: (outcome: SoundOutcome) => void; readonly reject: (error: Error) => void }

let thread: Worker | undefined
let lastNumber = 0
const waiting = new Map<number, Waiting>()

const giveUp = (error: Error): void => {
  thread = undefined
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}

const answered = (answer: Answer): void => {
  const asked = waiting.get(answer.number)
  waiting.delete(answer.number)
  if (waiting.size === 0) thread?.unref()
  if ('outcome' in answer) asked?.resolve(answer.outcome)
  else asked?.reject(new Error(`sound work failed: ${answer.broken}`))
}

/** One thread for all sound: levelling a minute takes a good part of a second, which a server that must stop a broadcast at once cannot lend. */
const started = (): Worker => {
  if (thread !== undefined) return thread
  // no flags of the parent: a test runner's loader has no business in here
  thread = new Worker(new URL('./sound-worker.ts', import.meta.url), { execArgv: [] })
  thread.on('message', answered)
  thread.on('error', giveUp)
  thread.on('exit', (code) => giveUp(new Error(`the sound thread ended with code ${code}`)))
  return thread
}

/** Does sound work off the event loop. Refused `system.busy` where too much is waiting; an idle thread keeps no process alive. */
export const soundWork = (work: SoundWork): Promise<SoundOutcome | { refused: 'system.busy' }> => {
  if (waiting.size >= WAITING_MAX) return Promise.resolve({ refused: 'system.busy' })
  lastNumber += 1
  const number = lastNumber
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject })
    const worker = started()
    worker.ref()
    worker.postMessage({ number, work })
  })
}

const WARM_UP_SAMPLES = 24_000

/** Starts the thread and has it load the codec, by half a second of a soft tone that nobody hears. */
export const warmUpSound = async (): Promise<void> => {
  const samples = Float32Array.from({ length: WARM_UP_SAMPLES }, (_, i) => 0.1 * Math.sin(i / 20))
  await soundWork({ kind: 'finish', pcm: { samples, sampleRate: 48_000 } })
}
