/** How much louder or quieter: the gain at which a sound, limited, has the wanted loudness. */
import { limiterBlock, limiterCurve } from './limiter.ts'
import { ABSOLUTE_GATE_LUFS, energyMeter, gatedLoudness, loudnessStep } from './loudness.ts'
import { BROADCAST_RATE, fromDb } from './pcm.ts'
import { isShort, readThrough, type SoundSource } from './stream.ts'
import { blockPeakMeter } from './true-peak.ts'

export type Aim = { lufs: number; ceilingDbtp: number }

/**
 * What the search works on, and all that is kept of a sound: true peak and K-weighted energy of each half-millisecond.
 * In single precision (0.000,001 dB), which makes 29 MB of half an hour.
 */
export type Blocks = { peaks: Float32Array; energies: Float32Array; samples: number }

/** A gain as found: amplitude ratio, and the ceiling (amplitude) that peaks are then limited to. */
export type Levelling = { gain: number; ceiling: number }

export const BLOCK = limiterBlock(BROADCAST_RATE)
const STEP_SAMPLES = loudnessStep(BROADCAST_RATE)
const BLOCKS_PER_STEP = STEP_SAMPLES / BLOCK

/** The search for the gain ends at this difference before the codec, LU. */
const GAIN_SETTLED_LU = 0.05
const GAIN_STEPS_MAX = 20
/** A murmur 40 dB too quiet is noise, not speech: it is not lifted further. */
const GAIN_MAX_DB = 40
/** The limiter may be driven this far, dB: beyond it a voice is flattened, and loudness hardly grows. */
const LIMITING_DB_MAX = 10
/** Loudness gained per gain is never taken for less than this when searching. */
const SLOPE_MIN = 0.2

/** A later pass may ask for a lower ceiling by this much before rough bounds limit a little more than they must, dB. */
const REPEAT_DB = 2

/** Loudness the sound would have under a gain and a limiter. */
function loudnessUnder({ energies, peaks, samples }: Blocks, { gain, ceiling }: Levelling): number {
  const steps = new Float64Array(Math.ceil(energies.length / BLOCKS_PER_STEP))
  const curve = limiterCurve(peaks, gain, ceiling)
  let before: number | undefined
  for (let step = 0, b = 0; step < steps.length; step++) {
    const end = Math.min(energies.length, b + BLOCKS_PER_STEP)
    let sum = 0
    for (; b < end; b++) {
      const after = peaks.length === 0 ? 1 : curve()
      const level = (gain * (after + (before ?? after))) / 2
      before = after
      sum += (energies[b] as number) * level * level
    }
    steps[step] = sum
  }
  return gatedLoudness(steps, { stepSamples: STEP_SAMPLES, samples })
}

/** The gain that would do if nothing were limited, dB; `undefined` for silence. */
function plainGainDb(blocks: Blocks, aim: Aim): number | undefined {
  const before = loudnessUnder({ ...blocks, peaks: new Float32Array() }, { gain: 1, ceiling: 1 })
  return before <= ABSOLUTE_GATE_LUFS ? undefined : Math.min(aim.lufs - before, GAIN_MAX_DB)
}

/** The gain at which the limited sound has the wanted loudness: secant steps. Silence stays as it is. */
export function findLevelling(blocks: Blocks, aim: Aim): Levelling {
  const startDb = plainGainDb(blocks, aim)
  if (startDb === undefined) return { gain: 1, ceiling: Number.POSITIVE_INFINITY }
  const ceiling = fromDb(aim.ceilingDbtp)
  let gainDb = startDb
  let slope = 1
  let last: { gainDb: number; lufs: number } | undefined
  for (let step = 0; step < GAIN_STEPS_MAX; step++) {
    const lufs = loudnessUnder(blocks, { gain: fromDb(gainDb), ceiling })
    const off = aim.lufs - lufs
    if (Math.abs(off) <= GAIN_SETTLED_LU) break
    if (last) slope = Math.max(SLOPE_MIN, Math.min(1, (lufs - last.lufs) / (gainDb - last.gainDb)))
    last = { gainDb, lufs }
    const next = Math.min(gainDb + off / slope, startDb + LIMITING_DB_MAX, GAIN_MAX_DB)
    if (next === gainDb) break
    gainDb = next
  }
  return { gain: fromDb(gainDb), ceiling }
}

/** A list of numbers, one per block, whose length is known only at the end. */
function perBlock(samplesMax: number) {
  const values = new Float32Array(Math.ceil(samplesMax / BLOCK))
  let count = 0
  const add = (value: number): void => {
    values[count] = value
    count += 1
  }
  return { add, values: () => values.subarray(0, count) }
}

/**
 * Peaks and energies of a 48 kHz sound. True peaks need working out only where limiting may begin. For a sound at hand
 * that is asked after its energies are known, at the price of going through it twice; for one that must be decoded
 * each time, they are worked out wherever the highest gain there is could make them matter.
 */
export async function surveyed(sound: SoundSource, aim: Aim): Promise<Blocks> {
  const energies = perBlock(sound.samplesMax)
  const peaks = perBlock(sound.samplesMax)
  const ceiling = fromDb(aim.ceilingDbtp)
  const atOnce = !isShort(sound)
  let above = ceiling / fromDb(GAIN_MAX_DB)
  let samples = 0
  const energyOf = energyMeter(BROADCAST_RATE, BLOCK, energies.add)
  const peakOf = blockPeakMeter({ block: BLOCK, above: () => above, found: peaks.add })
  await readThrough(sound, (piece) => {
    samples += piece.length
    energyOf.push(piece)
    if (atOnce) peakOf.push(piece)
  })
  energyOf.end()
  if (!atOnce) {
    const unlimited = { energies: energies.values(), peaks: new Float32Array(), samples }
    above = ceiling / fromDb((plainGainDb(unlimited, aim) ?? 0) + LIMITING_DB_MAX + REPEAT_DB)
    await readThrough(sound, peakOf.push)
  }
  peakOf.end()
  return { peaks: peaks.values(), energies: energies.values(), samples }
}

/** The same blocks of a sound `factor` times as strong, in place. */
export function scaleBlocks({ peaks, energies }: Blocks, factor: number): void {
  for (let b = 0; b < peaks.length; b++) peaks[b] = (peaks[b] as number) * factor
  for (let b = 0; b < energies.length; b++) energies[b] = (energies[b] as number) * factor * factor
}
