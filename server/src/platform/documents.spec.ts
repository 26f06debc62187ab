import { deflateSync as deflateZlib } from 'node:zlib'
import { deflateSync, strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { type Item, linesOfPage } from './documents/layout.ts'
import { unwrapped } from './documents/unwrap.ts'
import { linesOfWord } from './documents/word.ts'
import { textOfDocument } from './documents.ts'

const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const wordXml = (body: string): string =>
  `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
const word = (body: string): Uint8Array => zipSync({ 'word/document.xml': strToU8(wordXml(body)) })

/** A PDF of one page (ISO 32000) that shows these words, or nothing; `content` as it stands in the stream. */
const pdf = (content: string): Uint8Array => {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  const body = objects.map((each, at) => `${at + 1} 0 obj${each}endobj\n`).join('')
  return strToU8(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF`)
}

/** A PDF of one page whose stream unpacks to so many megabytes of blanks. */
const unpacking = (megabytes: number): Uint8Array => {
  const piece = Buffer.alloc(1_000_000, ' ')
  const packed = deflateZlib(Buffer.concat(Array.from({ length: megabytes }, () => piece)))
  const [before = '', after = ''] = Buffer.from(pdf('#')).toString('latin1').split('#')
  const head = before.replace('<</Length 1>>', `<</Length ${packed.length}/Filter/FlateDecode>>`)
  return Uint8Array.from(Buffer.concat([Buffer.from(head), packed, Buffer.from(after)]))
}

describe('the text of a file', () => {
  test.each([
    ['Word', word(paragraph('UBND xã thông báo:') + paragraph('Mai cúp nước.')), 'UBND xã thông báo:\nMai cúp nước.'],
    ['PDF', pdf('BT /F 12 Tf 20 200 Td (Mai cup nuoc.) Tj ET'), 'Mai cup nuoc.'],
    ['plain text', strToU8('Mai cúp nước.\r\nTừ 7 giờ.'), 'Mai cúp nước.\nTừ 7 giờ.'],
    ['plain text in UTF-16', Uint8Array.from([0xff, 0xfe, 0x4d, 0, 0xe1, 0]), 'Má'],
  ])('%s is read', async (_, bytes, text) => {
    expect(await textOfDocument(bytes)).toBe(text)
  })

  test.each([
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'document.formatUnknown'],
    ['a zip without a document', zipSync({ 'a.txt': strToU8('x') }), 'document.formatUnknown'],
    ['an empty Word file', word(paragraph(' ')), 'document.noText'],
    ['an empty text', strToU8(' \n '), 'document.noText'],
    ['a scan', pdf('0 0 m 10 10 l S'), 'document.noText'],
    ['a Word file cut short', word(paragraph('x'.repeat(5000))).subarray(0, 60), 'document.broken'],
    ['a PDF cut short', strToU8('%PDF-1.4\n1 0 obj'), 'document.broken'],
    [
      'a document type with entities',
      zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') }),
      'document.broken',
    ],
    ['a file that unpacks to 25 MB', zipSync({ 'word/document.xml': new Uint8Array(25_000_000) }), 'document.tooLong'],
    ['a PDF of a megabyte that unpacks to one thousand', unpacking(1_000), 'document.tooLong'],
    [
      'random bytes behind a PDF mark',
      Uint8Array.from([...strToU8('%PDF-1.7'), ...deflateSync(strToU8('abc'.repeat(99)))]),
      'document.broken',
    ],
  ])('%s is refused in words', async (_, bytes, refused) => {
    expect(await textOfDocument(bytes)).toEqual({ refused })
  })
})

test('a file is read by a process of its own: a thread that runs out of memory over it would end the server in one try of three', async () => {
  const reading = textOfDocument(word('<w:p>'.repeat(3_900_000)))
  expect(process.getActiveResourcesInfo()).toContain('ProcessWrap')
  expect(await reading).toEqual({ refused: 'document.broken' })
})

test('tabs, line breaks and hyphens of Word are kept', () => {
  const xml = wordXml(
    '<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:noBreakHyphen/><w:t>D</w:t></w:r></w:p>',
  )
  expect(linesOfWord(xml)).toBe('A\tB\nC-D')
})

