/**
 * From any sound to one a loudspeaker may play: loud enough to be understood, never clipping, and that measured on
 * what a receiver will really hear, after the codec.
 *
 * How the peak survives the codec. Opus keeps the loudness but not the waveform: at 32 kb/s the true peak of limited
 * speech comes out 0.5 dB higher (median; 1.1 dB at most over 60 sentences). So the sound is limited below the
 * promised peak by a headroom, encoded, decoded and measured; where the decoded peak is still too high, the limiter's
 * ceiling is lowered by the excess and the pass repeated. The headroom is such that speech needs one pass; the encoded
 * result of the pass that was measured is handed out, so nothing is encoded twice.
 */
import { bell, filtered, highPass, phaseTurn } from './biquad.ts'
import { applyGain, limiterBlock, limiterGain } from './limiter.ts'
import {
  ABSOLUTE_GATE_LUFS,
  gatedLoudness,
  type Loudness,
  loudnessStep,
  measureLoudness,
  weightedEnergies,
} from './loudness.ts'
import { decodePackets } from './opus-read.ts'
import { encodePackets, muxOpus, type OpusStream } from './opus-write.ts'
import { BROADCAST_RATE, fromDb, type Pcm, scale } from './pcm.ts'
import { resample } from './resample.ts'
import { blockTruePeaks } from './true-peak.ts'

export type BroadcastOptions = {
  /** Integrated loudness, LUFS. Default −16: what speech in the open needs, and a phone still plays cleanly. */
  targetLufs?: number
  /** Highest true peak after the codec, dBTP. Default −1.5. */
  peakDbtp?: number
  /** For horn loudspeakers: cut what a horn cannot carry, lift what makes consonants understood. */
  hornFilter?: boolean
  /** Bits a second of the Opus stream. Default 32,000. */
  bitrate?: number
}

export type BroadcastSound = {
  /** What was encoded: 48 kHz. */
  pcm: Pcm
  /** The same as an Ogg Opus file. */
  opus: Uint8Array
  /** Measured on the decoded file. */
  heard: Loudness
}

/** Room left for the codec's overshoot in the first pass, dB. */
const CODEC_HEADROOM_DB = 1.6
/** What Opus at 32 kb/s takes off the loudness of speech (0.3–0.5 measured); given back in advance, LU. */
const CODEC_LOSS_LU = 0.4
/** Loudness may differ this much from the target, after the codec, LU. */
const LOUDNESS_TOLERANCE_LU = 0.5
/** The search for the gain ends at this difference before the codec, LU. */
const GAIN_SETTLED_LU = 0.05
const GAIN_STEPS_MAX = 20
const CODEC_PASSES_MAX = 5
/** A murmur 40 dB too quiet is noise, not speech: it is not lifted further. */
const GAIN_MAX_DB = 40
/** The limiter may be driven this far, dB: beyond it a voice is flattened, and loudness hardly grows. */
const LIMITING_DB_MAX = 10
/** Loudness gained per gain is never taken for less than this when searching. */
const SLOPE_MIN = 0.2
/** What a 6- to 8-inch horn cannot carry only moves its membrane. */
const HORN_LOW_CUT_HZ = 180
const PRESENCE = { hertz: 2_800, gainDb: 3, q: 0.8 }

/**
 * Four phase turns, as every speech processor of a radio station has them: a voice is a row of one-sided pulses, and
 * spreading each over a few milliseconds lowers its peaks by 1–2 dB at the same loudness. Nothing is heard of it.
 */
const PHASE_TURN = { hertz: 300, q: 0.5, times: 4 }

/**
 * The sound as it should be before it is made louder: peaks spread, and fitted to a horn where asked. At the rate it
 * came in: speech has half the samples there.
 */
function shaped({ samples, sampleRate }: Pcm, hornFilter: boolean): Pcm {
  const turn = phaseTurn(PHASE_TURN.hertz, sampleRate, PHASE_TURN.q)
  const sections = Array.from({ length: PHASE_TURN.times }, () => turn)
  if (hornFilter) sections.push(highPass(HORN_LOW_CUT_HZ, sampleRate))
  // Sound of a very low rate has nothing where consonants are.
  if (hornFilter && sampleRate > 2.5 * PRESENCE.hertz) sections.push(bell(PRESENCE.hertz, sampleRate, PRESENCE))
  return { samples: sections.reduce(filtered, samples), sampleRate }
}

type Aim = { lufs: number; ceilingDbtp: number }

/** What the search for the gain works on: the sound's peaks and energies in blocks, measured once. */
type Blocks = { peaks: Float64Array; energies: Float64Array; samples: number }

const BLOCK = limiterBlock(BROADCAST_RATE)
const STEP_SAMPLES = loudnessStep(BROADCAST_RATE)
const BLOCKS_PER_STEP = STEP_SAMPLES / BLOCK

