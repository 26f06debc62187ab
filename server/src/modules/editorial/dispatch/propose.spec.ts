import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposeDraft } from './propose.ts'
import { proposeAside } from './proposing.ts'

/** Dispatches written for this purpose, in the layout of NĐ 30/2020 and of Party documents. */
const golden = (name: string): string => readFileSync(join(import.meta.dirname, 'golden', `${name}.txt`), 'utf8')

const villages = [
  { unit: 'thon-1', name: 'Thôn 1' },
  { unit: 'thon-2a', name: 'Thôn 2 (Bình Chương)' },
  { unit: 'thon-2b', name: 'Thôn 2 (Bình Mỹ)' },
  { unit: 'nam-thuan', name: 'Thôn Nam Thuận' },
  { unit: 'ngoc-tri', name: 'Thôn Ngọc Trì' },
]
const proposed = (name: string) => proposeDraft(golden(name), villages)
const spoken = (name: string): string[] =>
  proposed(name)
    .sentences.filter(({ chosen }) => chosen)
    .map(({ text }) => text)

describe('from a dispatch to words that are said', () => {
  test.each([
    [
      'mua-lu',
      [
        'Ủy ban nhân dân xã Bình Chương thông báo về việc chủ động ứng phó mưa lớn, lũ trên sông Trà Bồng.',
        'UBND xã Bình Chương yêu cầu:',
        'Từ 19 giờ ngày 20/11 đến 7 giờ ngày 22/11/2026, bà con không qua ngầm Suối Đá, không vớt củi, không đánh bắt cá trên sông Trà Bồng.',
        'Các hộ dân ở ven sông thuộc các thôn 1, 2 và thôn Nam Thuận di dời người già, trẻ em đến Trường Tiểu học Bình Chương trước 17 giờ ngày 21/11/2026.',
        'Trưởng các thôn:',
        'Thông báo cho bà con kê cao tài sản, dự trữ lương thực, nước uống ít nhất 3 ngày.',
        'Khi cần cứu giúp, bà con gọi số điện thoại 0255 3851 999 hoặc 112.',
      ],
    ],
    [
      'tiem-chung',
      [
        'Trạm Y tế thông báo về việc tiêm chủng mở rộng tháng 11 năm 2026.',
        'Trạm Y tế xã Bình Chương thông báo lịch tiêm chủng như sau:',
        'Thời gian: từ 7 giờ 30 đến 11 giờ, ngày 25 và 26/11/2026.',
        'Địa điểm: tại Trạm Y tế xã.',
        'Đối tượng: trẻ em dưới 24 tháng tuổi và phụ nữ có thai.',
        'Phụ huynh mang theo sổ tiêm chủng, cho trẻ ăn no trước khi tiêm.',
        'Mọi thắc mắc liên hệ Trạm Y tế xã, điện thoại 0255.3851.115.',
      ],
    ],
    [
      'cup-dien',
      [
        'Điện lực Bình Sơn thông báo tạm ngừng cung cấp điện.',
        'Điện lực Bình Sơn thông báo tạm ngừng cung cấp điện từ 6 giờ đến 15 giờ ngày 24/11/2026 tại thôn Nam Thuận và thôn Ngọc Trì.',
        'Đề nghị bà con rút phích cắm các thiết bị điện, không đến gần khu vực đang thi công.',
        'Khi cần, gọi tổng đài 1900 1909.',
      ],
    ],
    [
      'hop-dan',
      [
        'Thông báo về việc họp thôn bàn việc làm đường bê tông.',
        'Ban Nhân dân thôn mời mỗi hộ một người đến dự họp.',
        'Thời gian: 19 giờ 30, tối thứ bảy ngày 28/11/2026.',
        'Địa điểm: nhà văn hóa thôn Ngọc Trì.',
        'Nội dung: bàn mức đóng góp 500.000 đồng/hộ.',
        'Đề nghị bà con đến đúng giờ.',
      ],
    ],
    [
      'cup-nuoc',
      [
        'Xí nghiệp Cấp nước Bình Sơn thông báo về việc tạm ngừng cấp nước để súc xả, thay van tuyến ống D200.',
        'Để bảo đảm chất lượng nước và an toàn mạng lưới, Xí nghiệp Cấp nước Bình Sơn thông báo tạm ngừng cấp nước như sau:',
        'Thời gian: từ 7h30 đến 16h30 ngày 24/11/2026 (thứ Ba).',
        'Khu vực: các thôn 1, 2, 3 xã Bình Chương; khu dân cư dọc tuyến ĐT.622B từ Km3+500 đến Km5.',
        'Đề nghị khách hàng xả bỏ nước đục trước khi dùng.',
        'Đề nghị các hộ dân chủ động dự trữ nước sinh hoạt, khóa van sau đồng hồ.',
        'Mọi thắc mắc xin liên hệ đường dây nóng: 0255.3851.234 (trực 24/24).',
      ],
    ],
    [
      'tiem-soi',
      [
        'Trạm Y tế thông báo về việc tổ chức tiêm vắc xin Sởi – Rubella (MR) bổ sung cho trẻ em tháng 11/2026.',
        'Trạm Y tế xã Bình Chương tổ chức tiêm vắc xin MR cho trẻ từ 1-5 tuổi trên địa bàn xã, cụ thể:',
        'ĐỐI TƯỢNG: Trẻ sinh từ 01/01/2022 đến 31/10/2025 chưa tiêm đủ 02 mũi vắc xin có thành phần sởi.',
        'THỜI GIAN, ĐỊA ĐIỂM.',
        'Buổi sáng (7g30 - 11g00) ngày 25/11/2026: thôn 1, thôn 2, thôn 3, tại Trạm Y tế xã.',
        'Buổi chiều (13g30 - 16g30) ngày 25/11/2026: thôn 4, thôn 5, tại Nhà văn hóa thôn 4.',
        'Tiêm vét: ngày 27/11/2026 tại TYT xã.',
        'Phụ huynh mang theo sổ tiêm chủng, cho trẻ ăn no, mặc áo rộng.',
        'Vắc xin được tiêm miễn phí.',
        'Liên hệ: chị Phạm Thị Hoa, ĐT 0905 123 456.',
      ],
    ],
  ])('%s: what people need is proposed, in its order', (name, sentences) => {
    expect(spoken(name)).toEqual(sentences)
  })

  test('what offices are to do among themselves is offered, not proposed', () => {
    const offered = proposed('mua-lu').sentences.filter(({ chosen }) => !chosen)
    expect(offered.map(({ text }) => text.slice(0, 24))).toEqual([
      'Rà soát, lập danh sách c',
      'Giao Công chức Văn phòng',
    ])
  })

  test('letterhead, number, day, legal bases, recipients and signature are set aside', () => {
    const text = golden('mua-lu')
    const kinds = proposed('mua-lu').parts.map(({ kind, from, to }) => [kind, text.slice(from, to)] as const)
    const of = (wanted: string) => kinds.filter(([kind]) => kind === wanted).map(([, words]) => words)
    expect(of('number')).toEqual(['Số: 215/UBND-KT'])
    expect(of('dateline')).toEqual(['Bình Chương, ngày 20 tháng 11 năm 2026'])
    expect(of('addressee')).toHaveLength(4)
    expect(of('basis').map((words) => words.slice(0, 8))).toEqual(['Căn cứ L', 'Thực hiệ'])
    expect(of('signature')).toContain('Nguyễn Văn Tâm')
    expect(of('closing')).toEqual(['Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.'])
  })

  test('a heading in capitals signs nothing: what stands below it is still said', () => {
    const headed = golden('tiem-chung').replace('- Thời gian:', 'THỜI GIAN TIÊM\n- Thời gian:')
    const text = golden('tiem-soi')
    const signed = proposed('tiem-soi').parts.filter(({ kind }) => kind === 'signature')
    expect(text.slice(signed[0]?.from)).toMatch(/^TRƯỞNG TRẠM/)
    expect(proposeDraft(headed, villages).sentences.map(({ text: said }) => said)).toContain(
      'Địa điểm: tại Trạm Y tế xã.',
    )
  })

  test('where a PDF has put both columns of letterhead and signature on one line, they are told apart', () => {
    const flat = golden('mua-lu').replace(/ {4,}/g, ' ')
    const { sentences, title } = proposeDraft(flat, villages)
    expect(title).toBe(proposed('mua-lu').title)
    expect(sentences.map(({ text }) => text)).toEqual(proposed('mua-lu').sentences.map(({ text }) => text))
  })

  test('villages named are found, numbered lists too; where two go by one name neither is sure', () => {
    expect(proposed('mua-lu').places.map(({ unit, sure }) => [unit, sure])).toEqual([
      ['thon-1', true],
      ['thon-2a', false],
      ['thon-2b', false],
      ['nam-thuan', true],
    ])
    expect(proposed('hop-dan').places.map(({ unit }) => unit)).toEqual(['ngoc-tri'])
  })

  test('the same dispatch gives the same proposal', () => {
    expect(proposed('mua-lu')).toEqual(proposed('mua-lu'))
  })
})

