/** Signs: those with a name are said, those that part words become rests, the rest is silent. */

import { handles } from './addresses.ts'
import { starCodes } from './calls.ts'
import { isWordAt, MICRO } from './characters.ts'
import { blankDocuments } from './documents.ts'
import { currencySign, signedMoney } from './money.ts'
import { phones } from './phones.ts'
import { TIMES_FOLLOW } from './quantities.ts'
import { followsLast, followsQuantity, type Hit, matchAt, orElse, type Rule, type Scene, say } from './scene.ts'
import type { Pause } from './types.ts'
import { degrees, isUnit, units } from './units.ts'

const silent = (to: number, pause: Pause = 'none'): Hit => ({ to, said: [], pause })

/** Signs that only part words. */
// biome-ignore format: a table
const RESTS: Readonly<Record<string, Pause>> = {
  ',': 'short', ';': 'short', ':': 'short', '(': 'short', ')': 'short', '[': 'short', ']': 'short', '{': 'short', '}': 'short', '|': 'short',
  '—': 'short', '•': 'short', '·': 'short', '→': 'short', '⇒': 'short', '\t': 'short', '!': 'sentence', '?': 'sentence',
}

/** Signs with a name wherever they stand. */
// biome-ignore format: a table
const NAMES: Readonly<Record<string, string>> = {
  '%': 'phần trăm', '‰': 'phần nghìn', '&': 'và', '≥': 'lớn hơn hoặc bằng', '≤': 'nhỏ hơn hoặc bằng', '±': 'cộng trừ', '≈': 'xấp xỉ',
  '≠': 'khác', '№': 'số', '§': 'mục', '√': 'căn', '∞': 'vô cùng', '²': 'bình phương', '³': 'lập phương',
  [MICRO]: 'muy',
}

/** Signs with a name only next to a number. */
// biome-ignore format: a table
const NUMBER_NAMES: Readonly<Record<string, string>> = {
  '+': 'cộng', '=': 'bằng', '<': 'dưới', '>': 'trên', '÷': 'chia', '×': 'nhân', '~': 'khoảng', '^': 'mũ', '*': 'nhân',
}

/** Words that are counted; between two of the same a dash is a range. */
const COUNTED_UNIT =
  /(\d[\d.,]*|[ivx]+) ?(giờ|phút|tuổi|độ|tấn|tạ|lít|triệu|tỷ|nghìn|đồng|triệu đồng|tỷ đồng|người|hộ|ngày|tháng|năm|lần|mét|khẩu|con|điểm|tuần) ?$/
const CLASSIFIER =
  /(?:^|[^\p{L}])(cấp|tháng|thứ|quý|lớp|ngày|báo động|tuần|khóa|điều|khoản|chương|phần|vùng|nhóm|loại|hạng|năm) (?:\d{1,4}|[ivx]+) ?$/u

/** "05 giờ - 07 giờ", "cấp 4 - cấp 5": the same word stands on both sides of the dash. */
const sameOnBothSides = (scene: Scene, at: number): boolean => {
  const left = scene.lower.slice(Math.max(0, at - 32), at)
  const right = scene.lower.slice(at + 1, at + 32).trimStart()
  const unit = COUNTED_UNIT.exec(left)?.[2]
  if (unit !== undefined) return /^\d/.test(right) && right.replace(/^\d[\d.,]* ?/, '').startsWith(unit)
  const classifier = CLASSIFIER.exec(left)?.[1]
  return (
    classifier !== undefined &&
    /^ (?:\d|[ivx]+(?!\p{L}))/u.test(right.slice(classifier.length)) &&
    right.startsWith(classifier)
  )
}

const CODE_LEFT = /(?:^|[^\p{L}\d])((?:\p{L}{1,3}|\d{1,2}\p{L})) ?\d{1,4}(?:\+\d{1,3})? ?$/u
const CODE_RIGHT = /^[-–— ]+((?:\p{L}{1,3}|\d{1,2}\p{L})) ?\d{1,4}(?![\p{L}/])/u

