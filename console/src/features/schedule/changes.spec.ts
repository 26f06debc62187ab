import { describe, expect, it } from 'vitest'
import type { ScheduleChange } from '../../api/schedule.ts'
import { vi } from '../../i18n/vi.ts'
import { changeWritten, linesOf } from './changes.tsx'

const change = (part: Partial<ScheduleChange>): ScheduleChange => ({
  kind: 'moved',
  date: '2026-11-23',
  airing: 'a',
  title: 'Lịch cắt điện',
  from: null,
  to: null,
  ...part,
})
const at = (time: string): string => `2026-11-23T${time}+07:00`

describe('what a change of the schedule would do, in words', () => {
  it.each<[Partial<ScheduleChange>, string]>([
    [{ from: at('17:05:00'), to: at('17:01:14') }, '“Lịch cắt điện” phát lúc 17:01 thay cho 17:05'],
    [{ from: at('17:00:02'), to: at('17:00:40') }, '“Lịch cắt điện” phát lúc 17:00:40 thay cho 17:00:02'],
    [{ to: at('17:01:14') }, '“Lịch cắt điện” phát lúc 17:01'],
    [{ kind: 'left' }, '“Lịch cắt điện” không còn chỗ, sẽ không phát trong buổi này'],
    [{ kind: 'offHours' }, 'Ngoài giờ thường lệ (21:00–05:00): chờ người thứ hai xác nhận mới có hiệu lực'],
    [{ kind: 'closed', title: 'Sáng', from: '05:00', to: '06:00' }, 'Không còn buổi Sáng 05:00–06:00'],
  ])('%j', (part, words) => expect(changeWritten(change(part), vi)).toBe(words))

  it('an over-full session says by how much, where that is known', () => {
    expect(changeWritten(change({ kind: 'overfull' }), vi, 240_000)).toBe('Buổi sẽ quá giờ 4 phút')
    expect(changeWritten(change({ kind: 'overfull' }), vi)).toBe('Buổi sẽ quá giờ')
  })

  it('what is the same on many days is said once, with its days', () => {
    const opened = ['2026-11-23', '2026-11-24', '2026-11-27'].map((date) =>
      change({ kind: 'opened', date, airing: null, title: 'Sáng', from: '05:00', to: '06:00' }),
    )
    expect(linesOf(opened, vi, true)).toEqual(['23–24/11, 27/11: Có buổi Sáng 05:00–06:00'])
  })
})
