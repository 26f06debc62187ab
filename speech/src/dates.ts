/** Dates: full, day and month, month and year, quarter words are in roman.ts. */
import { digitsEnd, isWordAt } from './characters.ts'
import { sayDay, sayInteger, sayMonth } from './numbers.ts'
import { after, before, followsLast, type Hit, matchAt, orElse, type Rule, type Scene, say } from './scene.ts'

const FULL = /(\d{1,2})(\s?[/.-]\s?)(\d{1,2})\2(\d{4})(?!\d|[/-]\p{L})/uy
const ISO = /(\d{4})-(\d{2})-(\d{2})(?!\d)/y
const DAYS_OF_MONTH = /(\d{1,2})( ?[-–—] ?)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/y
const DAY_MONTH = /(\d{1,2})\/(\d{1,2})(?![\d/%]|[.,]\d)/y
const MONTHS_OF_YEAR = /(\d{1,2})( ?[-–—] ?)(\d{1,2})\/(\d{4})(?![\d/-])/y
const MONTH_YEAR = /(\d{1,2})[/-](\d{4})(?![\d/]|-\p{L})/uy

const validDay = (day: number): boolean => day >= 1 && day <= 31
const validMonth = (month: number): boolean => month >= 1 && month <= 12
const validYear = (year: number): boolean => year >= 1800 && year <= 2200

/** After these words "ngày" has been said already. */
const DAY_SAID = /(?:^|[^\p{L}])(?:ngày|mùng|mồng|hôm)$/u
const MONTH_SAID = /(?:^|[^\p{L}])tháng$/u

/** After "mùng" the day is said without a second "mùng". */
const dayWords = (scene: Scene, at: number, day: number): string => {
  const context = before(scene, at)
  if (/(?:mùng|mồng)$/.test(context)) return sayInteger(String(day))
  return DAY_SAID.test(context) ? sayDay(day) : `ngày ${sayDay(day)}`
}

const yearWords = (year: string): string => `năm ${sayInteger(year)}`

const hitDate = ({ at, to }: { at: number; to: number }, text: string): Hit => say({ text, from: at, to, rule: 'date' })

const fullDate: Rule = (scene, at) => {
  const found = matchAt(FULL, scene.text, at)
  if (found === null) return undefined
  const [all, day = '', , month = '', year = ''] = found
  if (!validDay(+day) || !validMonth(+month) || !validYear(+year)) return undefined
  const text = `${dayWords(scene, at, +day)} tháng ${sayMonth(+month)} ${yearWords(year)}`
  return hitDate({ at, to: at + all.length }, text)
}

const SHORT_YEAR = /(\d{1,2})([/.])(\d{1,2})\2(\d{2})(?![\d/.]\d|\d)/y

/** "22/11/26": two figures of a year; before 50 they belong to this century. */
const shortYear: Rule = (scene, at) => {
  const found = matchAt(SHORT_YEAR, scene.text, at)
  if (found === null || DAY_NEVER.test(before(scene, at))) return undefined
  const [all, day = '', sign, month = '', year = ''] = found
  if (!validDay(+day) || !validMonth(+month) || (sign === '.' && !DAY_COMES.test(before(scene, at)))) return undefined
  const century = +year < 50 ? '20' : '19'
  const text = `${dayWords(scene, at, +day)} tháng ${sayMonth(+month)} ${yearWords(century + year)}`
  return hitDate({ at, to: at + all.length }, text)
}

const isoDate: Rule = (scene, at) => {
  const found = matchAt(ISO, scene.text, at)
  if (found === null) return undefined
  const [all, year = '', month = '', day = ''] = found
  if (!validDay(+day) || !validMonth(+month) || !validYear(+year)) return undefined
  const text = `${dayWords(scene, at, +day)} tháng ${sayMonth(+month)} ${yearWords(year)}`
  return hitDate({ at, to: at + all.length }, text)
}

/** "01-05/9/2021": one month for both days. */
const daysOfMonth: Rule = (scene, at) => {
  const found = matchAt(DAYS_OF_MONTH, scene.text, at)
  if (found === null) return undefined
  const [all, first = '', , second = '', month = '', year] = found
  if (!validDay(+first) || !validDay(+second) || !validMonth(+month) || +first >= +second) return undefined
  const tail = year === undefined ? '' : ` ${yearWords(year)}`
  const text = `${dayWords(scene, at, +first)} đến ngày ${sayDay(+second)} tháng ${sayMonth(+month)}${tail}`
  return hitDate({ at, to: at + all.length }, text)
}

const DOTTED_DAY = /(\d{1,2})\.(\d{1,2})(?![\d%]|[.,]\d)/y

