import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateOf,
  dateRuns,
  dateWritten,
  isNight,
  looksLikeDate,
  numberWritten,
  position,
  readDate,
  readTime,
  timeOf,
  weekdayOf,
} from './format.ts'
import { vi } from './vi.ts'

describe('numbers are written as in Viet Nam', () => {
  it.each([
    [1107, 0, '1.107'],
    [554, 0, '554'],
    [1234567, 0, '1.234.567'],
    [39.83, 2, '39,83'],
    [1107.25, 1, '1.107,3'],
    [-16, 0, '−16'],
    [0, 0, '0'],
  ])('%d with %d decimals is %s', (value, decimals, written) =>
    expect(numberWritten(value, 'vi', decimals)).toBe(written),
  )

  it('an English reader sees the marks the other way round', () =>
    expect(numberWritten(1107.25, 'en', 1)).toBe('1,107.3'))
})

describe('dates and times are those of Viet Nam, whatever offset an instant came with', () => {
  it.each([
    ['2026-11-22T17:05:00+07:00', '17:05', '2026-11-22', '22/11/2026'],
    ['2026-11-22T17:05:00Z', '00:05', '2026-11-23', '23/11/2026'],
    ['2026-12-31T23:59:59.999+07:00', '23:59', '2026-12-31', '31/12/2026'],
  ])('%s is %s on %s', (instant, time, date, written) => {
    expect(timeOf(instant)).toBe(time)
    expect(dateOf(instant)).toBe(date)
    expect(dateWritten(instant)).toBe(written)
  })

  it('22/11/2026 is a Sunday', () => expect(vi.longDate('2026-11-22')).toBe('Chủ nhật, 22/11/2026'))
  it('weekdays are right on both sides of a year’s end', () =>
    expect([weekdayOf('2026-12-31'), weekdayOf('2027-01-01')]).toEqual([4, 5]))
  it('the day after the last of November is the first of December', () =>
    expect(addDays('2026-11-30', 1)).toBe('2026-12-01'))
})

describe('durations are said in words', () => {
  it.each([
    [72_000, '1 phút 12 giây', '1:12'],
    [36_000, '36 giây', '0:36'],
    [120_000, '2 phút', '2:00'],
    [3_900_000, '1 giờ 5 phút', '1:05:00'],
    [0, '0 giây', '0:00'],
    [59_600, '1 phút', '1:00'],
  ])('%d ms is “%s”, or %s as a position', (ms, words, short) => {
    expect(vi.duration(ms)).toBe(words)
    expect(position(ms)).toBe(short)
  })
})

describe('days chosen are read as runs', () => {
  it.each([
    [['2026-11-22', '2026-11-23', '2026-11-24'], ['22–24/11']],
    [
      ['2026-11-24', '2026-11-22'],
      ['22/11', '24/11'],
    ],
    [['2026-11-30', '2026-12-01', '2026-12-02'], ['30/11–02/12']],
    [['2026-11-22', '2026-11-22'], ['22/11']],
    [[], []],
  ])('%j is %j', (dates, runs) => expect(dateRuns(dates)).toEqual(runs))
})

describe('a day or a time may be typed as people write it', () => {
  it.each([
    ['24/11/2026', '2026-11-24'],
    ['1/12/2026', '2026-12-01'],
    ['24-11-2026', '2026-11-24'],
    ['24.11', '2026-11-24'],
    ['31/11/2026', undefined],
    ['11/24/2026', undefined],
    ['ngày mai', undefined],
    ['', undefined],
  ])('the day “%s” is %s', (text, date) => expect(readDate(text, '2026-11-22')).toBe(date))

  it.each([
    ['17:05', '17:05'],
    ['17h05', '17:05'],
    ['7h', '07:00'],
    ['7 giờ 30', '07:30'],
    ['1705', '17:05'],
    ['24:00', undefined],
    ['17:60', undefined],
    ['sáng', undefined],
  ])('the time “%s” is %s', (text, time) => expect(readTime(text)).toBe(time))
})

describe('what is wrong with a typed day can be named', () => {
  it.each(['31/02/2027', '31/11', '45/13/2026'])('%s looks like a day and is none', (text) =>
    expect([looksLikeDate(text), readDate(text, '2026-11-22')]).toEqual([true, undefined]),
  )
  it('words are no day at all', () => expect(looksLikeDate('ngày mai')).toBe(false))
  it.each([
    ['20:59', false],
    ['21:00', true],
    ['04:59', true],
    ['05:00', false],
    ['', false],
  ])('at %s loudspeakers are quiet for the night: %s', (time, night) => expect(isNight(time)).toBe(night))
})
