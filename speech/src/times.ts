/** Times of day: `14h30`, `7h00`, `05:30`, `14g30`, `24h`. */
import { isWordAt } from './characters.ts'
import { sayInteger } from './numbers.ts'
import { after, before, matchAt, type Rule, type Scene, say } from './scene.ts'

const HOUR_LETTER = /(\d{1,2}) ?(?:[hHg]|giờ ?)(\d{1,2})(?: ?(?:phút|ph|p|'))?(?:(\d{1,2})(?:"|''|s))?(?![\d\p{L}])/uy
const WHOLE_HOUR = /(\d{1,3}) ?[hH](?![\p{L}\d])/uy
const COLON = /(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?[hH])?(?![\d:\p{L}])/uy
const MINUTES = /(\d{1,3})'(?:(\d{1,2})(?:"|''))?(?=[NSEWBĐT](?!\p{L})|[^\p{L}\d]|$)/uy

const MINUTES_P = /(\d{1,3})p(?![\p{L}\d/])/uy

const clock = (hour: string, minute = '0', second = '0'): string => {
  const minutes = +minute > 0 || +second > 0 ? ` ${sayInteger(minute)} phút` : ''
  const seconds = +second > 0 ? ` ${sayInteger(second)} giây` : ''
  return `${sayInteger(hour)} giờ${minutes}${seconds}`
}

const isClock = (hour: string, minute = '0', second = '0'): boolean => +hour <= 24 && +minute < 60 && +second < 60

const hourLetter: Rule = (scene, at) => {
  const found = matchAt(HOUR_LETTER, scene.text, at)
  if (found === null) return undefined
  const [all, hour = '', minute, second] = found
  if (!isClock(hour, minute, second) || (/giờ \d{1,2}$/.test(all) && !endsTime(scene, at + all.length)))
    return undefined
  return say({ text: clock(hour, minute, second), from: at, to: at + all.length, rule: 'time' })
}

/** "9 giờ 15" is a time only when nothing is counted after it. */
const endsTime = (scene: Scene, to: number): boolean =>
  /^ *(?:$|[.,;:)\n–-]|ngày|sáng|trưa|chiều|tối|đêm|đến|tại|hôm|và|thứ|cùng|hằng|hàng|mỗi)/.test(
    scene.lower.slice(to, to + 12),
  )

const HOUR_G = /(\d{1,2})g(?![\p{L}\d])/uy
const HOUR_COMES = /(?:^|[^\p{L}])(?:lúc|hồi|khoảng lúc|giờ|\d ?(?:giờ|g|h|phút|g\d{2}|h\d{2}) ?[-–])$/u
const HOUR_MAY_COME = /(?:^|[^\p{L}])(?:từ|đến|tới|trước|sau|vào)$/u
const HOUR_GOES_ON = /^(?:sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm|[-–] ?\d{1,2}g\d|[-–] ?\d{1,2}h|đến \d{1,2}g\d)/

/** "9g" is an hour in the South and a weight everywhere; where nothing decides, it is a weight and doubtful. */
const hourG: Rule = (scene, at) => {
  const found = matchAt(HOUR_G, scene.text, at)
  if (found === null || +(found[1] ?? '') > 24) return undefined
  const to = at + found[0].length
  const context = before(scene, at)
  const hour = `${sayInteger(found[1] ?? '')} giờ`
  const weight = `${sayInteger(found[1] ?? '')} gam`
  if (HOUR_COMES.test(context) || HOUR_GOES_ON.test(after(scene, to)))
    return say({ text: hour, from: at, to, rule: 'time' })
  if (!HOUR_MAY_COME.test(context)) return undefined
  return say({ text: weight, from: at, to, rule: 'unit', doubtful: [hour] })
}

/** "72h" is a length of time, so any number of hours will do. */
const wholeHour: Rule = (scene, at) => {
  const found = matchAt(WHOLE_HOUR, scene.text, at)
  if (found === null) return undefined
  return say({ text: `${sayInteger(found[1] ?? '')} giờ`, from: at, to: at + found[0].length, rule: 'time' })
}

/** A colon between numbers is a time unless the words before speak of a ratio or a scale. */
const colon: Rule = (scene, at) => {
  const found = matchAt(COLON, scene.text, at)
  if (found === null || /(?:tỷ lệ|tỉ lệ|tỷ số|tỉ số|pha|bản đồ)$/.test(before(scene, at))) return undefined
  const [all, hour = '', minute, second] = found
  if (!isClock(hour, minute, second)) return undefined
  return say({ text: clock(hour, minute, second), from: at, to: at + all.length, rule: 'time' })
}

const minutes: Rule = (scene, at) => {
  const short = matchAt(MINUTES_P, scene.text, at)
  if (short !== null)
    return say({ text: `${sayInteger(short[1] ?? '')} phút`, from: at, to: at + short[0].length, rule: 'time' })
  const found = matchAt(MINUTES, scene.text, at)
  if (found === null) return undefined
  const seconds = found[2] === undefined ? '' : ` ${sayInteger(found[2])} giây`
  return say({ text: `${sayInteger(found[1] ?? '')} phút${seconds}`, from: at, to: at + found[0].length, rule: 'time' })
}

/** Every time rule; a time never starts inside a longer number. */
export const times: Rule = (scene, at) => {
  if (isWordAt(scene.text, at - 1)) return undefined
  return hourLetter(scene, at) ?? hourG(scene, at) ?? wholeHour(scene, at) ?? colon(scene, at) ?? minutes(scene, at)
}
