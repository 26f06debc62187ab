/** Plain numbers, fractions and ratios, and the numbering of headings. */
import { mayBeCalled, shortCalls } from './calls.ts'
import { digitsEnd } from './characters.ts'
import { sayCode, sayDay, sayDecimal, sayDigits, sayFraction, sayInteger } from './numbers.ts'
import {
  after,
  before,
  followsLast,
  type Hit,
  matchAt,
  orElse,
  type Rule,
  type Scene,
  say,
  syllableBefore,
} from './scene.ts'

const THOUSANDS = /\d{1,3}(?:\.\d{3}){1,8}(?![\d])(?:,(\d{1,12})(?!\d))?/y
const SPACED_THOUSANDS = /[1-9]\d{0,2}(?: \d{3}){0,3} 000(?![\d.,])/y
const ENGLISH_THOUSANDS = /\d{1,3}(?:,\d{3}){2,6}(?![\d,])/y
const COMMA = /(?<!\d,)(\d{1,18}),(\d{1,12})(?![\d]|,\d)/y
const POINT = /(\d{1,9})\.(\d{1,9})(?![\d]|\.\d)/y
const OUTLINE = /\d{1,3}(?:\.\d{1,3}){1,7}(?![\d,])/y
const RUN = /\d+/y
const RATIO = /(\d{1,6}(?:\.\d{3}){0,2})( ?\/ ?|:)(\d{1,6}(?:\.\d{3}){0,3})(?![\d])/y

/** Numbers of many places that are points of a document, not quantities: "mục 2.1". */
const NUMBERED =
  /(?:^|[^\p{L}])(?:mục|điểm|khoản|phần|tiết|phụ lục|bảng|biểu|hình|tiểu mục|phiên bản|điều|phòng|phòng học|căn hộ)$/u

const outline: Rule = (scene, at) => {
  const found = matchAt(OUTLINE, scene.text, at)
  if (found === null) return undefined
  const to = at + found[0].length
  const heads = scene.lineStart && /^(?:[.)/:]|\s+\p{Lu})/u.test(scene.text.slice(to, to + 4))
  const places = found[0].split('.')
  const numbered = NUMBERED.test(before(scene, at))
  const address = places.length > 2 && places.some((place) => place.length !== 3 && place !== places[0])
  if (!heads && !numbered && !address) return undefined
  const quantity = places.slice(1).every((place) => place.length === 3)
  if (quantity && !numbered) return undefined
  const said = { text: places.map(sayInteger).join(' chấm '), from: at, to, rule: 'outline' }
  return heads ? { to: skipOutlineEnd(scene, to), said: [said], pause: 'short' } : say(said)
}

const skipOutlineEnd = (scene: Scene, to: number): number => (/[.)/:]/.test(scene.text[to] ?? '') ? to + 1 : to)

/** "1." or "2)" or "3/" at the head of a line. */
const listNumber: Rule = (scene, at) => {
  if (!scene.lineStart) return undefined
  const found = matchAt(/(\d{1,3})(?:[.)/](?=\s|\*)|\.(?=\p{L}))/uy, scene.text, at)
  if (found === null) return undefined
  const said = { text: sayInteger(found[1] ?? ''), from: at, to: at + (found[1] ?? '').length, rule: 'outline' }
  return { to: at + found[0].length, said: [said], pause: 'short' }
}

const thousands: Rule = (scene, at) => {
  const found = matchAt(THOUSANDS, scene.text, at)
  if (found === null) return undefined
  const integer = (found[0].split(',')[0] ?? '').replaceAll('.', '')
  const fraction = found[1]
  const text = fraction === undefined ? sayInteger(integer) : sayDecimal(integer, fraction)
  return say({ text, from: at, to: at + found[0].length, rule: fraction === undefined ? 'number' : 'number.decimal' })
}

const englishThousands: Rule = (scene, at) => {
  const found = matchAt(ENGLISH_THOUSANDS, scene.text, at)
  if (found === null) return undefined
  const text = sayInteger(found[0].replaceAll(',', ''))
  return say({ text, from: at, to: at + found[0].length, rule: 'number.english', doubtful: [] })
}

/** "1 000 000": the last group must be zeros, or a list of numbers would be taken for one. */
const spacedThousands: Rule = (scene, at) => {
  const found = matchAt(SPACED_THOUSANDS, scene.text, at)
  if (found === null) return undefined
  return say({ text: sayInteger(found[0].replaceAll(' ', '')), from: at, to: at + found[0].length, rule: 'number' })
}

/** "cấp 7,8", "thôn 1,2": these are numbered in whole numbers, so the comma parts two of them. */
const LISTED = new Set([
  'cấp',
  'thứ',
  'thôn',
  'tổ',
  'xóm',
  'ấp',
  'đội',
  'khoản',
  'điều',
  'lớp',
  'khối',
  'ngày',
  'tháng',
  'quý',
  'chương',
])

