/** Character kinds, and the Vietnamese names of letters. */

export const SYMBOL = 0
export const SPACE = 1
export const NEWLINE = 2
export const DIGIT = 3
export const LETTER = 4
export const MARK = 5
export const FOREIGN = 6

/** Stands in a prepared text for every letter of a script that is not read, so that no rule takes it for a letter. */
export const FOREIGN_LETTER = '\ue000'

/** Stands in a prepared text for the micro sign, which Unicode counts among the letters. */
export const MICRO = '\ue001'

/** True for the letters Vietnamese text is written with; modifier letters are signs. */
export const isLatinLetter = (char: string): boolean =>
  /\p{Script=Latin}/u.test(char) && /\p{L}/u.test(char) && !/\p{Lm}/u.test(char)

const classify = (char: string): number => {
  if (char === '\n') return NEWLINE
  if (/[\s\p{Z}]/u.test(char)) return SPACE
  if (char >= '0' && char <= '9') return DIGIT
  if (isLatinLetter(char)) return LETTER
  if (/\p{M}/u.test(char)) return MARK
  return char === FOREIGN_LETTER ? FOREIGN : SYMBOL
}

/** Vietnamese letters end at U+1EF9; the table covers them, general punctuation and the arrows. */
const TABLE_SIZE = 0x2200
const TABLE = Uint8Array.from({ length: TABLE_SIZE }, (_, code) => classify(String.fromCharCode(code)))

/** The kind of the character with this code point; beyond the end of a text (NaN) there is only a sign. */
export const kindOf = (code: number): number =>
  code >= TABLE_SIZE ? classify(String.fromCodePoint(code)) : (TABLE[code] ?? SYMBOL)

/** The end of the run of Latin letters (with their marks) that starts here. */
export const lettersEnd = (text: string, at: number): number => {
  let to = at
  while (to < text.length) {
    const kind = kindOf(text.charCodeAt(to))
    if (kind !== LETTER && kind !== MARK) break
    to++
  }
  return to
}

/** The end of the run of digits that starts here. */
export const digitsEnd = (text: string, at: number): number => {
  let to = at
  while (to < text.length && kindOf(text.charCodeAt(to)) === DIGIT) to++
  return to
}

const isLetterAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && kindOf(text.charCodeAt(at)) === LETTER
const isDigitAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && kindOf(text.charCodeAt(at)) === DIGIT

/** True when a letter or a digit stands at this place. */
export const isWordAt = (text: string, at: number): boolean => isLetterAt(text, at) || isDigitAt(text, at)

// biome-ignore format: an alphabet reads best as a block
const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: 'a', ă: 'á', â: 'ớ', b: 'bê', c: 'xê', d: 'dê', đ: 'đê', e: 'e', ê: 'ê', f: 'ép', g: 'giê', h: 'hát', i: 'i',
  j: 'gi', k: 'ca', l: 'e lờ', m: 'em mờ', n: 'en nờ', o: 'o', ô: 'ô', ơ: 'ơ', p: 'pê', q: 'quy', r: 'e rờ',
  s: 'ét', t: 'tê', u: 'u', ư: 'ư', v: 'vê', w: 'vê kép', x: 'ích', y: 'y', z: 'dét',
}

/** The name of one letter; a letter without a Vietnamese name keeps itself. */
export const letterName = (letter: string): string => LETTER_NAMES[letter.toLowerCase()] ?? letter.toLowerCase()

/** Letters said one by one: `UNDP` → "u en nờ dê pê". */
export const spell = (letters: string): string => [...letters].map(letterName).join(' ')
