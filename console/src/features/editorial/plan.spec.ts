import { describe, expect, it } from 'vitest'
import { dueOf, inOrderOfUrgency, timesOf, usualFor, whenOf } from './plan.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const sessions = [
  {
    id: 's1',
    name: 'Sáng',
    days: everyDay,
    from: '05:00',
    to: '06:00',
    relay: null,
    validFrom: '2026-01-01',
    validTo: null,
  },
  {
    id: 's2',
    name: 'Chiều',
    days: [1, 2, 3, 4, 5],
    from: '17:00',
    to: '18:00',
    relay: null,
    validFrom: '2026-01-01',
    validTo: null,
  },
]
/** Friday to Sunday. */
const dates = ['2026-11-28', '2026-11-27', '2026-11-29']

describe('how often and when a plan is heard', () => {
  it('in sessions: once for each day and session that meet, and not on a day the session does not run', () =>
    expect(timesOf({ when: 'sessions', sessions: ['s1', 's2'], dates }, sessions)).toBe(4))

  it('not before a session is in force, and not from the day on which it is over', () => {
    const short = sessions.map((session) => ({ ...session, validFrom: '2026-11-28', validTo: '2026-11-29' }))
    expect(timesOf({ when: 'sessions', sessions: ['s1'], dates }, short)).toBe(1)
  })

  it('the sentence has the names of the sessions', () =>
    expect(whenOf({ when: 'sessions', sessions: ['s2', 's1'], dates }, sessions)).toEqual({
      dates,
      sessions: ['Chiều', 'Sáng'],
    }))

  it('it is first heard when the first session that runs begins', () => {
    expect(dueOf({ when: 'sessions', sessions: ['s2'], dates }, sessions)).toEqual({
      is: 'at',
      atMs: Date.parse('2026-11-27T17:00:00+07:00'),
    })
    expect(dueOf({ when: 'times', dates, time: '09:30' }, [])).toEqual({
      is: 'at',
      atMs: Date.parse('2026-11-27T09:30:00+07:00'),
    })
  })

  it.each([
    ['start', '05:30'],
    ['end', '05:00'],
  ] as const)('where a session relays another station at its %s, it is first heard at %s', (at, time) => {
    const relaying = sessions.map((session) => ({ ...session, relay: { of: 'Đài tỉnh', at, minutes: 30 } }))
    expect(dueOf({ when: 'sessions', sessions: ['s1'], dates }, relaying)).toEqual({
      is: 'at',
      atMs: Date.parse(`2026-11-27T${time}:00+07:00`),
    })
  })

  it('what is played at once, or stands for the sessions to use, has no hour of its own', () => {
    expect(dueOf({ when: 'now' }, [])).toEqual({ is: 'now' })
    const standing = { when: 'standing', role: 'chime', sessions: [], from: '2026-12-01', to: '2027-01-01' } as const
    expect(dueOf({ ...standing, sessions: [] }, [])).toEqual({ is: 'standing' })
  })

  it('where a session is not known, no hour is invented', () =>
    expect(dueOf({ when: 'sessions', sessions: ['gone'], dates }, sessions)).toEqual({ is: 'unknown' }))
})

describe('what a draft takes from what is usual for its kind', () => {
  const usual = { sessions: ['s1'], dates: ['2026-11-28', '2026-11-29'] }
  it.each([
    // chosen already              usual                            taken
    [{ sessions: [], dates: [] }, usual, usual],
    [{ sessions: [], dates: ['2026-11-30'] }, usual, { sessions: ['s1'] }],
    // it came after somebody had chosen: nothing is written over
    [{ sessions: ['s2'], dates: [] }, usual, {}],
    [{ sessions: ['s2'], dates: ['2026-11-30'] }, usual, {}],
    // the unit has no sessions, or it did not come
    [{ sessions: [], dates: [] }, { sessions: [], dates: ['2026-11-28'] }, {}],
    [{ sessions: [], dates: [] }, undefined, {}],
  ])('of %j, where usual is %j: %j', (chosen, from, taken) => expect(usualFor(chosen, from)).toEqual(taken))
})

describe('what waits for an approver', () => {
  const sent = (id: string, kind: 'normal' | 'priority' | 'emergency', time: string) => ({
    id,
    changedAt: `2026-11-27T${time}:00+07:00`,
    current: { class: kind },
  })

  it('stands with what is urgent first, and of two alike the one that has waited longer', () => {
    const waiting = [
      sent('later', 'normal', '08:00'),
      sent('first', 'normal', '07:00'),
      sent('urgent, later', 'priority', '09:30'),
      sent('urgent', 'priority', '09:00'),
      sent('flood', 'emergency', '10:00'),
    ]
    expect(inOrderOfUrgency(waiting).map(({ id }) => id)).toEqual([
      'flood',
      'urgent',
      'urgent, later',
      'first',
      'later',
    ])
  })
})