/** Three places after a comma may be thousands in English writing, so an editor should look. */
const decimal: Rule = (scene, at) => {
  const found = matchAt(COMMA, scene.text, at)
  if (found === null) return undefined
  const [all, integer = '', fraction = ''] = found
  if (integer.length <= 2 && fraction.length <= 2 && LISTED.has(syllableBefore(scene, at))) return undefined
  const text = sayDecimal(integer, fraction)
  const thousandsToo = fraction.length === 3 && integer.length <= 3 && +integer > 0
  const doubt = thousandsToo ? orElse(text, sayInteger(integer + fraction)) : {}
  return say({ text, from: at, to: at + all.length, rule: 'number.decimal', ...doubt })
}

const decimalPoint: Rule = (scene, at) => {
  const found = matchAt(POINT, scene.text, at)
  if (found === null) return undefined
  const [all, integer = '', fraction = ''] = found
  const text = sayDecimal(integer, fraction)
  const chấm = `${sayInteger(integer)} chấm ${sayFraction(fraction)}`
  return say({ text, from: at, to: at + all.length, rule: 'number.decimal', ...orElse(text, chấm) })
}

/** A share said with "phần": a half, two thirds. Larger wholes are counts: "22 trên 22 xã". */
const PART_WHOLE_MAX = 10
const PART_FOLLOWS =
  /^(?:con|quả|ngày|giờ|km|lít|kg|sào|ha|diện tích|quãng|đoạn|chặng|thời|số|tổng|dân|lượng|sản|chiều|công suất|liều|khẩu|nguồn|nhu cầu|viên|thìa|muỗng|cốc|lít|gói)/
const PART_COMES = /(?:^|[^\p{L}])(?:khoảng|hơn|gần|giảm|còn|quá|chiếm|bằng|mất|một nửa|thêm|tới|ít nhất|tối thiểu)$/u

const isPart = (scene: Scene, span: { at: number; to: number }, share: { part: number; whole: number }): boolean =>
  share.part < share.whole &&
  share.whole <= PART_WHOLE_MAX &&
  ((scene.last?.rule === 'number' && followsLast(scene, span.at)) ||
    PART_FOLLOWS.test(after(scene, span.to)) ||
    PART_COMES.test(before(scene, span.at)))

/** "năm học 2025/2026", "vụ 2025/26". */
const isSchoolYear = (first: string, second: string): boolean =>
  first.length === 4 && /^(?:19|20)/.test(first) && (+second === +first + 1 || +second === (+first + 1) % 100)

/** n/N: `22/22 xã` → "hai mươi hai trên hai mươi hai xã". */
const ratio: Rule = (scene, at) => {
  const found = matchAt(RATIO, scene.text, at)
  if (found === null) return undefined
  const [all, part = '', between = '', whole = ''] = found
  if (syllableBefore(scene, at) === 'thứ' && scene.text[at + all.length] === '/') return undefined
  const sign = between.trim()
  const n = part.replaceAll('.', '')
  const total = whole.replaceAll('.', '')
  const over = `${sayInteger(n)} trên ${sayInteger(total)}`
  const share = `${sayInteger(n)} phần ${total === '4' ? 'tư' : sayInteger(total)}`
  const to = at + all.length
  const parted = sign === '/' && isPart(scene, { at, to }, { part: +n, whole: +total })
  const standard = sign === ':' && n.length >= 3 && /^(?:19|20)\d\d$/.test(total)
  if (standard) return say({ text: `${sayInteger(n)}, năm ${sayInteger(total)}`, from: at, to, rule: 'number' })
  const text = isSchoolYear(n, total) ? `${sayInteger(n)} đến ${sayInteger(total)}` : parted ? share : over
  const doubt = sign === '/' && +n < +total && +n <= PART_WHOLE_MAX ? orElse(text, over, share) : {}
  return say({ text, from: at, to, rule: 'fraction', ...doubt })
}

/** After the name of a kind of document the number keeps its zero: "Chỉ thị 05" is "không năm". */
const NAMES_DOCUMENT =
  /(?:^|[^\p{L}])(?:nghị định|thông tư|quyết định|nghị quyết|chỉ thị|công văn|kết luận|công điện|đề án)(?: số)?$/u
const NAMES_ACCOUNT =
  /(?:^|[^\p{L}])(?:tài khoản|stk|căn cước|cccd|cmnd|định danh|pin|otp|mật khẩu|mật khẩu wifi|mã số|mã số thuế|mst|mã)(?: số)?:?$/u
const CODE_DIGITS_MIN = 6

