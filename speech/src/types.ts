/** How long the voice rests after a word. */
export type Pause = 'none' | 'short' | 'sentence' | 'paragraph'

/** One thing that is said, and the piece of the source it comes from (UTF-16 offsets, end excluded). */
export type SpokenWord = {
  /** What is said; may hold several syllables, never a digit or a symbol. */
  readonly text: string
  readonly from: number
  readonly to: number
  /** Stable rule id, explained in rules.ts; `plain` when the word is said as written. */
  readonly rule: string
  readonly pause: Pause
  /** Other readings an editor may choose; empty where the reading is a guess. Absent when there is no doubt. */
  readonly doubtful?: readonly string[]
}

/** A text turned into speech. `spans` point from offsets in `spoken` to the index of the word. */
export type Reading = {
  readonly words: readonly SpokenWord[]
  readonly spoken: string
  readonly spans: readonly { readonly from: number; readonly to: number; readonly word: number }[]
}

/** An operator's own readings; the longest match wins and comes before every rule. */
export type Lexicon = readonly {
  readonly written: string
  readonly spoken: string
  readonly caseSensitive?: boolean
}[]
