/**
 * Loudness after Recommendation ITU-R BS.1770-4, annex 1 (K weighting, 400 ms blocks with 75 % overlap, gates at
 * −70 LUFS and 10 LU below the ungated mean), for one channel of weight 1.
 */
import type { Biquad } from './biquad.ts'
import { type Pcm, toDb } from './pcm.ts'
import type { Meter } from './stream.ts'
import { truePeakMeter } from './true-peak.ts'

export type Loudness = { integratedLufs: number; truePeakDbtp: number; samplePeakDbfs: number; rmsDbfs: number }

/** BS.1770-4 annex 1: blocks quieter than this do not count. It is also what a sound without any such block measures. */
export const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = 10
const STEP_SECONDS = 0.1
const STEPS_PER_BLOCK = 4

/** Level of a block whose K-weighted mean square is `meanSquare`; −0.691 makes a 997 Hz sine read its own level. */
export const blockLufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare)

/**
 * The two sections of the K weighting. BS.1770 tabulates them for 48 kHz only; these analogue parameters
 * reproduce that table to ten digits and hold at every other rate.
 */
function kWeighting(sampleRate: number): { shelf: Biquad; lowCut: Biquad } {
  const k1 = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const q1 = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const mid = high ** 0.4996667741545416
  const n1 = 1 / (1 + k1 / q1 + k1 * k1)
  const k2 = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q2 = 0.5003270373238773
  const n2 = 1 / (1 + k2 / q2 + k2 * k2)
  return {
    shelf: {
      b0: (high + (mid * k1) / q1 + k1 * k1) * n1,
      b1: 2 * (k1 * k1 - high) * n1,
      b2: (high - (mid * k1) / q1 + k1 * k1) * n1,
      a1: 2 * (k1 * k1 - 1) * n1,
      a2: (1 - k1 / q1 + k1 * k1) * n1,
    },
    lowCut: { b0: 1, b1: -2, b2: 1, a1: 2 * (k2 * k2 - 1) * n2, a2: (1 - k2 / q2 + k2 * k2) * n2 },
  }
}

/**
 * Tells the sum of K-weighted squares in each stretch of `stepSamples` samples. The building stone of every loudness
 * here: under a gain that moves slowly, the sums move with the square of the gain.
 */
export function energyMeter(sampleRate: number, stepSamples: number, found: (energy: number) => void): Meter {
  const { shelf, lowCut } = kWeighting(sampleRate)
  const { b0, b1, b2, a1, a2 } = shelf
  const c1 = lowCut.a1
  const c2 = lowCut.a2
  const state = { p1: 0, p2: 0, r1: 0, r2: 0, sum: 0, held: 0 }
  const push = (piece: Float32Array): void => {
    let { p1, p2, r1, r2, sum, held } = state
    for (let at = 0; at < piece.length; ) {
      const end = Math.min(piece.length, at + stepSamples - held)
      held += end - at
      for (; at < end; at++) {
        const x = piece[at] as number
        const y = b0 * x + p1
        p1 = b1 * x - a1 * y + p2
        p2 = b2 * x - a2 * y
        const z = y + r1
        r1 = -2 * y - c1 * z + r2
        r2 = y - c2 * z
        sum += z * z
      }
      if (held < stepSamples) break
      found(sum)
      sum = 0
      held = 0
    }
    Object.assign(state, { p1, p2, r1, r2, sum, held })
  }
  const end = (): void => {
    if (state.held > 0) found(state.sum)
  }
  return { push, end }
}

/** Mean squares of the gating blocks. A sound shorter than one block is one block of its own length. */
function blockMeans(steps: ArrayLike<number>, size: { stepSamples: number; samples: number }): number[] {
  const whole = Math.floor(size.samples / size.stepSamples)
  if (whole < STEPS_PER_BLOCK) return [Array.from(steps).reduce((a, b) => a + b, 0) / Math.max(1, size.samples)]
  const means: number[] = []
  for (let step = 0; step + STEPS_PER_BLOCK <= whole; step++) {
    let sum = 0
    for (let i = step; i < step + STEPS_PER_BLOCK; i++) sum += steps[i] as number
    means.push(sum / (STEPS_PER_BLOCK * size.stepSamples))
  }
  return means
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Gated loudness, LUFS, of `samples` samples given as the energies of 100 ms steps. −70 where nothing passes the gate. */
export function gatedLoudness(steps: ArrayLike<number>, size: { stepSamples: number; samples: number }): number {
  const loud = blockMeans(steps, size).filter((block) => blockLufs(block) > ABSOLUTE_GATE_LUFS)
  if (loud.length === 0) return ABSOLUTE_GATE_LUFS
  const relativeGate = blockLufs(mean(loud)) - RELATIVE_GATE_LU
  return blockLufs(mean(loud.filter((block) => blockLufs(block) > relativeGate)))
}

/** Samples of one step of 100 ms, by which gating blocks advance (75 % overlap). */
export const loudnessStep = (sampleRate: number): number => Math.max(1, Math.round(sampleRate * STEP_SECONDS))

/** Measures a sound as it passes. */
export function loudnessMeter(sampleRate: number): Meter & { measured(): Loudness } {
  const stepSamples = loudnessStep(sampleRate)
  const steps: number[] = []
  const energies = energyMeter(sampleRate, stepSamples, (energy) => void steps.push(energy))
  const peaks = truePeakMeter()
  let samples = 0
  let highest = 0
  let squares = 0
  const push = (piece: Float32Array): void => {
    energies.push(piece)
    peaks.push(piece)
    samples += piece.length
    let sum = squares
    let peak = highest
    for (let i = 0; i < piece.length; i++) {
      const value = piece[i] as number
      sum += value * value
      if (value > peak) peak = value
      else if (-value > peak) peak = -value
    }
    squares = sum
    highest = peak
  }
  const end = (): void => {
    energies.end()
    peaks.end()
  }
  const measured = (): Loudness => ({
    integratedLufs: gatedLoudness(steps, { stepSamples, samples }),
    truePeakDbtp: toDb(Math.max(highest, peaks.peak())),
    samplePeakDbfs: toDb(highest),
    rmsDbfs: toDb(Math.sqrt(squares / Math.max(1, samples))),
  })
  return { push, end, measured }
}

/** All four measures of a sound. LUFS has a floor of −70 (silence, an empty sound), the decibel values one of −120. */
export function measureLoudness(pcm: Pcm): Loudness {
  const meter = loudnessMeter(pcm.sampleRate)
  meter.push(pcm.samples)
  meter.end()
  return meter.measured()
}
