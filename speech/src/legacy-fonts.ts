/** Recognises text typed for the old Vietnamese fonts (TCVN3, VNI), which today shows as garbage. */

/**
 * Letters of TCVN3 that fall on signs of Latin-1 ("Th«ng b¸o", "®ång"), or on capitals inside a small word ("viÖt").
 */
const TCVN3_WORD =
  /[A-Za-zà-ÿ][¡-¬®µ¶¸-¾]|[¡-¬®µ¶¸-¾][a-zà-ÿ]|[§¦®¡¢£¤¥][a-zà-ÿ¡-¿]|[a-zà-ÿ][Æ-ß×]|[a-zà-ÿ]·|^[a-zđ]*[·µ]$/
/** VNI writes the tone after its vowel ("Thoâng baùo", "nhaân daân") and đ as ñ; no Vietnamese word has such pairs. */
const VNI_WORD =
  /[aAeEoO][âÂ]|[aAeEoOuUyYöôÖÔ][ùøûõïÙØÛÕÏ]|[aA][êéèúüëàáåãäÊÉÈÚÜËÀÁÅÃÄ]|[eE][áàåãäÁÀÅÃÄ]|[oO][åäÅÄ]|[öÖ]|^[ñÑ]/

/** One odd word may be a foreign name; a text in an old font is odd in every third word. */
const ODD_WORDS_MIN = 2
const ODD_SHARE_MIN = 0.2

const isOdd = (words: readonly string[], odd: RegExp): boolean => {
  const count = words.filter((word) => odd.test(word)).length
  return count >= ODD_WORDS_MIN && count / words.length >= ODD_SHARE_MIN
}

/** Which old font the text was typed for, if any. */
export const legacyFontOf = (text: string): 'TCVN3' | 'VNI' | undefined => {
  // French quotation marks are also letters of TCVN3; at the edge of a word they are taken for quotation marks.
  const words = text
    .split(/\s+/)
    .map((word) => word.replace(/^«+|»+[.,;:!?]*$/g, ''))
    .filter((word) => /\p{L}/u.test(word))
  if (isOdd(words, TCVN3_WORD)) return 'TCVN3'
  return isOdd(words, VNI_WORD) ? 'VNI' : undefined
}
