import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import type { SummaryFacts } from './summary.ts'
import { vi } from './vi.ts'

const facts = (change: Partial<SummaryFacts>): SummaryFacts => ({
  times: 1,
  repeats: 1,
  when: null,
  places: ['xã Bình Chương'],
  clusters: { devices: 12, behindGateway: 0 },
  gateways: 0,
  durationMs: 72_000,
  ...change,
})

const said = (words: Pick<typeof vi, 'summary'>, change: Partial<SummaryFacts>): string => {
  const { lead, rest } = words.summary(facts(change))
  return lead + rest
}

const threeDays = { dates: ['2026-11-22', '2026-11-23', '2026-11-24'], time: '17:05' }

describe('the live sentence says what is about to be sent', () => {
  it.each<[Partial<SummaryFacts>, string]>([
    [
      { times: 3, when: threeDays },
      'Phát 3 lần ở 12 cụm loa của xã Bình Chương, 17:05 các ngày 22–24/11, mỗi lần dài 1 phút 12 giây.',
    ],
    [{}, 'Phát 1 lần ở 12 cụm loa của xã Bình Chương, ngay sau khi duyệt, dài 1 phút 12 giây.'],
    [
      { repeats: 2 },
      'Phát 1 lần ở 12 cụm loa của xã Bình Chương, ngay sau khi duyệt, mỗi lần đọc 2 lượt, cả hai lượt dài 1 phút 12 giây.',
    ],
    [{ durationMs: null, clusters: null, places: [] }, 'Chưa chọn nơi phát, ngay sau khi duyệt.'],
    [
      { durationMs: null, when: { dates: [], time: '17:05' } },
      'Phát 1 lần ở 12 cụm loa của xã Bình Chương, chưa chọn ngày.',
    ],
    [
      { durationMs: null, places: ['Thôn 1', 'Thôn 2', 'Thôn 3', 'Thôn 4'] },
      'Phát 1 lần ở 12 cụm loa của Thôn 1, Thôn 2 và 2 nơi khác, ngay sau khi duyệt.',
    ],
    [
      {
        times: 6,
        when: { sessions: ['Sáng', 'Buổi chiều'], dates: ['2026-11-23', '2026-11-24', '2026-11-25'] },
      },
      'Phát 6 lần ở 12 cụm loa của xã Bình Chương, trong buổi sáng và buổi chiều, các ngày 23–25/11, mỗi lần dài 1 phút 12 giây.',
    ],
    [
      { durationMs: null, when: { sessions: [], dates: [] } },
      'Phát 1 lần ở 12 cụm loa của xã Bình Chương, chưa chọn buổi, chưa chọn ngày.',
    ],
    [
      {
        durationMs: 12_000,
        when: { role: 'opening', sessions: ['Sáng'], from: '2026-12-01', to: '2027-11-30' },
      },
      'Dùng làm nhạc hiệu mở đầu ở 12 cụm loa của xã Bình Chương, trong buổi sáng, từ 01/12/2026 đến hết 30/11/2027, dài 12 giây.',
    ],
    [
      { durationMs: null, behalf: 'Trường THPT Trần Kỳ Phong' },
      'Phát 1 lần ở 12 cụm loa của xã Bình Chương, ngay sau khi duyệt, phát hộ Trường THPT Trần Kỳ Phong.',
    ],
  ])('%j', (change, sentence) => expect(said(vi, change)).toBe(sentence))

  it('clusters behind a gateway are named apart and never added', () => {
    expect(said(vi, { clusters: { devices: 12, behindGateway: 26 }, gateways: 2, durationMs: null })).toBe(
      'Phát 1 lần ở 12 cụm loa và 26 cụm sau 2 bộ chuyển tiếp của xã Bình Chương, ngay sau khi duyệt.',
    )
    expect(said(vi, { clusters: { devices: 0, behindGateway: 26 }, gateways: 1, durationMs: null })).toBe(
      'Phát 1 lần ở 26 cụm sau bộ chuyển tiếp của xã Bình Chương, ngay sau khi duyệt.',
    )
  })

  it('sessions can be read in English', () =>
    expect(said(en, { times: 2, when: { sessions: ['Sáng'], dates: ['2026-11-23', '2026-11-24'] } })).toBe(
      'Plays 2 times on 12 clusters of xã Bình Chương, in “Sáng” on 23–24/11, 1 min 12 s each time.',
    ))

  it('it can be read in English', () =>
    expect(said(en, { times: 3, when: threeDays })).toBe(
      'Plays 3 times on 12 clusters of xã Bình Chương, at 17:05 on 22–24/11, 1 min 12 s each time.',
    ))
})
