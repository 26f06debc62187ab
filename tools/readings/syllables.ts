/** Compares two readings of one engine, syllable by syllable, and writes the sounds of one down as words where they can be. */

/** One syllable as the engine makes it, without stress, or a run it says in another language. */
export type Sound = string

/** "(en)…(vi)": the engine left Vietnamese. */
const FOREIGN = /\((?!vi\))[a-z-]+\)(.*?)(?:\(vi\)|$)/gsu
export const FOREIGN_MARK = '«'

/** The syllables of an IPA answer, in order. */
export const soundsOf = (ipa: string): readonly Sound[] =>
  ipa
    .replace(FOREIGN, (_, run: string) => ` ${FOREIGN_MARK}${run.replace(/[\s_1-7]/g, '')}» `)
    .replaceAll('(vi)', ' ')
    .split(/\s+/)
    .flatMap((word) => (word.startsWith(FOREIGN_MARK) ? [word] : cut(word)))
    .map(plain)
    .filter((sound) => sound !== '')

/** Numbers come out as one word of many syllables; after the figure of a tone a last sound may follow that begins no other syllable. */
const SYLLABLE = /[^1-7ɜ]*[1-7ɜ](?:_(?:j|w|n|m|ŋ|p|t̪|t|k|c|ɲ)(?=_|$)(?!_*[ˈˌ]?[aeiouyɛɔəɨæɪʊʌ]))?/gu

const cut = (word: string): readonly string[] => [...(word.match(SYLLABLE) ?? []), word.replaceAll(SYLLABLE, '')]

/** Tone 7 is tone 1 at the end of a clause. */
const plain = (sound: string): Sound => sound.replace(/[ˈˌ_]/g, '').replace('7', '1').replace(/t$/, 't̪')

/** How many of `heard` are missing from `said`, both in order (longest common subsequence). */
export const missing = (heard: readonly Sound[], said: readonly Sound[]): number => {
  let above = new Array<number>(said.length + 1).fill(0)
  for (const sound of heard) {
    const row = [0]
    for (const [column, other] of said.entries())
      row.push(sound === other ? (above[column] ?? 0) + 1 : Math.max(above[column + 1] ?? 0, row[column] ?? 0))
    above = row
  }
  return heard.length - (above[said.length] ?? 0)
}

/** Pairs of two lists of one length: what one says at a place, and what the other says there. */
const paired = (pairs: readonly (readonly [readonly string[], readonly string[]])[]): ReadonlyMap<string, string> => {
  const votes = new Map<string, Map<string, number>>()
  for (const [keys, values] of pairs) {
    if (keys.length !== values.length) continue
    for (const [index, key] of keys.entries()) {
      const value = values[index] ?? ''
      const counted = votes.get(key) ?? new Map<string, number>()
      votes.set(key, counted.set(value, (counted.get(value) ?? 0) + 1))
    }
  }
  return new Map(
    [...votes].map(([key, counted]) => [
      key,
      [...counted].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '',
    ]),
  )
}

/**
 * The engine has sounds of its own for figures ("hai" in 12 and the word "hai" differ, and it says "ngàn"): which word's sound each
 * of them stands for, so that only other words count as a change.
 */
export const figureSounds = (
  figures: readonly { readonly asFigures: readonly Sound[]; readonly asWords: readonly Sound[] }[],
): ReadonlyMap<Sound, Sound> => paired(figures.map(({ asFigures, asWords }) => [asFigures, asWords]))

/** The Vietnamese syllable each sound stands for, learned from texts whose syllables are known. */
export const syllableOf = (
  texts: readonly { readonly spoken: string; readonly sounds: readonly Sound[] }[],
): ReadonlyMap<Sound, string> =>
  paired(texts.map(({ spoken, sounds }) => [sounds, spoken.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []]))

/** Sounds as words; what no Vietnamese syllable sounds like stays IPA in brackets, a foreign run in «». */
export const wordsOf = (sounds: readonly Sound[], syllables: ReadonlyMap<Sound, string>): string =>
  sounds.map((sound) => (sound.startsWith(FOREIGN_MARK) ? sound : (syllables.get(sound) ?? `[${sound}]`))).join(' ')
