/** E-mail and web addresses, and tags. */
import { isWordAt, spell } from './characters.ts'
import { sayDigits } from './numbers.ts'
import { matchAt, type Rule, say } from './scene.ts'
import { splitSyllables } from './syllables.ts'

const EMAIL = /[a-z0-9][a-z0-9._+-]{0,63}@(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,10}(?![a-z0-9])/iy
const WEB =
  /(?:https?:\/\/|ftp:\/\/)?(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}(?:vn|com|net|org|gov|edu|info|io|me|tv|asia|biz|app|dev|ly|gl|be|page|link|mobi|eu)(?![a-z0-9-])(?::\d{1,5})?(?:\/[\w\-.~%?=&#/+@:!,;]{0,300})?/iy
const LINK = /https?:\/\/[\w\-.~%?=&#/+@:!,;]{1,300}/iy
const HANDLE = /[@#][\p{L}\d_]{1,60}/uy

/** Names said as words, not letters. */
// biome-ignore format: a table
const SPOKEN: Readonly<Record<string, string>> = {
  www: 'ba vê kép', com: 'com', net: 'nét', org: 'o e rờ giê', gov: 'gờ o vê', edu: 'e đu', vn: 'vê en', gmail: 'gi meo',
  email: 'i meo', mail: 'meo', yahoo: 'da hu', facebook: 'phây búc', fb: 'phây búc', zalo: 'da lô', youtube: 'diu túp',
  google: 'gu gồ', info: 'in phô', online: 'on lai', web: 'oép', portal: 'po tồ', tiktok: 'tích tóc', outlook: 'ao lúc', hotmail: 'hót meo',
}

// biome-ignore format: a table
const SIGNS: Readonly<Record<string, string>> = {
  '.': 'chấm', '@': 'a còng', '/': 'gạch chéo', '-': 'gạch ngang', _: 'gạch dưới', ':': 'hai chấm', '?': 'hỏi chấm', '=': 'bằng',
  '&': 'và', '#': 'thăng', '+': 'cộng', '%': 'phần trăm', '~': 'dấu ngã', '!': 'chấm than', ',': 'phẩy', ';': 'chấm phẩy',
}

/** Runs of letters this short are spelled when they are no word. */
const SPELLED_CHARS_MAX = 5

/** Two letters that end addresses and would make syllables. */
const NOT_SYLLABLES = new Set(['me', 'io', 'tv', 'be', 'ly', 'eu', 'gl', 'ai'])

/** Abbreviations that names of offices start with, longest first. */
const OFFICES = [
  'ubmttq',
  'vphdnd',
  'ubnd',
  'hdnd',
  'mttq',
  'thcs',
  'thpt',
  'bhxh',
  'vhtt',
  'tttt',
  'bch',
  'qlda',
  'stttt',
  'sgd',
  'pgd',
  'vp',
  'ttyt',
  'tyt',
  'cax',
  'ca',
]

const sayRun = (run: string): string => {
  const lower = run.toLowerCase()
  const known = Object.hasOwn(SPOKEN, lower) ? SPOKEN[lower] : undefined
  if (known !== undefined) return known
  if (/^\d/.test(run)) return sayDigits(run)
  const syllables = NOT_SYLLABLES.has(lower) ? undefined : splitSyllables(lower)
  if (syllables !== undefined) return syllables.join(' ')
  const office = OFFICES.find((prefix) => lower.startsWith(prefix) && lower.length > prefix.length)
  if (office !== undefined) return `${spell(office)} ${sayRun(lower.slice(office.length))}`
  return lower.length <= SPELLED_CHARS_MAX || /[^aeiouy]{4}/.test(lower) ? spell(lower) : lower
}

/** An address, sign by sign. */
export const sayAddress = (address: string): string => {
  const pieces = address.match(/\p{L}+|\d+|[^\p{L}\d]/gu) ?? []
  return pieces
    .map((piece) => (/[\p{L}\d]/u.test(piece) ? sayRun(piece) : (SIGNS[piece] ?? '')))
    .filter((piece) => piece !== '')
    .join(' ')
}

/** A sentence may end right after an address; its stop is not part of it. */
const withoutStop = (address: string): string => address.replace(/[.,;:!?/]+$/, '')

const email: Rule = (scene, at) => {
  const found = matchAt(EMAIL, scene.text, at)
  if (found === null) return undefined
  return say({ text: sayAddress(found[0]), from: at, to: at + found[0].length, rule: 'address.email' })
}

const web: Rule = (scene, at) => {
  const found = matchAt(WEB, scene.text, at) ?? matchAt(LINK, scene.text, at)
  if (found === null) return undefined
  const address = withoutStop(found[0])
  // "TP.Me" and "xã.Tv" are sentences without a space, not addresses.
  if (/\p{Lu}/u.test(address[0] ?? '') && !/^(?:www|http)/i.test(address) && !/[./]\p{Ll}{2,4}(?:\/|$)/u.test(address))
    return undefined
  const bare = address.replace(/^(?:https?|ftp):\/\//i, '')
  const text = sayAddress(bare)
  return text === '' ? undefined : say({ text, from: at, to: at + address.length, rule: 'address.web' })
}

/** How far the shape of an address is looked for before trying the longer expressions. */
const SHAPE_CHARS = 80

/** An e-mail or web address that starts with a letter or digit. */
export const addresses: Rule = (scene, at) => {
  if (scene.text.charCodeAt(at) > 0x7a || isWordAt(scene.text, at - 1) || /[@._/-]/.test(scene.text[at - 1] ?? ''))
    return undefined
  const shape = scene.text.slice(at, at + SHAPE_CHARS)
  if (!/^[A-Za-z0-9._+-]*(?:@|:\/\/|\.[A-Za-z])/.test(shape)) return undefined
  return email(scene, at) ?? web(scene, at)
}

/** "@thontin" and "#ChuyenDoiSo": a page name or a tag. */
export const handles: Rule = (scene, at) => {
  const found = matchAt(HANDLE, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return undefined
  const name = found[0].slice(1)
  if (/^\d+$/.test(name) || !/\p{L}/u.test(name)) return undefined
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[ _]+/)
    .filter((word) => word !== '')
  const said = words.map((word) => sayAddress(word)).join(' ')
  const text = found[0].startsWith('@') ? `a còng ${said}` : said
  return say({ text, from: at, to: at + found[0].length, rule: 'address.tag' })
}
