import { roomFor, type Stage } from './stream.ts'

/** A second-order section, `a0` normalised to 1: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. */
export type Biquad = { b0: number; b1: number; b2: number; a1: number; a2: number }

/** Runs a sound through sections, one after the other. Double precision inside, so that −90 dB stays −90 dB. */
export function filterStage(sections: readonly Biquad[]): Stage {
  const states = sections.map((section) => ({ section, s1: 0, s2: 0 }))
  let own = new Float32Array()
  const push = (piece: Float32Array): Float32Array => {
    own = roomFor(own, piece.length)
    const out = own.subarray(0, piece.length)
    out.set(piece)
    for (const state of states) {
      const { b0, b1, b2, a1, a2 } = state.section
      let { s1, s2 } = state
      for (let i = 0; i < out.length; i++) {
        const x = out[i] as number
        const y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        out[i] = y
      }
      state.s1 = s1
      state.s2 = s2
    }
    return out
  }
  return { push, end: () => new Float32Array() }
}

/** Butterworth high-pass, 12 dB per octave (bilinear transform). */
export function highPass(frequencyHz: number, sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * frequencyHz) / sampleRate)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  return { b0: norm, b1: -2 * norm, b2: norm, a1: 2 * (k * k - 1) * norm, a2: (1 - Math.SQRT2 * k + k * k) * norm }
}

/** A bell of `gainDb` around `frequencyHz` (R. Bristow-Johnson's audio EQ cookbook, peaking EQ). */
export function bell(frequencyHz: number, sampleRate: number, shape: { gainDb: number; q: number }): Biquad {
  const amplitude = 10 ** (shape.gainDb / 40)
  const w = (2 * Math.PI * frequencyHz) / sampleRate
  const alpha = Math.sin(w) / (2 * shape.q)
  const a0 = 1 + alpha / amplitude
  const b1 = (-2 * Math.cos(w)) / a0
  return {
    b0: (1 + alpha * amplitude) / a0,
    b1,
    b2: (1 - alpha * amplitude) / a0,
    a1: b1,
    a2: (1 - alpha / amplitude) / a0,
  }
}

/** Passes every frequency equally loud and turns the phase of those around `frequencyHz` by up to 360° (cookbook APF). */
export function phaseTurn(frequencyHz: number, sampleRate: number, q: number): Biquad {
  const w = (2 * Math.PI * frequencyHz) / sampleRate
  const alpha = Math.sin(w) / (2 * q)
  const a0 = 1 + alpha
  const edge = (1 - alpha) / a0
  const middle = (-2 * Math.cos(w)) / a0
  return { b0: edge, b1: middle, b2: 1, a1: middle, a2: edge }
}
