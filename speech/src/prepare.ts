/** Brings a text to one form of writing, and remembers where each character came from. */
import { FOREIGN_LETTER, isLatinLetter, MICRO } from './characters.ts'

/** A text ready for the rules. Without arrays, offsets are those of the source itself. */
export type Prepared = {
  readonly text: string
  /** For each character, the start of its source. */
  readonly starts?: Int32Array
  /** For each character, the end of its source. */
  readonly ends?: Int32Array
}

/** Nearly every official text passes here unchanged: Vietnamese letters and the usual signs. */
const NEEDS_FOLDING = /[^\t\n -~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—“”‘’…²³°•·±×]/

/** Marks that are heard on no loudspeaker: zero-width, bidirectional, soft hyphen, variation selectors. */
const INVISIBLE = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/

/** More marks than this on one letter are decoration; sorting them could take quadratic time. */
const MARKS_MAX = 4

// biome-ignore format: pairs read best as a block
const SAME_SIGN: Readonly<Record<string, string>> = {
  '‐': '-', '‑': '-', '‒': '-', '―': '—', '−': '-', '﹣': '-', '⁄': '/', '∕': '/', '′': "'", 'ʼ': "'", 'ʹ': "'", '`': "'",
  '´': "'", '″': '"', 'º': '°', '˚': '°', '∙': '•', '▪': '•', '●': '•', '◦': '•', '\u0130': 'I', '\u00a0': ' ',
}

/** Greek letters stand in formulas and are named. */
// biome-ignore format: a table
const GREEK: Readonly<Record<string, string>> = {
  α: 'an pha', β: 'bê ta', γ: 'gam ma', δ: 'đen ta', ε: 'ép xi lon', θ: 'tê ta', λ: 'lam đa', π: 'pi', ρ: 'rô', σ: 'xích ma',
  τ: 'tô', φ: 'phi', χ: 'khi', ф: 'phi', ψ: 'pờ xi', ω: 'ô mê ga',
}

const foldLetter = (letters: string): string => {
  const greek = GREEK[letters.toLowerCase()]
  if (greek !== undefined) return ` ${greek} `
  if (letters === 'μ' || letters === 'µ') return MICRO
  let folded = ''
  for (const letter of letters) {
    if (/\p{Lm}/u.test(letter)) continue
    folded += /\p{L}/u.test(letter) && !isLatinLetter(letter) ? FOREIGN_LETTER : letter
  }
  return folded
}

const decimalDigit = (code: number): string => {
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String((code - zero) % 10)
}

/** A superscript is a power after a digit and a footnote mark after anything else; ² and ³ stay for units. */
const foldSuperscript = (char: string, previous: string): string =>
  previous >= '0' && previous <= '9' ? `^${char.normalize('NFKC')}` : ''

const foldNumeral = (char: string, previous: string): string => {
  if (/\p{Nd}/u.test(char)) return decimalDigit(char.codePointAt(0) ?? 0)
  if (/[⁰¹⁴-⁹]/.test(char)) return foldSuperscript(char, previous)
  const folded = foldLetter(char.normalize('NFKC').replaceAll('⁄', '/')).replace(/(?![0-9²³])\p{N}/gu, FOREIGN_LETTER)
  // "2½" must not become "21/2".
  return folded.includes('/') && previous >= '0' && previous <= '9' ? ` ${folded}` : folded
}

/** One character, or one letter with its marks, in the form the rules know. */
const fold = (cluster: string, previous: string): string => {
  const same = SAME_SIGN[cluster]
  if (same !== undefined) return same
  const single = cluster.normalize('NFC')
  if (single.length === 1 && !NEEDS_FOLDING.test(single)) return single
  if (/[²³№]/.test(cluster)) return cluster
  if (/^\p{N}/u.test(cluster)) return foldNumeral(cluster, previous)
  if (/^[\u2028\u2029\u0085\v\f\r]/.test(cluster)) return '\n'
  if (/^\p{Z}/u.test(cluster)) return ' '
  if (/^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}]/u.test(cluster))
    return cluster === '\t' || cluster === '\n' ? cluster : ''
  return foldLetter(cluster.normalize('NFKC').replaceAll('\u2044', '/'))
}

/** The first combining mark. */
const MARKS_FROM = 0x300

/** The end of the character at this place together with the marks written on it. */
const clusterEnd = (source: string, at: number): number => {
  let to = at + ((source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  if (source.charCodeAt(to) < MARKS_FROM) return to
  while (to < source.length && /[\p{M}\u200d]/u.test(source[to] ?? '')) to++
  return to
}

const limitMarks = (cluster: string): string => {
  const length = (cluster.codePointAt(0) ?? 0) > 0xffff ? 2 : 1
  return cluster.slice(0, length + MARKS_MAX).replace(/[\u200d\ufe0e\ufe0f\u20e3]/g, '')
}

const SIMPLE_TABLE_SIZE = 0x2000
const IS_SIMPLE = Uint8Array.from({ length: SIMPLE_TABLE_SIZE }, (_, code) =>
  NEEDS_FOLDING.test(String.fromCharCode(code)) ? 0 : 1,
)

/** Most characters of a text that needs folding do not need it themselves. */
const foldAt = (source: string, place: { at: number; to: number; previous: string }): string => {
  const char = source[place.at] ?? ''
  if (place.to === place.at + 1 && IS_SIMPLE[char.charCodeAt(0)] === 1) return char
  const windowsLineEnd = char === '\r' && source[place.to] === '\n'
  if (windowsLineEnd || INVISIBLE.test(char)) return ''
  return fold(limitMarks(source.slice(place.at, place.to)), place.previous)
}

/** Folds a source text to the writing the rules know. Linear in its length. */
export const prepare = (source: string): Prepared => {
  if (!NEEDS_FOLDING.test(source)) return { text: source }
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let previous = ''
  for (let at = 0; at < source.length; ) {
    const to = clusterEnd(source, at)
    const folded = foldAt(source, { at, to, previous })
    for (let i = 0; i < folded.length; i++) {
      starts.push(at)
      ends.push(to)
    }
    if (folded !== '') previous = folded.slice(-1)
    parts.push(folded)
    at = to
  }
  return { text: parts.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}