/** "BĐ2-BĐ3", "Km2+300 - Km2+800": the same letters with another number are the end of a range. */
const sameCode = (scene: Scene, at: number): boolean => {
  if (!/^(?:code|number|unit)/.test(scene.last?.rule ?? '')) return false
  const left = CODE_LEFT.exec(scene.lower.slice(Math.max(0, at - 20), at))?.[1]
  return left !== undefined && left === CODE_RIGHT.exec(scene.lower.slice(at, at + 20))?.[1]
}

const nextIsDigit = (scene: Scene, at: number): boolean => /^ ?\d/.test(scene.text.slice(at, at + 2))

/** Classifiers that are said again before the end of a range: "cấp 8-9" → "cấp tám đến cấp chín". */
const REPEATED =
  /(?:^|\s)(cấp|tháng|thứ|quý|lớp|khóa|tuần|ngày|mùng|điều|khoản|báo động|nhóm|hạng|loại|vùng)\s+(?:\d{1,3}(?!\d)\S*|[ivx]+)(?:[-–—\s]*)$/

const dashWords = (scene: Scene, at: number): string => {
  const written = scene.lower.slice(Math.max(0, at - 24), at)
  const classifier = REPEATED.exec(written)?.[1]
  const date = scene.last?.rule.startsWith('date') === true
  const each = TIMES_FOLLOW.test(scene.lower.slice(at + 1, at + 24).replace(/^[-–— ]*\d{1,3}(?:,\d+)?/, ''))
  return classifier === undefined || date || each ? 'đến' : `đến ${classifier}`
}

const RANGE = / ?[-–—~÷]+ ?(?=[\d+<≤]|T\d|[IVX]{1,5}(?![\p{L}]))/uy

const FORMULA = /(?:npk|dap|np) ?\d{1,2}$/
/** "thửa 45-1": the number of a part, not a range. */
const PARTED = /(?:thửa|thửa đất|thửa số|thửa đất số|tách thửa) ?\d{1,4}$/

/** "NPK 20-20-15": three numbers in a chain are a formula, not a range. */
const isChain = (scene: Scene, at: number): boolean =>
  FORMULA.test(scene.lower.slice(Math.max(0, at - 10), at)) ||
  /\d-T?\d+$/.test(scene.text.slice(Math.max(0, at - 8), at)) ||
  /^-T?\d+-T?\d/.test(scene.text.slice(at, at + 8))

/** A dash between quantities. */
const range: Rule = (scene, at) => {
  if (sameOnBothSides(scene, at) || sameCode(scene, at))
    return say({ text: 'đến', from: at, to: at + 1, rule: 'range' })
  if (!followsQuantity(scene, at) || matchAt(RANGE, scene.text, at) === null) return undefined
  if (isChain(scene, at)) return silent(at + 1, scene.text[at + 1] === 'T' ? 'short' : 'none')
  if (PARTED.test(scene.lower.slice(Math.max(0, at - 24), at)))
    return say({ text: 'gạch', from: at, to: at + 1, rule: 'symbol' })
  const place = /(?:vĩ|kinh) \p{Lu}\p{Ll}+$/u.test(scene.last?.text ?? '')
  if (place || (scene.last?.rule === 'roman' && nextIsDigit(scene, at + 1))) return silent(at + 1, 'short')
  const score =
    /(?:tỷ số|tỉ số|thắng|thua|hòa|tỷ số là) ?\d+ ?$/.test(scene.lower.slice(Math.max(0, at - 24), at)) ||
    /t[ỷỉ] số[\d\s(),;–-]*$/.test(scene.lower.slice(Math.max(0, at - 48), at))
  if (score) return silent(at + 1, 'short')
  return say({ text: dashWords(scene, at), from: at, to: at + 1, rule: 'range' })
}

