/** When words begin in a sound whose engine does not tell. */
import type { Spoken } from './context.ts'

type Span = { readonly from: number; readonly to: number }

/** The words of a text, UTF-16 offsets: runs without blanks that hold a letter or a digit, without the marks around them. */
export const wordsIn = (text: string): Span[] =>
  [...text.matchAll(/[\p{L}\p{N}](?:\S*[\p{L}\p{M}\p{N}])?/gu)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
  }))

/** Sound this far below the loudest is taken for silence at the ends. */
const QUIET = 0.01
/** What lies between two words counts as one letter. */
const GAP_LETTERS = 1

/** First and last place where something is heard. */
const heardIn = (samples: Float32Array, peak: number): { first: number; last: number } => {
  const bound = peak * QUIET
  const first = samples.findIndex((sample) => Math.abs(sample) > bound)
  return { first, last: samples.findLastIndex((sample) => Math.abs(sample) > bound) }
}

/** Shares what is heard among the words by their letters: in Vietnamese every written word is one syllable. */
export const estimatedTimes = (
  text: string,
  { samples, sampleRate }: Pick<Spoken, 'samples' | 'sampleRate'>,
  peak: number,
): Spoken['words'] => {
  const words = wordsIn(text)
  const { first, last } = heardIn(samples, peak)
  const weights = words.map(({ from, to }) => [...text.slice(from, to).normalize('NFC')].length + GAP_LETTERS)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return words.map((word, i) => {
    const at = first + ((last - first) * before) / all
    before += weights[i] ?? 0
    return { ...word, atMs: Math.round((at * 1_000) / sampleRate) }
  })
}
