/** Units of measure, single and compound: `ha`, `m³/s`, `°C`, `người/km²`. */
import { MICRO } from './characters.ts'
import { UNITS, UNITS_ALWAYS } from './data/units.ts'
import { before, followsLast, followsQuantity, type Hit, matchAt, type Rule, type Scene, say } from './scene.ts'

const UNIT = /([A-Za-z\ue001]{1,5}[23²³]?)(?![\p{L}\d²³'’])/uy
const OVER = / ?\/ ?([A-Za-z\ue001]{1,5}[23²³]?)(?![\p{L}\d²³])/uy
const DEGREE = /° ?([CcFKNSEWĐBTn])?(?![\p{L}])/uy

const nameOf = (written: string): string | undefined =>
  UNITS.get(written) ?? UNITS.get(written.replace('2', '²').replace('3', '³').replace(MICRO, 'µ'))

/** True for a symbol that is a unit wherever it stands. */
export const isUnit = (written: string): boolean => UNITS.has(written)

/** Words after which a bare unit is meant: "mười héc ta", "đơn vị tính: ha". */
const MEASURES =
  /(?:nghìn|ngàn|triệu|tỷ|vạn|trăm|chục|mươi|mười|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mỗi|trên|tính|tính là|vài|mấy|nửa|khối)$/

const isMeasured = (scene: Scene, at: number): boolean =>
  followsQuantity(scene, at) || (followsLast(scene, at) && MEASURES.test(scene.last?.text.toLowerCase() ?? ''))

/** Inside brackets or after "đơn vị tính:" a unit stands alone. */
const standsAlone = (scene: Scene, at: number, to: number): boolean =>
  (scene.text[at - 1] === '(' && scene.text[to] === ')') ||
  /đơn vị(?: tính)? ?: ?$/.test(scene.lower.slice(Math.max(0, at - 20), at))

/** "0,3M", "250MM" among capitals, and "M" glued to a decimal: metres, not a letter. */
const nameInCapitals = (scene: Scene, at: number, written: string): string | undefined => {
  const glued = scene.last?.rule === 'number.decimal' && scene.last.to === at
  return scene.capsLine || (glued && written === 'M') || /^[CM]?M[23²³]$/.test(written)
    ? nameOf(written.toLowerCase())
    : undefined
}

const withDivisor = (scene: Scene, unit: { name: string; at: number; to: number }): Hit => {
  const over = matchAt(OVER, scene.text, unit.to)
  const divisor = over === null ? undefined : (nameOf(over[1] ?? '') ?? nameInCapitals(scene, unit.to, over[1] ?? ''))
  if (over === null || divisor === undefined) return say({ text: unit.name, from: unit.at, to: unit.to, rule: 'unit' })
  return say({ text: `${unit.name} trên ${divisor}`, from: unit.at, to: unit.to + over[0].length, rule: 'unit' })
}

/** A unit after a number, or a symbol that can be nothing else ("km", "kWh"). */
export const units: Rule = (scene, at) => {
  if (scene.text.charCodeAt(at) > 0x7a && scene.text[at] !== MICRO) return undefined
  const found = matchAt(UNIT, scene.text, at)
  if (found === null) return undefined
  const written = found[1] ?? ''
  const name = nameOf(written) ?? nameInCapitals(scene, at, written)
  if (name === undefined) return undefined
  const to = at + written.length
  if (/^[tTvs]$/.test(written) && scene.last?.to !== at) return undefined
  const certain = UNITS_ALWAYS.has(written.replace(MICRO, 'µ'))
  if (!certain && !isMeasured(scene, at) && !standsAlone(scene, at, to)) return undefined
  if (written === 't') return tonnesOrYears(scene, at)
  return withDivisor(scene, { name, at, to })
}

/** Nobody is older. */
const AGE_MAX = 120
const PEOPLE = /(?:người|trẻ|cháu|cụ|ông|bà|nam|nữ|cử tri|tuổi|bệnh nhân|bn|đối tượng)[^.\n]{0,24}$/u

/** "80t": a weight beside loads, an age beside people; with neither it is doubtful. */
const tonnesOrYears: Rule = (scene, at) => {
  const value = Number(/\d+$/.exec(scene.text.slice(Math.max(0, at - 6), at))?.[0] ?? AGE_MAX + 1)
  const whole = value <= AGE_MAX && scene.last?.rule === 'number'
  const span = { from: at, to: at + 1, rule: 'unit' }
  if (!whole) return withDivisor(scene, { name: 'tấn', at, to: at + 1 })
  if (PEOPLE.test(before(scene, at))) return say({ ...span, text: 'tuổi' })
  const load = /(?:xe|tải|trọng|cầu|lúa|thóc|gạo|phân|cá|sắn|mía|keo|sản lượng|hàng)[^.\n]{0,24}$/u.test(
    before(scene, at),
  )
  return load ? withDivisor(scene, { name: 'tấn', at, to: at + 1 }) : say({ ...span, text: 'tấn', doubtful: ['tuổi'] })
}

// biome-ignore format: a table
const DEGREE_OF: Readonly<Record<string, string>> = {
  C: 'độ xê', c: 'độ xê', F: 'độ ép', K: 'độ ca', N: 'độ vĩ Bắc', B: 'độ vĩ Bắc', S: 'độ vĩ Nam', E: 'độ kinh Đông',
  Đ: 'độ kinh Đông', W: 'độ kinh Tây', T: 'độ kinh Tây',
}

/** The degree sign: temperature, and latitude or longitude. */
export const degrees: Rule = (scene, at) => {
  const found = matchAt(DEGREE, scene.text, at)
  if (found === null) return undefined
  const text = DEGREE_OF[found[1] ?? ''] ?? 'độ'
  const to = at + (found[1] === undefined ? 1 : found[0].length)
  return say({ text, from: at, to, rule: 'unit' })
}

const COORDINATE = /([NSEWĐB])(?![\p{L}\d.])/uy
const NORTH_EAST = /([NE])(?![\p{L}\d.])/uy
const OLD_DEGREE = /(?:o|0)C(?![\p{L}\d])/uy

/** "15°30'N" and "38oC": a direction or a typed degree after a number. */
export const degreeLetters: Rule = (scene, at) => {
  if (!followsQuantity(scene, at)) return undefined
  const old = matchAt(OLD_DEGREE, scene.text, at)
  if (old !== null && scene.text[at] === 'o')
    return say({ text: 'độ xê', from: at, to: at + old[0].length, rule: 'unit' })
  const bare = scene.last?.to === at && /^number/.test(scene.last.rule) ? matchAt(NORTH_EAST, scene.text, at) : null
  if (bare !== null) return say({ text: DEGREE_OF[bare[1] ?? ''] ?? '', from: at, to: at + 1, rule: 'unit' })
  const glued = scene.last?.to === at && (scene.last.rule === 'time' || scene.last.text.endsWith('độ'))
  const found = glued ? matchAt(COORDINATE, scene.text, at) : null
  if (found === null) return undefined
  const direction = (DEGREE_OF[found[1] ?? ''] ?? '').replace('độ ', '')
  return say({ text: direction, from: at, to: at + 1, rule: 'unit' })
}
