/** Codes of letters and digits: roads, school classes, models, generations of networks. */

import { isWordAt, spell } from './characters.ts'
import { abbreviationOf } from './data/abbreviations.ts'
import { foreignWord } from './data/foreign.ts'
import { sayDigits, sayInteger, sayMonth } from './numbers.ts'
import { before, type Hit, matchAt, orElse, type Rule, type Said, type Scene, say } from './scene.ts'
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
    /(?:giống|lúa|ngô|mã|mẫu|vụ)$/.test(before(scene, at))
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
const MONTHS = /T(\d{1,2}) ?[-–] ?T(\d{1,2})\/(\d{4})(?![\d/])/y
const QUARTER = /Q(?:uý )?([1-4]|I{1,3}|IV)\/(\d{4})(?![\d/])/y

const QUARTERS: Readonly<Record<string, string>> = { I: '1', II: '2', III: '3', IV: '4' }

/** "T2-T6/2025" and "Q3/2025". */
const monthsOrQuarter: Rule = (scene, at) => {
  const months = matchAt(MONTHS, scene.text, at)
  const quarter = matchAt(QUARTER, scene.text, at)
  if (months !== null && +(months[1] ?? '') <= 12 && +(months[2] ?? '') <= 12) {
    const [all, first = '', second = '', year = ''] = months
    const text = `tháng ${sayMonth(+first)} đến tháng ${sayMonth(+second)} năm ${sayInteger(year)}`
    return say({ text, from: at, to: at + all.length, rule: 'date.month' })
  }
  if (quarter === null) return undefined
  const [all, number = '', year = ''] = quarter
  const text = `quý ${sayInteger(QUARTERS[number] ?? number)} năm ${sayInteger(year)}`
  return say({ text, from: at, to: at + all.length, rule: 'date.month' })
}

/** "T2" is Monday in a timetable, "T9/2021" a month. */
const shortDay: Rule = (scene, at) => {
  const month = matchAt(MONTH, scene.text, at)
  if (month !== null && +(month[1] ?? '') >= 1 && +(month[1] ?? '') <= 12) {
    const words = +(month[1] ?? '') === 4 ? 'tư' : sayInteger(month[1] ?? '')
    const text = `tháng ${words} năm ${sayInteger(month[2] ?? '')}`
    return say({ text, from: at, to: at + month[0].length, rule: 'date.month' })
  }
  const period = monthsOrQuarter(scene, at)
  if (period !== undefined) return period
  const day = matchAt(WEEKDAY, scene.text, at)
  if (day === null) return undefined
  const words = day[1] === '4' ? 'tư' : sayInteger(day[1] ?? '')
  const text = `thứ ${words}`
  const listed = /^(?:[-–,]| ?[-–] ?| và |, )T[2-7]|^[-–, ]*CN/.test(scene.text.slice(at + 2, at + 8))
  const certain = listed || /T[2-7] ?(?:[-–,]|và) ?$/.test(scene.text.slice(Math.max(0, at - 6), at))
  const doubt = certain ? {} : { doubtful: [`tê ${words}`, `tháng ${words}`] }
  return say({ text, from: at, to: at + 2, rule: 'date', ...doubt })
}

/** Letters in front of a number that are neither initials nor a foreign word. */
const wordOrLetters = (letters: string): string => (isSyllable(letters.toLowerCase()) ? letters : spell(letters))

const LETTERS_FIRST = /(\p{L}{1,6})(-?)(\d{1,4})(?:\.(\d{1,2})(?!\d))?(\p{L}{0,2})(\d{0,3})(?![\p{L}\d])/uy

/** Names of varieties are letters, whatever else the letters stand for: "giống lúa HN6, KD28". */
const VARIETY =
  /(?:^|[^\p{L}])(?:giống|lúa|nếp|ngô|bắp|lạc|đậu|mì|sắn|mía|keo|khoai|dứa|chuối)(?: lúa| lai| thuần| mới)?:? (?:\p{L}+ ?\d*(?: \d+)?(?:, ?| và | hoặc ))*$/u

/** Before a number these letters mean something else than alone: doses, wishes of a pupil, zones and places of land prices. */
const NUMBERED: ReadonlyMap<string, string> = new Map([
  ['UV', 'uốn ván'],
  ['NV', 'nguyện vọng'],
  ['KV', 'khu vực'],
  ['VT', 'vị trí'],
])

