/** Recognises text typed for the old Vietnamese fonts (TCVN3, VNI), which today shows as garbage. */

/** Letters of TCVN3 that fall on signs of Latin-1: "Th«ng b¸o", "®ång". */
const TCVN3_WORD = /[A-Za-z][¡-¬®-³´µ¶¸-¿×÷Æ-ÏÐ-Þß-ÿ]*[¡-¬®µ¶¸-¾][A-Za-zÀ-ÿ¡-¿]*|[¡-¬®µ¶¸-¾][a-zà-ÿ¡-¿]{1,}/
/** VNI writes the tone after its vowel: "Thoâng baùo", "nhaân daân"; these pairs do not exist in Vietnamese. */
const VNI_WORD =
  /[aAeEoO][âÂ]|[aAeEoOuUyYöôÖÔ][ùøûõïÙØÛÕÏ]|[öÖ][ïùøûõ]|[aA][êéèúüëàáåãäÊ]|[öÖ]|[ñÑ][aeiouyöô]|[iI][ûï]|UÛ|[ûïøöüëåä]/

/** One odd word may be a foreign name; a text in an old font is odd in every third word. */
const ODD_WORDS_MIN = 2
const ODD_SHARE_MIN = 0.2

const isOdd = (words: readonly string[], odd: RegExp): boolean => {
  const count = words.filter((word) => odd.test(word)).length
  return count >= ODD_WORDS_MIN && count / words.length >= ODD_SHARE_MIN
}

/** Which old font the text was typed for, if any. */
export const legacyFontOf = (text: string): 'TCVN3' | 'VNI' | undefined => {
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word))
  if (isOdd(words, TCVN3_WORD)) return 'TCVN3'
  return isOdd(words, VNI_WORD) ? 'VNI' : undefined
}
