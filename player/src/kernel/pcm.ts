/** Sound on its way out: volume, fades, level. 48 kHz mono, −1 … 1. */

export const SAMPLE_RATE = 48_000
/** 20 ms: short enough to be unheard as a fade, long enough that a loudspeaker does not click. */
export const FADE_SAMPLES = 960
/** What the level of digital silence is written as; the receipt allows nothing lower. */
const SILENCE_DBFS = -200

export type Shaper = {
  /** Volume, and the fade at the beginning, into `into` from `offset` on. */
  shape(samples: Float32Array, into: Float32Array, offset: number): void
  /** 20 ms of the samples fading to nothing: the end of what is cut off. */
  fadeOut(samples: Float32Array): Float32Array
}

/** `volume` in percent of full scale, linear in amplitude. */
export const createShaper = (volume: number): Shaper => {
  const gain = Math.min(100, Math.max(0, volume)) / 100
  let shaped = 0
  const fadeIn = (samples: Float32Array, into: Float32Array, offset: number): void => {
    for (let i = 0; i < samples.length; i++) {
      const rise = Math.min(1, (shaped + i) / FADE_SAMPLES)
      into[offset + i] = (samples[i] ?? 0) * gain * rise
    }
  }
  return {
    shape(samples, into, offset) {
      if (shaped < FADE_SAMPLES) fadeIn(samples, into, offset)
      else for (let i = 0; i < samples.length; i++) into[offset + i] = (samples[i] as number) * gain
      shaped += samples.length
    },
    fadeOut(samples) {
      const tail = new Float32Array(Math.min(FADE_SAMPLES, samples.length))
      for (let i = 0; i < tail.length; i++) tail[i] = (samples[i] ?? 0) * gain * (1 - (i + 1) / tail.length)
      return tail
    },
  }
}

export type Meter = {
  add(samples: Float32Array): void
  /** A piece as it was decoded, at a gain: reckoned once however many play it. */
  addPiece(piece: Float32Array, gain: number): void
  levelDbfs(): number | null
}

const squaresOf = (samples: Float32Array): number => {
  let sum = 0
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] as number
    sum += sample * sample
  }
  return sum
}

const known = new WeakMap<Float32Array, number>()
const knownSquaresOf = (piece: Float32Array): number => {
  const squares = known.get(piece) ?? squaresOf(piece)
  known.set(piece, squares)
  return squares
}

/** RMS level of everything added, dB re full scale; `null` where nothing was. */
export const createMeter = (): Meter => {
  let squares = 0
  let count = 0
  return {
    add(samples) {
      squares += squaresOf(samples)
      count += samples.length
    },
    addPiece(piece, gain) {
      squares += knownSquaresOf(piece) * gain * gain
      count += piece.length
    },
    levelDbfs() {
      if (count === 0) return null
      const level = 10 * Math.log10(squares / count)
      return Number.isFinite(level) ? Math.max(SILENCE_DBFS, Math.round(level * 10) / 10) : SILENCE_DBFS
    },
  }
}
