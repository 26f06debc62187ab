import { describe, expect, test } from 'vitest'
import type { Sample } from '../../api/network.ts'
import { timeOf } from '../../i18n/format.ts'
import { DAY_MS, gapsIn, hoursIn, lineOf, rangeOf, STRIP_WIDTH, strengthOf, xOf } from './day.ts'

const now = Date.parse('2026-11-22T17:15:00+07:00')
const sample = (time: string, online: boolean, signalDbm: number | null = null): Sample => ({
  at: `2026-11-22T${time}:00+07:00`,
  online,
  signalDbm,
  powerVolts: null,
  onMains: null,
})

describe('the last day of a device', () => {
  test('a loss of connection lasts until the next sample that is connected; two in a row are one', () => {
    const samples = [sample('14:05', false), sample('15:00', false), sample('16:00', true), sample('17:00', false)]
    expect(gapsIn(samples, now).map(({ from, to }) => `${timeOf(from)}–${timeOf(to)}`)).toEqual([
      '14:05–16:00',
      '17:00–17:15',
    ])
  })

  test('what was before the day is cut at its beginning', () => {
    const before: Sample = { ...sample('00:00', false), at: '2026-11-20T08:00:00+07:00' }
    expect(gapsIn([before, sample('06:00', true)], now)[0]?.from).toBe(now - DAY_MS)
  })

  test('the strip ends now and begins a day ago', () => {
    expect([xOf(now, now), xOf(now - DAY_MS, now), xOf(now - DAY_MS / 2, now)]).toEqual([
      STRIP_WIDTH,
      0,
      STRIP_WIDTH / 2,
    ])
  })

  test('nothing measured is no zero, and no line is drawn while the connection is lost', () => {
    expect(rangeOf([null, null])).toBeUndefined()
    const samples = [sample('12:00', true, -80), sample('13:00', false, -80), sample('14:00', true, -100)]
    const range = rangeOf(samples.map(({ signalDbm }) => signalDbm))
    expect(range).toEqual({ least: -100, most: -80 })
    const line = range && lineOf(samples, ({ signalDbm }) => signalDbm, { now, height: 20, range })
    expect(line?.match(/M/g)).toHaveLength(2)
  })

  test('hours are written every six hours of the clock on the wall', () => {
    expect(hoursIn(now).map(timeOf)).toEqual(['18:00', '00:00', '06:00', '12:00'])
  })

  test.each([
    [-70, 'strong'],
    [-85, 'strong'],
    [-90, 'fair'],
    [-108, 'weak'],
  ] as const)('%i dBm is %s', (dbm, word) => {
    expect(strengthOf(dbm)).toBe(word)
  })
})
