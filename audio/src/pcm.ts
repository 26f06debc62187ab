/** Sound in memory: one channel, samples −1 … 1, at `sampleRate` samples a second. */
export type Pcm = { readonly samples: Float32Array; readonly sampleRate: number }

/** Why a sound was not accepted. `sound.truncated` also covers damage: what arrived is not what was sent. */
export type SoundRefusal = { refused: 'sound.formatUnknown' | 'sound.truncated' | 'sound.tooLong' | 'sound.silent' }

/** The rate of everything that leaves this package for a loudspeaker (Opus knows no other, RFC 7845 §5.1). */
export const BROADCAST_RATE = 48_000

/** Longest sound accepted: a whole session of a commune station is 30 minutes at most. */
export const SOUND_SECONDS_MAX = 1_800

/** Levels below this are reported as this: silence has no logarithm, and JSON has no −Infinity. */
export const LEVEL_FLOOR_DB = -120

/** Amplitude ratio → decibels, never below `LEVEL_FLOOR_DB`. */
export const toDb = (amplitude: number): number =>
  amplitude > 1e-6 ? Math.max(LEVEL_FLOOR_DB, 20 * Math.log10(amplitude)) : LEVEL_FLOOR_DB

/** Decibels → amplitude ratio. */
export const fromDb = (db: number): number => 10 ** (db / 20)

/** Every sample multiplied by `factor`; a new array. */
export function scale(samples: Float32Array, factor: number): Float32Array {
  const out = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) out[i] = (samples[i] as number) * factor
  return out
}

/** Largest absolute sample, 0 for an empty array. */
export function samplePeak(samples: Float32Array): number {
  let peak = 0
  for (let i = 0; i < samples.length; i++) {
    const level = Math.abs(samples[i] as number)
    if (level > peak) peak = level
  }
  return peak
}

/** No file means a sample beyond this (full scale of 24 bits, written as if it were of none). */
const SAMPLE_MAX = 2 ** 24

/** Makes foreign samples safe, in place: what is not a number becomes 0. How loud they are is judged later. */
export function finite<Sound extends Float32Array | undefined>(samples: Sound): Sound {
  if (samples === undefined) return samples
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number
    if (value >= -1 && value <= 1) continue
    samples[i] = Number.isFinite(value) ? Math.max(-SAMPLE_MAX, Math.min(SAMPLE_MAX, value)) : 0
  }
  return samples
}

/** A sound louder than full scale scaled to fit. */
export function fitted(pcm: Pcm): Pcm {
  const peak = samplePeak(pcm.samples)
  return peak > 1 ? { ...pcm, samples: scale(pcm.samples, 1 / peak) } : pcm
}
