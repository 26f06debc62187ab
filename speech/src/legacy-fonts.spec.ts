import { describe, expect, test } from 'vitest'
import { goldenPhrases } from '../golden/phrases.ts'
import { checkText } from './index.ts'
import { legacyFontOf } from './legacy-fonts.ts'

/** The letters of both fonts, in the order of LETTERS. Source: TCVN 5712:1993 VN3, and the VNI table for Windows. */
const LETTERS =
  'à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ'
const TCVN3 =
  'µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ ß ã á â ä « å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \u00ad õ ø ö ÷ ù ú ý û ü þ'
const VNI =
  'aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î'
/** TCVN3 has codes of its own for these capitals only; with a tone, a capital is typed in a font of capitals. */
const TCVN3_CAPITALS = { Ă: '¡', Â: '¢', Ê: '£', Ô: '¤', Ơ: '¥', Ư: '¦', Đ: '§' }

const letters = LETTERS.split(' ')
const tcvn3 = new Map([
  ...letters.map((letter, index) => [letter, TCVN3.split(' ')[index] ?? ''] as const),
  ...Object.entries(TCVN3_CAPITALS),
])
const vni = new Map(
  letters.flatMap((letter, index) => {
    const typed = VNI.split(' ')[index] ?? ''
    return [
      [letter, typed],
      [letter.toUpperCase(), typed.toUpperCase()],
    ] as const
  }),
)
const typedIn = {
  TCVN3: (text: string) => [...text].map((char) => tcvn3.get(char) ?? tcvn3.get(char.toLowerCase()) ?? char).join(''),
  VNI: (text: string) => [...text].map((char) => vni.get(char) ?? char).join(''),
}

const phrases = goldenPhrases().map(({ written }) => written)

/** A sentence one could paste: several words, most of them with marks. */
const sentences = phrases.filter((phrase) => {
  const words = phrase.split(/\s+/).filter((word) => /\p{L}/u.test(word))
  const marked = words.filter((word) => /[^\x20-\x7e]/.test(word))
  return words.length >= 5 && marked.length >= 3 && marked.length / words.length >= 0.4
})

/** Every word of these is a word of Vietnamese as it stands, too: nothing in them shows the font. */
const UNDECIDABLE = {
  TCVN3: [
    'vô HÌ Thu 2025, vô 3, vô 10',
    'Vô HÌ THU 2025, Vô 3, Vô 10',
    'líp 1/2 cã 32 em, líp 5/1: 28 em',
    'LíP 1/2 Cã 32 EM, LíP 5/1: 28 EM',
  ],
  VNI: ['maõ OTP 6 soá; maõ PIN 123456', 'MAÕ OTP 6 SOÁ; MAÕ PIN 123456'],
}

describe('texts typed for the fonts of before Unicode', () => {
  test('there are sentences enough to judge by', () => {
    expect(sentences.length).toBeGreaterThan(400)
  })

  test.each(['TCVN3', 'VNI'] as const)(
    'every sentence typed in %s that can be told is recognised, in small letters and in capitals',
    (font) => {
      const typed = sentences
        .flatMap((sentence) => [sentence, sentence.toUpperCase()])
        .map((sentence) => typedIn[font](sentence))
      expect(typed.filter((text) => legacyFontOf(text) !== font)).toEqual(UNDECIDABLE[font])
    },
  )

  test('no golden phrase is taken for such a text, one by one or all together, nor in capitals or with combining marks', () => {
    const texts = [...phrases, phrases.join('\n')].flatMap((phrase) => [
      phrase,
      phrase.toUpperCase(),
      phrase.normalize('NFD'),
    ])
    expect(texts.filter((text) => 'refused' in checkText(text.slice(0, 100_000)))).toEqual([])
  })
})
