/**
 * Words that are looked for. Columns `words` hold every word of a text as it is written and folded (migration 0012), so that
 * one index answers both “dang” and “Đăng”, and who types marks is shown what bears them first.
 */
export type Wanted = {
  /** For `words @@ …::tsquery`: what is found. */
  readonly folded: string
  /** The same with the marks that were typed: what is found and comes first. */
  readonly exact: string
  /** Found things of each kind, at most. */
  readonly most: number
}

/** A line of search holds a name, not a text. */
export const QUERY_MAX = 100
const WORDS_MAX = 8

/** As `loa_fold` in the database: without marks, apostrophes and capitals. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/['’‘ʼ`´]/g, '')
    .toLowerCase()

const wordsOf = (text: string): readonly string[] =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, WORDS_MAX)

/** Every word must be there, the last one begun: it is still being typed. Letters and digits only, so that nothing needs escaping. */
const tsquery = (words: readonly string[]): string =>
  words.map((word, nth) => (nth === words.length - 1 ? `'${word}':*` : `'${word}'`)).join(' & ')

/** What a line of search asks for; `undefined` where it holds no word. */
export const wantedOf = (line: string, most: number): Wanted | undefined => {
  const written = line.normalize('NFC').slice(0, QUERY_MAX)
  const folded = wordsOf(fold(written)).filter((word) => /^[a-z0-9]+$/.test(word))
  const exact = wordsOf(written.replace(/['’‘ʼ`´]/g, '').toLowerCase())
  if (folded.length === 0 || exact.length === 0) return undefined
  return { folded: tsquery(folded), exact: tsquery(exact), most }
}
