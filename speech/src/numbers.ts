/** Numbers in Vietnamese words. Everything takes strings of ASCII digits, so no figure is ever rounded. */

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** Beyond this many digits a number is read digit by digit: nobody can follow "tỷ tỷ tỷ". */
const INTEGER_DIGITS_MAX = 18

const digitName = (digit: string | number): string => DIGITS[Number(digit)] ?? ''

/** Digits one by one: `0905` → "không chín không năm". */
export const sayDigits = (digits: string): string => {
  const said: string[] = []
  for (const digit of digits) said.push(digitName(digit))
  return said.join(' ')
}

/** The unit digit after a tens word: mốt after 20–90, tư after 20–90, lăm after every ten. */
const unitAfterTens = (tens: number, unit: number): string => {
  if (unit === 1 && tens > 1) return 'mốt'
  if (unit === 4 && tens > 1) return 'tư'
  return unit === 5 ? 'lăm' : digitName(unit)
}

const sayBelowHundred = (value: number): string => {
  const tens = Math.floor(value / 10)
  const unit = value % 10
  if (tens === 0) return digitName(unit)
  const head = tens === 1 ? 'mười' : `${digitName(tens)} mươi`
  return unit === 0 ? head : `${head} ${unitAfterTens(tens, unit)}`
}

/** Three digits; inside a longer number the hundreds are always said ("không trăm linh năm"). */
const sayTriple = (value: number, inside: boolean): string => {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0 && !inside) return sayBelowHundred(rest)
  const head = `${digitName(hundreds)} trăm`
  if (rest === 0) return head
  return rest < 10 ? `${head} linh ${digitName(rest)}` : `${head} ${sayBelowHundred(rest)}`
}

const SCALES = ['', ' nghìn', ' triệu']

/** Up to nine digits; `inside` when something greater was said before. */
const sayBelowBillion = (digits: string, inside: boolean): string => {
  const value = Number(digits)
  if (value < 1000) return value === 0 ? '' : sayTriple(value, inside)
  let said = ''
  for (const [scale, divisor] of [
    [2, 1_000_000],
    [1, 1000],
    [0, 1],
  ] as const) {
    const triple = Math.floor(value / divisor) % 1000
    if (triple === 0) continue
    const words = sayTriple(triple, inside || said !== '') + (SCALES[scale] ?? '')
    said = said === '' ? words : `${said} ${words}`
  }
  return said
}

/** An integer: `1107` → "một nghìn một trăm linh bảy". Leading zeros of counts are not said. */
export const sayInteger = (digits: string): string => {
  const bare = digits.replace(/^0+/, '')
  if (bare === '') return 'không'
  if (bare.length > INTEGER_DIGITS_MAX) return sayDigits(digits)
  const low = sayBelowBillion(bare.slice(-9), bare.length > 9)
  if (bare.length <= 9) return low
  const high = `${sayBelowBillion(bare.slice(0, -9), false)} tỷ`
  return low === '' ? high : `${high} ${low}`
}

/** Digits after the comma: zeros one by one, then up to three digits as a number, more digit by digit. */
export const sayFraction = (digits: string): string => {
  const rest = digits.replace(/^0+/, '')
  const zeros = sayDigits(digits.slice(0, digits.length - rest.length))
  if (rest === '') return zeros
  const tail = rest.length <= 3 ? sayInteger(rest) : sayDigits(rest)
  return zeros === '' ? tail : `${zeros} ${tail}`
}

/** A decimal: `1017`, `52` → "một nghìn không trăm mười bảy phẩy năm mươi hai". */
export const sayDecimal = (integer: string, fraction: string): string =>
  `${sayInteger(integer)} phẩy ${sayFraction(fraction)}`

/** The number of a document or a code: its leading zeros are said ("không bảy"). */
export const sayCode = (digits: string): string => {
  const bare = digits.replace(/^0+/, '')
  const zeros = sayDigits(digits.slice(0, digits.length - bare.length))
  if (bare === '') return zeros
  return zeros === '' ? sayInteger(bare) : `${zeros} ${sayInteger(bare)}`
}

/** A day of the month: the first ten days are "mùng". */
export const sayDay = (day: number): string => (day <= 10 ? `mùng ${digitOrTen(day)}` : sayInteger(String(day)))

const digitOrTen = (value: number): string => (value === 10 ? 'mười' : digitName(value))

/** A month: the fourth is "tư". */
export const sayMonth = (month: number): string => (month === 4 ? 'tư' : sayInteger(String(month)))
