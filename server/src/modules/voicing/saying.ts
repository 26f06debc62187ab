/**
 * A reading said piece by piece, with rests of our own between the pieces: how long a voice rests is then the same whichever
 * engine speaks, and no engine is given more than it speaks well in one go.
 */
import type { Pause, Reading } from '@loa/speech'
import type { Spoken } from '../../platform/context.ts'
import { bodyOf, evened, GUARD_MS, type Piece, placedByRests, type Rest } from './rests.ts'

/**
 * How long a voice rests, milliseconds of silence at speed 1. Readers of news rest 0.2–0.3 s at a comma and 0.4–0.7 s at a full
 * stop. Out of doors the next cluster, 200–300 m away, is heard 0.6–0.9 s later (340 m/s): a full stop takes the longer of the
 * natural rests, so that the beginning of a sentence does not fall into the strongest echo of the one before, and between
 * headings, items and paragraphs the echo has died away.
 */
const REST_MS: Readonly<Record<Pause, number>> = { none: 0, short: 250, sentence: 650, paragraph: 1_000 }

/** A faster voice rests less, as people do. */
export const restMs = (pause: Pause, rate: number): number => Math.round(REST_MS[pause] / rate)

/**
 * A sentence longer than this is cut, at a comma where there is one in its second half: neural voices lose their breath, or
 * words, in longer ones, and one piece keeps the voice from everybody else for a quarter of a minute at most.
 */
export const PIECE_CHARACTERS_MAX = 240

/** A piece of the reading: `text` begins at `from` in what is spoken, and is followed by a rest. */
export type Part = {
  readonly text: string
  readonly from: number
  readonly pause: Pause
  /** Offsets in `text` of words before which the voice rests shortly. */
  readonly rests: readonly number[]
}

const wordsIn = ({ words, spans }: Reading): { from: number; to: number; pause: Pause }[] =>
  spans.map(({ from, to, word }) => ({ from, to, pause: words[word]?.pause ?? 'none' }))

const endsPiece = (pause: Pause): boolean => pause === 'sentence' || pause === 'paragraph'

/** The last word of the piece that begins with word `first`: the end of its sentence, or where a long one is cut. */
const lastOfPiece = (words: readonly { from: number; to: number; pause: Pause }[], first: number): number => {
  const begins = words[first]?.from ?? 0
  let comma = -1
  for (let at = first; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) break
    if (word.to - begins > PIECE_CHARACTERS_MAX && at > first) return comma >= 0 ? comma : at - 1
    if (endsPiece(word.pause)) return at
    if (word.pause === 'short' && word.to - begins > PIECE_CHARACTERS_MAX / 2) comma = at
  }
  return words.length - 1
}

/** Cuts a reading at its sentences and paragraphs, and long sentences within. */
export const partsOf = (reading: Reading): Part[] => {
  const words = wordsIn(reading)
  const parts: Part[] = []
  for (let first = 0; first < words.length; ) {
    const last = lastOfPiece(words, first)
    const [begin, end] = [words[first], words[last]]
    if (begin === undefined || end === undefined) break
    const text = reading.spoken.slice(begin.from, words[last + 1]?.from).trimEnd()
    const rests = words.slice(first + 1, last + 1).flatMap(({ from }, index) => {
      const before = words[first + index]
      return before?.pause === 'short' ? [from - begin.from] : []
    })
    // cut where the writer set no stop, a voice takes breath
    parts.push({ text, from: begin.from, pause: end.pause === 'none' ? 'short' : end.pause, rests })
    first = last + 1
  }
  return parts
}

const pieceOf = ({ rests }: Part, spoken: Spoken, rate: number): Piece => {
  const body = bodyOf(spoken)
  const timed = spoken.timesEstimated ? placedByRests(body, rests) : body
  return evened(timed, { before: rests, restMs: restMs('short', rate) })
}

type Joined = { readonly piece: Piece; readonly from: number; readonly rest: number }

/** Pieces one after the other, each followed by its rest; after the last there is none. */
const joined = (all: readonly Joined[], sampleRate: number): Spoken => {
  const restSamples = ({ rest }: Joined, index: number): number =>
    index === all.length - 1 ? 0 : Math.max(0, Math.round(((rest - 2 * GUARD_MS) * sampleRate) / 1_000))
  const length = all.reduce((sum, each, index) => sum + each.piece.samples.length + restSamples(each, index), 0)
  const samples = new Float32Array(length)
  const words: Spoken['words'][number][] = []
  let at = 0
  all.forEach((each, index) => {
    samples.set(each.piece.samples, at)
    const beginsMs = (at * 1_000) / sampleRate
    for (const { from, to, atMs } of each.piece.words) {
      words.push({ from: each.from + from, to: each.from + to, atMs: beginsMs + atMs })
    }
    at += each.piece.samples.length + restSamples(each, index)
  })
  return { samples, sampleRate, words }
}

/** Says one text with one voice. */
export type Speak<Refused> = (text: string) => Promise<Spoken | Refused>

/**
 * The whole reading as one sound, every word with its time. One piece is asked for at a time, so that others' texts get between.
 * `speak` must stay with one voice: all pieces are of one sample rate. What it refuses is refused, but for a piece without
 * anything to be said, which is passed over while there are others.
 */
export const sayReading = async <Refused extends { readonly refused: string }>(
  reading: Reading,
  rate: number,
  speak: Speak<Refused>,
): Promise<Spoken | Refused> => {
  const all: Joined[] = []
  let sampleRate: number | undefined
  let silent: Refused | undefined
  let timesEstimated = false
  for (const part of partsOf(reading)) {
    const spoken = await speak(part.text)
    if ('refused' in spoken) {
      silent = spoken
      if (spoken.refused === 'voice.nothingToSay') continue
      return spoken
    }
    sampleRate ??= spoken.sampleRate
    if (spoken.sampleRate !== sampleRate) throw new Error('the voice changed in the middle of a text')
    timesEstimated ||= spoken.timesEstimated === true
    const rest: Rest = restMs(part.pause, rate)
    all.push({ piece: pieceOf(part, spoken, rate), from: part.from, rest })
  }
  if (sampleRate === undefined) return silent ?? speak('')
  return { ...joined(all, sampleRate), ...(timesEstimated ? { timesEstimated } : {}) }
}
