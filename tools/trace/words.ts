import words from './words.vi.json' with { type: 'json' }

export type Word = keyof typeof words

/** A sentence of the catalogue with its blanks filled. */
export const say = (word: Word, blanks: Readonly<Record<string, string | number>> = {}): string =>
  words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''))

const known = new Map<string, string>(Object.entries(words))

/** The Vietnamese name of a detail, and its value where that is a word of ours; otherwise both as they are. */
export const sayDetail = (name: string, value: string): string =>
  `${known.get(`detail.${name}`) ?? name}: ${known.get(`value.${value}`) ?? value}`
