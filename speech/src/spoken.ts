/** Joins spoken words into the sentence text a speech engine takes. */
import type { Pause, Reading, SpokenWord } from './types.ts'

const STOPS: Readonly<Record<Pause, string>> = { none: ' ', short: ', ', sentence: '. ', paragraph: '.\n' }

/** The reading of a list of words: commas for short rests, full stops and newlines for long ones. */
export const compose = (words: readonly SpokenWord[]): Reading => {
  const parts: string[] = []
  const spans: { from: number; to: number; word: number }[] = []
  let length = 0
  for (const [word, { text, pause }] of words.entries()) {
    spans.push({ from: length, to: length + text.length, word })
    const stop = word === words.length - 1 ? STOPS[pause].replace(/^, $|\s+$/, '') : STOPS[pause]
    parts.push(text, stop)
    length += text.length + stop.length
  }
  return { words, spoken: parts.join(''), spans }
}