test('a row of a schedule in Word is one line, cell beside cell; the two columns of a letterhead are read one after the other', () => {
  const row = (...cells: string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`
  const schedule =
    row(paragraph('Thời gian'), paragraph('Địa điểm')) +
    row(paragraph('7 giờ'), paragraph('Thôn 1')) +
    row(paragraph('1'), paragraph('8 giờ'), paragraph('Thôn 2,') + paragraph('Thôn 3'))
  const columns = row(paragraph('ỦY BAN NHÂN DÂN') + paragraph('XÃ A'), paragraph('CỘNG HÒA') + paragraph('Độc lập'))
  const nested = row(`<w:tbl>${row(paragraph('a'), paragraph('b'))}</w:tbl>${paragraph('c')}`, paragraph('d'))
  expect(linesOfWord(wordXml(`<w:tbl>${columns}</w:tbl><w:tbl>${schedule}</w:tbl><w:tbl>${nested}</w:tbl>`))).toBe(
    'ỦY BAN NHÂN DÂN\nXÃ A\nCỘNG HÒA\nĐộc lập\nThời gian\tĐịa điểm\n7 giờ\tThôn 1\n1\t8 giờ\tThôn 2, Thôn 3\na\nb\nc\nd',
  )
})

test('items that Word numbers by itself are items', () => {
  const item = (text: string, level: number, id = 3): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
  const body = item('Đối tượng:', 0) + item('Trẻ em', 1) + item('1. Đã có số', 0) + item('Không đánh số', 0, 0)
  expect(linesOfWord(wordXml(body + paragraph('Lời kết')))).toBe(
    '- Đối tượng:\n+ Trẻ em\n1. Đã có số\nKhông đánh số\nLời kết',
  )
})

test('lines broken at the edge of a page become sentences again; short lines, items and ended lines stay', () => {
  const text = [
    'UBND XÃ A',
    'Bà con không qua ngầm, không vớt củi trên sông, không',
    'đánh bắt cá.',
    '- Các hộ ven sông di dời người già, trẻ em đến trường,',
    '- Trưởng thôn báo cáo.',
  ].join('\n')
  expect(unwrapped(text).split('\n')).toEqual([
    'UBND XÃ A',
    'Bà con không qua ngầm, không vớt củi trên sông, không đánh bắt cá.',
    '- Các hộ ven sông di dời người già, trẻ em đến trường,',
    '- Trưởng thôn báo cáo.',
  ])
})

describe('the lines of a page of PDF', () => {
  // biome-ignore format: a table
  const items = (rows: readonly (readonly [text: string, x: number, y: number, width: number])[]): readonly Item[] =>
    rows.map(([text, x, y, width]) => ({ text, x, y, width, height: 12 }))

  test('a row of a schedule is one line, however many lines its cells have; its hour stays beside its village', () => {
    expect(
      linesOfPage(
        items([
          ['Lịch cắt điện như sau:', 85, 600, 200],
          ['TT', 88, 576, 14],
          ['Giờ', 178, 576, 30],
          ['Khu vực', 240, 576, 60],
          ['1', 88, 544, 7],
          ['07h30 -', 178, 553, 41],
          ['11h30', 178, 536, 35],
          ['Thôn 1,', 240, 553, 60],
          ['Thôn 2', 240, 536, 60],
          ['2', 88, 505, 7],
          ['13h00', 178, 505, 35],
          ['Thôn 3', 240, 505, 60],
          ['Đề nghị bà con chú ý.', 85, 470, 200],
        ]),
      ),
    ).toEqual([
      'Lịch cắt điện như sau:',
      'TT\tGiờ\tKhu vực',
      '1\t07h30 - 11h30\tThôn 1, Thôn 2',
      '2\t13h00\tThôn 3',
      'Đề nghị bà con chú ý.',
    ])
  })

  test('the columns of a letterhead are read one after the other, and its lines stay lines', () => {
    const head = items([
      ['UBND XÃ A', 100, 772, 80],
      ['Số: 1/TB', 100, 755, 60],
      ['CỘNG HÒA', 320, 772, 80],
      ['Độc lập', 330, 755, 60],
      ['Nước lên', 85, 700, 50],
      [' ', 135, 700, 3],
      ['120 m', 138, 700, 40],
      ['3', 178, 704, 4],
      ['/s.', 182, 700, 12],
    ])
    expect(linesOfPage(head)).toEqual(['UBND XÃ A', 'Số: 1/TB', 'CỘNG HÒA', 'Độc lập', 'Nước lên 120 m3/s.'])
  })

  test('a head that is drawn after its page makes no table of it', () => {
    const page = Array.from({ length: 20 }, (_, nth) => [`Dòng ${nth}.`, 85, 700 - nth * 17, 300] as const)
    const drawnLast = [['Trang', 90, 780, 40] as const, ['2', 300, 780, 8] as const]
    const lines = linesOfPage(items([...page, ...drawnLast]))
    expect(lines.slice(0, 20)).toEqual(page.map(([text]) => text))
    expect(lines.join(' ')).not.toContain('\t')
  })
})
