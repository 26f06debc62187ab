/** True peak by four-fold interpolation: ITU-R BS.1770-4, annex 2, with the 48-tap filter tabulated there. */
import { samplePeak } from './pcm.ts'

const TAPS = 12
const HALF = TAPS / 2
const phase0 = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
]
const phase1 = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
]

/**
 * Phases 3 and 2 of the table are phases 0 and 1 read backwards, and max(|p|, |q|) = (|p + q| + |p − q|) / 2. So a
 * pair of phases is one sum over x[k] + x[11 − k] and one over x[k] − x[11 − k]: half the multiplications.
 */
const folded = (phase: readonly number[], sign: 1 | -1): Float64Array =>
  Float64Array.from({ length: HALF }, (_, k) => ((phase[k] as number) + sign * (phase[TAPS - 1 - k] as number)) / 2)
const S0 = folded(phase0, 1)
const D0 = folded(phase0, -1)
const S1 = folded(phase1, 1)
const D1 = folded(phase1, -1)

/** No interpolated value exceeds the largest of its twelve samples times this. */
const INTERPOLATION_GAIN_MAX = phase1.reduce((sum, tap) => sum + Math.abs(tap), 0)

/** Largest of the four interpolated values between samples `from + 5` and `from + 6`. */
function interpolatedPeak(sound: Float64Array, from: number): number {
  let s0 = 0
  let d0 = 0
  let s1 = 0
  let d1 = 0
  for (let k = 0, mirrored = from + TAPS - 1; k < HALF; k++, mirrored--) {
    const x = sound[from + k] as number
    const y = sound[mirrored] as number
    s0 += (x + y) * (S0[k] as number)
    d0 += (x - y) * (D0[k] as number)
    s1 += (x + y) * (S1[k] as number)
    d1 += (x - y) * (D1[k] as number)
  }
  return Math.max(Math.abs(s0) + Math.abs(d0), Math.abs(s1) + Math.abs(d1))
}

/** Sample peak of each block, with one silent block before the first and one after the last. */
function samplePeaks(samples: Float32Array, block: number): Float64Array {
  const peaks = new Float64Array(Math.ceil(samples.length / block) + 2)
  for (let b = 1; b < peaks.length - 1; b++) {
    const end = Math.min(samples.length, b * block)
    let peak = 0
    for (let i = (b - 1) * block; i < end; i++) peak = Math.max(peak, Math.abs(samples[i] as number))
    peaks[b] = peak
  }
  return peaks
}

/**
 * For each block of `block` samples (6 at least) a level no value in it or at its edges exceeds, sampled or
 * interpolated. It is the true peak itself wherever that could be above `above`; elsewhere a rough bound not above
 * `above`, so that quiet stretches cost nothing.
 */
export function blockTruePeaks(samples: Float32Array, block: number, above: number): Float64Array {
  const peaks = samplePeaks(samples, block)
  const sound = new Float64Array(samples.length + 2 * TAPS + block)
  sound.set(samples, TAPS)
  const out = new Float64Array(peaks.length - 2)
  for (let b = 0; b < out.length; b++) {
    const nearby = Math.max(peaks[b] as number, peaks[b + 1] as number, peaks[b + 2] as number)
    let peak = nearby * INTERPOLATION_GAIN_MAX
    if (peak > above) {
      peak = peaks[b + 1] as number
      const first = b * block + TAPS - HALF
      for (let from = first; from <= first + block; from++) {
        const between = interpolatedPeak(sound, from)
        if (between > peak) peak = between
      }
    }
    out[b] = peak
  }
  return out
}

/** The largest value, sampled or interpolated, as an amplitude (1 = full scale). `sampled`: the sample peak, where known. */
export function truePeak(samples: Float32Array, sampled: number = samplePeak(samples)): number {
  return blockTruePeaks(samples, 24, sampled).reduce((highest, peak) => (peak > highest ? peak : highest), sampled)
}
