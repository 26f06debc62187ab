/**
 * Look-ahead true-peak limiter. Gain is reckoned in half-millisecond blocks (peaks come from `blockPeakMeter`), so that
 * the right gain can be searched for at almost no cost, and is applied in straight lines between block edges.
 *
 * The gain of a block is the smallest needed within the look-ahead, released exponentially, then averaged twice over
 * half the look-ahead each. At a peak both averages see only values at or below what the peak needs, so it is met
 * exactly, and what comes before it is a smooth slope rather than a step.
 */
import { roomFor, type Stage } from './stream.ts'
import { blockTruePeaks } from './true-peak.ts'

export const LIMITER_BLOCKS_PER_SECOND = 2_000
/** How long before a peak the gain begins to fall: inaudible on speech, and too short to pump. Blocks. */
const LOOK_AHEAD = 6
/** Time constant with which the gain comes back after a peak: two periods of a low voice. Blocks. */
const RELEASE = 40
/** The moving gain shifts interpolated peaks by a hair; aim this much lower. */
const SAFETY = 10 ** (-0.03 / 20)

/** Samples to a block at this rate. */
export const limiterBlock = (sampleRate: number): number => Math.round(sampleRate / LIMITER_BLOCKS_PER_SECOND)

/** Each average is over this many blocks, the present one and those before; before the beginning the first value held. */
const AVERAGED = LOOK_AHEAD / 2

/** The gain at the end of each block, one block after the other; past the end of the sound it goes on returning to 1. */
export type Curve = () => number

/** The last blocks' gains, by the lowest bits of the block's number: a power of two above the look-ahead. */
const RING = 8

/**
 * The gain at the end of each block that keeps every peak at or below `ceiling`, never above 1. `peaks` as from
 * `blockPeakMeter`, times `gain`. Nothing of the length of the sound is kept.
 */
export function limiterCurve(peaks: Float32Array, gain: number, ceiling: number): Curve {
  const held = new Float64Array(RING).fill(1)
  const rise = 1 - Math.exp(-1 / RELEASE)
  const loud = ceiling / gain
  const see = (b: number): void => {
    held[b & (RING - 1)] = 1
    const peak = b < peaks.length ? (peaks[b] as number) : 0
    if (peak <= loud) return
    const lower = (loud / peak) * SAFETY
    for (let i = Math.max(0, b - LOOK_AHEAD); i <= b; i++) {
      if (lower < (held[i & (RING - 1)] as number)) held[i & (RING - 1)] = lower
    }
  }
  for (let b = 0; b < LOOK_AHEAD; b++) see(b)
  const released = new Float64Array(AVERAGED)
  const once = new Float64Array(AVERAGED)
  let current = 1
  let b = 0
  const gainAt = (): number => {
    see(b + LOOK_AHEAD)
    current = Math.min(held[b & (RING - 1)] as number, current + (1 - current) * rise)
    if (b === 0) {
      released.fill(current)
      once.fill(current)
    }
    const slot = b % AVERAGED
    b += 1
    released[slot] = current
    once[slot] = meanOf(released)
    return meanOf(once)
  }
  return gainAt
}

const meanOf = (three: Float64Array): number =>
  ((three[0] as number) + (three[1] as number) + (three[2] as number)) / AVERAGED

/** The sound times `gain`, times the limiter's curve. */
export function gainStage(gain: number, curve: Curve, block: number): Stage {
  let own = new Float32Array()
  let before = 0
  let after = 0
  let step = 0
  let level = 0
  /** Samples of the present block still to come. */
  let left = 0
  let begun = false
  const nextBlock = (): void => {
    before = after
    after = curve()
    if (!begun) before = after
    begun = true
    step = (gain * (after - before)) / block
    level = gain * before
    left = block
  }
  const push = (piece: Float32Array): Float32Array => {
    own = roomFor(own, piece.length)
    const out = own.subarray(0, piece.length)
    for (let at = 0; at < piece.length; ) {
      if (left === 0) nextBlock()
      const to = Math.min(piece.length, at + left)
      left -= to - at
      let now = level
      for (; at < to; at++) {
        now += step
        out[at] = (piece[at] as number) * now
      }
      level = now
    }
    return out
  }
  return { push, end: () => new Float32Array() }
}

/**
 * The sound with no value, sampled or four-fold interpolated, above the amplitude `ceiling`. A sound that never reaches
 * it comes back unchanged. No delay is added.
 */
export function limitTruePeak(samples: Float32Array, sampleRate: number, ceiling: number): Float32Array {
  const block = limiterBlock(sampleRate)
  const peaks = blockTruePeaks(samples, block, ceiling)
  if (peaks.every((peak) => peak <= ceiling)) return samples
  return gainStage(1, limiterCurve(peaks, 1, ceiling), block).push(samples)
}
