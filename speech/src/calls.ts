/** Short numbers people call: 113, 1022, `*101#`, and local numbers without an area code. A wrong figure here costs lives. */

import { sayDigits } from './numbers.ts'
import { after, before, type Hit, matchAt, type Rule, type Said, type Scene, say } from './scene.ts'

/** How far back the words of a call are looked for: "Mọi chi tiết xin liên hệ ông … theo số". */
const CALL_CHARS = 56

const since = (scene: Scene, at: number): string => {
  const text = scene.lower.slice(Math.max(0, at - CALL_CHARS), at)
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('. ')) + 1)
}

const CALLS =
  /(?:^|[^\p{L}])(?:báo cháy|cứu nạn|cứu hộ|gọi|bấm|quay|quay số|tổng đài|điện thoại|nóng|cấp cứu|cứu thương|cứu hỏa|trực|trực ban|trực đêm|cảnh sát|công an|chữa cháy|hotline|liên hệ|đầu số|sđt|nhắn tin|các số)(?: ngay| qua| theo| tới| đến)?(?: số)?(?: máy)?:? ?$/u
const CALLS_GO_ON =
  /(?:gọi|quay|bấm|điện thoại|số|nóng|đài|hotline|sđt)[^.]{0,12} (?:1\d\d|1\d{3,4})(?: ?\([^()]{1,24}\))?(?:,|;|\/| -| –| và| hoặc| hay)* ?$/
