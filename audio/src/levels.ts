import { LEVEL_FLOOR_DB, type Pcm, toDb } from './pcm.ts'
import type { Meter } from './stream.ts'

/** Samples of a window, one at least. */
export const windowSamples = (sampleRate: number, windowMs: number): number =>
  Math.max(1, Math.round((sampleRate * windowMs) / 1000))

/** Tells the RMS level of every `length` samples, dBFS, floor −120; of the last, shorter stretch over what it holds. */
export function levelMeter(length: number, found: (levelDbfs: number) => void): Meter {
  let sum = 0
  let held = 0
  const push = (piece: Float32Array): void => {
    for (let at = 0; at < piece.length; ) {
      const end = Math.min(piece.length, at + length - held)
      held += end - at
      let squares = sum
      for (; at < end; at++) squares += (piece[at] as number) ** 2
      sum = squares
      if (held === length) finish()
    }
  }
  const finish = (): void => {
    if (held > 0) found(toDb(Math.sqrt(sum / held)))
    sum = 0
    held = 0
  }
  return { push, end: finish }
}

/**
 * RMS level of each window, dBFS (a full-scale square is 0, a full-scale sine −3.01), floor −120. The last window may
 * be shorter and is measured over what it holds. For waveforms, "first sound above −40 dBFS", and receipts.
 */
export function levelsOf(pcm: Pcm, windowMs: number): Float32Array {
  const length = windowSamples(pcm.sampleRate, windowMs)
  const levels = new Float32Array(Math.ceil(pcm.samples.length / length)).fill(LEVEL_FLOOR_DB)
  let window = 0
  const meter = levelMeter(length, (level) => {
    levels[window] = level
    window += 1
  })
  meter.push(pcm.samples)
  meter.end()
  return levels
}
