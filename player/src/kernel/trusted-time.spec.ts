import type { Welcome } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { createReportLimit } from './reports.ts'
import { builtAt, farAheadMs, isBetter, senseAfterWelcome, senseAtBoot } from './trusted-time.ts'

const noon = Date.parse('2026-11-22T12:00:00+07:00')
const hour = 3_600_000

describe('[F9] the time a device has at boot', () => {
  it.each([
    // its clock       latest time seen   clock of its own   offset     trusted
    [noon, noon - hour, true, 0, true],
    [noon, noon - hour, false, 0, false],
    [noon, 0, true, 0, true],
    [noon - 60_000, noon, true, 0, true],
    [noon - hour, noon, true, hour, false],
    [0, noon, true, noon, false],
    [0, noon, false, noon, false],
  ])('clock %i, floor %i, own clock %s: offset %i, trusted %s', (own, floor, rtc, offset, trusted) => {
    expect(senseAtBoot(own, floor, rtc)).toEqual({ offset, trusted })
  })
})

describe('[F9] a welcome sets the time', () => {
  const welcome: Welcome = { v: 1, kind: 'welcome', device: 'd', nonce: 'n'.repeat(24), serverTime: noon }
  const asked = { nonce: welcome.nonce, at: 5_000 }
  const facts = { welcome, device: 'd', floor: noon - hour, rosterAt: noon - 24 * hour, asked, own: 5_200 }

  it('half the round trip is taken as its way here', () => {
    expect(senseAfterWelcome(facts)).toEqual({
      sense: { offset: noon + 100 - 5_200, trusted: true },
      estimate: { roundTrip: 200, own: 5_200 },
    })
  })

  it.each([
    ['for another device', { device: 'other' }, 'welcome.foreign'],
    ['that nobody asked for', { asked: undefined }, 'welcome.replayed'],
    ['with an old nonce', { asked: { nonce: 'm'.repeat(24), at: 5_000 } }, 'welcome.replayed'],
    ['that was long on its way', { own: 15_001 }, 'welcome.late'],
    ['from before the question', { own: 4_999 }, 'welcome.late'],
    ['from before a time already seen', { floor: noon + hour }, 'clock.belowFloor'],
  ])('one %s is refused: %o', (_, change, refused) => {
    expect(senseAfterWelcome({ ...facts, ...change })).toEqual({ refused })
  })

  it('one a little behind a fast crystal is believed', () => {
    expect(senseAfterWelcome({ ...facts, floor: noon + 60_000 })).toHaveProperty('sense.trusted', true)
  })

  const year2200 = Date.parse('2200-01-01T00:00:00+07:00')
  const later = Date.parse('2030-06-01T00:00:00+07:00')
  it.each([
    // told                                     newest roster  believed
    ['the year 2200', year2200, noon, false],
    ['the year 2200, by a device without any roster', year2200, 0, false],
    ['400 days after the program was made', builtAt + farAheadMs - 1_000, 0, true],
    ['more than 400 days after the program was made', builtAt + farAheadMs + 1_000, 0, false],
    ['years after, with a roster of that year', later, later - 300 * 24 * hour, true],
    ['years after, with a roster of long before', later, later - 401 * 24 * hour, false],
  ])('of %s', (_, serverTime, rosterAt, believed) => {
    const told = senseAfterWelcome({ ...facts, rosterAt, welcome: { ...welcome, serverTime } })
    expect('refused' in told ? told.refused : 'believed').toBe(believed ? 'believed' : 'clock.farAhead')
  })
})

describe('[F9] of several answers the quickest tells the time best', () => {
  const minute = 60_000
  it.each([
    // in use                             next                             taken
    ['the first', undefined, { roundTrip: 900, own: 0 }, true],
    ['a quicker one', { roundTrip: 900, own: 0 }, { roundTrip: 40, own: 4_000 }, true],
    ['one as quick', { roundTrip: 40, own: 0 }, { roundTrip: 40, own: 4_000 }, true],
    ['a slower one', { roundTrip: 40, own: 0 }, { roundTrip: 900, own: 4_000 }, false],
    ['a slower one, hours later', { roundTrip: 40, own: 0 }, { roundTrip: 900, own: 60 * minute }, true],
  ])('%s', (_, inUse, next, taken) => {
    expect(isBetter(inUse, next)).toBe(taken)
  })
})

describe('[F9] reports are few however many bad messages come', () => {
  it('tells the same refusal once a minute, and no more than ten in any', () => {
    const mayReport = createReportLimit()
    expect([0, 1, 59_999, 60_000].map((at) => mayReport(at, 'a'))).toEqual([true, false, false, true])
    const many = Array.from({ length: 30 }, (_, i) => mayReport(60_001, `code ${i}`))
    expect(many.filter(Boolean)).toHaveLength(9)
  })

  it('is not silenced by a clock that is set back', () => {
    const mayReport = createReportLimit()
    expect([mayReport(90_000, 'a'), mayReport(0, 'a')]).toEqual([true, true])
  })
})
