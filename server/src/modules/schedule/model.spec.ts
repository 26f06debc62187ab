import { instantOf, localDate } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import {
  type AiringState,
  decideStop,
  endsWithStopAll,
  placementsOf,
  planSchema,
  stateOf,
  type TimedPlan,
} from './model.ts'

/** `22 17:05` → that local time of November 2026, to the minute. */
const nov = (text: string) => instantOf(`2026-11-${text.slice(0, 2)}`, text.slice(3))
const say = (at: number) => {
  const local = new Date(at + 7 * 3_600_000).toISOString()
  return `${local.slice(8, 10)} ${local.slice(11, 16)}`
}
const times = (time: string, ...days: string[]): TimedPlan => ({
  when: 'times',
  time,
  dates: days.map((day) => `2026-11-${day}`),
})

describe('when a release is aired', () => {
  // plan                                   issued      at → latest start
  const cases: [string, TimedPlan, string, string[]][] = [
    ['at once, for ten minutes', { when: 'now' }, '22 08:00', ['22 08:00 → 22 08:10']],
    ['at once just before midnight', { when: 'now' }, '22 23:55', ['22 23:55 → 23 00:05']],
    [
      'on each date at the time',
      times('17:05', '22', '23'),
      '22 08:00',
      ['22 17:05 → 22 17:35', '23 17:05 → 23 17:35'],
    ],
    [
      'in order, however the dates were picked',
      times('05:00', '24', '23'),
      '22 08:00',
      ['23 05:00 → 23 05:30', '24 05:00 → 24 05:30'],
    ],
    ['once on a date picked twice', times('05:00', '23', '23'), '22 08:00', ['23 05:00 → 23 05:30']],
    [
      'as soon as it may be when approved within the half hour',
      times('17:05', '22'),
      '22 17:20',
      ['22 17:20 → 22 17:35'],
    ],
    ['not on a date whose half hour is over', times('17:05', '22', '23'), '22 17:35', ['23 17:05 → 23 17:35']],
    ['not at all when every date is over', times('17:05', '20', '21'), '22 08:00', []],
    ['across midnight when approved late', times('23:50', '22'), '23 00:10', ['23 00:10 → 23 00:20']],
  ]
  test.each(cases)('%s', (_, plan, issued, expected) => {
    const placed = placementsOf(plan, nov(issued))
    expect(placed.map(({ at, latestStart }) => `${say(at)} → ${say(latestStart)}`)).toEqual(expected)
    for (const { at, localDate: date } of placed) expect(date).toBe(localDate(at))
  })
})

describe('a plan that is none is not read', () => {
  const broken: [string, unknown][] = [
    ['no time', { when: 'times', dates: ['2026-11-22'] }],
    ['no date', { when: 'times', dates: [], time: '17:05' }],
    ['30 February', { when: 'times', dates: ['2026-02-30'], time: '17:05' }],
    ['25 hours', { when: 'times', dates: ['2026-11-22'], time: '25:00' }],
    ['a word more', { when: 'now', loud: true }],
  ]
  test.each(broken)('%s', (_, plan) => {
    expect(planSchema.safeParse(plan).success).toBe(false)
  })
})

const airing = {
  at: nov('22 17:05'),
  latestStart: nov('22 17:35'),
  durationMs: 60_000,
  stoppedAt: null as number | null,
}

describe('what an airing is', () => {
  const cases: [string, number | null, AiringState][] = [
    ['22 17:04', null, 'planned'],
    ['22 17:05', null, 'playing'],
    ['22 17:06', null, 'playing'], // the last clusters are still ending
    ['22 17:07', null, 'over'],
    ['22 17:04', nov('22 12:00'), 'stopped'],
    ['22 17:07', nov('22 17:05'), 'stopped'],
  ]
  test.each(cases)('at %s (stopped: %s) it is %s', (now, stoppedAt, expected) => {
    expect(stateOf({ ...airing, stoppedAt }, nov(now))).toBe(expected)
  })
})

describe('a press on stop', () => {
  const cases: [string, string, number | null, ReturnType<typeof decideStop>][] = [
    ['before it starts', '22 12:00', null, 'stop'],
    ['while it plays', '22 17:05', null, 'stop'],
    ['while a cluster that started late may still play', '22 17:36', null, 'stop'],
    ['when nobody can be playing it any more', '22 17:37', null, { refused: 'airing.alreadyOver' }],
    ['a second time', '22 17:06', nov('22 17:05'), 'stoppedBefore'],
    ['a second time, long after', '23 08:00', nov('22 17:05'), 'stoppedBefore'],
  ]
  test.each(cases)('%s', (_, now, stoppedAt, expected) => {
    expect(decideStop({ ...airing, stoppedAt }, nov(now))).toEqual(expected)
  })
})

describe('stop everything here', () => {
  const here = new Set(['binh-chuong', 'thon-1', 'thon-2'])
  const cases: [string, string, readonly string[], boolean][] = [
    ['ends what plays here only', '22 17:05', ['thon-1', 'thon-2'], true],
    ['leaves what starts later', '22 17:04', ['thon-1'], false],
    ['leaves what is over', '22 18:30', ['thon-1'], false],
    ['does not end for others what the province plays everywhere', '22 17:05', ['binh-chuong', 'binh-son'], false],
  ]
  test.each(cases)('%s', (_, now, audience, expected) => {
    expect(endsWithStopAll({ ...airing, audience }, here, nov(now))).toBe(expected)
  })
})
