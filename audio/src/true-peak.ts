/** True peak by four-fold interpolation: ITU-R BS.1770-4, annex 2, with the 48-tap filter tabulated there. */
import { type Meter, PIECE_SAMPLES } from './stream.ts'

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

/** Sample peak of `block` samples from `from` on. */
function peakFrom(sound: Float64Array, from: number, block: number): number {
  let peak = 0
  for (let i = from; i < from + block; i++) {
    const level = Math.abs(sound[i] as number)
    if (level > peak) peak = level
  }
  return peak
}

type BlockPeaks = {
  /** Samples to a block, 6 at least. */
  readonly block: number
  /** Asked before each block: a level below which a rough bound will do. */
  readonly above: () => number
  readonly found: (peak: number) => void
}

/**
 * Tells for each block a level no value in it or at its edges exceeds, sampled or interpolated. It is the true peak
 * itself wherever that could be above `above`; elsewhere a rough bound not above `above`, so that quiet stretches cost
 * nothing.
 */
export function blockPeakMeter({ block, above, found }: BlockPeaks): Meter {
  const sound = new Float64Array(TAPS + 2 * block + PIECE_SAMPLES)
  /** The first twelve are what came before the next block to be told. */
  let fill = TAPS
  let taken = 0
  let told = 0
  let before = 0
  let here = 0
  /** Tells every block the next one of which is there too. */
  const tell = (until: number): void => {
    let at = TAPS
    for (; at + 2 * block <= fill && told < until; at += block, told++) {
      if (told === 0) here = peakFrom(sound, at, block)
      const after = peakFrom(sound, at + block, block)
      let peak = Math.max(before, here, after) * INTERPOLATION_GAIN_MAX
      if (peak > above()) {
        peak = here
        for (let from = at - HALF; from <= at - HALF + block; from++) {
          const between = interpolatedPeak(sound, from)
          if (between > peak) peak = between
        }
      }
      found(peak)
      before = here
      here = after
    }
    sound.copyWithin(0, at - TAPS, fill)
    fill -= at - TAPS
  }
  const push = (piece: Float32Array): void => {
    for (let from = 0; from < piece.length; from += PIECE_SAMPLES) {
      const part = piece.subarray(from, from + PIECE_SAMPLES)
      sound.set(part, fill)
      fill += part.length
      taken += part.length
      tell(Number.POSITIVE_INFINITY)
    }
  }
  const end = (): void => {
    const silence = Math.min(sound.length, fill + 2 * block)
    sound.fill(0, fill, silence)
    fill = silence
    tell(Math.ceil(taken / block))
  }
  return { push, end }
}

/** What `blockPeakMeter` tells of a whole sound. */
export function blockTruePeaks(samples: Float32Array, block: number, above: number): Float32Array {
  const peaks = new Float32Array(Math.ceil(samples.length / block))
  let b = 0
  const meter = blockPeakMeter({
    block,
    above: () => above,
    found: (peak) => {
      peaks[b] = peak
      b += 1
    },
  })
  meter.push(samples)
  meter.end()
  return peaks
}

/** Finds the largest value, sampled or interpolated, as an amplitude (1 = full scale). */
export function truePeakMeter(): Meter & { peak(): number } {
  let highest = 0
  const meter = blockPeakMeter({
    block: 24,
    above: () => highest,
    found: (peak) => {
      if (peak > highest) highest = peak
    },
  })
  return { ...meter, peak: () => highest }
}

/** The largest value, sampled or interpolated, as an amplitude (1 = full scale). */
export function truePeak(samples: Float32Array): number {
  const meter = truePeakMeter()
  meter.push(samples)
  meter.end()
  return meter.peak()
}
