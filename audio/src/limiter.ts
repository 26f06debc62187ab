/**
 * Look-ahead true-peak limiter. Gain is reckoned in half-millisecond blocks (peaks come from `blockTruePeaks`), so that
 * the right gain can be searched for at almost no cost, and is applied in straight lines between block edges.
 *
 * The gain of a block is the smallest needed within the look-ahead, released exponentially, then averaged twice over
 * half the look-ahead each. At a peak both averages see only values at or below what the peak needs, so it is met
 * exactly, and what comes before it is a smooth slope rather than a step.
 */
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

/** Mean of each value and the `length - 1` before it; before the beginning the first value held. */
function averaged(gain: Float64Array, length: number): Float64Array {
  const out = new Float64Array(gain.length)
  const first = gain[0] ?? 1
  let sum = first * length
  for (let i = 0; i < gain.length; i++) {
    sum += (gain[i] as number) - (i >= length ? (gain[i - length] as number) : first)
    out[i] = sum / length
  }
  return out
}

/**
 * The gain at the end of each block that keeps every peak at or below `ceiling`, never above 1. `undefined` where no
 * peak needs any. `peaks` as from `blockTruePeaks`, times `gain`.
 */
export function limiterGain(peaks: Float64Array, gain: number, ceiling: number): Float64Array | undefined {
  const held = new Float64Array(peaks.length).fill(1)
  let needed = false
  for (let b = 0; b < peaks.length; b++) {
    const peak = (peaks[b] as number) * gain
    if (peak <= ceiling) continue
    needed = true
    const lower = (ceiling / peak) * SAFETY
    for (let i = Math.max(0, b - LOOK_AHEAD); i <= b; i++) if (lower < (held[i] as number)) held[i] = lower
  }
  if (!needed) return undefined
  const rise = 1 - Math.exp(-1 / RELEASE)
  let current = 1
  for (let b = 0; b < held.length; b++) {
    current = Math.min(held[b] as number, current + (1 - current) * rise)
    held[b] = current
  }
  return averaged(averaged(held, LOOK_AHEAD / 2), LOOK_AHEAD / 2)
}

/** The samples times `gain`, times the limiter's curve where there is one. A new array. */
export function applyGain(
  samples: Float32Array,
  gain: number,
  limiter: { curve: Float64Array | undefined; block: number },
): Float32Array {
  const { curve, block } = limiter
  const out = new Float32Array(samples.length)
  let before = curve?.[0] ?? 1
  for (let from = 0, b = 0; from < samples.length; from += block, b++) {
    const after = curve?.[b] ?? 1
    const to = Math.min(samples.length, from + block)
    const step = (gain * (after - before)) / block
    let level = gain * before
    for (let i = from; i < to; i++) {
      level += step
      out[i] = (samples[i] as number) * level
    }
    before = after
  }
  return out
}

/**
 * The sound with no value, sampled or four-fold interpolated, above the amplitude `ceiling`. A sound that never reaches
 * it comes back unchanged. No delay is added.
 */
export function limitTruePeak(samples: Float32Array, sampleRate: number, ceiling: number): Float32Array {
  const block = limiterBlock(sampleRate)
  const curve = limiterGain(blockTruePeaks(samples, block, ceiling), 1, ceiling)
  return curve ? applyGain(samples, 1, { curve, block }) : samples
}
