/** Silence in what an engine spoke: found, taken away at the ends, and made as long as we want it between two words. */
import type { Spoken } from '../../platform/context.ts'

export type Piece = Spoken
/** Milliseconds of silence. */
export type Rest = number

/** Sound this far below the loudest of its piece is none: a breath, the hum of a neural voice, the tail of a filter. */
const QUIET_DB = -44
const WINDOW_MS = 5
/** Kept beside what is heard, fading: the onset of an "h" or "x" is weaker than the bound. */
export const GUARD_MS = 15
/** Closing the mouth for a "t" or "p" is quiet for 50–80 ms; a rest is longer. */
const REST_MS_MIN = 90
/** How far from the time told for a word its rest may lie: engines that guess their times are wrong by as much. */
const SEARCH_MS = 150

/** For each window of 5 ms, whether something is heard in it. */
const heardIn = (samples: Float32Array, window: number): Uint8Array => {
  const peaks = new Float32Array(Math.ceil(samples.length / window))
  let loudest = 0
  for (let index = 0, at = 0; index < peaks.length; index++) {
    const end = Math.min(samples.length, at + window)
    let peak = 0
    for (; at < end; at++) {
      const level = samples[at] as number
      if (level > peak) peak = level
      else if (-level > peak) peak = -level
    }
    peaks[index] = peak
    if (peak > loudest) loudest = peak
  }
  const bound = loudest * 10 ** (QUIET_DB / 20)
  return Uint8Array.from(peaks, (peak) => (peak > bound ? 1 : 0))
}

/** Fades the first and last samples of a piece, in place. */
const faded = (samples: Float32Array, length: number): Float32Array => {
  const fade = Math.min(length, samples.length >> 1)
  for (let at = 0; at < fade; at++) {
    const gain = at / fade
    samples[at] = (samples[at] as number) * gain
    const end = samples.length - 1 - at
    samples[end] = (samples[end] as number) * gain
  }
  return samples
}

const windowOf = (sampleRate: number): number => Math.max(1, Math.round((WINDOW_MS * sampleRate) / 1_000))
const guardOf = (sampleRate: number): number => Math.round((GUARD_MS * sampleRate) / 1_000)

/**
 * The piece without the silence its engine put before and behind it: what is heard, and `GUARD_MS` to either side. Words keep
 * their place in the sound. A piece in which nothing is heard stays as it is.
 */
export const bodyOf = (piece: Piece): Piece => {
  const { samples, sampleRate, words } = piece
  const window = windowOf(sampleRate)
  const heard = heardIn(samples, window)
  const first = heard.indexOf(1)
  if (first < 0) return piece
  const guard = guardOf(sampleRate)
  const begin = first * window - guard
  const end = Math.min(samples.length, (heard.lastIndexOf(1) + 1) * window) + guard
  const body = new Float32Array(end - begin)
  body.set(samples.subarray(Math.max(0, begin), end), Math.max(0, -begin))
  const lengthMs = (body.length * 1_000) / sampleRate
  const beginMs = (begin * 1_000) / sampleRate
  const within = (atMs: number): number => Math.max(0, Math.min(lengthMs, atMs - beginMs))
  return {
    samples: faded(body, guard),
    sampleRate,
    words: words.map(({ from, to, atMs }) => ({ from, to, atMs: within(atMs) })),
  }
}

type Gap = { readonly begin: number; readonly end: number }

/** The longest silence between these two windows, if it is a rest at all. */
const longestGap = (heard: Uint8Array, from: number, to: number): Gap | undefined => {
  let found: Gap | undefined
  for (let at = Math.max(0, from); at < Math.min(heard.length, to); at++) {
    if (heard[at] === 1) continue
    let begin = at
    while (begin > 0 && heard[begin - 1] === 0) begin--
    let end = at
    while (end < heard.length && heard[end] === 0) end++
    if (begin > 0 && end < heard.length && end - begin > (found ? found.end - found.begin : 0)) found = { begin, end }
    at = end
  }
  return found && found.end - found.begin >= REST_MS_MIN / WINDOW_MS ? found : undefined
}

/** Silences within, as long as rests are, in order. */
const gapsWithin = (heard: Uint8Array): Gap[] => {
  const gaps: Gap[] = []
  const last = heard.lastIndexOf(1)
  let begin = -1
  for (let at = heard.indexOf(1); at >= 0 && at <= last; at++) {
    if (heard[at] === 0 && begin < 0) begin = at
    if (heard[at] === 1 && begin >= 0) {
      if (at - begin >= REST_MS_MIN / WINDOW_MS) gaps.push({ begin, end: at })
      begin = -1
    }
  }
  return gaps
}

