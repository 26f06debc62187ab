/** Codes of letters and digits: roads, school classes, models, generations of networks. */

import { isWordAt, spell } from './characters.ts'
import { abbreviationOf } from './data/abbreviations.ts'
import { foreignWord } from './data/foreign.ts'
import { sayDigits, sayInteger } from './numbers.ts'
import { before, type Hit, matchAt, orElse, type Rule, say } from './scene.ts'
import { isSyllable } from './syllables.ts'

const ROAD = /(QL|ĐT|TL|HL|ĐH|ĐX|ĐCT|CT)[. -]{0,2}(\d{1,3})(\p{Lu}?)(?![\p{L}\d/]|-\p{Lu})/uy
// biome-ignore format: a table
const ROADS: Readonly<Record<string, string>> = {
  QL: 'Quốc lộ', ĐT: 'Đường tỉnh', TL: 'Tỉnh lộ', HL: 'Hương lộ', ĐH: 'Đường huyện', ĐX: 'Đường xã', ĐCT: 'Đường cao tốc', CT: 'Cao tốc',
}

/** Road numbers of three figures are told figure by figure. */
const roadNumber = (digits: string): string => (digits.length >= 3 ? sayDigits(digits) : sayInteger(digits))

/** "tỉnh lộ ĐT623" names the road twice, "đường ĐH.12" its first word; a listener needs it once. */
const roadName = (name: string, context: string): string => {
  if (/(?:quốc lộ|tỉnh lộ|hương lộ|đường tỉnh|đường huyện|cao tốc)$/.test(context)) return ''
  return /đường$/.test(context) ? `${name.replace('Đường ', '')} ` : `${name} `
}

/** `QL1A` → "Quốc lộ một a". "CT" and "ĐH" mean a road only when glued to the number or with a dot. */
const road: Rule = (scene, at) => {
  const found = matchAt(ROAD, scene.text, at)
  if (found === null) return undefined
  const [all, kind = '', digits = '', letter = ''] = found
  if (/^(?:CT|ĐH)$/.test(kind) && /[ -]/.test(all)) return undefined
  if (
    (kind === 'CT' && !/cao tốc|đường|tuyến/.test(before(scene, at))) ||
    /(?:giống|lúa|ngô|mã|mẫu)$/.test(before(scene, at))
  )
    return undefined
  const context = before(scene, at)
  const tail = letter === '' ? '' : ` ${spell(letter)}`
  const name = roadName(ROADS[kind] ?? '', context)
  const text = `${name}${roadNumber(digits)}${tail}`
  const other = digits.length >= 3 ? `${name}${sayInteger(digits)}${tail}` : ''
  return say({ text, from: at, to: at + all.length, rule: 'road', ...orElse(text, other) })
}

const WEEKDAY = /T([2-7])(?![\p{L}\d/.])/uy
const MONTH = /T(\d{1,2})\/(\d{4})(?![\d/])/y

/** "T2" is Monday in a timetable, "T9/2021" a month. */
const shortDay: Rule = (scene, at) => {
  const month = matchAt(MONTH, scene.text, at)
  if (month !== null && +(month[1] ?? '') >= 1 && +(month[1] ?? '') <= 12) {
    const words = +(month[1] ?? '') === 4 ? 'tư' : sayInteger(month[1] ?? '')
    const text = `tháng ${words} năm ${sayInteger(month[2] ?? '')}`
    return say({ text, from: at, to: at + month[0].length, rule: 'date.month' })
  }
  const day = matchAt(WEEKDAY, scene.text, at)
  if (day === null) return undefined
  const words = day[1] === '4' ? 'tư' : sayInteger(day[1] ?? '')
  const text = `thứ ${words}`
  return say({ text, from: at, to: at + 2, rule: 'date', doubtful: [`tê ${words}`, `tháng ${words}`] })
}

/** Letters in front of a number that are neither initials nor a foreign word. */
const wordOrLetters = (letters: string): string => (isSyllable(letters.toLowerCase()) ? letters : spell(letters))

const LETTERS_FIRST = /(\p{L}{1,6})(-?)(\d{1,4})(?:\.(\d{1,2})(?!\d))?(\p{L}{0,2})(\d{0,3})(?![\p{L}\d])/uy

/** The letters of a code: a unit of place, an abbreviation, a word, or letter by letter. */
const letterWords = (letters: string): string => {
  if (letters === '') return ''
  if (/^km$/i.test(letters)) return 'ki lô mét'
  const lower = letters.toLowerCase()
  const known = abbreviationOf(letters)?.spoken ?? foreignWord(lower)
  if (known !== undefined) return known
  return letters.length > 2 && isSyllable(lower) ? lower : spell(letters)
}

