import { describe, expect, it, test } from 'vitest'
import type { SessionVersion } from '../sessions/model.ts'
import { airtimeBefore, onBehalfSchema, refusalOfThirdParty, repeatRulesSchema, suggestedBy } from './model.ts'

const minutes = (count: number) => count * 60_000
const version = (session: string, from: string, days: number[] = [1, 2, 3, 4, 5, 6, 7]): SessionVersion => ({
  ...{ session, unit: 'xa', name: session, days, from, to: '20:00', relay: null },
  ...{ validFrom: '2026-01-01', validTo: null, offHours: 'none', confirmedBy: null, savedBy: 'lan', savedAt: 0 },
})
const daily = [version('chieu', '17:00'), version('sang', '05:00')]

describe('[F32] time for others', () => {
  // purpose, used already, asked for → outcome
  const cases: [string, 'charity' | 'other', number, number, string | undefined][] = [
    ['for charity, within the minutes', 'charity', 0, 15, undefined],
    ['to the last second of the minutes', 'charity', 10, 5, undefined],
    ['beyond the minutes of the day', 'charity', 10, 6, 'notice.thirdPartyMinutes'],
    ['for a purpose that is not in the list', 'other', 0, 1, 'notice.purposeNotAllowed'],
  ]
  test.each(cases)('%s', (_, purpose, used, asked, outcome) => {
    const about = { purpose, usedMs: minutes(used), durationMs: minutes(asked) }
    expect(refusalOfThirdParty(airtimeBefore, about)?.refused).toBe(outcome)
  })

  it('is never for the promotion of a product: the list knows no such purpose', () => {
    expect(onBehalfSchema.safeParse({ name: 'Công ty X', purpose: 'advertisement' }).success).toBe(false)
  })
})

describe('how often something is said', () => {
  // rule, sessions → suggestion
  const cases: [string, number, number, SessionVersion[], string[], string[]][] = [
    ['once a day for two days', 1, 2, daily, ['sang'], ['2026-11-23', '2026-11-24']],
    ['in both sessions for a day', 2, 1, daily, ['sang', 'chieu'], ['2026-11-23']],
    ['more often than there are sessions', 5, 1, daily, ['sang', 'chieu'], ['2026-11-23']],
    [
      'only on days on which a session runs',
      1,
      2,
      [version('cuoi-tuan', '17:00', [6, 7])],
      ['cuoi-tuan'],
      ['2026-11-28', '2026-11-29'],
    ],
    ['nowhere where there is no session', 1, 2, [], [], []],
  ]
  test.each(cases)('%s', (_, sessionsPerDay, days, versions, sessions, dates) => {
    const rule = { class: 'normal' as const, sessionsPerDay, days }
    expect(suggestedBy(rule, { versions, from: '2026-11-23' })).toEqual({ sessions, dates })
  })

  it('is said once for each class', () => {
    const rule = { class: 'normal', sessionsPerDay: 1, days: 1 }
    expect(repeatRulesSchema.safeParse([rule]).success).toBe(true)
    expect(repeatRulesSchema.safeParse([rule, rule]).success).toBe(false)
    expect(repeatRulesSchema.safeParse([{ ...rule, days: 0 }]).success).toBe(false)
  })
})
