import { openRoom, type Part, type Span } from './parts.ts'

/** A unit that a dispatch may name. */
export type Place = {
  readonly unit: string
  readonly name: string
  /** The name that the dispatch may use, where it is one that the unit, or what became part of it, had before. */
  readonly was?: string
}
/** `sure`: no other unit goes by that name. */
export type NamedPlace = Span & Place & { readonly sure: boolean }

const HEAD = /^(thôn|tổ dân phố|tdp|khu dân cư|kdc|khu phố|làng|xóm|bản|nóc|xã|phường|thị trấn)\s+/u
/** "Thôn 1 (Bình Mỹ)" is written as "thôn 1": what stands in brackets tells villages of one name apart. */
const bare = (name: string): string => name.replace(/\s*\([^)]*\)\s*$/u, '')
export const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('vi')
const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character)

type Known = { readonly written: string; readonly places: readonly Place[] }

const knownOf = (places: readonly Place[]): readonly Known[] => {
  const byName = new Map<string, Place[]>()
  for (const place of places) {
    const names = place.was === undefined ? [place.name, bare(place.name)] : [place.was]
    for (const written of new Set(names.map(folded))) {
      byName.set(written, [...(byName.get(written) ?? []), place])
    }
  }
  return [...byName]
    .filter(([written]) => HEAD.test(written))
    .map(([written, of]) => ({ written, places: of }))
    .sort((a, b) => b.written.length - a.written.length)
}

const NUMBERED = /(thôn|tổ dân phố|tổ|khu phố)\s{1,5}(\d{1,2}(?:\s{0,5}(?:,|và|–|-)\s{0,5}\d{1,2})+)/gu

/** "các thôn 1, 2 và 4" names three villages: each number with the word before the first. */
const numbered = (text: string, within: Span): readonly (Span & { readonly written: string })[] =>
  [...text.slice(within.from, within.to).matchAll(NUMBERED)].flatMap((match) => {
    const [whole, head = '', list = ''] = match
    const start = within.from + match.index + whole.length - list.length
    return [...list.matchAll(/\d{1,2}/g)].map((number) => ({
      written: `${head} ${number[0]}`,
      from: start + number.index,
      to: start + number.index + number[0].length,
    }))
  })

/** Places named in the parts that speak to people. Each unit once, where it is first named. */
export const placesIn = (text: string, parts: readonly Part[], places: readonly Place[]): readonly NamedPlace[] => {
  const known = knownOf(places)
  const whole = folded(text)
  const found = new Map<string, NamedPlace>()
  const add = (span: Span, of: readonly Place[]): void => {
    for (const place of of) {
      if (!found.has(place.unit)) found.set(place.unit, { ...span, ...place, sure: of.length === 1 })
    }
  }
  for (const part of parts) {
    if (part.kind !== 'body' && part.kind !== 'subject' && part.kind !== 'addressee') continue
    const take = openRoom(part)
    const line = whole.slice(part.from, part.to)
    for (const { written, places: of } of known) {
      for (let at = line.indexOf(written); at >= 0; at = line.indexOf(written, at + 1)) {
        const span = { from: part.from + at, to: part.from + at + written.length }
        const isWord = !isLetter(whole[span.from - 1]) && !isLetter(whole[span.to])
        if (isWord && take(span)) add(span, of)
      }
    }
    for (const { written, ...span } of numbered(whole, part)) {
      const match = known.find((each) => each.written === written)
      if (match !== undefined) add(span, match.places)
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from)
}