/** The letters of a code: a unit of place, an abbreviation, a word, or letter by letter. */
const letterWords = (letters: string, variety: boolean): string => {
  if (letters === '') return ''
  if (variety) return spell(letters)
  if (/^km$/i.test(letters)) return 'ki lô mét'
  const lower = letters.toLowerCase()
  const known = NUMBERED.get(letters) ?? abbreviationOf(letters)?.spoken ?? foreignWord(lower)
  if (known !== undefined) return known
  return letters.length > 2 && isSyllable(lower) ? lower : spell(letters)
}

/** `F0`, `H5N1`, `VTV1`, `PM2.5`: letters, then a number. */
const lettersFirst: Rule = (scene, at) => {
  const found = matchAt(LETTERS_FIRST, scene.text, at)
  if (found === null) return undefined
  const [all, letters = '', dash, number = '', point, rest = '', end = ''] = found
  const initials = letters === letters.toUpperCase()
  const wind = /^c$/.test(letters) && /(?:gió|mạnh|giật|tâm|lên)$/.test(before(scene, at))
  if (dash === '-' && (!initials || letters.length > 3)) return undefined
  const head = wind
    ? 'cấp'
    : initials || /^km$/i.test(letters)
      ? letterWords(letters, VARIETY.test(scene.lower.slice(Math.max(0, at - 48), at)))
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

const ALLEY = /K(\d{1,4})((?:\/\d{1,4})+)(?![\d\p{L}])/uy

/** "K123/45 đường Hùng Vương": the houses of an alley, as addresses of Central Vietnam are written. */
const alley: Rule = (scene, at) => {
  const found = matchAt(ALLEY, scene.text, at)
  if (found === null) return undefined
  const places = found[0].slice(1).split('/').map(sayInteger)
  return say({ text: `kiệt ${places.join(' trên ')}`, from: at, to: at + found[0].length, rule: 'code' })
}

/** Codes that begin with a letter. */
export const letterCodes: Rule = (scene, at) =>
  isWordAt(scene.text, at - 1)
    ? undefined
    : (serials(scene, at) ??
      boat(scene, at) ??
      alley(scene, at) ??
      road(scene, at) ??
      shortDay(scene, at) ??
      lettersFirst(scene, at))

const SERIAL = /\p{Lu}{0,3}\d{1,12}(?:[.-]\d{1,12}){1,6}(?![\d\p{L}])/uy
const SERIAL_COMES =
  /(?:^|[^\p{L}])(?:mã (?:hồ sơ|tra cứu|giao dịch|đơn|biên nhận|vận đơn|khách hàng|số thuế)|mst|stk|(?:số )?tài khoản)(?: số)?:?$/u

const MAY_BE_SERIAL = /mã |mst|stk|khoản/

/** "mã hồ sơ: H48.12.5-251120-0012": figure by figure, with a rest at each sign. */
const serials: Rule = (scene, at) => {
  if (isWordAt(scene.text, at - 1) || !MAY_BE_SERIAL.test(before(scene, at))) return undefined
  const found = matchAt(SERIAL, scene.text, at)
  if (found === null || !SERIAL_COMES.test(before(scene, at))) return undefined
  const said: Said[] = []
  for (const run of found[0].matchAll(/[^.-]+/g)) {
    const letters = /^\p{L}*/u.exec(run[0])?.[0] ?? ''
    const text = `${spell(letters)} ${sayDigits(run[0].slice(letters.length))}`.trim()
    const from = at + run.index
    said.push({ text, from, to: from + run[0].length, rule: 'code', pause: 'short' })
  }
  const last = said.at(-1)
  if (last !== undefined) said[said.length - 1] = { ...last, pause: 'none' }
  return { to: at + found[0].length, said }
}

const PLATE = /(\d{2})-?([A-ZĐ]{1,2}\d?)[- ](\d{3}\.?\d{2}|\d{4})(?![\d\p{L}])/uy

/** `76A-123.45`: a number plate, figure by figure. */
export const plates: Rule = (scene, at) => {
  const found = matchAt(PLATE, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return serials(scene, at)
  const [all, province = '', series = '', number = ''] = found
  const letters = series.replace(/\d/g, '')
  const head = [sayInteger(province), spell(letters), sayDigits(series.slice(letters.length))]
  const text = head.filter((part) => part !== '').join(' ')
  const to = at + all.length
  const from = to - number.length
  return {
    to,
    said: [
      { text, from: at, to: from - 1, rule: 'code.plate', pause: 'short' },
      { text: sayDigits(number.replace('.', '')), from, to, rule: 'code.plate' },
    ],
  }
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

const HECTARES = /(\d{1,4})ha(\d{1,2})(?![\p{L}\d])/uy

/** "2ha3": two hectares three. */
const hectares: Rule = (scene, at) => {
  const found = matchAt(HECTARES, scene.text, at)
  if (found === null) return undefined
  const text = `${sayInteger(found[1] ?? '')} héc ta ${sayInteger(found[2] ?? '')}`
  return say({ text, from: at, to: at + found[0].length, rule: 'unit' })
}

const TERM = /(\d{1,3})T(?![\p{L}\d/])/uy
const TERM_COMES = /(?:^|[^\p{L}])(?:thời hạn|kỳ hạn|thời gian vay)(?: là| vay)?:?$/u

/** "thời hạn 12T": months of a loan. */
const term: Rule = (scene, at) => {
  const found = matchAt(TERM, scene.text, at)
  if (found === null || !TERM_COMES.test(before(scene, at))) return undefined
  return say({ text: `${sayInteger(found[1] ?? '')} tháng`, from: at, to: at + found[0].length, rule: 'date.month' })
}

const MONTHS_SO_FAR = /(\d{1,2})T(?:\/(\d{4})| (?=đầu|cuối))(?!\d)/y

/** "9T/2025": nine months of the year. */
const monthsSoFar: Rule = (scene, at) => {
  const found = matchAt(MONTHS_SO_FAR, scene.text, at)
  if (found === null || +(found[1] ?? '') > 12) return undefined
  const year = found[2] === undefined ? '' : ` năm ${sayInteger(found[2])}`
  const text = `${sayInteger(found[1] ?? '')} tháng${year}`
  return say({ text, from: at, to: at + found[0].trimEnd().length, rule: 'date.month' })
}

/** "1m65" is one metre sixty-five, "3m5" three and a half. */
const metres = (written: { number: string; rest: string }, at: number, all: string): Hit =>
  say({
    text: `${sayInteger(written.number)} mét ${sayInteger(written.rest)}`,
    from: at,
    to: at + all.length,
    rule: 'unit',
  })

/** "từ 14N đến 16N, 109E": whole degrees of the sea before this coast. */
const isCoordinate = (scene: Scene, span: { at: number; to: number }, written: string): boolean =>
  /^1[01]\d[EĐ]$/.test(written) ||
  (/^(?:[5-9]|1\d|2[0-5])[NB]$/.test(written) &&
    (/1[01]\d(?:[.,]\d)?°?[EĐ]/.test(scene.text.slice(span.to, span.to + 28)) ||
      /(?:vĩ|tọa độ|toạ độ)/.test(before(scene, span.at))))

/** `9A`, `12A1`, `4G`, `30a`: a number, one letter, perhaps a number. */
export const digitCodes: Rule = (scene, at) => {
  const measured = hectares(scene, at) ?? term(scene, at) ?? monthsSoFar(scene, at)
  if (measured !== undefined) return measured
  const found = matchAt(DIGITS_FIRST, scene.text, at)
  if (found === null) return undefined
  const [all, number = '', letter = '', rest = ''] = found
  if (letter.toLowerCase() === 'x' && rest !== '') return undefined
  if (rest === '' && isCoordinate(scene, { at, to: at + all.length }, number + letter)) return undefined
  if (letter === 'm' && /^\d{1,2}$/.test(rest) && !/^[23]$/.test(rest)) return metres({ number, rest }, at, all)
  const unit = (/^[mglhsvVWLTđkt]$/.test(letter) && rest === '') || (/^[mM]$/.test(letter) && /^[23]$/.test(rest))
  if (unit && !CLASS_OF_SCHOOL.test(before(scene, at))) return undefined
  const text = `${sayInteger(number)} ${spell(letter)}${rest === '' ? '' : ` ${sayInteger(rest)}`}`
  return say({ text, from: at, to: at + all.length, rule: 'code' })
}
