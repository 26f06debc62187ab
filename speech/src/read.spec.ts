import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ABBREVIATIONS, read } from './index.ts'

const FRAGMENTS = [
  'xã', 'UBND', 'TP.', 'TT.', '05/9/2016', '14h30', '07-CT/TW', '-BC/HU', '22/22', '1.107', '1.017,52', '448,180', '%', 'ha', 'm³/s', '°C', 'QL1A',
  '9A', 'khóa XII', 'quý III/2025', '8-9', ' - ', '–', '…', './.', '\n', '\n\n', '- ', '* ', '+', '(', ')', '"', '0905123456', '1900 1234', '50.000đ', '50k',
  'ubnd@xa.gov.vn', 'https://a.vn/b?c=1', "K'Bang", 'Covid-19', '😀', '\u200b', '\u0301', '½', '²', '①', '٣', '中文', 'Ⅲ', '\ud800', 'v.v.', 'I.', 'a)', '2.1.', '#Loa', '@', '$100', '№ 5', '℃', '１２',
] // biome-ignore format: one list

/** Pieces without blanks between them, where one writing runs into the next. */
const PIECES = [
  ...'0159aAxXIVTKkmghđĐ°%/.,:;-–+()[]"\'@#$&*|_=<>~^²³½µαФ中\u0301\u200b\n\t Ủyưn😀…',
  'tr', 'UBND', 'TT', 'ha', 'km', 'ngày ', 'tháng ', 'số ', 'QL', 'http://', '.vn', 'giờ ', 'cấp ', 'thứ ', '10/5', '2025', 'CT/TW', "K'", 'QNg ', 'TS',
] // biome-ignore format: one list

const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'grapheme-ascii', maxLength: 5 })), {
      maxLength: 25,
    })
    .map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 25 }).map((parts) => parts.join('')),
)

const runs = { numRuns: 2000, seed: 20_261_122 }

describe('reading any text', () => {
  test('no digit and no unread symbol ever reaches the voice', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text).spoken).not.toMatch(/[^\p{Script=Latin}\p{M} ,.\n]/u)
      }),
      runs,
    )
  })

  test('no reading is empty and every span lies inside the source, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0
        for (const word of read(text).words) {
          expect(word.text.trim()).not.toBe('')
          expect(word.from).toBeGreaterThanOrEqual(end)
          expect(word.to).toBeGreaterThan(word.from)
          end = word.to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      runs,
    )
  })

  test('no written letter or digit is passed over in silence, but for footnote marks', () => {
    const unread = (text: string): string => {
      let at = 0
      let rest = ''
      for (const { from, to } of read(text).words) {
        rest += text.slice(at, from)
        at = to
      }
      return (rest + text.slice(at)).replace(/\[\d{1,3}\]/g, '')
    }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }).map((parts) => parts.join('')),
        (text) => {
          expect(unread(text)).not.toMatch(/[\p{Script=Latin}\p{Nd}]/u)
        },
      ),
      runs,
    )
  })

  test('what has just been said in full is not said again as its abbreviation', () => {
    expect(read('Công an xã (CAX) thông báo').spoken).toBe('Công an xã, thông báo')
  })

  test('spans of the spoken text give back exactly the words', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { words, spoken, spans } = read(text)
        expect(spans.map(({ from, to }) => spoken.slice(from, to))).toEqual(words.map((word) => word.text))
        expect(spans.map(({ word }) => word)).toEqual(words.map((_, index) => index))
      }),
      runs,
    )
  })

  test('the same text is always read the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
      runs,
    )
  })

  test('a text written with combining marks is read as the composed text', () => {
    const composed = 'Ủy ban nhân dân xã thông báo: lúc 14h30 ngày 05/9/2016, bão số 9 giật cấp 11.'
    expect(read(composed.normalize('NFD')).spoken).toBe(read(composed).spoken)
  })

  test('what was read, read again, stays as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ABBREVIATIONS), ({ spoken }) => {
        expect(read(spoken).spoken).toBe(spoken)
      }),
    )
  })
})

describe('rests', () => {
  const pausesOf = (text: string) => read(text).words.map((word) => word.pause)

  test.each([
    ['xã, thôn', ['short', 'none']],
    ['xã. Thôn', ['sentence', 'none']],
    ['xã\nThôn', ['paragraph', 'none']],
    ['xã\nvà', ['none', 'none']],
    ['xã (thôn)', ['short', 'short']],
    ['xã – thôn', ['short', 'none']],
  ] as const)('%j rests %j', (text, pauses) => {
    expect(pausesOf(text)).toEqual(pauses)
  })

  test('the dot of an abbreviation ends no sentence', () => {
    expect(read('TP. Quảng Ngãi').words[0]).toMatchObject({ text: 'thành phố', from: 0, to: 3, pause: 'none' })
  })
})

describe('an operator’s lexicon', () => {
  const lexicon = [
    { written: 'TT', spoken: 'tổ trưởng' },
    { written: 'Trà Don', spoken: 'Trà Đon' },
    { written: 'Ba', spoken: 'Bà', caseSensitive: true },
    { written: 'đội 3', spoken: 'đội số 3' },
    { written: '!!!', spoken: '***' },
  ]

  test.each([
    ['TT thôn', 'tổ trưởng thôn'],
    ['xã trà don', 'xã Trà Đon'],
    ['bà Ba có ba con', 'bà Bà có ba con'],
    ['đội 3', 'đội số ba'],
    ['đội 35', 'đội ba mươi lăm'],
    ['TTH', read('TTH').spoken],
    ['Cháy!!!', 'Cháy.'],
  ])('%j is said %j', (written, spoken) => {
    expect(read(written, lexicon).spoken).toBe(spoken)
  })

  test('the longest entry wins whatever its place in the list', () => {
    const both = [
      { written: 'sông', spoken: 'suối' },
      { written: 'sông Trà', spoken: 'sông cái' },
    ]
    expect(read('sông Trà', both).spoken).toBe('sông cái')
  })
})

describe('doubtful readings', () => {
  const doubtOf = (text: string) => read(text).words.find((word) => word.doubtful !== undefined)

  test('three places after the comma may be thousands', () => {
    expect(doubtOf('448,180 ha')?.doubtful).toEqual(['bốn trăm bốn mươi tám nghìn một trăm tám mươi'])
  })

  test('an abbreviation with several senses lists the others', () => {
    expect(doubtOf('TT. Châu Ổ')?.doubtful).toContain('Trung tâm')
  })

  test('a letter run no table knows is spelled and marked', () => {
    expect(doubtOf('KXQZ')).toMatchObject({ rule: 'spelled', text: 'ca ích quy dét' })
  })
})

describe('the abbreviation table', () => {
  test('holds at least four hundred abbreviations with field and source', () => {
    expect(ABBREVIATIONS.length).toBeGreaterThanOrEqual(400)
    expect(ABBREVIATIONS.filter(({ spoken, field, source }) => spoken === '' || field === '' || source === '')).toEqual(
      [],
    )
  })

  test('explains every abbreviation once', () => {
    const written = ABBREVIATIONS.map((abbreviation) => abbreviation.written)
    expect(written.filter((form, index) => written.indexOf(form) !== index)).toEqual([])
  })
})
