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
  if (/^\p{N}/u.test(cluster)) return foldNumeral(cluster.replace(/\p{M}+/gu, ''), previous)
  if (/^[\n\u2028\u2029\u0085\v\f\r]/.test(cluster)) return '\n'
  if (/^\p{Z}/u.test(cluster)) return ' '
  if (/^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}]/u.test(cluster)) return cluster.startsWith('\t') ? '\t' : ''
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

/** Letters, and the quotation marks and dashes of general punctuation. */
const SIMPLE_TABLE_SIZE = 0x2200
const IS_SIMPLE = Uint8Array.from({ length: SIMPLE_TABLE_SIZE }, (_, code) =>
  NEEDS_FOLDING.test(String.fromCharCode(code)) ? 0 : 1,
)

const foldAt = (source: string, place: { at: number; to: number; previous: string }): string => {
  const char = source[place.at] ?? ''
  const windowsLineEnd = char === '\r' && source[place.to] === '\n'
  if (windowsLineEnd || INVISIBLE.test(char)) return ''
  return fold(limitMarks(source.slice(place.at, place.to)), place.previous)
}

/** Where each character of a folded text came from; grows as needed, since one sign may become several letters. */
class Offsets {
  length = 0
  starts: Int32Array
  ends: Int32Array

  constructor(size: number) {
    this.starts = new Int32Array(size)
    this.ends = new Int32Array(size)
  }

  add(from: number, to: number): void {
    if (this.length === this.starts.length) this.grow()
    this.starts[this.length] = from
    this.ends[this.length] = to
    this.length++
  }

  private grow(): void {
    const size = this.length * 2 + 16
    const [starts, ends] = [new Int32Array(size), new Int32Array(size)]
    starts.set(this.starts)
    ends.set(this.ends)
    this.starts = starts
    this.ends = ends
  }
}

const MARK_OR_JOINER = /[\p{M}\u200d]/u

/** The end of a run that needs no folding; a letter with marks after it belongs to what follows. */
const simpleEnd = (source: string, at: number): number => {
  let to = at
  while (to < source.length && IS_SIMPLE[source.charCodeAt(to)] === 1) to++
  const marked = to > at && source.charCodeAt(to) >= MARKS_FROM && MARK_OR_JOINER.test(source[to] ?? '')
  return marked ? to - 1 : to
}

/** Folds a source text to the writing the rules know. Linear in its length. */
export const prepare = (source: string): Prepared => {
  if (!NEEDS_FOLDING.test(source)) return { text: source }
  const parts: string[] = []
  const offsets = new Offsets(source.length + 16)
  let previous = ''
  for (let at = 0; at < source.length; ) {
    const simple = simpleEnd(source, at)
    if (simple > at) {
      parts.push(source.slice(at, simple))
      for (let i = at; i < simple; i++) offsets.add(i, i + 1)
      previous = source[simple - 1] ?? ''
      at = simple
      continue
    }
    const to = clusterEnd(source, at)
    const folded = foldAt(source, { at, to, previous })
    for (let i = 0; i < folded.length; i++) offsets.add(at, to)
    if (folded !== '') previous = folded.slice(-1)
    parts.push(folded)
    at = to
  }
  return { text: parts.join(''), starts: offsets.starts, ends: offsets.ends }
}
