import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goldenPhrases } from '../golden/phrases.ts'
import { checkText, type Lexicon, read } from './index.ts'

/** What can stand in a pasted text and belongs to no sentence. */
// biome-ignore format: one list
const GARBAGE = [
  '😀', '👨‍👩‍👧‍👦', '🇻🇳', '1️⃣', '\u200b', '\u200d', '\u200e', '\u202e', '\u2066', '\u2069', '\ufeff', '\u00ad', '\u0000', '\u0007', '\u001b[31m', '\ud800', '\udfff', '\ufffd', '\ufffe', '\u{e000}',
  '中文', 'ភាសាខ្មែរ', 'ខេត្ត', 'Привет', 'сао', 'ελ', 'עברית', 'العربية', 'ไทย', '한국어', '日本語', '१२३', '٤٥', '１２', '𝟏𝟐', '𝐇𝐞𝐥𝐥𝐨', 'ﷺ', 'ﬁ', '№', '℃', '㎡', '㎥', '½', '⅔', '²', '³', '⁴', '①', 'Ⅳ', 'ª', 'µ', '∞', '→', '\t', '\u2028', '\v', '\r\n',
  '<b>', '</b>', '<script>alert(1)</script>', '<speak><break time="10s"/></speak>', '<!--', '&lt;', '&#56;', '[[_^_EN]]', '{{x}}', '$[x]', '%s', "'; --", '\\n', '\u0301\u0301\u0301', 'a\u0302\u0301\u0323', '\u031b', '\u{1f468}\u{1f3fd}',
]

const phrases = goldenPhrases().map(({ written }) => written)

const garbage = fc.constantFrom(...GARBAGE)
const phrase = fc.constantFrom(...phrases)
/** A piece of a phrase, so that garbage and cuts fall anywhere in what a rule recognises. */
const piece = fc
  .tuple(phrase, fc.nat(200), fc.nat(40))
  .map(([text, from, length]) => text.slice(from % text.length, (from % text.length) + length))
const texts = fc
  .array(fc.oneof(piece, garbage, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''))

const runs = { numRuns: 2000, seed: 20_261_122 }

/** Everything a reading promises about any text; throws what is broken. */
const expectSound = (text: string, lexicon: Lexicon = []): void => {
  const { words, spoken, spans } = read(text, lexicon)
  expect(spoken).not.toMatch(/[^\p{Script=Latin}\p{M} ,.\n]/u)
  let end = 0
  for (const { text: said, from, to } of words) {
    expect(said).toMatch(/\p{L}/u)
    expect(from).toBeGreaterThanOrEqual(end)
    expect(to).toBeGreaterThan(from)
    end = to
  }
  expect(end).toBeLessThanOrEqual(text.length)
  expect(spans.map(({ from, to }) => spoken.slice(from, to))).toEqual(words.map((word) => word.text))
}

describe('[F47] whatever is pasted', () => {
  test('only words leave, in order, each with its place in the text', () => {
    fc.assert(
      fc.property(texts, (text) => expectSound(text)),
      runs,
    )
  })

  test('an operator’s lexicon breaks nothing, whatever it holds', () => {
    const entries = fc.array(
      fc.record({
        written: fc.oneof(piece, garbage, fc.string({ maxLength: 6 })),
        spoken: fc.oneof(piece, garbage, fc.string({ unit: 'binary', maxLength: 8 })),
        caseSensitive: fc.boolean(),
      }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(texts, entries, (text, lexicon) => expectSound(text, lexicon)),
      runs,
    )
  })

  test('a lexicon without the text’s words changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text, [{ written: 'qwrtzpsdf', spoken: 'không có' }])).toEqual(read(text))
      }),
      { ...runs, numRuns: 500 },
    )
  })

  test('letters with combining marks are read as composed ones, at the same places of the text', () => {
    const vietnamese = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join('').normalize('NFC'))
    fc.assert(
      fc.property(vietnamese, (composed) => {
        const apart = composed.normalize('NFD')
        const placed = (text: string) =>
          read(text).words.map(({ text: said, from, to, rule, pause }) => ({
            said,
            rule,
            pause,
            written: text.slice(from, to).normalize('NFC'),
          }))
        expect(placed(apart)).toEqual(placed(composed))
      }),
      runs,
    )
  })

  test('a text that passes the check passes it again unchanged and is read the same as it was pasted', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // A mark behind an invisible sign is on no letter until the sign is taken away.
        fc.pre(!/[\p{Cf}\p{Cc}\p{Mn}]\p{M}/u.test(text))
        const checked = checkText(text)
        if ('refused' in checked) return
        expect(checkText(checked.text)).toEqual(checked)
        expect(read(checked.text).spoken).toBe(read(text).spoken)
      }),
      runs,
    )
  })

  test('every golden phrase passes the check', () => {
    expect(phrases.filter((text) => 'refused' in checkText(text))).toEqual([])
  })
})

describe('garbage around a sentence leaves the sentence', () => {
  const sentence = 'Trước 14h30 ngày 20/11, nước trên báo động III 0,42 m.'
  const said = read(sentence).spoken.replace(/\.$/, '')

  test.each(GARBAGE.filter((each) => !/[\p{L}\p{N}]/u.test(each.normalize('NFKC')) && !/[<&>\\%]/.test(each)))(
    '%j says nothing',
    (each) => {
      expect(read(`${each} ${sentence}`).spoken).toContain(said)
      expect(read(`${sentence} ${each}`).spoken).toContain(said)
    },
  )

  test.each([
    ['<b>', 'bê'],
    ['<script>alert(1)</script>', 'script'],
    ['<speak><break time="10s"/></speak>', 'speak'],
    ['中文', 'chữ nước ngoài'],
    ['ភាសាខ្មែរ', 'chữ nước ngoài'],
    ['Привет', 'chữ nước ngoài'],
  ])('%s is said, not obeyed', (each, part) => {
    const { spoken } = read(`${sentence} ${each} ${sentence}`)
    expect(spoken).toContain(part)
    expect(spoken.split(said)).toHaveLength(3)
  })

  test('a Cyrillic letter among Latin ones is named, so that a look-alike is noticed', () => {
    expect(read('xã Bình Сhương').words.map(({ rule }) => rule)).toContain('foreign-script')
  })
})

describe('what a text may not hold is refused by name', () => {
  test.each([
    ['a control character', 'xã\u0000Bình', 'text.control'],
    ['a terminal code', '\u001b[31mxã', 'text.control'],
    ['half of an emoji', 'xã \ud83d Bình', 'text.control'],
    ['the sign of a broken decoding', 'x\ufffd Bình', 'text.control'],
    ['a megabyte', 'xã '.repeat(350_000), 'text.tooLong'],
    ['TCVN3', 'Th«ng b¸o khÈn', 'text.legacyFont'],
    ['VNI', 'Thoâng baùo khaån', 'text.legacyFont'],
  ])('%s', (_, text, refused) => {
    expect(checkText(text)).toMatchObject({ refused })
  })

  test('a megabyte is still read to its end', () => {
    const text = 'xã 12 '.repeat(150_000)
    const { words } = read(text)
    expect(words).toHaveLength(300_000)
    expect(words.at(-1)).toMatchObject({ text: 'mười hai', to: text.length - 1 })
  })
})