/** Loudness the sound would have under a gain and a limiter curve. */
function loudnessUnder(blocks: Blocks, gain: number, curve: Float64Array | undefined): number {
  const steps = new Float64Array(Math.ceil(blocks.energies.length / BLOCKS_PER_STEP))
  for (let b = 0; b < blocks.energies.length; b++) {
    const level = gain * (curve ? ((curve[b] as number) + (curve[Math.max(0, b - 1)] as number)) / 2 : 1)
    const step = Math.floor(b / BLOCKS_PER_STEP)
    steps[step] = (steps[step] as number) + (blocks.energies[b] as number) * level * level
  }
  return gatedLoudness(steps, { stepSamples: STEP_SAMPLES, samples: blocks.samples })
}

/** The gain at which the limited sound has the wanted loudness: secant steps, each well under a millisecond. */
function findGain(blocks: Blocks, aim: Aim, startDb: number): number {
  const ceiling = fromDb(aim.ceilingDbtp)
  let gainDb = startDb
  let slope = 1
  let last: { gainDb: number; lufs: number } | undefined
  for (let step = 0; step < GAIN_STEPS_MAX; step++) {
    const gain = fromDb(gainDb)
    const lufs = loudnessUnder(blocks, gain, limiterGain(blocks.peaks, gain, ceiling))
    const off = aim.lufs - lufs
    if (Math.abs(off) <= GAIN_SETTLED_LU) break
    if (last) slope = Math.max(SLOPE_MIN, Math.min(1, (lufs - last.lufs) / (gainDb - last.gainDb)))
    last = { gainDb, lufs }
    const next = Math.min(gainDb + off / slope, startDb + LIMITING_DB_MAX, GAIN_MAX_DB)
    if (next === gainDb) break
    gainDb = next
  }
  return gainDb
}

/** Gain and limiter: the sound at the wanted loudness, no peak above the ceiling. Silence stays as it is. */
function levelled(samples: Float32Array, aim: Aim): Float32Array {
  const energies = weightedEnergies({ samples, sampleRate: BROADCAST_RATE }, BLOCK)
  const ceiling = fromDb(aim.ceilingDbtp)
  const before = loudnessUnder({ peaks: new Float64Array(), energies, samples: samples.length }, 1, undefined)
  if (before <= ABSOLUTE_GATE_LUFS) return samples
  const startDb = Math.min(aim.lufs - before, GAIN_MAX_DB)
  const peaks = blockTruePeaks(samples, BLOCK, ceiling / fromDb(startDb + LIMITING_DB_MAX))
  const gain = fromDb(findGain({ peaks, energies, samples: samples.length }, aim, startDb))
  return applyGain(samples, gain, { curve: limiterGain(peaks, gain, ceiling), block: BLOCK })
}

type Pass = { samples: Float32Array; stream: OpusStream; heard: Loudness }

async function pass(samples: Float32Array, bitrate: number | undefined): Promise<Pass> {
  const stream = await encodePackets(samples, bitrate)
  const decoded = await decodePackets(stream)
  return { samples, stream, heard: measureLoudness({ samples: decoded, sampleRate: BROADCAST_RATE }) }
}

/**
 * The sound ready for broadcast, as samples and as an Ogg Opus file, with what a receiver will measure: within
 * ±0.5 LU of the target and no true peak above `peakDbtp`. Silence stays silence. Where both cannot be had (a sound
 * that is nothing but clicks), the peak is kept and the loudness falls short. 48 kHz, the length of the input.
 */
export async function prepareBroadcastOpus(pcm: Pcm, options: BroadcastOptions = {}): Promise<BroadcastSound> {
  const targetLufs = options.targetLufs ?? -16
  const peakDbtp = options.peakDbtp ?? -1.5
  const sound = resample(shaped(pcm, options.hornFilter ?? false), BROADCAST_RATE).samples
  const aim: Aim = { lufs: targetLufs + CODEC_LOSS_LU, ceilingDbtp: peakDbtp - CODEC_HEADROOM_DB }
  let done = await pass(levelled(sound, aim), options.bitrate)
  for (let passes = 1; passes < CODEC_PASSES_MAX; passes++) {
    const excess = done.heard.truePeakDbtp - peakDbtp
    const off = targetLufs - done.heard.integratedLufs
    const silent = done.heard.integratedLufs <= ABSOLUTE_GATE_LUFS
    if (excess <= 0 && (silent || Math.abs(off) <= LOUDNESS_TOLERANCE_LU)) break
    if (excess > 0) aim.ceilingDbtp -= excess + 0.2
    if (!silent && Math.abs(off) > LOUDNESS_TOLERANCE_LU / 2) aim.lufs += off
    done = await pass(levelled(sound, aim), options.bitrate)
  }
  while (done.heard.truePeakDbtp > peakDbtp) {
    // Both cannot be had: the peak is the promise that protects the amplifier.
    const lower = fromDb(peakDbtp - done.heard.truePeakDbtp - 0.3)
    done = await pass(scale(done.samples, lower), options.bitrate)
  }
  return { pcm: { samples: done.samples, sampleRate: BROADCAST_RATE }, opus: muxOpus(done.stream), heard: done.heard }
}

/** As `prepareBroadcastOpus`, for those who want the samples only. */
export async function prepareForBroadcast(pcm: Pcm, options: BroadcastOptions = {}): Promise<Pcm> {
  return (await prepareBroadcastOpus(pcm, options)).pcm
}
