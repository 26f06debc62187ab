/**
 * Whether a text carries a secrecy mark. State secrets are marked Mật, Tối mật or Tuyệt mật (Law on protection of state
 * secrets, Luật 117/2025); marked matter goes by oral briefing only and must never enter this system (F22). Looked for
 * is the *mark* - a line of its own, in brackets, after "Độ mật:", stamped into a header, spaced out - not the word:
 * "bảo mật", "mật ong", "bí mật" are everyday speech, and a law lesson may name the three degrees.
 *
 * This is a guard against a slip of the hand. Matter without its mark cannot be told from any other.
 */

/** With its signs, or with some or all of them left out; "mắt", "mát", "mất", "mặt" have others and never match. */
const MARK = '(?:T[ỐÔO]I[ _-]+|TUY[ỆÊE]T[ _-]+)?M[ẬÂA]T'
const SIGNED_MARK = '(?:TỐI[ _-]+|TUYỆT[ _-]+)?MẬT'
const EDGE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'

/** Around a stamp: brackets, stars, dashes, quotes. */
const ORNAMENT = '[^\\p{L}\\p{N}]*'
const OPEN = '[(\\[{<«【〔“"]'
const CLOSE = '[)\\]}>»】〕”"]'
/** What parts a stamp from the rest of its line; a comma does not, nor does a single blank or the hyphen within a word. */
const PARTED = '(?:\\s?\\s?[:：|/•*–—]+\\s?\\s?|\\s\\s?-+\\s?\\s?|-+\\s\\s?|\\s\\s)'

/** As a person writes it who does not hold the capitals key down. "Mật" alone may be honey: it counts only where it is set apart. */
const WRITTEN_MARK = '(?:Mật|T[ốỐ][iI] [mM]ật|Tuyệt [mM]ật)'
/** What a document calls itself in its heading. */
const PAPER =
  '(?:văn bản|tài liệu|công văn|công điện|hồ sơ|báo cáo|kế hoạch|phương án|chỉ thị|mệnh lệnh|nghị quyết|quyết định|tờ trình)'
const URGENT = '(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn)'
/** Where a sentence begins within a line. After "2." in a list it does not: "1. Gạo. 2. Mật." */
const NEXT_SENTENCE = '(?<!(?:^|[.!?;:]\\s{1,2})\\p{N}{1,2})[.!?;][)\\]”"]?\\s{1,2}'

const rule = (pattern: string, flags: string): RegExp => new RegExp(pattern, `u${flags}`)

/** Read line by line. Without `i` the mark must be in capitals: "toi mat" without signs may be "tôi mất". */
const lineRules: readonly RegExp[] = [
  // a line of its own
  rule(`^${ORNAMENT}${MARK}${ORNAMENT}$`, ''),
  rule(`^${ORNAMENT}(?:${WRITTEN_MARK}|tối mật|tuyệt mật)${ORNAMENT}$`, ''),
  // a sentence of its own: "MẬT. Kế hoạch …", "… ở biên giới. Tối mật."
  rule(`(?:^${ORNAMENT}|${NEXT_SENTENCE})(?:${MARK}|${WRITTEN_MARK})[\\s*_]{0,3}[.!]+(?=\\s|$|\\p{Lu})`, ''),
  // before the name or the number of a document: "Mật - Kế hoạch …", "Mật: Báo cáo …", "Mật số 12"
  rule(`^${ORNAMENT}${SIGNED_MARK}\\s{0,2}[:：|/•*–—-]{1,2}\\s{0,2}(?:${PAPER}|số)${END}`, 'i'),
  rule(`^${ORNAMENT}(?:${MARK}|${WRITTEN_MARK})\\s{1,2}[sS][ốỐ]\\s{0,2}:?\\s{0,2}\\p{N}`, ''),
  // with its urgency: "Mật, khẩn", "HỎA TỐC, MẬT"
  rule(`^${ORNAMENT}${SIGNED_MARK}\\s?[,;/+&-]?\\s?${URGENT}${END}`, 'i'),
  rule(`^${ORNAMENT}${URGENT}\\s?[,;/+&-]?\\s?${SIGNED_MARK}(?=\\s*[.)\\]]?\\s*$)`, 'i'),
  // a heading: "Văn bản mật số 15", "Tài liệu mật."
  rule(`^${ORNAMENT}${PAPER}\\s+${SIGNED_MARK}(?:\\s{1,2}số\\s{0,2}:?\\s{0,2}\\p{N}|\\s?[.!]+(?=\\s|$)|\\s*$)`, 'i'),
  // in brackets, also with a little more: "(Tài liệu mật)"
  rule(`${OPEN}\\s*(?:(?:văn bản|tài liệu|công văn|độ)\\s+)?${SIGNED_MARK}\\s*${CLOSE}`, 'i'),
  rule(`${OPEN}\\s*${MARK}\\s*${CLOSE}`, ''),
  // "Độ mật: Tối mật"; a list of the degrees goes on after a comma and passes
  rule(
    `${EDGE}(?:(?:mức\\s+)?(?:độ|do)\\s+(?:bảo\\s+)?m[ậâa]t|(?:mức|cấp|cấp\\s+độ|mức\\s+độ|phân\\s+loại))\\s*[:：=-]+\\s*${OPEN}?\\s*${MARK}(?=\\s*(?:$|[.;|)\\]}–—-])|\\s{2,})`,
    'i',
  ),
  // stamped at the beginning or at the end of a line
  rule(`^\\s*${MARK}${PARTED}(?!\\s*$)`, ''),
  rule(`${PARTED}${MARK}[\\s.!*]*$`, ''),
  // "văn bản MẬT", "đóng dấu TUYỆT MẬT"
  rule(
    `${EDGE}(?:văn bản|tài liệu|công văn|hồ sơ|báo cáo|kế hoạch|chỉ thị|dấu|loại|mức|độ)\\s+(?-i:${MARK})${END}`,
    'i',
  ),
  rule(`${EDGE}(?:TỐI|TUYỆT)\\s+MẬT${END}`, ''),
]

