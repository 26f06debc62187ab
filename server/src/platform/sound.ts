import { isRefusal } from '../kernel/refusal.ts'
import type { SoundOutcome, SoundWork } from './sound-work.ts'
import { openThread } from './thread.ts'
import { openByRank } from './turns.ts'

export type { FinishedSound, SoundOutcome, SoundWork } from './sound-work.ts'

/** What goes first: an alarm, then what somebody has submitted, then a text being heard, then what takes long or can wait. */
const ranks = { emergency: 0, submission: 1, reading: 2, long: 3 } as const
export type Urgency = keyof typeof ranks

/** Levelling ten minutes of sound takes some twenty seconds; more than a minute of it is slow work. */
const LONG_SECONDS_MIN = 60

/**
 * So much sound is slow work, whatever it is for: some ten seconds for which a place is gone. Two officers who had long texts read
 * out as alarms kept an alarm of another commune waiting for a minute and three quarters. An alarm and its repeats are shorter.
 */
const SLOW_SECONDS_MIN = 300

/** More of one urgency waiting than this means minutes of waiting: the caller is told to come back. */
const WAITING_MAX = 24

/** Two threads: a recording of half an hour keeps one of them busy for a minute, and an alarm must not wait for it. */
const PLACES = 2

/** A recording of this size or more is handed to the thread and back; a smaller one is copied. */
const LENT_BYTES_MIN = 8_388_608

type Answered = { readonly outcome: SoundOutcome; readonly file?: Uint8Array }

const threads = Array.from({ length: PLACES }, () =>
  openThread<SoundWork, Answered>(new URL('./sound-worker.ts', import.meta.url)),
)
const byRank = openByRank({ places: PLACES, slowFrom: ranks.long, waitingMax: WAITING_MAX })

const busy = { refused: 'system.busy' } as const

/** How much sound it is, seconds; of a file that is not known before it is read. */
const secondsOf = (work: SoundWork): number => {
  if (work.kind === 'finishFile') return Number.POSITIVE_INFINITY
  return work.kind === 'compose' ? work.lengthMs / 1_000 : work.pcm.samples.length / work.pcm.sampleRate
}
const isLong = (work: SoundWork): boolean => work.kind !== 'compose' && secondsOf(work) > LONG_SECONDS_MIN

let goingOn = 0

/** Whether no sound is being made and none waits: the time for work that nobody has asked for yet. */
export const isSoundIdle = (): boolean => goingOn === 0

type Asking = { readonly urgency: Urgency; readonly lent?: readonly ArrayBuffer[] }

/**
 * Does the work off the event loop, or says that too much is waiting. Levelling a minute of sound takes a good second, which a
 * server that must stop a broadcast at once cannot lend.
 */
const asked = async (work: SoundWork, { urgency, lent = [] }: Asking): Promise<Answered | typeof busy> => {
  const rank = urgency === 'reading' && isLong(work) ? ranks.long : ranks[urgency]
  goingOn += 1
  try {
    const answer = await byRank({ rank, isSlow: secondsOf(work) > SLOW_SECONDS_MIN }, async (place) => {
      const ask = threads[place]
      if (ask === undefined) throw new Error(`there is no sound thread ${place}`)
      return ask(work, lent)
    })
    return isRefusal(answer) ? busy : answer
  } finally {
    goingOn -= 1
  }
}

/** What need not be copied for the thread: ten minutes of speech are 50 MB. */
const lentOf = (work: SoundWork): ArrayBuffer[] => {
  const { buffer } = work.kind === 'finish' && isLong(work) ? work.pcm.samples : {}
  return buffer instanceof ArrayBuffer ? [buffer] : []
}

/**
 * Does sound work off the event loop, by urgency. Samples of more than a minute are taken over: the array given is empty from
 * then on. Refused `system.busy` where too much is waiting.
 */
export const soundWork = async (work: SoundWork, urgency: Urgency = 'reading'): Promise<SoundOutcome | typeof busy> => {
  const answer = await asked(work, { urgency, lent: lentOf(work) })
  return 'outcome' in answer ? answer.outcome : answer
}

/**
 * Sound for loudspeakers from a recording, off the event loop. A long recording is not copied for the thread but handed
 * over: the array given is empty from then on, and the same bytes come back as `file`.
 */
export const soundOfFile = async (
  file: Uint8Array,
  options: { readonly hornFilter?: boolean } = {},
): Promise<{ readonly file: Uint8Array; readonly outcome: SoundOutcome | typeof busy }> => {
  const whole = file.buffer instanceof ArrayBuffer && file.byteLength === file.buffer.byteLength
  const lent = whole && file.byteLength >= LENT_BYTES_MIN ? [file.buffer as ArrayBuffer] : []
  const answer = await asked({ kind: 'finishFile', file, ...options }, { urgency: 'long', lent })
  return 'outcome' in answer ? { file: answer.file ?? file, outcome: answer.outcome } : { file, outcome: answer }
}

const WARM_UP_SAMPLES = 24_000

/** Starts a thread and has it load the codec, by half a second of a soft tone that nobody hears. */
export const warmUpSound = async (): Promise<void> => {
  const samples = Float32Array.from({ length: WARM_UP_SAMPLES }, (_, i) => 0.1 * Math.sin(i / 20))
  await soundWork({ kind: 'finish', pcm: { samples, sampleRate: 48_000 } })
}
