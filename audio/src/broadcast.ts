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
import { type Biquad, bell, filterStage, highPass, phaseTurn } from './biquad.ts'
import { type Aim, BLOCK, type Blocks, findLevelling, type Levelling, scaleBlocks, surveyed } from './levelling.ts'
import { levelMeter, windowSamples } from './levels.ts'
import { gainStage, limiterCurve } from './limiter.ts'
import { ABSOLUTE_GATE_LUFS, type Loudness } from './loudness.ts'
import { openOpusListener } from './opus-read.ts'
import { openOpusEncoder, openOpusFile } from './opus-write.ts'
import { BROADCAST_RATE, fromDb, type Pcm, samplePeak, toDb } from './pcm.ts'
import { resampledLength, resampleStage } from './resample.ts'
import { SILENCE_WINDOW_MS, SILENT_BELOW_DBFS } from './sound.ts'
import { behind, keptIfShort, readThrough, type SoundSource, sourceOf } from './stream.ts'

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

/** A sound as it will be played. */
export type BroadcastMade = {
  /** An Ogg Opus file. */
  opus: Uint8Array
  /** Length, samples at 48 kHz. */
  samples: number
  /** RMS level of what was encoded, dBFS, one per 200 ms. */
  levels: Float32Array
  /** Measured on the decoded file. */
  heard: Loudness
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
const CODEC_PASSES_MAX = 5
/** One bar of a waveform on a screen. */
const LEVEL_WINDOW_MS = 200
/** What a 6- to 8-inch horn cannot carry only moves its membrane. */
const HORN_LOW_CUT_HZ = 180
const PRESENCE = { hertz: 2_800, gainDb: 3, q: 0.8 }

/**
 * Four phase turns, as every speech processor of a radio station has them: a voice is a row of one-sided pulses, and
 * spreading each over a few milliseconds lowers its peaks by 1–2 dB at the same loudness. Nothing is heard of it.
 */
const PHASE_TURN = { hertz: 300, q: 0.5, times: 4 }

/** What is heard before the gain: peaks spread, and fitted to a horn where asked. */
function shape(sampleRate: number, hornFilter: boolean): Biquad[] {
  const turn = phaseTurn(PHASE_TURN.hertz, sampleRate, PHASE_TURN.q)
  const sections = Array.from({ length: PHASE_TURN.times }, () => turn)
  if (hornFilter) sections.push(highPass(HORN_LOW_CUT_HZ, sampleRate))
  // Sound of a very low rate has nothing where consonants are.
  if (hornFilter && sampleRate > 2.5 * PRESENCE.hertz) sections.push(bell(PRESENCE.hertz, sampleRate, PRESENCE))
  return sections
}

/** The sound shaped, at 48 kHz. Shaped at the rate it came in: speech has half the samples there. */
function shaped(source: SoundSource, hornFilter: boolean): SoundSource {
  const { sampleRate, samplesMax } = source
  const sections = shape(sampleRate, hornFilter)
  const stages = () => [filterStage(sections), resampleStage(sampleRate, BROADCAST_RATE)]
  const length = resampledLength(samplesMax, sampleRate, BROADCAST_RATE)
  return behind(source, stages, { sampleRate: BROADCAST_RATE, samplesMax: length })
}

type Watched = { source: SoundSource; peak(): number; loudestDbfs(): number }

/** The same source, which tells after its first reading how strong it is: its sample peak, and its loudest 100 ms. */
function watched(source: SoundSource): Watched {
  let peak = 0
  let loudest = Number.NEGATIVE_INFINITY
  let watching = true
  const meter = levelMeter(windowSamples(source.sampleRate, SILENCE_WINDOW_MS), (level) => {
    loudest = Math.max(loudest, level)
  })
  const open = async () => {
    const stream = await source.open()
    if (!watching) return stream
    watching = false
    const next = () => {
      const piece = stream.next()
      if (piece) {
        peak = Math.max(peak, samplePeak(piece))
        meter.push(piece)
      } else meter.end()
      return piece
    }
    return { next, close: stream.close }
  }
  return { source: { ...source, open }, peak: () => peak, loudestDbfs: () => loudest }
}

/** A sound to be encoded: through the gain, then limited by what its blocks need, then through `trim`. */
type Job = {
  sound: SoundSource
  peaks: Float32Array
  /** What the sound is scaled by to fit full scale. */
  fit: number
  options: BroadcastOptions
  /** Takes the samples as they are encoded, pass by pass; the first piece of each comes at 0. */
  keep?: (piece: Float32Array, at: number) => void
}

/** Encodes the sound at this level, decodes what was made and measures that. Memory does not grow but by the file. */
async function pass(job: Job, { gain, ceiling }: Levelling, trim: number): Promise<BroadcastMade> {
  const encoder = await openOpusEncoder((packet, given) => {
    file.add(packet)
    listener.packet(packet, given)
  }, job.options.bitrate)
  const listener = await openOpusListener(encoder.preSkip)
  const file = openOpusFile(encoder.preSkip)
  const levels: number[] = []
  const windows = levelMeter(windowSamples(BROADCAST_RATE, LEVEL_WINDOW_MS), (level) => void levels.push(level))
  const level = gainStage(gain * job.fit * trim, limiterCurve(job.peaks, gain, ceiling), BLOCK)
  let at = 0
  try {
    await readThrough(job.sound, (piece) => {
      const louder = level.push(piece)
      job.keep?.(louder, at)
      at += piece.length
      windows.push(louder)
      encoder.push(louder)
    })
    windows.end()
    const samples = encoder.end()
    return { opus: file.finish(samples), samples, levels: Float32Array.from(levels), heard: listener.end() }
  } finally {
    encoder.close()
    listener.close()
  }
}

const promised = ({ targetLufs = -16, peakDbtp = -1.5 }: BroadcastOptions) => ({ targetLufs, peakDbtp })

type Studied = { job: Job; blocks: Blocks; aim: Aim; audible: boolean }

/** Reads the sound once, twice if it is short, and finds out all that decides about its gain. */
async function studied(source: SoundSource, options: BroadcastOptions): Promise<Studied> {
  const { targetLufs, peakDbtp } = promised(options)
  const aim: Aim = { lufs: targetLufs + CODEC_LOSS_LU, ceilingDbtp: peakDbtp - CODEC_HEADROOM_DB }
  const watch = watched(source)
  const sound = await keptIfShort(shaped(watch.source, options.hornFilter ?? false))
  const blocks = await surveyed(sound, aim)
  const fit = 1 / Math.max(1, watch.peak())
  if (fit < 1) scaleBlocks(blocks, fit)
  const audible = watch.loudestDbfs() + toDb(fit) >= SILENT_BELOW_DBFS
  return { job: { sound, peaks: blocks.peaks, fit, options }, blocks, aim, audible }
}

/** Passes until what a receiver measures is as promised. */
async function passes({ job, blocks, aim: firstAim }: Omit<Studied, 'audible'>): Promise<BroadcastMade> {
  const { targetLufs, peakDbtp } = promised(job.options)
  const aim = { ...firstAim }
  let levelling = findLevelling(blocks, aim)
  let done = await pass(job, levelling, 1)
  for (let count = 1; count < CODEC_PASSES_MAX; count++) {
    const excess = done.heard.truePeakDbtp - peakDbtp
    const off = targetLufs - done.heard.integratedLufs
    const silent = done.heard.integratedLufs <= ABSOLUTE_GATE_LUFS
    if (excess <= 0 && (silent || Math.abs(off) <= LOUDNESS_TOLERANCE_LU)) break
    if (excess > 0) aim.ceilingDbtp -= excess + 0.2
    if (!silent && Math.abs(off) > LOUDNESS_TOLERANCE_LU / 2) aim.lufs += off
    levelling = findLevelling(blocks, aim)
    done = await pass(job, levelling, 1)
  }
  for (let trim = 1; done.heard.truePeakDbtp > peakDbtp; ) {
    // Both cannot be had: the peak is the promise that protects the amplifier.
    trim *= fromDb(peakDbtp - done.heard.truePeakDbtp - 0.3)
    done = await pass(job, levelling, trim)
  }
  return done
}

/**
 * A sound ready for broadcast as an Ogg Opus file, with what a receiver will measure: within ±0.5 LU of the target and
 * no true peak above `peakDbtp`. Silence stays silence, or is refused where that is asked for. Where both promises
 * cannot be kept (a sound that is nothing but clicks), the peak is kept and the loudness falls short. 48 kHz, the
 * length of the input. The sound is read twice or more and never held whole if longer than a minute: half an hour
 * takes 29 MB for what is known of it and 15 MB for the file being made.
 */
export async function prepareBroadcastFrom(
  source: SoundSource,
  options: BroadcastOptions & { refuseSilence?: boolean } = {},
): Promise<BroadcastMade | { refused: 'sound.silent' }> {
  const { audible, ...study } = await studied(source, options)
  return options.refuseSilence && !audible ? { refused: 'sound.silent' } : passes(study)
}

/** As `prepareBroadcastFrom`, of a sound in memory, and with the samples that were encoded. */
export async function prepareBroadcastOpus(pcm: Pcm, options: BroadcastOptions = {}): Promise<BroadcastSound> {
  const samples = new Float32Array(resampledLength(pcm.samples.length, pcm.sampleRate, BROADCAST_RATE))
  const study = await studied(sourceOf(pcm), options)
  study.job.keep = (piece, at) => samples.set(piece, at)
  const { opus, heard } = await passes(study)
  return { pcm: { samples, sampleRate: BROADCAST_RATE }, opus, heard }
}

/** As `prepareBroadcastOpus`, for those who want the samples only. */
export async function prepareForBroadcast(pcm: Pcm, options: BroadcastOptions = {}): Promise<Pcm> {
  return (await prepareBroadcastOpus(pcm, options)).pcm
}
