/** Recognises text typed for the old Vietnamese fonts (TCVN3, VNI), which today shows as garbage. */
import { isSyllable } from './syllables.ts'

export type LegacyFont = 'TCVN3' | 'VNI'

/** The letters of both fonts, in one order. Source: TCVN 5712:1993 (VN3) and the VNI table for Windows. */
// biome-ignore format: tables
const LETTERS = 'à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ'.split(' ')
// biome-ignore format: tables
const TCVN3 = 'µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ ß ã á â ä « å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \u00ad õ ø ö ÷ ù ú ý û ü þ'.split(' ')
const VNI =
  'aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î'.split(
    ' ',
  )
/** TCVN3 has codes of its own for these capitals; with a tone, a capital is typed in a font of capitals. */
const TCVN3_CAPITALS = [...'¡¢£¤¥¦§'].map((code, index) => [code, [...'ăâêôơưđ'][index] ?? ''] as const)

const BY_TCVN3 = new Map([...TCVN3.map((code, index) => [code, LETTERS[index] ?? ''] as const), ...TCVN3_CAPITALS])
const BY_VNI = new Map(VNI.map((code, index) => [code, LETTERS[index] ?? '']))

/** The word in small Unicode letters, or undefined when it holds a letter the font does not have. */
const DECODERS: Readonly<Record<LegacyFont, (word: string) => string | undefined>> = {
  TCVN3: (word) => {
    let decoded = ''
    for (const char of word) {
      const letter = char < '\u0080' ? char.toLowerCase() : BY_TCVN3.get(char)
      if (letter === undefined) return undefined
      decoded += letter
    }
    return decoded
  },
  VNI: (word) => {
    const lower = word.toLowerCase()
    let decoded = ''
    for (let at = 0; at < lower.length; ) {
      const pair = BY_VNI.get(lower.slice(at, at + 2))
      const char = lower[at] ?? ''
      const letter = pair ?? BY_VNI.get(char) ?? (char < '\u0080' ? char : undefined)
      if (letter === undefined) return undefined
      decoded += letter
      at += pair === undefined ? 1 : 2
    }
    return decoded
  },
}

/** Runs of letters and of the signs that stand for letters in the old fonts; figures and other signs part them. */
const WORD = /[\p{L}\p{M}¡-¬®¯µ¶¸-¾×÷·\u00ad]+/gu
const MARKED = /[^\0-\x7f]/

/** Words looked at: a text shows its font in its first pages. */
const WORDS_SEEN = 4_000
/** One word that speaks against the font outweighs so many that speak for it. */
const AGAINST_WEIGHT = 3
/** A single odd word may be a foreign name; it decides only in a text that holds hardly another marked word. */
const ALONE_MARKED_MAX = 5

/** Words that only make sense in the font, words that only make sense as they stand, and words that make none in it. */
type Votes = { for: number; against: number; neither: number }

/** A soft hyphen parts words, so inside a syllable it is a letter of TCVN3. */
const isPlain = (word: string): boolean => isSyllable(word.toLowerCase())

/** "BÑ", "HÑND", "§T": an abbreviation whose đ shows the font. */
const ABBREVIATION = /^(?=.*đ)[bcdđghklmnpqrstvx]{1,8}$/
const isAbbreviation = (word: string, font: LegacyFont): boolean =>
  ABBREVIATION.test(DECODERS[font](word) ?? '') && (font === 'VNI' || word.length > 1)

/** The marked words of a text; French quotation marks are letters of TCVN3 too, but not at both edges of a word. */
const markedWords = (text: string): readonly string[] => {
  const words: string[] = []
  let seen = 0
  for (const [word] of text.matchAll(WORD)) {
    if (++seen > WORDS_SEEN) break
    const bare = word.replace(/^«+(?=.*»$)|»+$/g, '')
    if (MARKED.test(bare)) words.push(bare)
  }
  return words
}

const votesOf = (words: readonly string[], font: LegacyFont): Votes => {
  const votes: Votes = { for: 0, against: 0, neither: 0 }
  for (const word of words) {
    const decoded = DECODERS[font](word)
    const fits = decoded !== undefined && isSyllable(decoded)
    const plain = isPlain(word)
    const other = font === 'VNI' ? 'TCVN3' : 'VNI'
    if (!isAbbreviation(word, font) && isAbbreviation(word, other)) continue
    if ((fits && !plain) || isAbbreviation(word, font)) votes.for++
    if (plain && !fits) votes.against++
    if (!plain && !fits && !isAbbreviation(word, font)) votes.neither++
  }
  return votes
}

const isTyped = (votes: Votes, marked: number): boolean => {
  if (votes.for <= votes.against * AGAINST_WEIGHT) return false
  return votes.for >= 2 || (votes.against === 0 && marked <= ALONE_MARKED_MAX)
}

/** Which old font the text was typed for, if any: its words are no syllables as they stand, and are when decoded. */
export const legacyFontOf = (text: string): LegacyFont | undefined => {
  if (!MARKED.test(text)) return undefined
  const words = markedWords(text)
  const [tcvn3, vni] = [votesOf(words, 'TCVN3'), votesOf(words, 'VNI')]
  const likelier = vni.for - vni.neither > tcvn3.for - tcvn3.neither ? 'VNI' : 'TCVN3'
  const other = likelier === 'VNI' ? 'TCVN3' : 'VNI'
  const typed = (font: LegacyFont): boolean => isTyped(font === 'VNI' ? vni : tcvn3, words.length)
  if (typed(likelier)) return likelier
  return typed(other) ? other : undefined
}
