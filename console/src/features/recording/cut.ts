/** A recording as it is kept: one channel of 16-bit samples. */
export type Pcm = { readonly samples: Int16Array; readonly sampleRate: number }

/** The part of a recording that is sent, milliseconds from its beginning. */
export type Cut = { readonly fromMs: number; readonly toMs: number }

/** Shorter than this is no word. */
export const CUT_MS_MIN = 500
const FRAME_MS = 20
/** A word begins softly, an ending fades: so much is left before the first and after the last sound. */
const BEFORE_MS = 300
const AFTER_MS = 400
/** A click of the mouse is short; speech goes on for at least three frames. */
const SPEECH_FRAMES_MIN = 3
/** Speech stands at least so far above the room, and no further below the loudest. */
const ABOVE_ROOM_DB = 10
const BELOW_LOUDEST_DB = 40
/** A recording whose loudest and softest parts differ less has nothing to cut. */
const RANGE_DB_MIN = 12
const FULL_SCALE = 32768
const FLOOR_DB = -96
/** Long enough that a cut does not click, too short to be heard as a fade. */
const FADE_MS = 8

export const lengthMs = ({ samples, sampleRate }: Pcm): number => (samples.length * 1000) / sampleRate

/** Level of each frame in dB below full scale, and the samples of a frame. */
export const frameLevels = ({ samples, sampleRate }: Pcm, frameMs: number): { levels: number[]; frame: number } => {
  const frame = Math.max(1, Math.round((sampleRate * frameMs) / 1000))
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += frame) {
    const end = Math.min(samples.length, at + frame)
    let sum = 0
    for (let i = at; i < end; i++) sum += (samples[i] ?? 0) ** 2
    const rms = Math.sqrt(sum / (end - at)) / FULL_SCALE
    levels.push(rms > 0 ? Math.max(FLOOR_DB, 20 * Math.log10(rms)) : FLOOR_DB)
  }
  return { levels, frame }
}

export const levelAt = (levels: readonly number[], share: number): number => {
  const sorted = [...levels].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? FLOOR_DB
}

/** Above which level a frame is speech; `undefined` where speech and room cannot be told apart. */
export const speechLevel = (levels: readonly number[]): number | undefined => {
  const loud = levelAt(levels, 0.95)
  const room = Math.min(levelAt(levels, 0.1), loud)
  if (loud - room < RANGE_DB_MIN) return undefined
  return Math.max(room + ABOVE_ROOM_DB, loud - BELOW_LOUDEST_DB)
}

export const wholeOf = (pcm: Pcm): Cut => ({ fromMs: 0, toMs: lengthMs(pcm) })

/** Proposes to leave out the silence at both ends; the whole where there is none, or where it cannot be told from speech. */
export const proposedCut = (pcm: Pcm): Cut => {
  const whole = wholeOf(pcm)
  const { levels } = frameLevels(pcm, FRAME_MS)
  const threshold = speechLevel(levels)
  if (threshold === undefined) return whole
  const speaks = (from: number): boolean =>
    levels.slice(from, from + SPEECH_FRAMES_MIN).every((level) => level >= threshold)
  const last = levels.length - SPEECH_FRAMES_MIN
  let first = 0
  while (first < last && !speaks(first)) first++
  let end = last
  while (end > first && !speaks(end)) end--
  return heldCut(pcm, {
    fromMs: first * FRAME_MS - BEFORE_MS,
    toMs: (end + SPEECH_FRAMES_MIN) * FRAME_MS + AFTER_MS,
  })
}

/** A cut within the recording, and not shorter than a word. */
export const heldCut = (pcm: Pcm, { fromMs, toMs }: Cut): Cut => {
  const length = lengthMs(pcm)
  const shortest = Math.min(CUT_MS_MIN, length)
  const from = Math.max(0, Math.min(fromMs, length - shortest))
  return { fromMs: from, toMs: Math.min(length, Math.max(toMs, from + shortest)) }
}

export const isWhole = (pcm: Pcm, cut: Cut): boolean => cut.fromMs <= 0 && cut.toMs >= lengthMs(pcm)

/** What the cut says, with ends that do not click. */
export const cutOf = (pcm: Pcm, cut: Cut): Pcm => {
  const { samples, sampleRate } = pcm
  if (isWhole(pcm, cut)) return pcm
  const place = (ms: number): number => Math.round((ms * sampleRate) / 1000)
  const kept = samples.slice(place(cut.fromMs), place(cut.toMs))
  const fade = Math.min(place(FADE_MS), kept.length >> 1)
  for (let i = 0; i < fade; i++) {
    const share = (i + 0.5) / fade
    const end = kept.length - 1 - i
    if (cut.fromMs > 0) kept[i] = Math.round((kept[i] ?? 0) * share)
    if (cut.toMs < lengthMs(pcm)) kept[end] = Math.round((kept[end] ?? 0) * share)
  }
  return { samples: kept, sampleRate }
}

const LOUDNESS_FRAME_MS = 400
const RELATIVE_GATE_DB = 10

/**
 * About how loud the speech is, dB: mean power of 400 ms blocks, without those 10 dB below the rest (as the gate of ITU-R
 * BS.1770, without its weighting). Good enough to say “raised by about 9 dB”; the server measures by the standard.
 */
export const aboutLoudness = (pcm: Pcm): number => {
  const { levels } = frameLevels(pcm, LOUDNESS_FRAME_MS)
  const meanOf = (some: readonly number[]): number =>
    some.length === 0
      ? FLOOR_DB
      : 10 * Math.log10(some.reduce((sum, level) => sum + 10 ** (level / 10), 0) / some.length)
  const all = meanOf(levels)
  return meanOf(levels.filter((level) => level >= all - RELATIVE_GATE_DB))
}
