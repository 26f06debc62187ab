import type { UnitKind } from './model.ts'

/** A name as it is compared: no marks, no capitals, đ as d, one space between words, apostrophes and dots gone. */
export const foldedName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/['’ʼ.`]/g, '')
    .replace(/[\s–—-]+/g, ' ')
    .trim()

/** Words that say what a unit is, folded, longest first; "tt", "tx", "tp" as they are written in lists. */
const prefixes = [
  'thi tran',
  'thanh pho',
  'thi xa',
  'dac khu',
  'phuong',
  'huyen',
  'quan',
  'tinh',
  'xa',
  'thon',
  'khu pho',
  'to dan pho',
  'ban',
  'lang',
  'tt',
  'tx',
  'tp',
] as const

const prefixOf = (folded: string): string | undefined =>
  [...prefixes].sort((a, b) => b.length - a.length).find((prefix) => folded.startsWith(`${prefix} `))

const written: Readonly<Record<string, string>> = { tt: 'thi tran', tx: 'thi xa', tp: 'thanh pho' }

/** A name in two parts: what it is, where that is said, and what it is called. "Thôn 1" is called so: a number is no name. */
export const partsOfName = (text: string): { readonly prefix: string | undefined; readonly rest: string } => {
  const folded = foldedName(text)
  const prefix = prefixOf(folded)
  if (prefix === undefined) return { prefix: undefined, rest: folded }
  const rest = folded.slice(prefix.length + 1)
  return /^\d/.test(rest) ? { prefix: undefined, rest: folded } : { prefix: written[prefix] ?? prefix, rest }
}

type Named = { readonly name: string; readonly shortName: string; readonly kind: UnitKind }

/**
 * How well a unit answers to a name: 3 as it is written, 2 but for marks and capitals, 1 by its name without the word for
 * what it is; 0 not at all. "Phường Châu Ổ" is not "Thị trấn Châu Ổ": a word that says something else does not fit, except
 * that people say xã for what has become a phường or thị trấn, which the last step allows.
 */
export const answersTo = (unit: Named, asked: string): 0 | 1 | 2 | 3 => {
  if (unit.name.normalize('NFC') === asked.normalize('NFC').trim()) return 3
  if (foldedName(unit.name) === foldedName(asked)) return 2
  const own = partsOfName(unit.name)
  const isCalled = (name: string): boolean => name !== '' && (own.rest === name || foldedName(unit.shortName) === name)
  // "Tịnh Hòa" without marks begins like "tỉnh"
  if (isCalled(foldedName(asked))) return 1
  const { prefix, rest } = partsOfName(asked)
  if (!isCalled(rest)) return 0
  if (prefix === undefined || own.prefix === undefined || prefix === own.prefix) return 1
  const ofCommunes = ['xa', 'phuong', 'thi tran', 'dac khu']
  return ofCommunes.includes(prefix) && ofCommunes.includes(own.prefix) ? 1 : 0
}
