import words from './i18n/trace.vi.json' with { type: 'json' }

export type Word = keyof typeof words

/** A sentence of the catalogue with its blanks filled. */
export const say = (word: Word, blanks: Readonly<Record<string, string | number>> = {}): string =>
  words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''))

const inVietnamese = new Intl.NumberFormat('vi', { maximumFractionDigits: 1 })

/** A number as it is read here: `1.107`, `39,8`. */
export const number = (value: number): string => inVietnamese.format(value)
