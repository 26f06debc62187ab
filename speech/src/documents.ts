/** Document symbols: `07-CT/TW`, `49/2024/NĐ-CP`, `-BC/HU`. */

import { isWordAt, spell } from './characters.ts'
import { abbreviationOf } from './data/abbreviations.ts'
import { documentWord } from './data/documents.ts'
import { sayCode, sayInteger } from './numbers.ts'
import { before, followsLast, type Hit, matchAt, type Rule, type Said, type Scene, say } from './scene.ts'

const TAIL = '\\p{Lu}[\\p{L}]{1,12}\\d{0,3}(?:[/\\-–&. ]{0,1}(?<=[/\\-–&.])[\\p{Lu}][\\p{L}]{0,12}\\d{0,3}){0,4}'
const NUMBERED = new RegExp(`(\\d{1,6})([a-zA-Z]{0,2})(?:/(\\d{4}))? ?[/\\-–] ?(${TAIL})(?![\\p{L}\\d])`, 'uy')
const UNNUMBERED = new RegExp(`[/\\-–] ?(${TAIL})(?![\\p{L}\\d])`, 'uy')
const WITH_YEAR = /(\d{1,6})\/(\d{4})(?![\d/])/y

/** Words that announce a document symbol. */
const ANNOUNCED =
  /(?:^|[^\p{L}])(?:số|nghị định|thông tư|quyết định|nghị quyết|chỉ thị|công văn|kế hoạch|hướng dẫn|báo cáo|tờ trình|thông báo|kết luận|công điện|luật|quy định|nđ|tt|qđ|nq|cv|kh|ct)(?: số)?[ .:_…]*$/u

/** Kinds of documents; a symbol that starts with none of them starts with its issuer. */
const KIND =
  /^(?:Chỉ thị|Quyết định|Nghị định|Thông tư|Nghị quyết|Kế hoạch|Báo cáo|Công văn|Thông báo|Hướng dẫn|Tờ trình|Chương trình|Giấy|Kết luận|Quy|Phương án|Đề án|Dự án|Công điện|Biên bản|Hợp đồng|Pháp lệnh|Văn bản|Thông cáo|Phiếu)/
const isKind = (words: string): boolean => KIND.test(words)

const PIECE = /\p{L}+\d*|\d+/gu

/** "QH15" is the National Assembly of the fifteenth term. */
const pieceWords = (piece: string): string => {
  const [, letters = '', number = ''] = /^(\p{L}+)(\d*)$/u.exec(piece) ?? []
  const words = documentWord(letters) ?? abbreviationOf(letters)?.spoken ?? spell(letters)
  if (number === '') return words
  return /^(?:QH|UBTVQH)$/.test(letters) ? `${words} khóa ${sayInteger(number)}` : `${words} ${sayInteger(number)}`
}

/** The tail is a symbol when at least one of its pieces is a known one and it is written in capitals. */
const isSymbol = (tail: string): boolean => {
  const pieces = tail.match(PIECE) ?? []
  return (
    pieces.some((piece) => documentWord(piece.replace(/\d+$/, '')) !== undefined) &&
    /\p{Lu}{2}|TT[gr]|QyĐ|CTr/u.test(tail)
  )
}

/** A kind and its issuer are said in one breath ("Quyết định Thủ tướng"), what follows after a rest. */
const joinPieces = (pieces: readonly string[], withKind: boolean): string => {
  const head = withKind ? pieces.slice(0, 2).join(' ') : (pieces[0] ?? '')
  return [head, ...pieces.slice(withKind ? 2 : 1)].join(', ')
}

/** True when the text ends with exactly this word. */
const endsWithWord = (text: string, word: string): boolean =>
  word !== '' && text.endsWith(word) && !isWordAt(text, text.length - word.length - 1)

const sayTail = (scene: Scene, at: number, tail: { text: string; from: number }): Said => {
  const pieces = (tail.text.match(PIECE) ?? []).map(pieceWords)
  // "Chỉ thị số 07-CT/TW" names its kind already; saying it twice would only tire the listener.
  const kind = (pieces[0] ?? '').toLowerCase()
  const rawKind = /^\p{L}+/u.exec(tail.text)?.[0].toLowerCase() ?? ''
  const written = before(scene, at).replace(/(?: số)?[ .:_…]*$/, '')
  const recent = written.slice(-26)
  const named =
    recent.includes(kind) ||
    endsWithWord(written, rawKind) ||
    (kind === 'quyết định' && /quy (?:định|chế)$/.test(written)) ||
    (followsLast(scene, at) && scene.last?.text.toLowerCase() === kind)
  const kept = named && pieces.length > 1 ? pieces.slice(1) : pieces
  return {
    text: joinPieces(kept, kept === pieces && isKind(pieces[0] ?? '')),
    from: tail.from,
    to: tail.from + tail.text.length,
    rule: 'document',
    pause: 'short',
  }
}

const numbered: Rule = (scene, at) => {
  const found = matchAt(NUMBERED, scene.text, at)
  if (found === null) return undefined
  const [all, number = '', letters = '', year, tail = ''] = found
  if (!isSymbol(tail) || (tail === 'CN' && /^[2-7]$/.test(number))) return undefined
  const to = at + all.length
  const from = to - tail.length
  const head = [sayCode(number), spell(letters), year === undefined ? '' : `trên ${sayInteger(year)}`]
  const numberTo = at + number.length + letters.length + (year === undefined ? 0 : year.length + 1)
  const first: Said = {
    text: head.filter((part) => part !== '').join(' '),
    from: at,
    to: numberTo,
    rule: 'document',
    pause: 'short',
    ...(number.startsWith('0') ? { doubtful: [sayInteger(number)] } : {}),
  }
  return { to, said: [first, sayTail(scene, at, { text: tail, from })] }
}

/** "Nghị định 09/2019": a number and its year. */
const withYear: Rule = (scene, at) => {
  const found = matchAt(WITH_YEAR, scene.text, at)
  if (found === null) return undefined
  const [all, number = '', year = ''] = found
  if (+year < 1900 || +year > 2200) return undefined
  if (number.length === 4 && +year === +number + 1) return undefined
  const announced = ANNOUNCED.test(before(scene, at))
  if (!announced && +number <= 12) return undefined
  const text = `${sayCode(number)} trên ${sayInteger(year)}`
  return say({ text, from: at, to: at + all.length, rule: 'document' })
}

/** A document symbol that starts with its number. */
export const documents: Rule = (scene, at): Hit | undefined =>
  isWordAt(scene.text, at - 1) ? undefined : (numbered(scene, at) ?? withYear(scene, at))

/** A symbol whose number is still blank: "Số      -BC/HU". */
export const blankDocuments: Rule = (scene, at) => {
  const found = matchAt(UNNUMBERED, scene.text, at)
  if (found === null || !ANNOUNCED.test(before(scene, at))) return undefined
  const tail = found[1] ?? ''
  if (!isSymbol(tail)) return undefined
  const to = at + found[0].length
  return { to, said: [sayTail(scene, at, { text: tail, from: to - tail.length })] }
}