const SERVICE_FOLLOWS =
  /^(?:\(|để |khi |[-–:] ?)?(?:tìm kiếm|cứu nạn|cứu hộ|cứu hỏa|cứu thương|cấp cứu|báo cháy|chữa cháy|phòng cháy|bảo vệ trẻ em)/
const NUMBER_FOLLOWS = /^(?:hoặc|và|hay|,|;|\/|[-–]) ?(?:0\d|1[89]00|11[1-5](?!\d))/
const SERVICE_IN_BRACKETS = /^(?:\(|[-–:] ?)(?:công an|cảnh sát|cứu|cấp|báo|chữa|phòng|bảo)/
/** "công an 113 xã" counts communes. */
const COUNTED =
  /^(?:vụ|xã|phường|huyện|tỉnh|thôn|hộ|chiến sĩ|cán bộ|đồng chí|trường hợp|đối tượng|ha|km|tỷ|triệu)(?!\p{L})/u

const NUMBER_BEFORE = /\d(?: ?\([^()]{1,24}\))?(?:,|;|\/| -| –)*(?: hoặc| hay| và)?,? ?$/
const PHONE_BEFORE =
  /(?:\(?0[\d. ()-]{8,14}|1[89]00[ .]?\d{4,6})(?: ?\([^()]{1,24}\))?(?:,|;|\/| -| –)*(?: hoặc| hay| và)?,? ?$/
const SPEAKS_OF_CALLING = /gọi|quay|bấm|điện thoại|hotline|nóng|tổng đài|liên hệ|sđt|đt:|số máy/

/** Another number to call stands just before, with nothing but a sign or "hoặc" between. */
const afterNumber = (context: string): boolean =>
  PHONE_BEFORE.test(context) || (NUMBER_BEFORE.test(context) && SPEAKS_OF_CALLING.test(context))

const isCalled = (scene: Scene, at: number, next: string): boolean => {
  const context = since(scene, at)
  if (CALLS.test(context)) return !COUNTED.test(next)
  if (afterNumber(context) && !COUNTED.test(next)) return true
  if (/(?:số|gọi|nóng) $/.test(context) && NUMBER_FOLLOWS.test(next)) return true
  if (SPEAKS_OF_CALLING.test(context) && /^(?:khi|để|nếu)(?!\p{L})/u.test(next)) return true
  if (CALLS_GO_ON.test(context) || SERVICE_FOLLOWS.test(next) || SERVICE_IN_BRACKETS.test(next)) return true
  return scene.last?.rule === 'phone' && /^[\s,;/–-]*(?:hoặc|và|hay)?\s*$/.test(scene.lower.slice(scene.last.to, at))
}

const EMERGENCY = /11[1-5](?!\d|[.,/:-]\d)/y
const SHORT = /(?:1\d{3,4}|[2-9]\d{3}|[1-9]\d{2})(?!\d|[.,/:]\d)/y
const SENT_TO = /(?:soạn|nhắn tin|tin nhắn|sms)[^.]{0,40} (?:gửi|đến|tới)(?: đến| tới)?(?: số| đầu số| tổng đài)? ?$/
const SERVICE_NUMBER =
  /(?:tổng đài|hotline|nóng|gọi số|gọi|bấm|nhắn tin|đầu số)(?: ngay| qua| theo| tới| đến)?(?: số)?:? ?$/

const isServiceNumber = (scene: Scene, at: number, next: string): boolean => {
  const context = since(scene, at)
  if (SERVICE_NUMBER.test(before(scene, at))) return true
  if (scene.text.startsWith('1022', at) && SPEAKS_OF_CALLING.test(context)) return true
  return /1[89]00[\d ]{2,6}|1022/.test(context) && NUMBER_BEFORE.test(context) && !COUNTED.test(next)
}

/** A number of three to five figures that is called; where that is possible but not sure, both readings are offered. */
export const shortCalls: Rule = (scene, at) => {
  const emergency = matchAt(EMERGENCY, scene.text, at)
  const found = emergency ?? matchAt(SHORT, scene.text, at)
  if (found === null) return undefined
  const to = at + found[0].length
  const next = after(scene, to)
  const called =
    emergency !== null
      ? isCalled(scene, at, next)
      : SENT_TO.test(since(scene, at)) || (/^1\d{3}/.test(found[0]) && isServiceNumber(scene, at, next))
  return called ? say({ text: sayDigits(found[0]), from: at, to, rule: 'number.digits' }) : undefined
}

/** "112" at the end of a clause, where nothing is counted, may be a number to call. */
export const mayBeCalled = (scene: Scene, at: number, digits: string): boolean =>
  /^11[1-5]$/.test(digits) &&
  !/(?:^|[^\p{L}])(?:xóm|thôn|tổ|lô|thửa|đội|trang|phòng|điều|mục|km|quốc lộ|đường|nhà|năm)$/u.test(
    before(scene, at),
  ) &&
  /^ *(?:$|[.,;:)\n])/.test(scene.text.slice(at + 3, at + 8))

const STAR_CODE = /\*(\d{2,5})((?:\*\d{1,16}){0,3})#/y

/** `*101#` → "sao một không một thăng". */
export const starCodes: Rule = (scene, at) => {
  const found = matchAt(STAR_CODE, scene.text, at)
  if (found === null) return undefined
  const groups = found[0].slice(1, -1).split('*').map(sayDigits)
  return say({ text: `sao ${groups.join(' sao ')} thăng`, from: at, to: at + found[0].length, rule: 'phone' })
}

const LOCAL = /\d{1,4}(?:[. -]\d{3,4}){1,2}(?![\d,]|\.\d)|\d{7,8}(?![\d,]|\.\d)/y
const LOCAL_DIGITS = new Set([7, 8])
const TELEPHONE =
  /(?:^|[^\p{L}])(?:điện thoại|đt|sđt|máy bàn|số máy|gọi|hotline|đường dây nóng|fax|tel|liên hệ)(?: số)?(?: bàn)? ?[:.]? ?$/u

/** "(0255) 3822 124 - 3822 125": another number after one that was told figure by figure. */
const followsCall = (scene: Scene, at: number): boolean => {
  if (scene.last?.rule === 'phone') return /^[\s,;/–-]*$/.test(scene.text.slice(scene.last.to, at))
  return /^(?:hoặc|hay)$/.test(scene.last?.text ?? '') && afterNumber(since(scene, at))
}

/** "ĐT: 3851.234": a number without its area code, only where a telephone is spoken of. */
export const localNumbers: Rule = (scene, at) => {
  const found = matchAt(LOCAL, scene.text, at)
  if (found === null || !LOCAL_DIGITS.has(found[0].replace(/\D/g, '').length)) return undefined
  if (!TELEPHONE.test(since(scene, at)) && !followsCall(scene, at)) return undefined
  return groupsOf(found[0], at)
}

/** Runs of seven figures are told in four and three. */
const groupsOf = (written: string, at: number): Hit => {
  const said: Said[] = []
  for (const run of written.matchAll(/\d{5,8}|\d+/g)) {
    const from = at + run.index
    const cut = run[0].length > 4 ? run[0].length - 3 : run[0].length
    for (const [start, end] of [
      [0, cut],
      [cut, run[0].length],
    ] as const) {
      if (end > start)
        said.push({
          text: sayDigits(run[0].slice(start, end)),
          from: from + start,
          to: from + end,
          rule: 'phone',
          pause: 'short',
        })
    }
  }
  const last = said.at(-1)
  if (last !== undefined) said[said.length - 1] = { ...last, pause: 'none' }
  return { to: at + written.length, said }
}
