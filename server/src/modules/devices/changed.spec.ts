import { instantOf } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import { localIso } from '../../kernel/instant.ts'
import { type Connection, changedSince, morningBefore } from './changed.ts'

const at = (time: string): number => instantOf('2026-11-23', time)
const now = at('09:00')
const since = at('05:00')
const long = instantOf('2026-11-01', '08:00')

describe('[F4] what has changed since morning is asked of the last five o’clock that is over', () => {
  test.each([
    ['2026-11-23', '05:00', '2026-11-23T05:00:00.000+07:00'],
    ['2026-11-23', '23:59', '2026-11-23T05:00:00.000+07:00'],
    ['2026-11-23', '04:59', '2026-11-22T05:00:00.000+07:00'],
    ['2027-01-01', '00:00', '2026-12-31T05:00:00.000+07:00'],
  ])('on %s at %s it is %s', (date, time, morning) => {
    expect(localIso(morningBefore(instantOf(date, time)))).toBe(morning)
  })
})

const device = (online: boolean, from: number, more: Partial<Connection> = {}): Connection => ({
  ...{ presence: { online, since: from }, enrolledAt: long, isGateway: false, clusters: 1 },
  ...more,
})
const nothing = { clusters: 0, gateways: 0 }

describe('[F4] since five in the morning', () => {
  // biome-ignore format: a table
  const cases: [string, Connection, Partial<ReturnType<typeof changedSince>>][] = [
    ['a cluster that went away is lost',                        device(false, at('06:10')),                              { lost: { clusters: 1, gateways: 0 } }],
    ['one that went away at five is lost',                      device(false, since),                                    { lost: { clusters: 1, gateways: 0 } }],
    ['one that was away before five has not changed',           device(false, since - 1),                                {}],
    ['one that was there all the time has not changed',         device(true, long),                                      {}],
    ['one that is there again is back',                         device(true, at('07:30')),                               { back: { clusters: 1, gateways: 0 } }],
    ['one taken into use today is new, not back',               device(true, at('07:30'), { enrolledAt: at('07:29') }),  {}],
    ['one taken into use today that went away is lost',         device(false, at('08:00'), { enrolledAt: at('07:29') }), { lost: { clusters: 1, gateways: 0 } }],
    ['one that has just gone is coming back, not lost',         device(false, now - 60_000),                             {}],
    ['one that was never seen has not changed',                 device(true, 0, { presence: undefined }),                {}],
    ['a gateway counts as itself, not as what is behind it',    device(false, at('06:10'), { isGateway: true, clusters: 20 }), { lost: { clusters: 0, gateways: 1 } }],
    ['a gateway that is there again is back',                   device(true, at('06:10'), { isGateway: true, clusters: 20 }),  { back: { clusters: 0, gateways: 1 } }],
    ['a device with two clusters is two clusters',              device(false, at('06:10'), { clusters: 2 }),             { lost: { clusters: 2, gateways: 0 } }],
  ]
  test.each(cases)('%s', (_, one, changed) => {
    expect(changedSince([one], { since, now })).toEqual({ lost: nothing, back: nothing, ...changed })
  })

  test('all of them are counted, each for itself', () => {
    const all = [device(false, at('06:00')), device(false, at('06:05')), device(true, at('08:00')), device(true, long)]
    expect(changedSince(all, { since, now })).toEqual({
      lost: { clusters: 2, gateways: 0 },
      back: { clusters: 1, gateways: 0 },
    })
  })
})