const isReadByDigits = (scene: Scene, at: number, digits: string): boolean => {
  if (digits.length > 18 || /^00/.test(digits) || (/^0/.test(digits) && digits.length > 4)) return digits.length > 1
  const context = before(scene, at)
  if (/^0\d{2,3}$/.test(digits) && /(?:hotline|nóng|tổng đài|gọi|điện thoại|sđt|đt|vùng)(?: số)?:? ?\(?$/.test(context))
    return true
  if (digits.length >= 3 && /máy lẻ(?: số)?:?$/.test(context)) return true
  if (digits.length >= CODE_DIGITS_MIN && scene.last?.rule === 'spelled' && followsLast(scene, at)) return true
  return digits.length >= CODE_DIGITS_MIN && NAMES_ACCOUNT.test(context)
}

/** "ngày 2-3 lần", "tháng 4 lần": so many times in each, not the day or the month of that number. */
export const TIMES_FOLLOW =
  /^ ?(?:lần|viên|bữa|buổi|giờ|tiếng|gói|thìa|cữ|chuyến|ca|cốc|lít|kg|g|con|ly|muỗng|ml|mg|liều|ống|triệu|nghìn|ngàn|đồng|kỳ|đợt|cuộc|trận|tấn|tạ|suất|lượt)(?!\p{L})/u

const WEEKDAYS = /(?:^|[^\p{L}])thứ [2-7](?:(?:, ?| và | - )[2-7])*(?:, ?| và )$/u

/** "thứ 2, 4, 6": "thứ" is said again before each day, so that no day is taken for a count. */
const isWeekdayInList = (scene: Scene, at: number, digits: string): boolean =>
  /^[2-7]$/.test(digits) && WEEKDAYS.test(scene.lower.slice(Math.max(0, at - 32), at))

/** "đêm 05 rạng sáng 06/11": the first number is a day too. */
const PART_OF_DAY = /^(?:đêm|tối|sáng|trưa|chiều)$/
const DAY_FOLLOWS =
  /^(?:,? ?(?:đến|và|[-–]) ?|, ?| (?=rạng))(?:hết )?(?:(?:rạng )?(?:sáng|trưa|chiều|tối|đêm) )?(?:ngày )?\d{1,2}(?:\/\d| tháng)/

const DAY_GOES_ON =
  /^(?:tháng|[-–] ?\d{1,2} ?tháng|âm lịch|h[ằà]ng tháng|(?:đến|và|-|–)(?: hết)? ngày \d|(?:(?:,|và) ?\d{1,2} ?){0,8}(?:,|và|-|–) ?\d{1,2}\/\d)/
const DAYS_BEFORE = /ngày (?:\d{1,2}(?:, ?| và ))+$/

/** "ngày 5 tháng 9", "các ngày 1, 2, 3/12": one of the first ten days of a month, not so many days. */
const isNamedDay = (scene: Scene, at: number, digits: string): boolean => {
  if (digits.length > 2 || +digits < 1 || +digits > 10) return false
  const named = syllableBefore(scene, at) === 'ngày'
  if (!named && !DAYS_BEFORE.test(scene.lower.slice(Math.max(0, at - 32), at))) return false
  return digits.startsWith('0') || DAY_GOES_ON.test(after(scene, at + digits.length))
}

/** An integer in its place: after "tháng", "thứ", "ngày" some numbers have their own word. */
const sayInPlace = (scene: Scene, at: number, digits: string): string => {
  const syllable = syllableBefore(scene, at)
  const value = +digits
  const next = after(scene, at + digits.length)
  if (value === 4 && (syllable === 'thứ' || (syllable === 'tháng' && !TIMES_FOLLOW.test(next)))) return 'tư'
  if (value === 1 && syllable === 'thứ') return 'nhất'
  if (isWeekdayInList(scene, at, digits)) return `thứ ${value === 4 ? 'tư' : sayInteger(digits)}`
  if (PART_OF_DAY.test(syllable) && value >= 1 && value <= 31 && DAY_FOLLOWS.test(next)) return `ngày ${sayDay(value)}`
  if (isNamedDay(scene, at, digits)) return sayDay(value)
  return digits.startsWith('0') && NAMES_DOCUMENT.test(before(scene, at)) ? sayCode(digits) : sayInteger(digits)
}

const integer: Rule = (scene, at) => {
  const found = matchAt(RUN, scene.text, at)
  if (found === null) return undefined
  const digits = found[0]
  const called = digits.length >= 3 && digits.length <= 5 ? shortCalls(scene, at) : undefined
  if (called !== undefined) return called
  const to = at + digits.length
  if (isReadByDigits(scene, at, digits)) return say({ text: sayDigits(digits), from: at, to, rule: 'number.digits' })
  const doubt = mayBeCalled(scene, at, digits) ? { doubtful: [sayDigits(digits)] } : {}
  return say({ text: sayInPlace(scene, at, digits), from: at, to, rule: 'number', ...doubt })
}

/** Which writings are possible is seen from the character after the first digits. */
const RULES_BY_NEXT: Readonly<Record<string, readonly Rule[]>> = {
  '.': [outline, listNumber, ratio, thousands, decimalPoint],
  ',': [englishThousands, decimal],
  '/': [listNumber, ratio],
  ':': [ratio],
  ')': [listNumber],
  ' ': [ratio, spacedThousands],
}
const NO_RULES: readonly Rule[] = []

/** Any number that no other family claimed; always recognises something at a digit. */
export const quantities: Rule = (scene, at): Hit | undefined => {
  const next = scene.text[digitsEnd(scene.text, at)] ?? ''
  for (const rule of RULES_BY_NEXT[next] ?? NO_RULES) {
    const hit = rule(scene, at)
    if (hit !== undefined) return hit
  }
  return integer(scene, at)
}
