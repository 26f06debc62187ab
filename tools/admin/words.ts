import words from './words.vi.json' with { type: 'json' }

export type Word = keyof typeof words

/** A sentence of the catalogue with its blanks filled. */
export const say = (word: Word, blanks: Readonly<Record<string, string | number>> = {}): string =>
  words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''))