/**
 * The piece of an engine that tells no times, its estimated ones put right by the silences it made: where the longest are as many
 * as the rests wanted before the words at these offsets, each of these words begins behind one, and those between are moved with them.
 */
export const placedByRests = (piece: Piece, before: readonly number[]): Piece => {
  const { samples, sampleRate, words } = piece
  const window = windowOf(sampleRate)
  const longest = gapsWithin(heardIn(samples, window)).sort((a, b) => b.end - b.begin - (a.end - a.begin))
  if (before.length === 0 || longest.length < before.length) return piece
  const gaps = longest.slice(0, before.length).sort((a, b) => a.begin - b.begin)
  const ms = (windows: number): number => (windows * window * 1_000) / sampleRate
  const atOf = (offset: number): number => words.find(({ to }) => to > offset)?.atMs ?? 0
  const lengthMs = (samples.length * 1_000) / sampleRate
  const ends = [...before.map(atOf), lengthMs]
  const placed = words.map((word) => {
    const part = before.filter((offset) => offset < word.to).length
    const [from, to] = [part === 0 ? 0 : (ends[part - 1] ?? 0), ends[part] ?? lengthMs]
    const begins = part === 0 ? 0 : ms(gaps[part - 1]?.end ?? 0)
    const stops = gaps[part] ? ms(gaps[part].begin) : lengthMs
    const share = to > from ? (word.atMs - from) / (to - from) : 0
    return { ...word, atMs: begins + Math.min(1, Math.max(0, share)) * (stops - begins) }
  })
  return { ...piece, words: placed }
}

/** The rests an engine made before these words (offsets in the text), as windows, in order and apart from each other. */
const gapsBefore = ({ words, sampleRate }: Piece, heard: Uint8Array, offsets: readonly number[]): Gap[] => {
  const gaps: Gap[] = []
  const windowAt = (ms: number): number => Math.floor((ms * sampleRate) / 1_000 / windowOf(sampleRate))
  for (const offset of offsets) {
    const next = words.findIndex(({ to }) => to > offset)
    const atMs = words[next]?.atMs
    if (atMs === undefined || next === 0) continue
    const earliest = Math.max(words[next - 1]?.atMs ?? 0, atMs - SEARCH_MS)
    const gap = longestGap(heard, windowAt(earliest), windowAt(atMs + SEARCH_MS))
    if (gap && gap.begin >= (gaps.at(-1)?.end ?? 0)) gaps.push(gap)
  }
  return gaps
}

/**
 * The piece with its short rests, before the words at these offsets, made `restMs` long. Where the engine did not rest at all
 * nothing is cut into: its melody knows better.
 */
export const evened = (piece: Piece, wanted: { readonly before: readonly number[]; readonly restMs: Rest }): Piece => {
  if (wanted.before.length === 0) return piece
  const { samples, sampleRate } = piece
  const window = windowOf(sampleRate)
  const gaps = gapsBefore(piece, heardIn(samples, window), wanted.before)
  if (gaps.length === 0) return piece
  const rest = Math.round((wanted.restMs * sampleRate) / 1_000)
  const changes = gaps.map(({ begin, end }) => ({ begin: begin * window, by: rest - (end - begin) * window }))
  const out = new Float32Array(samples.length + changes.reduce((sum, { by }) => sum + by, 0))
  let [from, to] = [0, 0]
  gaps.forEach((gap) => {
    const keep = Math.min(guardOf(sampleRate), rest >> 1, ((gap.end - gap.begin) * window) >> 1)
    const upTo = gap.begin * window + keep
    out.set(samples.subarray(from, upTo), to)
    to += upTo - from + rest - 2 * keep
    from = gap.end * window - keep
  })
  out.set(samples.subarray(from), to)
  const shifted = (atMs: number): number => {
    const at = (atMs * sampleRate) / 1_000
    // a word whose time was told within its rest begins behind it
    const before = gaps.filter((gap) => at >= gap.begin * window)
    const by = changes.slice(0, before.length).reduce((sum, change) => sum + change.by, 0)
    const last = before.at(-1)
    const begins = last && at < last.end * window ? last.end * window : at
    return ((begins + by) * 1_000) / sampleRate
  }
  return { samples: out, sampleRate, words: piece.words.map((word) => ({ ...word, atMs: shifted(word.atMs) })) }
}
