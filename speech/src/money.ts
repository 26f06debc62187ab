/** Money: `50.000đ`, `VNĐ`, `50k`, `1tr5`, `$100`. */
import { sayDecimal, sayInteger } from './numbers.ts'
import { after, before, followsLast, followsQuantity, matchAt, orElse, type Rule, type Scene, say } from './scene.ts'

const THOUSAND_K = /(\d{1,5}(?:[.,]\d{1,3})?)(?:k|K)(?![\p{L}\d])/uy
const MILLION_TR = /(\d{1,5}(?:,\d{1,3})?)(?:tr|Tr|TR)(\d{0,3})(?![\p{L}\d])/uy
const CURRENCY_WORD =
  /(?:tr\.?(?= ?đồng)|tr(?= |\/)|tr\.?đ|tỷđ|ng\.?đ|VNĐ|VND|vnđ|vnd|Vnđ|đ|Đ|USD|usd|EUR|đ\.)(?![\p{L}\d])/uy

// biome-ignore format: a table
const CURRENCIES: Readonly<Record<string, string>> = {
  tr: 'triệu', trđ: 'triệu đồng', tỷđ: 'tỷ đồng', ngđ: 'nghìn đồng', vnđ: 'đồng', vnd: 'đồng', đ: 'đồng', usd: 'đô la Mỹ', eur: 'ơ rô',
}

const sayAmount = (written: string): string => {
  const [integer = '', fraction] = written.replace('.', ',').split(',')
  return fraction === undefined ? sayInteger(integer) : sayDecimal(integer, fraction)
}

/** "50k" is thousands of đồng unless something else is counted after it. */
const thousandK: Rule = (scene, at) => {
  const found = matchAt(THOUSAND_K, scene.text, at)
  if (found === null) return undefined
  if (/(?:thực hiện|thông điệp|nguyên tắc|biện pháp|quy tắc|khẩu hiệu|chạy)$/.test(before(scene, at))) return undefined
  const to = at + found[0].length
  const bare = `${sayAmount(found[1] ?? '')} nghìn`
  const counted = /^(?:đồng|đ(?!\p{L})|vnđ|người|lượt|hộ|con|cây|tấn)/u.test(after(scene, to))
  const text = counted ? bare : `${bare} đồng`
  return say({ text, from: at, to, rule: 'money', ...orElse(text, bare) })
}

/** "2tr" and "2tr5", which is two million five hundred thousand. */
const millionTr: Rule = (scene, at) => {
  const found = matchAt(MILLION_TR, scene.text, at)
  if (found === null) return undefined
  const to = at + found[0].length
  const rest = found[2] === '' || found[2] === undefined ? '' : ` ${sayInteger(found[2].padEnd(3, '0'))} nghìn`
  const counted = /^(?:đồng|đ(?!\p{L})|vnđ|người|lượt)/u.test(after(scene, to))
  const text = `${sayAmount(found[1] ?? '')} triệu${rest}${counted ? '' : ' đồng'}`
  return say({ text, from: at, to, rule: 'money' })
}

/** Amounts whose letter is glued to the number. */
export const gluedMoney: Rule = (scene, at) => thousandK(scene, at) ?? millionTr(scene, at)

/** A currency word after a number or after nghìn, triệu, tỷ. */
export const currency: Rule = (scene, at) => {
  const found = matchAt(CURRENCY_WORD, scene.text, at)
  if (found === null) return undefined
  // "số 25 Đ. Phạm Văn Đồng" is a street.
  if (found[0] === 'Đ' && /^Đ\. ?\p{Lu}\p{Ll}/u.test(scene.text.slice(at, at + 5)) && scene.text[at - 1] === ' ')
    return undefined
  // "15 đ/c" are comrades, "5.000đ/cái" is money
  if (/^đ\/c(?!\p{L})/u.test(scene.text.slice(at, at + 4)) && scene.text[at - 1] === ' ') return undefined
  const key = found[0].toLowerCase().replaceAll('.', '')
  const afterScale = followsLast(scene, at) && /(?:nghìn|ngàn|triệu|tỷ|tỉ)$/.test(scene.last?.text ?? '')
  const certain = /^(?:vnđ|vnd|usd)$/.test(key)
  if (!certain && !followsQuantity(scene, at) && !afterScale) return undefined
  // "đ." before a capital is the đồng sign and the end of the sentence.
  const to = at + (key === 'đ' ? found[0].replace(/\.$/, '') : found[0]).length
  if (key === 'đ' && isMark(scene, at)) return say({ text: 'điểm', from: at, to, rule: 'unit', doubtful: ['đồng'] })
  return say({ text: CURRENCIES[key] ?? 'đồng', from: at, to, rule: 'money' })
}

/** "Điểm chuẩn: 24,5đ": marks of a test, which have two figures before the comma and speak of marks. */
const isMark = (scene: Scene, at: number): boolean => {
  const written = scene.lower.slice(Math.max(0, at - 40), at)
  return /(?:^|[^\d.,])\d{1,2}(?:,\d{1,2})? ?$/.test(written) && /điểm|nguyện vọng|nv\d/.test(written)
}

const DOLLARS = /([$€£¥₫])( ?)(\d{1,3}(?:[.,]\d{3}){1,5}|\d{1,15})(?![\d])/y
const SIGNS: Readonly<Record<string, string>> = { $: 'đô la', '€': 'ơ rô', '£': 'bảng Anh', '¥': 'yên', '₫': 'đồng' }

/** A currency sign before its number is said after it. */
export const signedMoney: Rule = (scene, at) => {
  const found = matchAt(DOLLARS, scene.text, at)
  if (found === null) return undefined
  const [all, sign = '', , amount = ''] = found
  const text = `${sayInteger(amount.replace(/[.,]/g, ''))} ${SIGNS[sign] ?? ''}`
  return say({ text, from: at, to: at + all.length, rule: 'money' })
}

/** The name of a currency sign that stands after its number. */
export const currencySign = (char: string): string | undefined => SIGNS[char]
