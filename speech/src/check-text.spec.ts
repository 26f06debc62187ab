import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkText, TEXT_CHARS_MAX } from './index.ts'

describe('checking a pasted text', () => {
  test.each([
    ['plain text', 'Thông báo khẩn', { text: 'Thông báo khẩn' }],
    ['combining marks become letters', 'Thông báo'.normalize('NFD'), { text: 'Thông báo' }],
    ['zero-width and direction marks go', 'Th\u200bông\u202e báo\ufeff', { text: 'Thông báo' }],
    ['line ends become one kind', 'một\r\nhai\rba', { text: 'một\nhai\nba' }],
    [
      'names with foreign letters pass',
      'Ông Müller và bà Ångström thăm xã Trà Linh hôm nay',
      { text: 'Ông Müller và bà Ångström thăm xã Trà Linh hôm nay' },
    ],
    ['an empty text passes', '', { text: '' }],
    [
      'French quotation marks pass',
      'Phong trào «Toàn dân» và «Đoàn kết»',
      { text: 'Phong trào «Toàn dân» và «Đoàn kết»' },
    ],
    ['units and fractions pass', '5m² 3m³ 25°C 2½ giờ ±5 µg', { text: '5m² 3m³ 25°C 2½ giờ ±5 µg' }],
    ['the older place of the tone passes', 'văn hoá, hoà bình, khoẻ', { text: 'văn hoá, hoà bình, khoẻ' }],
    ['French and German words pass', 'Café Müller, crème brûlée', { text: 'Café Müller, crème brûlée' }],
    [
      'TCVN3 in small letters is refused',
      'céng hoµ x· héi chñ nghÜa viÖt nam',
      { refused: 'text.legacyFont', detail: { font: 'TCVN3' } },
    ],
    [
      'VNI in capitals is refused',
      'COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM',
      { refused: 'text.legacyFont', detail: { font: 'VNI' } },
    ],
    [
      'TCVN3 is refused',
      'UBND huyÖn B×nh S¬n th«ng b¸o cho nh©n d©n',
      { refused: 'text.legacyFont', detail: { font: 'TCVN3' } },
    ],
    [
      'TCVN3 without capitals is refused',
      '§¶ng bé tØnh Qu¶ng Nam',
      { refused: 'text.legacyFont', detail: { font: 'TCVN3' } },
    ],
    ['VNI is refused', 'UÛy ban nhaân daân xaõ thoâng baùo', { refused: 'text.legacyFont', detail: { font: 'VNI' } }],
    ['VNI with ñ is refused', 'Ñaûng boä tænh Quaûng Ngaõi', { refused: 'text.legacyFont', detail: { font: 'VNI' } }],
    ['a control character is refused', 'một\u0007hai', { refused: 'text.control', detail: { at: 3, code: 7 } }],
    ['half a pair is refused', 'a\ud800b', { refused: 'text.control', detail: { at: 1, code: 0xd800 } }],
    ['a broken decoding is refused', 'Thông b\ufffdo', { refused: 'text.control', detail: { at: 7, code: 0xfffd } }],
    [
      'a book is refused',
      'a'.repeat(TEXT_CHARS_MAX + 1),
      { refused: 'text.tooLong', detail: { length: TEXT_CHARS_MAX + 1, max: TEXT_CHARS_MAX } },
    ],
  ])('%s', (_, source, outcome) => {
    expect(checkText(source)).toEqual(outcome)
  })

  test('a checked text passes a second check unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (source) => {
        const first = checkText(source)
        if ('text' in first) expect(checkText(first.text)).toEqual(first)
      }),
    )
  })
})
