import { describe, expect, it } from 'vitest'
import { instantOf, isWithin, localDate, localMinute } from './time.ts'

describe('local time is UTC+7 all year', () => {
  it.each([
    // UTC                          local date    minute of the day
    ['2026-11-21T16:59:59.999Z', '2026-11-21', 1439],
    ['2026-11-21T17:00:00.000Z', '2026-11-22', 0],
    ['2026-11-22T00:00:00.000Z', '2026-11-22', 420],
    ['2026-12-31T17:00:00.000Z', '2027-01-01', 0],
    ['2028-02-28T17:00:00.000Z', '2028-02-29', 0],
    ['1970-01-01T00:00:00.000Z', '1970-01-01', 420],
    ['1969-12-31T16:59:00.000Z', '1969-12-31', 1439],
  ])('%s is on %s, minute %i', (utc, date, minute) => {
    expect([localDate(Date.parse(utc)), localMinute(Date.parse(utc))]).toEqual([date, minute])
  })

  it('turns a local date and time into an instant and back', () => {
    expect(instantOf('2026-11-22', '17:30')).toBe(Date.parse('2026-11-22T10:30:00.000Z'))
    expect(localDate(instantOf('2026-11-22', '00:00'))).toBe('2026-11-22')
  })

  it.each([
    ['2026-02-30', '10:00'],
    ['2026-13-01', '10:00'],
    ['2026-11-22', '24:00'],
    ['2026-11-22', '10:60'],
    ['22-11-2026', '10:00'],
    ['', ''],
  ])('takes "%s %s" for a bug', (date, time) => {
    expect(() => instantOf(date, time)).toThrow('not a local date and time')
  })
})

describe('a daily span holds its beginning, not its end, and may cross midnight', () => {
  it.each([
    // from     to       at       within
    ['21:00', '05:00', '20:59', false],
    ['21:00', '05:00', '21:00', true],
    ['21:00', '05:00', '23:59', true],
    ['21:00', '05:00', '00:00', true],
    ['21:00', '05:00', '04:59', true],
    ['21:00', '05:00', '05:00', false],
    ['05:00', '21:00', '04:59', false],
    ['05:00', '21:00', '05:00', true],
    ['05:00', '21:00', '20:59', true],
    ['05:00', '21:00', '21:00', false],
    ['00:00', '23:59', '00:00', true],
    ['00:00', '23:59', '23:59', false],
    ['12:00', '12:00', '12:00', false],
    ['23:59', '00:00', '23:59', true],
    ['23:59', '00:00', '00:00', false],
  ])('%s–%s at %s: %s', (from, to, at, within) => {
    expect(isWithin({ from, to }, instantOf('2026-11-22', at))).toBe(within)
  })
})
