import type { Welcome } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { createReportLimit } from './reports.ts'
import { senseAfterWelcome, senseAtBoot } from './trusted-time.ts'

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
  const facts = { welcome, device: 'd', floor: noon - hour, asked: { nonce: welcome.nonce, at: 5_000 }, own: 5_200 }

  it('half the round trip is taken as its way here', () => {
    expect(senseAfterWelcome(facts)).toEqual({ offset: noon + 100 - 5_200, trusted: true })
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
    expect(senseAfterWelcome({ ...facts, floor: noon + 60_000 })).toHaveProperty('trusted', true)
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
