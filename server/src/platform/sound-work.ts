import {
  BROADCAST_RATE,
  chime,
  decodeOggOpus,
  decodeSound,
  levelsOf,
  type Pcm,
  prepareBroadcastOpus,
  type SoundRefusal,
} from '@loa/audio'

/** Silence after the chime and between two readings: long enough to be heard as a pause out of doors. */
export const PAUSE_MS = 1_200
/** One bar of the waveform on the screen. */
const LEVEL_WINDOW_MS = 200
/** What the database can hold of "no sound at all"; −∞ is no number of JSON. */
const QUIETEST_DB = -120

/** A sound that may be played: Ogg Opus with what was measured on it. */
export type FinishedSound = {
  readonly opus: Uint8Array
  readonly durationMs: number
  readonly loudnessLufs: number
  readonly peakDbtp: number
  /** RMS, dBFS, one per 200 ms. */
  readonly levels: readonly number[]
}

export type SoundWork =
  | { readonly kind: 'finish'; readonly pcm: Pcm }
  | { readonly kind: 'finishFile'; readonly file: Uint8Array }
  | { readonly kind: 'compose'; readonly reading: Uint8Array; readonly repeats: number }

export type SoundOutcome = FinishedSound | SoundRefusal

const tenths = (value: number): number => Math.round(Math.max(QUIETEST_DB, value) * 10) / 10

const finish = async (pcm: Pcm): Promise<FinishedSound> => {
  const ready = await prepareBroadcastOpus(pcm)
  return {
    opus: ready.opus,
    durationMs: Math.max(1, Math.round((ready.pcm.samples.length * 1000) / BROADCAST_RATE)),
    loudnessLufs: tenths(ready.heard.integratedLufs),
    peakDbtp: tenths(ready.heard.truePeakDbtp),
    levels: Array.from(levelsOf(ready.pcm, LEVEL_WINDOW_MS), tenths),
  }
}

const pauseSamples = (PAUSE_MS * BROADCAST_RATE) / 1000

/** Chime, then the reading as often as wanted, a pause before each. Both come levelled; the whole is levelled once more. */
const strung = (reading: Float32Array, repeats: number): Float32Array => {
  const attention = chime('attention').samples
  const whole = new Float32Array(attention.length + repeats * (pauseSamples + reading.length))
  whole.set(attention)
  for (let time = 0; time < repeats; time += 1) {
    whole.set(reading, attention.length + pauseSamples + time * (pauseSamples + reading.length))
  }
  return whole
}

/** Length a composed sound will have, milliseconds. */
export const composedMs = (readingMs: number, repeats: number): number =>
  Math.round((chime('attention').samples.length * 1000) / BROADCAST_RATE) + repeats * (PAUSE_MS + readingMs)

/** Does the work, wherever it runs. Pure: the same work gives the same bytes. */
export const doSoundWork = async (work: SoundWork): Promise<SoundOutcome> => {
  if (work.kind === 'finish') return finish(work.pcm)
  const decoded = await (work.kind === 'finishFile' ? decodeSound(work.file) : decodeOggOpus(work.reading))
  if ('refused' in decoded) return decoded
  if (work.kind === 'finishFile') return finish(decoded)
  return finish({ samples: strung(decoded.samples, work.repeats), sampleRate: BROADCAST_RATE })
}
