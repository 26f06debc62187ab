/**
 * Text made safe for eSpeak NG, which reads SSML tags and entities, `[[phonemes]]` and control characters as orders.
 * Nothing a writer types may be an order, and nothing may vanish unheard: `<b>` is spoken as the letter it contains.
 */

export type Sayable = {
  text: string
  /** For each character (code point) of `text`: the UTF-16 range of the original it stands for. */
  from: number[]
  to: number[]
}

/** Vietnamese letters carry two marks at most; heaped-up marks beyond this are decoration or an attack. */
const CHARACTERS_PER_CLUSTER_MAX = 4

const replacements: Readonly<Record<string, string>> = { '&': ' và ', '[': '(', ']': ')', '{': '(', '}': ')' }
const silentCharacters = /^(?:[<>|\\^`~_]|\p{Cc}|\p{Cs}|\p{Co}|\p{Cn}|\p{Extended_Pictographic})$/u
const invisible = /^(?:\p{Cf}|\p{Variation_Selector})$/u

function replaced(character: string): string {
  if (character === '\n' || (character >= '0' && character <= '9')) return character
  if (invisible.test(character)) return ''
  return replacements[character] ?? (silentCharacters.test(character) ? ' ' : character)
}

/** The text to be given to the engine, composed (NFC), with where each of its characters comes from. */
export function sayable(original: string): Sayable {
  const out: Sayable = { text: '', from: [], to: [] }
  for (const cluster of original.matchAll(/[\s\S]\p{M}*/gu)) {
    const [raw] = cluster
    const composed = [...raw.normalize('NFC')].slice(0, CHARACTERS_PER_CLUSTER_MAX)
    for (const character of composed.map(replaced).join('')) {
      out.text += character
      out.from.push(cluster.index)
      out.to.push(cluster.index + raw.length)
    }
  }
  return out
}

/** Is there a letter or a digit in it? */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)
