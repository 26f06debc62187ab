import { Worker } from 'node:worker_threads'
import type { SoundOutcome, SoundWork } from './sound-work.ts'

export { composedMs, type FinishedSound, type SoundOutcome, type SoundWork } from './sound-work.ts'

/** More than this waiting means minutes of waiting: the caller is told to come back. */
const WAITING_MAX = 24

/** A recording of this size or more is handed to the thread and back; a smaller one is copied. */
const LENT_BYTES_MIN = 8_388_608

type Answered = { readonly outcome: SoundOutcome; readonly file?: Uint8Array }
type Answer = { readonly number: number } & (Answered | { readonly broken: string })
type Waiting = { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void }

let thread: Worker | undefined
let lastNumber = 0
const waiting = new Map<number, Waiting>()

const giveUp = (error: Error): void => {
  thread = undefined
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}

const answered = (answer: Answer): void => {
  const caller = waiting.get(answer.number)
  waiting.delete(answer.number)
  if (waiting.size === 0) thread?.unref()
  if ('outcome' in answer) caller?.resolve(answer)
  else caller?.reject(new Error(`sound work failed: ${answer.broken}`))
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

const busy = { refused: 'system.busy' } as const

/** The work's answer, or nothing where too much is waiting. What is lent is empty here until it comes back. */
const asked = (work: SoundWork, lent: readonly ArrayBuffer[]): Promise<Answered> | undefined => {
  if (waiting.size >= WAITING_MAX) return undefined
  lastNumber += 1
  const number = lastNumber
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject })
    const worker = started()
    worker.ref()
    worker.postMessage({ number, work }, lent)
  })
}

/** Does sound work off the event loop. Refused `system.busy` where too much is waiting; an idle thread keeps no process alive. */
export const soundWork = async (work: SoundWork): Promise<SoundOutcome | typeof busy> =>
  (await asked(work, []))?.outcome ?? busy

/**
 * Sound for loudspeakers from a recording, off the event loop. A long recording is not copied for the thread but handed
 * over: the array given is empty from then on, and the same bytes come back as `file`.
 */
export const soundOfFile = async (
  file: Uint8Array,
): Promise<{ readonly file: Uint8Array; readonly outcome: SoundOutcome | typeof busy }> => {
  const whole = file.buffer instanceof ArrayBuffer && file.byteLength === file.buffer.byteLength
  const lent = whole && file.byteLength >= LENT_BYTES_MIN ? [file.buffer as ArrayBuffer] : []
  const answer = await asked({ kind: 'finishFile', file }, lent)
  return answer === undefined ? { file, outcome: busy } : { file: answer.file ?? file, outcome: answer.outcome }
}

const WARM_UP_SAMPLES = 24_000

/** Starts the thread and has it load the codec, by half a second of a soft tone that nobody hears. */
export const warmUpSound = async (): Promise<void> => {
  const samples = Float32Array.from({ length: WARM_UP_SAMPLES }, (_, i) => 0.1 * Math.sin(i / 20))
  await soundWork({ kind: 'finish', pcm: { samples, sampleRate: 48_000 } })
}
