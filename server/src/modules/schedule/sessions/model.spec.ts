import { instantOf } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  isOffHours,
  refusalOf,
  relaySchema,
  runOn,
  runsOn,
  type SessionVersion,
  sessionFieldsSchema,
  weekdayOf,
} from './model.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const version = (more: Partial<SessionVersion> = {}): SessionVersion => ({
  ...{ session: 's1', unit: 'xa', name: 'Buổi chiều', days: EVERY_DAY, from: '17:00', to: '19:00', relay: null },
  ...{ validFrom: '2026-11-22', validTo: null, offHours: 'none', confirmedBy: null, savedBy: 'lan', savedAt: 0 },
  ...more,
})
const other = (more: Partial<SessionVersion>) => version({ session: 's2', name: 'Buổi khác', ...more })

describe('a session as it is asked for', () => {
  // biome-ignore format: a table
  const cases: [string, Partial<SessionVersion>, SessionVersion[], string | undefined][] = [
    ['in the afternoon',                              {},                                                                    [],                                              undefined],
    ['of five minutes',                               { to: '17:05' },                                                       [],                                              undefined],
    ['of four minutes',                               { to: '17:04' },                                                       [],                                              'session.tooShort'],
    ['across midnight',                               { from: '22:00', to: '01:00' },                                        [],                                              'session.acrossMidnight'],
    ['of no time at all',                             { to: '17:00' },                                                       [],                                              'session.acrossMidnight'],
    ['that is all relay',                             { relay: { of: 'Đài tỉnh', at: 'start', minutes: 120 } },              [],                                              undefined],
    ['with a relay a minute too long',                { relay: { of: 'Đài tỉnh', at: 'end', minutes: 121 } },                [],                                              'session.relayTooLong'],
    ['after another one ends',                        {},                                                                    [other({ from: '15:00', to: '17:00' })],         undefined],
    ['a minute before another one ends',              {},                                                                    [other({ from: '15:00', to: '17:01' })],         'session.overlaps'],
    ['at the hours of another one on other days',     { days: [6, 7] },                                                      [other({ days: [1, 2, 3, 4, 5] })],              undefined],
    ['at the hours of one that has ended by then',    {},                                                                    [other({ validTo: '2026-11-22', validFrom: '2026-01-01' })], undefined],
    ['at the hours of one that begins later',         {},                                                                    [other({ validFrom: '2027-01-01' })],            'session.overlaps'],
    ['at its own hours, being changed',               {},                                                                    [version()],                                     undefined],
  ]
  it.each(cases)('%s', (_, differs, others, outcome) => {
    expect(refusalOf(version(differs), others)?.refused).toBe(outcome)
  })

  it.each([
    ['05:00', '07:00', false],
    ['04:59', '07:00', true],
    ['19:00', '21:00', false],
    ['19:00', '21:01', true],
    ['23:00', '23:30', true],
  ])('from %s to %s it touches the night: %s', (from, to, expected) => {
    expect(isOffHours({ from, to })).toBe(expected)
  })

  it('has days of the week, each once, and a name', () => {
    const fields = { name: ' Sáng ', days: [7, 1, 1], from: '05:00', to: '07:00', relay: null }
    expect(sessionFieldsSchema.parse(fields)).toMatchObject({ name: 'Sáng', days: [1, 7] })
    for (const broken of [
      { days: [] },
      { days: [0] },
      { days: [8] },
      { name: '  ' },
      { from: '24:00' },
      { to: '7:00' },
    ])
      expect(sessionFieldsSchema.safeParse({ ...fields, ...broken }).success).toBe(false)
    expect(relaySchema.safeParse({ of: 'VOV', at: 'middle', minutes: 5 }).success).toBe(false)
  })
})

describe('when a session runs', () => {
  it.each([
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['2028-02-29', 2],
  ])('%s is day %i of the week', (date, day) => {
    expect(weekdayOf(date)).toBe(day)
  })

  it('on its days, from the first day it holds to the day before it does no more', () => {
    const weekdays = version({ days: [1, 2], validTo: '2026-11-30' })
    const dates = Array.from({ length: 14 }, (_, day) => addDays('2026-11-20', day))
    expect(runsOn([weekdays], dates).map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-24'])
  })

  it('its own items stand between its relays', () => {
    const [start, end] = [instantOf('2026-11-23', '17:00'), instantOf('2026-11-23', '19:00')]
    const relayed = (at: 'start' | 'end') =>
      runOn(version({ relay: { of: 'Đài tỉnh', at, minutes: 30 } }), '2026-11-23')
    expect(relayed('start')?.own).toEqual({ from: start + 1_800_000, to: end })
    expect(relayed('end')?.own).toEqual({ from: start, to: end - 1_800_000 })
  })
})