const pieces = fc.constantFrom(
  'Kính gửi: ',
  'Căn cứ ',
  '\n',
  '- ',
  '1. ',
  'thôn 1, 2',
  ' bà con ',
  '20/11/2026',
  '7 giờ',
  ':',
  ';',
  '. ',
  'Nơi nhận',
  'XÃ A',
  '\t',
  '    ',
  'V/v ',
  '…',
)
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { maxLength: 60 }).map((parts) => parts.join('')),
)

describe('whatever is dropped in', () => {
  test('every sentence is linked to places inside the original, in order, and says nothing that does not stand there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { sentences, marks, parts } = proposeDraft(text, villages)
        for (const span of [...sentences.flatMap(({ sources }) => sources), ...marks, ...parts]) {
          expect(span.from).toBeGreaterThanOrEqual(0)
          expect(span.to).toBeGreaterThan(span.from)
          expect(span.to).toBeLessThanOrEqual(text.length)
        }
        const squeezed = (words: string) => words.replace(/[\s*_#|]+/gu, '').toLocaleLowerCase('vi')
        for (const { text: said, why, sources } of sentences) {
          if (why.includes('subject') || said === '') continue
          const original = squeezed(sources.map(({ from, to }) => text.slice(from, to)).join(''))
          expect(original).toContain(squeezed(said).replace(/[.:]$/u, ''))
        }
      }),
    )
  })
})

/** Rows that a pattern could try from each of their places: thirty thousand characters of them once took seconds each. */
const rows = [
  'từ ',
  'từ lúc vào ',
  'lúc ',
  '_ ',
  '| ',
  'a*',
  'a\n',
  'bão ',
  'thôn 1 ',
  `thôn 1${' '.repeat(200)}`,
  `từ${' '.repeat(500)}`,
]

test('[F11] texts that were made to hold the server are answered, all of them within the time of one test', () => {
  for (const row of [...rows, ...rows]) {
    const text = `Kính gửi: bà con.\n${row.repeat(30_000)}`.slice(0, 30_000)
    expect(proposeDraft(text, villages).parts.length).toBeGreaterThan(0)
  }
})

test('[F11] while a draft is proposed the event loop goes on, and it is the same draft', async () => {
  const order: string[] = []
  const text = 'a\n'.repeat(15_000)
  const proposing = proposeAside(text, villages).then((proposal) => {
    order.push('proposed')
    return proposal
  })
  await new Promise((done) => setImmediate(done))
  order.push('a stop')
  expect(await proposing).toEqual(proposeDraft(text, villages))
  expect(order).toEqual(['a stop', 'proposed'])
})
