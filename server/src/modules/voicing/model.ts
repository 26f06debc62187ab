import type { BulletinClass } from '@loa/protocol'
import type { VoiceAccent } from '../../platform/context.ts'
import { sha256Hex } from '../../platform/crypto.ts'
import type { Correction } from './lexicon/model.ts'
import type { VoiceSettings } from './voices/model.ts'

/** The longest text read out in one go: about ten minutes, and a third of what a notice may last. */
export const TEXT_CHARACTERS_MAX = 9_000

export type Accent = VoiceAccent

/** A request to read a text out. `rate` 1 is the voice's own speed. */
export type TextRequest = {
  readonly unit: string
  readonly text: string
  /** Absent: as the unit has set it. */
  readonly accent?: Accent | undefined
  readonly rate?: number | undefined
  /** Tried out before they are the unit's; absent: the unit's own. */
  readonly settings?: VoiceSettings | undefined
  /** Readings put right for this one text. */
  readonly corrections?: readonly Correction[] | undefined
  /** This voice or none: it goes with something that the same voice has said. Absent: the unit's in their order. */
  readonly voice?: string | undefined
  /** Of the notice it is for: an emergency has its turn first, and what is urgent waits only seconds for a slow voice. */
  readonly class?: BulletinClass | undefined
}

/** A request with everything that decides how it sounds. */
export type SettledRequest = {
  readonly unit: string
  readonly text: string
  readonly accent: Accent
  /** Stepped. */
  readonly rate: number
  /** What is said, by the unit's lexicon as it is now. */
  readonly spoken: string
  readonly corrections: readonly Correction[]
  /** The voice that speaks, and the one that the unit would rather hear. */
  readonly voice: string
  readonly wanted: string
  readonly hornFilter: boolean
}

/** Speed in steps of a twentieth, so that a slider's rounding does not make two sounds of one. */
export const steppedRate = (rate: number): number => Math.round(rate * 20) / 20

/** Rises when a text is said in another way, so that older sounds are not handed out for new ones. */
const SAYING = 2

/** The key under which a request finds the voicing made for it before: with another lexicon the same text is another request. */
export const textKey = (asked: SettledRequest): string => {
  const { unit, text, accent, rate, spoken, corrections, voice, wanted, hornFilter } = asked
  return sha256Hex(
    JSON.stringify(['text', SAYING, unit, text, accent, rate, spoken, corrections, voice, wanted, hornFilter]),
  )
}

export const recordingKey = (unit: string, upload: string, hornFilter: boolean): string =>
  sha256Hex(JSON.stringify(['recording', unit, upload, ...(hornFilter ? ['horn'] : [])]))

type Span = { readonly from: number; readonly to: number }
/** `doubtful` as the reading had it: what else it could be, nothing where it was a guess; absent without a doubt. */
type ReadWord = Span & { readonly text: string; readonly rule: string; readonly doubtful?: readonly string[] }
export type TimedWord = ReadWord & { readonly atMs: number }

type SpokenSpan = Span & { readonly word: number }

/** The word spoken at this place. Spans ascend and do not touch; they are thousands in a long text, so they are halved. */
const wordAt = (spans: readonly SpokenSpan[], place: number): number | undefined => {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.to ?? 0) <= place) low = middle + 1
    else high = middle
  }
  const found = spans[low]
  return found !== undefined && found.from <= place ? found.word : undefined
}

/**
 * Gives each word of the reading (spans in the text as written) the time at which the voice begins it. The voice speaks
 * of spans in what was spoken; `spans` lead from there to the words. A word the voice did not tell of begins with the one
 * before it.
 */
export const timedWords = (
  words: readonly ReadWord[],
  spans: readonly SpokenSpan[],
  voiced: readonly (Span & { readonly atMs: number })[],
): TimedWord[] => {
  const begins = new Map<number, number>()
  for (const { from, atMs } of voiced) {
    const word = wordAt(spans, from)
    if (word !== undefined) begins.set(word, Math.min(begins.get(word) ?? atMs, atMs))
  }
  let last = 0
  return words.map(({ text, from, to, rule, doubtful }, index) => {
    last = Math.max(last, begins.get(index) ?? last)
    return { text, from, to, rule, ...(doubtful && { doubtful }), atMs: Math.round(last) }
  })
}
