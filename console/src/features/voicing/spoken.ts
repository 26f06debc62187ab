import type { SpokenWord } from '../../api/types.ts'

export type SpokenPiece = SpokenWord & {
  index: number
  /** What stands in the text, where it is read differently; else `null`. */
  original: string | null
  /** Marks of the text that open before the word: “(” */
  opens: string
  /** Marks of the text that follow the word: “,” “.” */
  mark: string
  /** A new paragraph begins after this word. */
  ends: boolean
}

const PLAIN = 'plain'

/** The reading as it is shown: each word with the original beside it where that was changed. */
export const piecesOf = (text: string, words: readonly SpokenWord[]): SpokenPiece[] =>
  words.map((word, index) => {
    const written = text.slice(word.from, word.to).trim()
    const gap = text.slice(word.to, words[index + 1]?.from ?? text.length)
    const ahead = text.slice(words[index - 1]?.to ?? 0, word.from)
    const changed = word.rule !== PLAIN && written !== '' && written.toLowerCase() !== word.text.toLowerCase()
    // Words read from one piece of the text share its original: it is shown once, after the last of them.
    const shared = words[index + 1]?.from === word.from && words[index + 1]?.to === word.to
    return {
      ...word,
      index,
      original: changed && !shared ? written : null,
      opens: ahead.match(/(?:^|\s)([(“"]+)$/)?.[1] ?? '',
      mark: gap.match(/^[.,;:!?…)”"]+/)?.[0] ?? '',
      ends: /\n\s*\n/.test(gap),
    }
  })

/** Index of the word being said at a position; `null` outside, or where the voicing has no times. */
export const wordAt = (words: readonly SpokenWord[], ms: number | null): number | null => {
  if (ms === null) return null
  let found: number | null = null
  words.forEach((word, index) => {
    if (word.atMs !== undefined && word.atMs <= ms) found = index
  })
  return found
}
