import { LEVEL_FLOOR_DB, type Pcm, toDb } from './pcm.ts'

/**
 * RMS level of each window, dBFS (a full-scale square is 0, a full-scale sine −3.01), floor −120. The last window may
 * be shorter and is measured over what it holds. For waveforms, "first sound above −40 dBFS", and receipts.
 */
export function levelsOf(pcm: Pcm, windowMs: number): Float32Array {
  const length = Math.max(1, Math.round((pcm.sampleRate * windowMs) / 1000))
  const levels = new Float32Array(Math.ceil(pcm.samples.length / length)).fill(LEVEL_FLOOR_DB)
  for (let window = 0; window < levels.length; window++) {
    const end = Math.min(pcm.samples.length, (window + 1) * length)
    let sum = 0
    for (let i = window * length; i < end; i++) sum += (pcm.samples[i] as number) ** 2
    levels[window] = toDb(Math.sqrt(sum / (end - window * length)))
  }
  return levels
}