/** Spaced out as typists do it for headings, also one letter to a line. */
const GAP = '[\\s._*-]+'
const spacedOut = rule(`${EDGE}M${GAP}[ẬÂA]${GAP}T${END}`, '')

/** Drawn alike and put in by copying from elsewhere: Cyrillic and full-width letters, signs that are not seen. */
const alike: Readonly<Record<string, string>> = { М: 'M', А: 'A', Т: 'T', О: 'O', І: 'I', У: 'Y', Е: 'E' }

/** More marks on one letter say nothing, and to sort thousands of them takes the time of their square. */
const MARK_STACK = /(\p{M}{4})\p{M}+/gu

const plainLetters = (text: string): string =>
  text
    .replace(MARK_STACK, '$1')
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .normalize('NFD')
    .replace(/[МАТОІУЕ]/g, (letter) => alike[letter] ?? letter)
    .normalize('NFC')
    // long runs add nothing, and would make a search start anew at each of their characters
    .replace(/[\p{Zs}\t]{2,}|\t/gu, '  ')
    .replace(/([^\p{L}\p{N}\s])\1{2,}/gu, '$1$1')

/** Whether any of these texts carries a secrecy mark. */
export const carriesSecrecyMark = (...texts: readonly (string | null | undefined)[]): boolean =>
  texts.some((text) => {
    if (!text) return false
    const plain = plainLetters(text)
    return (
      spacedOut.test(plain) ||
      plain.split(/[\r\n\u2028\u2029\v\f]+/).some((line) => lineRules.some((each) => each.test(line)))
    )
  })

/** Words that make everyday compounds with "mật" in a file name: "mat-ong", "bao_mat". */
const before = /(?:^|[\s_.()[\]-])(?:B[ẢA]O|B[ÍI]|C[ƠO]|T[ÚU]I|L[ẤA]Y|ONG)$/u
const after = /^(?:ONG|KH[ẨA]U|M[ÍI]A|[ĐD][ỘO]|M[ÃA]|V[ỤU]|TH[ƯU]|THI[ẾE]T)(?:$|[\s_.()[\]-])/u

/** Whether a file name carries a mark: `MAT_ke-hoach.mp3`, `so-12-toi-mat.wav`; `mat-ong.mp3` does not. */
export const fileNameCarriesMark = (name: string): boolean => {
  const plain = plainLetters(name).replace(/\.[A-Za-z0-9]{1,5}$/, '')
  if (carriesSecrecyMark(plain)) return true
  if (/(?:^|[\s_.()[\]-])(?:t[ốo]i|tuy[ệe]t)[\s_-]+m[ậa]t(?:$|[\s_.()[\]-])/iu.test(plain)) return true
  for (const found of plain.matchAll(/(?<![\p{L}\p{N}])M[ẬA]T(?![\p{L}\p{N}])/gu)) {
    const left = plain.slice(0, found.index).replace(/[\s_.-]+$/, '')
    const right = plain.slice(found.index + found[0].length).replace(/^[\s_.-]+/, '')
    if (!before.test(left) && !after.test(right)) return true
  }
  return false
}
