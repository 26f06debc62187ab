import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposeDraft } from './propose.ts'
import { proposeAside } from './proposing.ts'

/** Dispatches written for this purpose, in the layout of NĐ 30/2020 and of Party documents. */
const folder = join(import.meta.dirname, 'golden')
const golden = (name: string): string => readFileSync(join(folder, `${name}.txt`), 'utf8')
/** Beside each stands what is to be said of it, a sentence on a line, for a reader to judge. */
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.txt') && !name.endsWith('.said.txt'))
  .map((name) => name.replace('.txt', ''))

const villages = [
  { unit: 'thon-1', name: 'Thôn 1' },
  { unit: 'thon-2a', name: 'Thôn 2 (Bình Chương)' },
  { unit: 'thon-2b', name: 'Thôn 2 (Bình Mỹ)' },
  { unit: 'nam-thuan', name: 'Thôn Nam Thuận' },
  { unit: 'ngoc-tri', name: 'Thôn Ngọc Trì' },
  { unit: 'an-diem', name: 'Thôn An Điềm' },
]
const proposed = (name: string) => proposeDraft(golden(name), villages)
const spoken = (name: string): string[] =>
  proposed(name)
    .sentences.filter(({ chosen }) => chosen)
    .map(({ text }) => text)

describe('[F48] from a dispatch to words that are said', () => {
  test.each(names)('%s: what people need is proposed, in its order, as a good officer would say it', (name) => {
    expect(spoken(name)).toEqual(golden(`${name}.said`).trimEnd().split('\n'))
  })

  test('nobody is told the half of a schedule: each village stands beside its own day, hour and place', () => {
    const wholly = (name: string, parts: readonly string[]) =>
      spoken(name).some((said) => parts.every((part) => said.includes(part)))
    const facts: readonly (readonly [string, ...string[]])[] = [
      ['cat-dien', '24/11/2026', '07h30 đến 11h30', 'thôn 1', 'Nam Thuận'],
      ['cat-dien', '26/11/2026', '05h30 đến 09h00', 'Ngọc Trì', 'khu dân cư chợ'],
      ['cat-dien', '28/11/2026', '13h00 đến 16h30', 'An Điềm'],
      ['vitamin-a', '7 giờ 30 - 10 giờ 30', '01/12/2026', 'Nhà văn hóa thôn 1'],
      ['vitamin-a', '13 giờ 30 - 16 giờ 30', '01/12/2026', 'Nhà văn hóa thôn Nam Thuận'],
      ['bau-cu', 'số 03', 'Ngọc Trì', 'An Điềm', 'Trường Tiểu học Bình Chương'],
      ['tiem-cho', 'sáng 25/11', 'An Điềm', 'chiều 25/11', 'thôn 1', 'sáng 26/11', 'Ngọc Trì'],
      ['tuyen-quan', '03/12', 'Ngọc Trì', 'An Điềm'],
      ['bao', '112,6 độ Kinh Đông', '14,2 độ Vĩ Bắc'],
    ]
    expect(facts.filter(([name, ...parts]) => !wholly(name, parts))).toEqual([])
  })

  test.each([
    [30, 30],
    [90, 0],
  ])('of a schedule of %i villages %i are said: all of them, or none where it is too long', (count, said) => {
    const rows = Array.from(
      { length: count },
      (_, nth) => `- Thôn ${nth + 1}: từ 7 giờ đến 11 giờ ngày 24/11/2026, nhà văn hóa thôn.`,
    )
    const { sentences } = proposeDraft(`Kính gửi: Bà con\nLịch khám bệnh như sau:\n${rows.join('\n')}`, villages)
    expect(sentences.filter(({ chosen, why }) => chosen && !why.includes('lead'))).toHaveLength(said)
  })

  test.each([
    ['xa-lu', '0255.3825.777'],
    ['thue-dat', '0935 220 118'],
    ['gieo-sa', '0914.552.118'],
    ['bau-cu', '0255.3851.020'],
    ['cat-dien', '1900 1909'],
  ])('%s: whom to call is said (%s), also where it is the officer on duty', (name, number) => {
    expect(spoken(name).join(' ')).toContain(number)
  })

  test.each([
    // dispatch      said by                                       title begins
    ['bau-cu', 'Ủy ban bầu cử xã Bình Chương thông báo ngày', 'Ngày bầu cử, nơi'],
    ['bao', 'Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi', 'Tập trung ứng phó bão số 13'],
    ['giay-moi', 'Ủy ban nhân dân xã Bình Chương kính mời dự', 'Dự hội nghị đối thoại'],
    ['hop-thon', 'Thôn Nam Thuận thông báo về việc họp dân', 'Họp dân cuối năm'],
    ['diet-lang-quang', 'Ủy ban nhân dân xã Bình Chương thông báo kế hoạch', 'Tổ chức chiến dịch'],
    ['tiem-cho', 'Trạm Chăn nuôi và Thú y khu vực Bình Sơn', 'Tiêm phòng dại'],
  ])('%s opens with who writes: %s', (name, opening, title) => {
    expect([spoken(name)[0]?.slice(0, opening.length), proposed(name).title.slice(0, title.length)]).toEqual([
      opening,
      title,
    ])
  })

  test.each([
    ['Giao Công an xã chỉ đạo sơ tán người dân ở ven sông xong trước 15 giờ ngày 22/11/2026.', true],
    ['Giao Công an xã lập danh sách các hộ phải sơ tán, báo cáo trước 15 giờ ngày 22/11/2026.', false],
  ])('%s: by when people must be gone is said, whoever sees to it (%s)', (sentence, chosen) => {
    const { sentences } = proposeDraft(`Kính gửi: Các thôn\n${sentence}`, villages)
    expect(sentences.map((each) => each.chosen)).toEqual([chosen])
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

  test('a letterhead that a narrow page breaks is no name: whoever writes is still named', () => {
    const broken = golden('cat-dien').replace('CHỦ NGHĨA VIỆT NAM', 'CHỦ NGHĨA VIỆT\nNAM')
    expect(proposeDraft(`${broken}\nCông dân nam chú ý.`, villages).sentences[0]?.text).toMatch(/^Điện lực Bình Sơn/)
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
    const named = (name: string) => proposed(name).places.map(({ unit }) => unit)
    expect([named('hop-dan'), named('xa-lu'), named('cat-dien'), named('giay-moi')]).toEqual([
      ['ngoc-tri'],
      ['nam-thuan', 'an-diem'],
      ['thon-1', 'nam-thuan', 'ngoc-tri', 'an-diem'],
      [],
    ])
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
        const squeezed = (words: string) => words.replace(/[\s,*_#|]+/gu, '').toLocaleLowerCase('vi')
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

test('[F48] texts that were made to hold the server are answered, all of them within the time of one test', () => {
  for (const row of [...rows, ...rows]) {
    const text = `Kính gửi: bà con.\n${row.repeat(30_000)}`.slice(0, 30_000)
    expect(proposeDraft(text, villages).parts.length).toBeGreaterThan(0)
  }
})

test('[F48] while a draft is proposed the event loop goes on, and it is the same draft', async () => {
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
