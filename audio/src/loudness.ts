/**
 * Loudness after Recommendation ITU-R BS.1770-4, annex 1 (K weighting, 400 ms blocks with 75 % overlap, gates at
 * −70 LUFS and 10 LU below the ungated mean), for one channel of weight 1.
 */
import type { Biquad } from './biquad.ts'
import { type Pcm, samplePeak, toDb } from './pcm.ts'
import { truePeak } from './true-peak.ts'

export type Loudness = { integratedLufs: number; truePeakDbtp: number; samplePeakDbfs: number; rmsDbfs: number }

/** BS.1770-4 annex 1: blocks quieter than this do not count. It is also what a sound without any such block measures. */
export const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = 10
const STEP_SECONDS = 0.1
const STEPS_PER_BLOCK = 4

/** Level of a block whose K-weighted mean square is `meanSquare`; −0.691 makes a 997 Hz sine read its own level. */
const blockLufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare)

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
 * Sum of K-weighted squares in each stretch of `stepSamples` samples. The building stone of every loudness here: under
 * a gain that moves slowly, the sums move with the square of the gain.
 */
export function weightedEnergies({ samples, sampleRate }: Pcm, stepSamples: number): Float64Array {
  const { shelf, lowCut } = kWeighting(sampleRate)
  const sums = new Float64Array(Math.ceil(samples.length / stepSamples))
  const { b0, b1, b2, a1, a2 } = shelf
  const c1 = lowCut.a1
  const c2 = lowCut.a2
  let p1 = 0
  let p2 = 0
  let r1 = 0
  let r2 = 0
  for (let step = 0; step < sums.length; step++) {
    const end = Math.min(samples.length, (step + 1) * stepSamples)
    let sum = 0
    for (let i = step * stepSamples; i < end; i++) {
      const x = samples[i] as number
      const y = b0 * x + p1
      p1 = b1 * x - a1 * y + p2
      p2 = b2 * x - a2 * y
      const z = y + r1
      r1 = -2 * y - c1 * z + r2
      r2 = y - c2 * z
      sum += z * z
    }
    sums[step] = sum
  }
  return sums
}

/** Mean squares of the gating blocks. A sound shorter than one block is one block of its own length. */
function blockMeans(steps: Float64Array, size: { stepSamples: number; samples: number }): number[] {
  const whole = Math.floor(size.samples / size.stepSamples)
  if (whole < STEPS_PER_BLOCK) return [steps.reduce((a, b) => a + b, 0) / Math.max(1, size.samples)]
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
export function gatedLoudness(steps: Float64Array, size: { stepSamples: number; samples: number }): number {
  const loud = blockMeans(steps, size).filter((block) => blockLufs(block) > ABSOLUTE_GATE_LUFS)
  if (loud.length === 0) return ABSOLUTE_GATE_LUFS
  const relativeGate = blockLufs(mean(loud)) - RELATIVE_GATE_LU
  return blockLufs(mean(loud.filter((block) => blockLufs(block) > relativeGate)))
}

/** Samples of one step of 100 ms, by which gating blocks advance (75 % overlap). */
export const loudnessStep = (sampleRate: number): number => Math.max(1, Math.round(sampleRate * STEP_SECONDS))

/** Integrated loudness, LUFS. −70 where nothing passes the absolute gate (silence, an empty sound). */
export function integratedLoudness(pcm: Pcm): number {
  const stepSamples = loudnessStep(pcm.sampleRate)
  return gatedLoudness(weightedEnergies(pcm, stepSamples), { stepSamples, samples: pcm.samples.length })
}

function rms(samples: Float32Array): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) * (samples[i] as number)
  return Math.sqrt(sum / Math.max(1, samples.length))
}

/** All four measures of a sound. LUFS has a floor of −70, the decibel values one of −120. */
export function measureLoudness(pcm: Pcm): Loudness {
  const sampled = samplePeak(pcm.samples)
  return {
    integratedLufs: integratedLoudness(pcm),
    truePeakDbtp: toDb(truePeak(pcm.samples, sampled)),
    samplePeakDbfs: toDb(sampled),
    rmsDbfs: toDb(rms(pcm.samples)),
  }
}
