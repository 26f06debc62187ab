import type { Correction } from '../../api/lexicon.ts'
import type { SpokenWord } from '../../api/types.ts'

const MARKS = /^[\s.,;:!?…()“”"']+|[\s.,;:!?…()“”"']+$/g

/** What stands in the text where this word is said, without marks at its ends. */
export const writtenOf = (text: string, words: readonly SpokenWord[], index: number): string => {
  const word = words[index]
  return word === undefined ? '' : text.slice(word.from, word.to).replace(MARKS, '')
}

const isSame = (one: Correction, other: Correction): boolean =>
  one.written.toLowerCase() === other.written.toLowerCase()

/** The corrections with this one among them: in place of an earlier one for the same words, else at the end. */
export const withCorrection = (all: readonly Correction[], added: Correction): readonly Correction[] =>
  all.some((each) => isSame(each, added)) ? all.map((each) => (isSame(each, added) ? added : each)) : [...all, added]
