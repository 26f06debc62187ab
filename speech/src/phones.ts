/** Telephone numbers: digit by digit, with a rest between groups. */
import { isWordAt } from './characters.ts'
import { sayDigits } from './numbers.ts'
import { before, type Hit, matchAt, type Rule, type Said, type Scene } from './scene.ts'

/** A dash between blanks follows the area code only: elsewhere it parts two numbers, as a group that begins like one does. */
const GROUPED = /\(?(?:\+ ?84|0\d{1,4})\)?[ .-]{1,3}\d{2,4}(?:[ .-](?!0\d{2,3}[ .-]\d)\d{2,4}){1,3}(?!\d)/y
const AREA_IN_BRACKETS = /\((?:\+ ?84|84-\d{2,3})\) ?\d{7,10}(?![\d])/y
const SPLIT_LANDLINE = /\(?0\d{2,3}\)?[. ]\d[. ]\d{3}[. ]\d{3}(?![\d])/y
const EMERGENCY = /11[1-5](?:\/11[1-5]){1,4}(?![\d/])/y
const AREA_AND_NUMBER = /\(?0\d{2,3}\)?(?: ?[ .-] ?|(?<=\)) ?)\d{6,8}(?![\d])/y
const PLUS_AREA = /\+ ?84[ .-]{1,2}\(?\d{2,3}\)?[ .-]{1,2}\d{6,8}(?!\d)/y
const BRACKETED = /\(?0\d{2,3}\) ?\d{3,4}[. -]\d{3,4}(?!\d)/y
const MOBILE = /(?:\+84|0)\d{9,10}(?![\d])/y
const SERVICE = /1[89]00(?:[ .-]?\d{2,4}){1,2}(?![\d])/y

const DIGITS_MIN = 8
const DIGITS_MAX = 13

const GROUP_SIZES: Readonly<Record<number, readonly number[]>> = {
  5: [2, 3],
  6: [3, 3],
  7: [4, 3],
  8: [4, 4],
  9: [3, 3, 3],
  10: [4, 3, 3],
  11: [4, 4, 3],
}

/** Mobile numbers are told in groups of four, three and three. */
const cut = (digits: string): readonly string[] => {
  if (digits.length <= 4) return [digits]
  const landline = digits.length === 5 && digits.startsWith('0')
  const sizes = landline ? [4, 1] : /^1[89]00/.test(digits) ? [4, 4] : (GROUP_SIZES[digits.length] ?? [3, 3, 3, 3, 3])
  const groups: string[] = []
  let at = 0
  for (const size of sizes) {
    groups.push(digits.slice(at, at + size))
    at += size
  }
  return groups.filter((group) => group !== '')
}

const sayRun = (run: string, at: number, plus: boolean): readonly Said[] => {
  let from = at
  return cut(run).map((group, index) => {
    const text = plus && index === 0 ? `cộng ${sayDigits(group)}` : sayDigits(group)
    const said: Said = { text, from, to: from + group.length, rule: 'phone', pause: 'short' }
    from += group.length
    return said
  })
}

/** The groups as written; a run without spaces is cut into groups. */
const groups = (written: string, at: number): Hit => {
  const said: Said[] = []
  for (const run of written.matchAll(/\d+/g)) {
    const plus = run.index > 0 && /\+ ?$/.test(written.slice(0, run.index))
    said.push(...sayRun(run[0], at + run.index, plus))
  }
  const last = said.at(-1)
  if (last !== undefined) said[said.length - 1] = { ...last, pause: 'none' }
  return { to: at + written.length, said }
}

/** A written date such as 05-09-2016 or a range of years is no telephone number. */
const isDate = (written: string): boolean => /^\(?\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2}$/.test(written)

const matchNumber = (scene: Scene, at: number): RegExpExecArray | null =>
  matchAt(SPLIT_LANDLINE, scene.text, at) ??
  matchAt(AREA_IN_BRACKETS, scene.text, at) ??
  matchAt(PLUS_AREA, scene.text, at) ??
  matchAt(BRACKETED, scene.text, at) ??
  matchAt(GROUPED, scene.text, at) ??
  matchAt(AREA_AND_NUMBER, scene.text, at) ??
  matchAt(MOBILE, scene.text, at)

const INTERNATIONAL = /84[35789]\d{8}(?!\d|[.,]\d)/y

/** "84905123456": the number of this country without its plus. */
const international: Rule = (scene, at) => {
  const found = matchAt(INTERNATIONAL, scene.text, at)
  return found === null || isWordAt(scene.text, at - 1) ? undefined : groups(found[0], at)
}

/** Money and quantities never start with a zero; "1900" needs more digits after it. */
export const phones: Rule = (scene, at) => {
  const first = scene.text[at] ?? ''
  // Every number of a telephone begins with 0, +84, a bracket, 1800, 1900 or 11x.
  if (first > '1' && first <= '9') return international(scene, at)
  const glued = scene.text[at - 1] ?? ' '
  if (isWordAt(scene.text, at - 1) || '.,'.includes(glued) || (glued === '/' && scene.last?.text !== 'hoặc'))
    return undefined
  const emergency = matchAt(EMERGENCY, scene.text, at)
  if (emergency !== null) return groups(emergency[0], at)
  const found = first === '1' ? matchAt(SERVICE, scene.text, at) : matchNumber(scene, at)
  if (found === null) return undefined
  const digits = found[0].replace(/\D/g, '').length
  if (digits < DIGITS_MIN || digits > DIGITS_MAX || isDate(found[0])) return undefined
  if (/(?:đồng|từ năm|tài khoản|stk)$/.test(before(scene, at))) return undefined
  return groups(found[0], at)
}