/** "chiều 15.11": a dot between day and month, only where a day is announced. */
const dottedDay: Rule = (scene, at) => {
  const found = matchAt(DOTTED_DAY, scene.text, at)
  if (found === null || !/(?:^|[^\p{L}])(?:ngày|sáng|trưa|chiều|tối|đêm)$/u.test(before(scene, at))) return undefined
  const [all, day = '', month = ''] = found
  if (!validDay(+day) || !validMonth(+month)) return undefined
  return hitDate({ at, to: at + all.length }, `${dayWords(scene, at, +day)} tháng ${sayMonth(+month)}`)
}

const DASHED_COMES = /(?:ngày|lễ|dịp|sáng|chiều|tối|(?:thứ [\p{L}\d]+|chủ nhật|cn|t[2-7]),?) ?\(?$/u
const DASHED_DAY = /(\d{1,2})-(\d{1,2})(?![\d/-]| ?\p{L}*\/)/uy

/** "ngày 26-3": the larger number first can be no range, so the second is the month. */
const dashedDay: Rule = (scene, at) => {
  const found = matchAt(DASHED_DAY, scene.text, at)
  if (found === null || !DASHED_COMES.test(before(scene, at))) return undefined
  const [all, day = '', month = ''] = found
  if (!validDay(+day) || !validMonth(+month) || +day <= +month) return undefined
  return hitDate({ at, to: at + all.length }, `${dayWords(scene, at, +day)} tháng ${sayMonth(+month)}`)
}

const monthWords = (scene: Scene, at: number, month: number): string =>
  `${MONTH_SAID.test(before(scene, at)) ? '' : 'tháng '}${sayMonth(month)}`

/** "9-10/2021": one year for both months. */
const monthsOfYear: Rule = (scene, at) => {
  const found = matchAt(MONTHS_OF_YEAR, scene.text, at)
  if (found === null) return undefined
  const [all, first = '', , second = '', year = ''] = found
  if (!validMonth(+first) || !validMonth(+second) || +first >= +second || !validYear(+year)) return undefined
  const text = `${monthWords(scene, at, +first)} đến tháng ${sayMonth(+second)} ${yearWords(year)}`
  return say({ text, from: at, to: at + all.length, rule: 'date.month' })
}

/** After these words a number with a year is the number of a document, not a month. */
const NAMES_DOCUMENT =
  /(?:^|[^\p{L}])(?:nghị định|thông tư|quyết định|nghị quyết|chỉ thị|công văn|kế hoạch|luật|hướng dẫn|quy định|nđ|tt|qđ|nq|cv|số)(?: số)?$/u

/** After these words 1/2000 is the scale of a map. */
const SCALE = /(?:^|[^\p{L}])(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch|quy hoạch chi tiết|quy hoạch phân khu|địa hình)$/u

/** After these words the first number is a quarter, a term or a round of the year, not a month. */
const PERIOD = /(?:^|[^\p{L}])(?:quý|kỳ|kì|đợt|tuần|lần|khóa|phiên)$/u

const DOTTED_MONTH_YEAR = /(\d{1,2})\.(\d{4})(?![\d.,])/y

const monthYear: Rule = (scene, at) => {
  const dotted = MONTH_SAID.test(before(scene, at)) ? matchAt(DOTTED_MONTH_YEAR, scene.text, at) : null
  const found = dotted ?? matchAt(MONTH_YEAR, scene.text, at)
  if (found === null) return undefined
  const [all, month = '', year = ''] = found
  if (
    !validMonth(+month) ||
    !validYear(+year) ||
    NAMES_DOCUMENT.test(before(scene, at)) ||
    SCALE.test(before(scene, at))
  )
    return undefined
  const counted = PERIOD.test(before(scene, at))
  const text = `${counted ? sayInteger(month) : monthWords(scene, at, +month)} ${yearWords(year)}`
  return say({ text, from: at, to: at + all.length, rule: 'date.month' })
}

/** What is counted as n of N; a day and month is never followed by these. */
const COUNTED =
  /^(?:xã|phường|thị|thôn|làng|bản|buôn|tổ|khu|khối|hộ|người|tiêu|chỉ|đại|đồng|hội|cơ|đơn|trường|lớp|em|học|cử|phiếu|đài|cụm|loa|điểm|trạm|ca|mẫu|nhà|địa|huyện|tỉnh|cán|công trình|dự án|nhiệm|mục|ha|km|diện|thành|số|tổng|chi|ủy|cháu|trẻ|giáo|tàu|hồ|ban|nóc|con|tấn|phòng|giường|máy|thửa|lô|cây|tuyến|cầu|đoạn|m2|m²|nội dung|câu)(?![\p{L}])/u

/** After these words d/m is certainly a day. */
const DAY_COMES =
  /(?:^|[^\p{L}])(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|lễ|dịp|nay|qua|mai|kỷ niệm|truyền thống|thứ \p{L}+|chủ nhật|tết)[,(]?$/u
/** After these it is one unless something is counted. */
const DAY_MAY_COME = /(?:^|[^\p{L}])(?:từ|đến|trước|sau|hết|tới|vào|và|là|trong|cuối|đầu|kể từ)$/u
/** After these it is a house, a class or a share. */
const DAY_NEVER = /(?:^|[^\p{L}])(?:lớp|số|nhà|hẻm|ngõ|kiệt|tỷ lệ|tỉ lệ|tổ|đạt|có|lô|được|thửa|ước|chiếm|khoảng)$/u

/** "lớp 5/1, 5/2": a list of classes goes on. */
const GOES_ON_SHARE = /\d, ?$/
/** "lớp 6A1, 7/3": another class. */
const CLASSES =
  /(?:lớp|khối) \d{1,2}(?:\/\d{1,2}|\p{L}\d{0,2})?(?:(?:,| và|;| -) ?\d{1,2}(?:\/\d{1,2}|\p{L}\d{0,2})?)*(?:,| và|;| -) ?$/u
const DAYS_LISTED = /ngày (?:\d{1,2}(?:, ?| và | ?& ?))*\d{1,2}(?:,| và| ?&)$/
/** A street or a school bears the date as its name, without "ngày". */
const NAMED_AFTER =
  /(?:^|[^\p{L}])(?:đường|phố|cầu|chợ|công viên|trường|ngã ba|ngã tư|quảng trường|nhà máy|rạp|bệnh viện|khu phố)$/u
const SCHOOL = /(?:^|[^\p{L}])trường (?:mn|mg|th|thcs|thpt|mầm non|mẫu giáo|tiểu học|ptdtbt|ptdtnt)$/u

/** The anniversaries everyone knows as day/month. */
const FAMOUS = new Set(
  '3/2 8/3 26/3 30/4 1/5 19/5 1/6 28/6 27/7 19/8 2/9 10/10 20/10 9/11 20/11 22/12 18/11 27/2 21/6'.split(' '),
)

/** Decides between a day and a fraction by the words around; 9/15 can only be a share, 15/9 only a day. */
const isDay = (scene: Scene, span: { at: number; to: number }, written: { day: string; month: string }): boolean => {
  const { day, month } = written
  if (!validDay(+day) || !validMonth(+month)) return false
  const context = before(scene, span.at)
  // "24/7" is round the clock unless a day was announced.
  if (day === '24' && month === '7') return /ngày$/.test(context)
  const counted = COUNTED.test(after(scene, span.to))
  if (/^(?:đường|phố|hẻm|ngõ|kiệt)/.test(after(scene, span.to))) return false
  if (SCHOOL.test(context)) return true
  if (NAMED_AFTER.test(context)) return FAMOUS.has(`${+day}/${+month}`)
  if (/^\(?(?:âm|dương|âl|al|dl)(?!\p{L})/u.test(after(scene, span.to)) || DAYS_LISTED.test(context)) return true
  if (DAY_COMES.test(context) && !counted) return true
  if (/ngày$/.test(context)) return true
  if (counted || DAY_NEVER.test(context)) return false
  if (DAY_MAY_COME.test(context) || FAMOUS.has(`${+day}/${+month}`)) return true
  if (CLASSES.test(scene.lower.slice(Math.max(0, span.at - 32), span.at))) return false
  if (GOES_ON_SHARE.test(scene.lower.slice(Math.max(0, span.at - 8), span.at)) && scene.last?.rule === 'fraction')
    return false
  if (followsLast(scene, span.at) && scene.last?.rule === 'number') return false
  if (day.startsWith('0') || month.startsWith('0') || scene.last?.rule === 'range') return true
  if (scene.last?.rule.startsWith('date') === true) return true
  return +day > +month || /^[-–—] ?\d{1,2}\/\d{1,2}/.test(after(scene, span.to))
}

const dayMonth: Rule = (scene, at) => {
  const found = matchAt(DAY_MONTH, scene.text, at)
  if (found === null) return undefined
  const [all, day = '', month = ''] = found
  const to = at + all.length
  if (!isDay(scene, { at, to }, { day, month })) return undefined
  const named = NAMED_AFTER.test(before(scene, at)) || SCHOOL.test(before(scene, at))
  const text = `${named ? sayInteger(day) : dayWords(scene, at, +day)} tháng ${sayMonth(+month)}`
  const doubtful = DAY_COMES.test(before(scene, at)) ? {} : orElse(text, `${sayInteger(day)} trên ${sayInteger(month)}`)
  return say({ text, from: at, to, rule: 'date', ...doubtful })
}

/** Every date rule, the longest writing first; a date begins with one or two figures, or with the four of a year. */
export const dates: Rule = (scene, at) => {
  if (isWordAt(scene.text, at - 1)) return undefined
  const figures = digitsEnd(scene.text, at) - at
  if (figures === 4) return isoDate(scene, at)
  if (figures > 2) return undefined
  return (
    fullDate(scene, at) ??
    shortYear(scene, at) ??
    monthsOfYear(scene, at) ??
    daysOfMonth(scene, at) ??
    monthYear(scene, at) ??
    dayMonth(scene, at) ??
    dashedDay(scene, at) ??
    dottedDay(scene, at)
  )
}
