/** Roman numerals, where the words around say that they are numbers. */
import { isWordAt } from './characters.ts'
import { sayInteger } from './numbers.ts'
import { before, type Hit, matchAt, type Rule, type Scene, say, syllableBefore } from './scene.ts'

const ROMAN = /(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})(?![\p{L}\d])/uy

const TENS: Readonly<Record<string, number>> = { '': 0, X: 10, XX: 20, XXX: 30 }
// biome-ignore format: a table
const ONES: Readonly<Record<string, number>> = {
  '': 0, I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9,
}

/** "lần thứ IV" */
const ORDINALS = ['', 'nhất', 'hai', 'ba', 'tư']

/** Words that are numbered in Roman figures. */
const NUMBERED =
  /(?:^|[^\p{L}])(?:khóa|khoá|đại hội|lần thứ|thứ|phần|chương|mục|quý|thế kỷ|cấp|báo động|bđ|khu vực|loại|hạng|nhóm|vùng|kỳ|kì|tập|bài|giai đoạn|bậc|đợt|học kỳ|học kì|phụ lục|nhiệm kỳ|tuyến|bảng|tầng|trung ương|huân chương|lao động|kháng chiến|chiến công|đại đoàn|quân khu|quân đoàn|độ|type|tháng|tổ|ngạch|tiểu học|chuyên khoa)$/u

/** These are words too ("vi phạm", "xi măng"), so on a line of capitals they need a numbered word before. */
const ALSO_WORD = new Set(['VI', 'XI', 'I', 'V', 'X', 'XX', 'XXX'])

const goesOn = (scene: Scene, at: number): boolean =>
  scene.last?.rule === 'roman' && /(?:và|,|-|–|đến|hoặc|\/)$/.test(before(scene, at))

/** After "đến" or a dash the last word said is the link itself, so the numeral before it is looked up in the text. */
const LINKED = /(?:^|[^\p{L}])[ivx]{1,4} ?(?:và|,|-|–|đến|hoặc|\/)$/u

/** True when the capitals here are a number: after a numbered word, after another one, or clearly no word. */
const isNumber = (scene: Scene, found: { at: number; to: number; written: string }): boolean => {
  const context = before(scene, found.at)
  if (NUMBERED.test(context) || goesOn(scene, found.at) || LINKED.test(context)) return true
  if (found.written.length < 2) return false
  return !(scene.capsLine && ALSO_WORD.has(found.written)) && !ALSO_WORD.has(found.written)
}

/** "III.1.": places of a heading. */
const numberedHeading = (found: { at: number; to: number; text: string }, point: RegExpExecArray): Hit => {
  const places = [point[1], point[2]].filter((place) => place !== undefined).map(sayInteger)
  const to = found.to + point[0].length
  const said = { text: [found.text, ...places].join(' chấm '), from: found.at, to, rule: 'outline' }
  return { to, said: [said], pause: 'short' }
}

/** "III." or "IV -" at the head of a line numbers a heading. */
const heading = (scene: Scene, found: { at: number; to: number; text: string }): Hit | undefined => {
  if (!scene.lineStart) return undefined
  const point = matchAt(/\.(\d{1,2})(?:\.(\d{1,2}))?[.)]?(?=\s)/uy, scene.text, found.to)
  if (point !== null) return numberedHeading(found, point)
  const end = matchAt(/ ?[.)/:-](?=[\s*\p{Lu}])/uy, scene.text, found.to)
  if (end === null) return undefined
  const said = { text: found.text, from: found.at, to: found.to, rule: 'roman' }
  return { to: found.to + end[0].length, said: [said], pause: 'short' }
}

const SMALL = /(?:i{1,3}|iv|vi{0,3}|ix)(?=\))/y

/** "(ii)": a numbered item in small letters. */
const smallRoman = (scene: Scene, at: number): Hit | undefined => {
  if (scene.text[at - 1] !== '(') return undefined
  const found = matchAt(SMALL, scene.text, at)
  if (found === null) return undefined
  const value = ONES[found[0].toUpperCase()] ?? 0
  return say({ text: sayInteger(String(value)), from: at, to: at + found[0].length, rule: 'outline' })
}

/** A Roman numeral up to XXXIX. */
export const roman: Rule = (scene, at) => {
  const small = smallRoman(scene, at)
  if (small !== undefined) return small
  const found = matchAt(ROMAN, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return undefined
  const [written, tens = '', ones = ''] = found
  const value = (TENS[tens] ?? 0) + (ONES[ones] ?? 0)
  if (value === 0) return undefined
  const to = at + written.length
  const ordinal = syllableBefore(scene, at) === 'thứ'
  const text = ordinal && value <= 4 ? (ORDINALS[value] ?? '') : sayInteger(String(value))
  const head = heading(scene, { at, to, text })
  if (head !== undefined) return head
  if (!isNumber(scene, { at, to, written })) return undefined
  return say({ text, from: at, to, rule: 'roman' })
}