/** `F0`, `H5N1`, `VTV1`, `PM2.5`: letters, then a number. */
const lettersFirst: Rule = (scene, at) => {
  const found = matchAt(LETTERS_FIRST, scene.text, at)
  if (found === null) return undefined
  const [all, letters = '', dash, number = '', point, rest = '', end = ''] = found
  const initials = letters === letters.toUpperCase()
  if (dash === '-' && (!initials || letters.length > 3)) return undefined
  const head =
    initials || /^km$/i.test(letters)
      ? letterWords(letters)
      : (foreignWord(letters.toLowerCase()) ?? wordOrLetters(letters))
  const middle = number.startsWith('0') ? sayDigits(number) : sayInteger(number)
  const parts = [
    head,
    middle,
    point === undefined ? '' : `${letters === 'PM' ? 'phẩy' : 'chấm'} ${sayInteger(point)}`,
    spell(rest),
    end === '' ? '' : sayInteger(end),
  ]
  const text = parts.filter((part) => part !== '').join(' ')
  return say({ text, from: at, to: at + all.length, rule: 'code' })
}

/** Codes that begin with a letter. */
export const letterCodes: Rule = (scene, at) =>
  isWordAt(scene.text, at - 1)
    ? undefined
    : (boat(scene, at) ?? road(scene, at) ?? shortDay(scene, at) ?? lettersFirst(scene, at))

const PLATE = /(\d{2})-?([A-ZĐ]{1,2}\d?)[- ](\d{3}\.?\d{2}|\d{4})(?![\d\p{L}])/uy

/** `76A-123.45`: a number plate, figure by figure. */
export const plates: Rule = (scene, at) => {
  const found = matchAt(PLATE, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return undefined
  const [all, province = '', series = '', number = ''] = found
  const letters = series.replace(/\d/g, '')
  const text = [
    sayInteger(province),
    spell(letters),
    sayDigits(series.slice(letters.length)),
    sayDigits(number.replace('.', '')),
  ]
  return say({ text: text.filter((part) => part !== '').join(' '), from: at, to: at + all.length, rule: 'code.plate' })
}

const BOAT = /(QNg|QNa|ĐNa|BĐ|PY|KH|TTH|QT|QB|HT|NA|TH|BT|BV|TG|KG|CM|NT)[- ](\d{4,5})[- ]?(TS)?(?![\p{L}\d])/uy
// biome-ignore format: a table
const BOAT_PROVINCES: Readonly<Record<string, string>> = {
  QNg: 'Quảng Ngãi', QNa: 'Quảng Nam', ĐNa: 'Đà Nẵng', BĐ: 'Bình Định', PY: 'Phú Yên', KH: 'Khánh Hòa', TTH: 'Thừa Thiên Huế',
  QT: 'Quảng Trị', QB: 'Quảng Bình', HT: 'Hà Tĩnh', NA: 'Nghệ An', TH: 'Thanh Hóa', BT: 'Bình Thuận', BV: 'Bà Rịa Vũng Tàu',
  TG: 'Tiền Giang', KG: 'Kiên Giang', CM: 'Cà Mau', NT: 'Ninh Thuận',
}

/** `QNg 90123 TS`: the number of a fishing boat, whose letters name its province. */
const boat: Rule = (scene, at) => {
  const found = matchAt(BOAT, scene.text, at)
  if (found === null) return undefined
  const [all, province = '', number = '', kind] = found
  if (kind === undefined && !/(?:tàu|thuyền|cá|số hiệu|số)$/.test(before(scene, at))) return undefined
  const text = `${BOAT_PROVINCES[province] ?? ''} ${sayDigits(number)}${kind === undefined ? '' : ' tê ét'}`
  return say({ text, from: at, to: at + all.length, rule: 'code.plate' })
}

const DIGITS_FIRST = /(\d{1,4})(\p{L})(\d{0,3})(?![\p{L}\d²³])/uy
const CLASS_OF_SCHOOL = /(?:^|[^\p{L}])(?:lớp|khối|chi đội|lớp học)$/u

/** "1m65" is one metre sixty-five, "3m5" three and a half. */
const metres = (written: { number: string; rest: string }, at: number, all: string): Hit =>
  say({
    text: `${sayInteger(written.number)} mét ${sayInteger(written.rest)}`,
    from: at,
    to: at + all.length,
    rule: 'unit',
  })

/** `9A`, `12A1`, `4G`, `30a`: a number, one letter, perhaps a number. */
export const digitCodes: Rule = (scene, at) => {
  const found = matchAt(DIGITS_FIRST, scene.text, at)
  if (found === null) return undefined
  const [all, number = '', letter = '', rest = ''] = found
  if (letter.toLowerCase() === 'x' && rest !== '') return undefined
  if (letter === 'm' && /^\d{1,2}$/.test(rest) && !/^[23]$/.test(rest)) return metres({ number, rest }, at, all)
  const unit = (/^[mglhsvVWLTđkt]$/.test(letter) && rest === '') || (/^[mM]$/.test(letter) && /^[23]$/.test(rest))
  if (unit && !CLASS_OF_SCHOOL.test(before(scene, at))) return undefined
  const text = `${sayInteger(number)} ${spell(letter)}${rest === '' ? '' : ` ${sayInteger(rest)}`}`
  return say({ text, from: at, to: at + all.length, rule: 'code' })
}
