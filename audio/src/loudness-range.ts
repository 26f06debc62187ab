/**
 * Loudness along a sound after EBU Tech 3341 (momentary: 400 ms, short-term: 3 s) and its range after EBU Tech 3342, for one
 * channel of weight 1. Windows move on by 10 ms, so that none of them misses a sound as short as itself.
 */
import { ABSOLUTE_GATE_LUFS, blockLufs, energyMeter } from './loudness.ts'
import type { Pcm } from './pcm.ts'

const HOP_SECONDS = 0.01
const MOMENTARY_HOPS = 40
const SHORT_TERM_HOPS = 300
/** EBU Tech 3342: the range looks at the short-term loudness ten times a second. */
const RANGE_EVERY_HOPS = 10
const RANGE_GATE_LU = 20
const LOW_PERCENTILE = 0.1
const HIGH_PERCENTILE = 0.95

export type LoudnessAlong = {
  /** LUFS of each window of 400 ms, one every 10 ms from the end of the first. Empty for a shorter sound. */
  readonly momentary: Float64Array
  /** The same for windows of 3 s. */
  readonly shortTerm: Float64Array
  /** LU. 0 where no window passes the gates. */
  readonly rangeLu: number
}

const hopEnergies = ({ samples, sampleRate }: Pcm): { readonly hops: number[]; readonly hopSamples: number } => {
  const hopSamples = Math.max(1, Math.round(sampleRate * HOP_SECONDS))
  const hops: number[] = []
  const meter = energyMeter(sampleRate, hopSamples, (energy) => void hops.push(energy))
  meter.push(samples.subarray(0, samples.length - (samples.length % hopSamples)))
  meter.end()
  return { hops, hopSamples }
}

/** Loudness of every window of `length` hops. Sums are kept as prefix sums: a window costs two readings. */
const windowsOf = (sums: Float64Array, length: number, hopSamples: number): Float64Array => {
  const count = Math.max(0, sums.length - length)
  return Float64Array.from({ length: count }, (_, at) => {
    const energy = (sums[at + length] as number) - (sums[at] as number)
    return Math.max(ABSOLUTE_GATE_LUFS, blockLufs(Math.max(0, energy) / (length * hopSamples)))
  })
}

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round((sorted.length - 1) * share)] as number

/** EBU Tech 3342: gates at −70 LUFS and 20 LU below the mean power of what passes it; then 95th less 10th percentile. */
const rangeOf = (shortTerm: Float64Array): number => {
  const seen = shortTerm.filter((value, at) => at % RANGE_EVERY_HOPS === 0 && value > ABSOLUTE_GATE_LUFS)
  if (seen.length === 0) return 0
  const power = seen.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / seen.length
  const gate = 10 * Math.log10(power) - RANGE_GATE_LU
  const kept = seen.filter((value) => value >= gate).sort()
  return percentile(kept, HIGH_PERCENTILE) - percentile(kept, LOW_PERCENTILE)
}

/** Measures how loud a sound is from moment to moment, and over what range. */
export const loudnessAlong = (pcm: Pcm): LoudnessAlong => {
  const { hops, hopSamples } = hopEnergies(pcm)
  const sums = new Float64Array(hops.length + 1)
  for (const [at, energy] of hops.entries()) sums[at + 1] = (sums[at] as number) + energy
  const shortTerm = windowsOf(sums, SHORT_TERM_HOPS, hopSamples)
  return { momentary: windowsOf(sums, MOMENTARY_HOPS, hopSamples), shortTerm, rangeLu: rangeOf(shortTerm) }
}