/** A minus sign: before a number, not between two things and not a bullet. */
const minus: Rule = (scene, at) => {
  const previous = scene.text[at - 1] ?? ' '
  const next = scene.text[at + 1] ?? ''
  const degreesFollow = /^-\d{1,3}(?:,\d)? ?(?:°|độ)/.test(scene.text.slice(at, at + 10))
  if ((scene.lineStart && !degreesFollow) || !/[\s(:;,]/.test(previous) || !/\d/.test(next)) return undefined
  return say({ text: 'âm', from: at, to: at + 1, rule: 'symbol' })
}

const dash: Rule = (scene, at) => {
  const found = range(scene, at) ?? blankDocuments(scene, at) ?? minus(scene, at)
  if (found !== undefined) return found
  const to = runEnd(scene.text, at, '-–—_=')
  const spaced = /\s/.test(scene.text[at - 1] ?? ' ') || /\s/.test(scene.text[to] ?? ' ')
  const joinsNames =
    scene.last?.rule.startsWith('abbreviation') === true && /^\p{Lu}/u.test(scene.text.slice(to, to + 1))
  return silent(to, spaced || joinsNames || to > at + 1 ? 'short' : 'none')
}

const runEnd = (text: string, at: number, signs: string): number => {
  let to = at
  while (to < text.length && signs.includes(text[to] ?? ' ')) to++
  return to
}

/** A stop ends a sentence before a blank or a capital; several stops only part words unless a capital follows. */
const stop: Rule = (scene, at) => {
  const to = runEnd(scene.text, at, '.…')
  const next = scene.text.slice(to, to + 6)
  // "ông Lê Văn T. khai": the dot of an initial ends nothing when the sentence goes on.
  const initial = scene.last?.rule === 'letter' && followsLast(scene, at)
  if (initial && /^(?: \p{Ll}|\p{Lu})/u.test(next)) return silent(to)
  const ends = /^["”’')\]]*(?:\s*$|\s+["“‘(]?[\p{Lu}\d]|\s*\n)/u.test(next)
  if (to > at + 1 || scene.text[at] === '…') return silent(to, ends ? 'sentence' : 'short')
  if (/^["”’')\]]*\s/.test(next) || next === '') return silent(to, 'sentence')
  return silent(to, /^\p{Lu}/u.test(next) || /^\//.test(next) ? 'sentence' : 'none')
}

const ANOTHER_CODE = /^ ?\d{1,2}[A-ZĐ]\d{0,2}(?![\p{L}\d])/u

/** Volts over hertz, watts over volts: figures of an apparatus, one after the other. */
const isOtherUnit = (scene: Scene, rest: string): boolean =>
  /[VWA]/.test(scene.text[(scene.last?.to ?? 0) - 1] ?? '') && /^ ?\d{1,5} ?(?:Hz|V|W|A)(?!\p{L})/u.test(rest)

/** Things counted per one of these are said with "mỗi": "đồng mỗi ki lô gam", "tiêu chí mỗi xã". */
const slash: Rule = (scene, at) => {
  const blank = blankDocuments(scene, at)
  if (blank !== undefined) return blank
  const next = /^ ?(\p{L}|\d)/u.exec(scene.text.slice(at + 1, at + 3))?.[1] ?? ''
  if (next === '' || !followsLast(scene, at)) return silent(at + 1, 'short')
  const rest = scene.text.slice(at + 1, at + 24)
  if (scene.last?.rule === 'phone' && /^ ?(?:[0+]|1[89]00|11[1-5](?!\d))/.test(rest))
    return say({ text: 'hoặc', from: at, to: at + 1, rule: 'slash' })
  if (/thứ [2-7]$/.test(scene.lower.slice(Math.max(0, at - 6), at)) && /^ ?\d{1,2}\/\d/.test(rest))
    return silent(at + 1, 'short')
  // "ngày     /11/2025": the day is still blank. "4G/5G", "220V/50Hz": two things beside each other.
  if (
    (/^(?:ngày|tháng)$/.test(scene.last?.text ?? '') && /^ ?\d/.test(rest)) ||
    ANOTHER_CODE.test(rest) ||
    isOtherUnit(scene, rest)
  )
    return silent(at + 1, 'short')
  const yearNext = /^(?:19|20)\d{2}(?!\d)/.test(scene.text.slice(at + 1, at + 6))
  if (yearNext && scene.last?.rule === 'roman') return say({ text: 'năm', from: at, to: at + 1, rule: 'date' })
  const spanned = { from: at, to: at + 1, rule: 'slash' }
  if (/\d/.test(next)) {
    if (scene.last?.rule === 'time') return silent(at + 1)
    const people = /^ ?\d[\d.]* (?:khẩu|nhân khẩu|người|hộ|lao động)/.test(scene.text.slice(at + 1, at + 24))
    const text = people && !followsQuantity(scene, at) ? 'với' : 'trên'
    return say({ ...spanned, text, ...orElse(text, 'trên', 'với') })
  }
  const measured = perUnit(scene, at)
  if (measured) return say({ ...spanned, text: 'trên', doubtful: ['mỗi'] })
  if (!isRate(scene, at) && !isPaidFor(scene, at)) return silent(at + 1, 'short')
  // "5 ngày/lần": how often, not how much each time
  if (/^ ?lần(?!\p{L})/u.test(rest) && OFTEN.test(scene.lower.slice(Math.max(0, at - 12), at)))
    return say({ ...spanned, text: 'một' })
  // "cm/phút", "giờ/ngày": over a length of time both are said and mean the same, so there is nothing to choose.
  if (OVER_TIME.test(rest)) return say({ ...spanned, text: 'mỗi' })
  return say({ ...spanned, text: 'mỗi', doubtful: ['trên'] })
}

const OFTEN = /(?:^|[^\p{L}])(?:giờ|ngày|tuần|tháng|quý|năm|vụ) ?$/u
const OVER_TIME = /^ ?(?:giây|phút|giờ|ngày|tuần|tháng|năm)(?!\p{L})/u

const RATE_OF =
  /^(?:người|xã|hộ|ngày|năm|tháng|tuần|buổi|lần|thôn|ha|kg|tấn|tạ|m|km|lít|em|học sinh|suất|giờ|phút|vụ|sào|con|cây|lượt|khẩu|ca|phiếu|trường|lớp|cụm|điểm|công|héc|mét|cuốn|chiếc|cái|bộ|quý|đợt|đồng chí|huyện|tỉnh|nhà|căn|phần|kỳ|liều|gói|bao|chai|thùng|hộp|vé|xe|bình|loa|máy|bóng|tổ|tin|bài|trang|bản|viên|chậu|xô|can|km²|m²|m³|l|g|tiết|hs|mũi|chuyến|trẻ|cháu|ngày công)(?![\p{L}])/u

/** "tạ/ha", "con/m²": an amount over an area or a volume; money is paid "mỗi". */
const perUnit = (scene: Scene, at: number): boolean => {
  const unit = /^ ?([A-Za-z]{1,3}[²³23]?)(?![\p{L}\d])/u.exec(scene.text.slice(at + 1, at + 8))?.[1] ?? ''
  if (unit.length === 1 && !followsQuantity(scene, at)) return false
  return (
    isUnit(unit) &&
    !/(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|đ|la mỹ)$/i.test(scene.last?.text ?? '') &&
    scene.last?.rule !== 'money'
  )
}

/** Money, a share or a measure over a thing is always an amount for each: "1,25 tỷ/lô", "đ/kWh", "1,5m/cửa". */
const isPaidFor = (scene: Scene, at: number): boolean =>
  /^ ?(?:\p{Ll}|[MK]W)/u.test(scene.text.slice(at + 1, at + 4)) &&
  (/^(?:money|percent|unit)/.test(scene.last?.rule ?? '') ||
    (/^(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng)$/.test(scene.last?.text ?? '') &&
      /\d[\d.,]* ?\p{L}+(?: \p{L}+)?$/u.test(scene.lower.slice(Math.max(0, at - 24), at))))

const isRate = (scene: Scene, at: number): boolean => {
  if (!RATE_OF.test(scene.lower.slice(at + 1, at + 12).trimStart())) return false
  const counted = /\d[\d.,]*(?: ?\p{L}[\p{L}³²]*){0,3}(?:\/\p{L}+)? ?$/u
  return followsQuantity(scene, at) || counted.test(scene.lower.slice(Math.max(0, at - 28), at))
}

/** A number sign before digits is "số"; a footnote in brackets is not read. */
const FOOTNOTE = /\[\d{1,3}\]/y

/** ">BĐ3 0,62m": above an alarm level; a tag such as <b> is no comparison. */
const LEVEL_FOLLOWS = /^ ?(?:BĐ|báo động|Báo động|mức|MNDBT|TBNN|trung bình)/

const COMPARISON = /([<>])=/y

const comparison: Rule = (scene, at) => {
  const found = matchAt(COMPARISON, scene.text, at)
  if (found === null) return undefined
  const text = found[1] === '<' ? 'nhỏ hơn hoặc bằng' : 'lớn hơn hoặc bằng'
  return say({ text, from: at, to: at + 2, rule: 'symbol' })
}

const signs: Rule = (scene, at) => {
  const compared = comparison(scene, at)
  if (compared !== undefined) return compared
  const sign = scene.text[at] ?? ''
  const spanned = { from: at, to: at + 1, rule: 'symbol' }
  if (sign === '%') return say({ ...spanned, text: 'phần trăm', rule: 'percent' })
  const name = NAMES[sign]
  if (name !== undefined) return say({ ...spanned, text: name })
  if (sign === '#' && nextIsDigit(scene, at + 1) && !scene.lineStart) return say({ ...spanned, text: 'số' })
  if ((sign === '>' || sign === '<') && LEVEL_FOLLOWS.test(scene.text.slice(at + 1, at + 12)))
    return say({ ...spanned, text: sign === '>' ? 'trên' : 'dưới' })
  const stars =
    sign === '*' && /(?:ocop|khách sạn|chuẩn|đạt|hạng) \d ?$/.test(scene.lower.slice(Math.max(0, at - 16), at))
  const rated = sign === '*' && /(?:ocop|khách sạn)[^.\n]{0,16}\d$/.test(scene.lower.slice(Math.max(0, at - 32), at))
  if (stars || rated) return say({ ...spanned, text: 'sao' })
  const arithmetic = NUMBER_NAMES[sign]
  const beside = nextIsDigit(scene, at + 1) && (sign !== '*' || followsQuantity(scene, at))
  if (sign === '+' && isWordAt(scene.text, at - 1)) return say({ ...spanned, text: 'cộng' })
  if (sign === '+' && scene.text[at - 1] === '+' && scene.last?.to === at) return say({ ...spanned, text: 'cộng' })
  const bullet = scene.lineStart && '+*'.includes(sign)
  if (arithmetic !== undefined && beside && !bullet) return say({ ...spanned, text: arithmetic })
  const money = currencySign(sign)
  if (money !== undefined && followsQuantity(scene, at)) return say({ ...spanned, text: money, rule: 'money' })
  return undefined
}

const ARROW = /(?:[-–=]{1,3}>|<[-–=]{1,3}(?!\d))/y

/** What a sign means at this place; a sign without meaning is passed over in silence. */
export const symbols: Rule = (scene, at) => {
  const sign = scene.text[at] ?? ''
  if (sign === '.' || sign === '…') return stop(scene, at)
  if (sign === '/') return slash(scene, at)
  const arrow = '-–=<'.includes(sign) ? matchAt(ARROW, scene.text, at) : null
  if (arrow !== null) return silent(at + arrow[0].length, 'short')
  if ('-–—'.includes(sign)) return dash(scene, at)
  if (sign === '+' || /^\((?:\+|84-)/.test(scene.text.slice(at, at + 4)))
    return phones(scene, at) ?? signs(scene, at) ?? silent(at + 1, RESTS[sign] ?? 'none')
  if (sign === MICRO) return units(scene, at) ?? signs(scene, at) ?? silent(at + 1)
  if (sign === '*') {
    const code = starCodes(scene, at)
    if (code !== undefined) return code
  }
  if (sign === '÷' || sign === '~') return range(scene, at) ?? signs(scene, at) ?? silent(at + 1)
  if (sign === '[' && matchAt(FOOTNOTE, scene.text, at) !== null)
    return silent(at + (matchAt(FOOTNOTE, scene.text, at)?.[0].length ?? 1))
  if (sign === '°') return degrees(scene, at)
  if (sign === '@' || sign === '#') return handles(scene, at) ?? signs(scene, at) ?? atSign(sign, at)
  if (currencySign(sign) !== undefined && !isWordAt(scene.text, at - 1)) {
    const amount = signedMoney(scene, at)
    if (amount !== undefined) return amount
  }
  const rest = Object.hasOwn(RESTS, sign) ? RESTS[sign] : undefined
  return rest === undefined ? (signs(scene, at) ?? silent(at + 1)) : silent(at + 1, rest)
}

const atSign = (sign: string, at: number): Hit =>
  sign === '@' ? say({ text: 'a còng', from: at, to: at + 1, rule: 'symbol' }) : silent(at + 1)
