import type { BulletinClass, Candidate, Reason } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { type Current, decide, type Situation, type Weighed } from './decide.ts'
import type { Planned } from './programme.ts'

const minute = 60_000
const now = 100 * minute

type Item = {
  id: string
  class?: BulletinClass
  /** Minutes from now. */
  at?: number
  latest?: number
  verdict?: Reason
  sounds?: boolean
  trouble?: Reason
  malformed?: boolean
}

const planned = ({ id, at = 0, latest = 10 }: Item): Planned => ({
  airing: { id, release: `release of ${id}`, at: now + at * minute, latestStart: now + latest * minute },
  units: ['commune'],
  release: undefined,
})

const weighed = (item: Item): Weighed => ({
  planned: planned(item),
  candidate: item.malformed ? undefined : ({ class: item.class ?? 'normal' } as Candidate),
  judgement: item.verdict
    ? { play: false, unit: 'commune', reason: item.verdict }
    : { play: true, unit: 'commune', volume: 80 },
  soundsReady: item.sounds ?? true,
  soundTrouble: item.trouble,
})

const sounding = (bulletinClass: BulletinClass, stopped = false): Current => ({
  airing: 'sounding',
  class: bulletinClass,
  stopped,
})

/** What the device does, as a line of words, and the minutes until it looks again. */
const decided = (items: readonly Item[], more: Partial<Situation> = {}): [string, number | undefined] => {
  const { actions, wakeAt } = decide({
    now,
    clockTrusted: true,
    current: undefined,
    pending: items.map(planned),
    weigh: ({ airing }) => {
      const item = items.find(({ id }) => id === airing.id)
      if (item === undefined || airing.at > now) throw new Error(`weighed without need: ${airing.id}`)
      return weighed(item)
    },
    saidUntrusted: () => false,
    ...more,
  })
  const words = actions.map((action) => {
    if (action.do === 'start') return `start ${action.weighed.planned.airing.id}`
    if (action.do === 'end') return `end: ${action.outcome}`
    if (action.do === 'fetch') return `fetch ${action.planned.airing.id}`
    return `silent ${action.planned.airing.id}: ${action.reason}`
  })
  return [words.join(', '), wakeAt === undefined ? undefined : Math.round((wakeAt - now) / minute)]
}

describe('[F6][F11][F14] what a device does next', () => {
  const normal = { current: sounding('normal') }
  const cases: readonly (readonly [string, readonly Item[], Partial<Situation>, string, number | undefined])[] = [
    // situation                                 airings                                                       now                         does                                    looks again in
    ['nothing planned', [], {}, '', undefined],
    ['one in half an hour', [{ id: 'a', at: 30, latest: 40 }], {}, '', 30],
    ['one due', [{ id: 'a' }], {}, 'start a', undefined],
    ['two due: the earlier first', [{ id: 'b' }, { id: 'a', at: -1 }], {}, 'start a', undefined],
    ['two due at once: always the same first', [{ id: 'b' }, { id: 'a' }], {}, 'start a', undefined],
    [
      'two due: the higher class first',
      [
        { id: 'a', at: -5 },
        { id: 'b', class: 'priority' },
      ],
      {},
      'start b',
      undefined,
    ],
    ['equal classes wait for each other', [{ id: 'a' }], normal, '', 10],
    [
      'a drill does not interrupt a priority item',
      [{ id: 'a', class: 'drill' }],
      { current: sounding('priority') },
      '',
      10,
    ],
    ['a lower class waits', [{ id: 'a' }], { current: sounding('emergency') }, '', 10],
    ['a priority item interrupts a normal one', [{ id: 'a', class: 'priority' }], normal, 'end: preempted', undefined],
    [
      'an emergency interrupts a priority item',
      [{ id: 'a', class: 'emergency' }],
      { current: sounding('priority') },
      'end: preempted',
      undefined,
    ],
    [
      'an emergency interrupts a drill',
      [{ id: 'a', class: 'emergency' }],
      { current: sounding('drill') },
      'end: preempted',
      undefined,
    ],
    [
      'an emergency does not interrupt another',
      [{ id: 'a', class: 'emergency' }],
      { current: sounding('emergency') },
      '',
      10,
    ],
    [
      'an emergency without its sound interrupts nothing yet',
      [{ id: 'a', class: 'emergency', sounds: false }],
      normal,
      'fetch a',
      10,
    ],
    [
      'an emergency that may not sound interrupts nothing',
      [{ id: 'a', class: 'emergency', verdict: 'candidate.tooFewSigners' }],
      normal,
      'silent a: candidate.tooFewSigners',
      undefined,
    ],
    ['what sounds has been stopped', [{ id: 'a' }], { current: sounding('normal', true) }, 'end: stopped', undefined],
    [
      'what sounds has been stopped, also an emergency',
      [],
      { current: sounding('emergency', true) },
      'end: stopped',
      undefined,
    ],
    ['it may not sound', [{ id: 'a', verdict: 'device.quietHours' }], {}, 'silent a: device.quietHours', undefined],
    [
      'one may not sound, the next may',
      [{ id: 'a', at: -1, verdict: 'device.quietHours' }, { id: 'b' }],
      {},
      'silent a: device.quietHours, start b',
      undefined,
    ],
    ['what was never a release', [{ id: 'a', malformed: true }], {}, 'silent a: candidate.malformed', undefined],
    [
      'a verdict that may change while it waits is not told yet',
      [{ id: 'a', verdict: 'device.minutesUsedUp' }],
      normal,
      '',
      10,
    ],
    [
      'it ran out of time while it waited',
      [{ id: 'a', latest: -1, verdict: 'airing.expired' }],
      normal,
      'silent a: airing.expired',
      undefined,
    ],
    [
      'it was stopped while it waited',
      [{ id: 'a', verdict: 'airing.stopped' }],
      normal,
      'silent a: airing.stopped',
      undefined,
    ],
    ['its sound is missing', [{ id: 'a', sounds: false }], {}, 'fetch a', 10],
    [
      'one whose sound is missing does not hold up the next',
      [{ id: 'a', at: -1, sounds: false }, { id: 'b' }],
      {},
      'fetch a, start b',
      10,
    ],
    [
      'its sound never came',
      [{ id: 'a', latest: -1, verdict: 'airing.expired', sounds: false, trouble: 'sound.missing' }],
      {},
      'silent a: sound.missing',
      undefined,
    ],
    [
      'its sound was a forgery',
      [{ id: 'a', latest: -1, verdict: 'airing.expired', sounds: false, trouble: 'sound.wrongHash' }],
      {},
      'silent a: sound.wrongHash',
      undefined,
    ],
  ]
  it.each(cases)('%s', (_, items, more, does, again) => {
    expect(decided(items, more)).toEqual([does, again])
  })

  const untrusted: readonly (readonly [string, readonly Item[], Partial<Situation>, string, number | undefined])[] = [
    ['one due just now: the time may still come', [{ id: 'a' }], {}, '', 1],
    ['one due for a minute', [{ id: 'a', at: -1 }], {}, 'silent a: clock.untrusted', undefined],
    [
      'one whose latest start is sooner than a minute',
      [{ id: 'a', latest: 0 }],
      {},
      'silent a: clock.untrusted',
      undefined,
    ],
    ['said once', [{ id: 'a', at: -1 }], { saidUntrusted: () => true }, '', undefined],
    [
      'an emergency is no exception',
      [{ id: 'a', at: -1, class: 'emergency' }],
      {},
      'silent a: clock.untrusted',
      undefined,
    ],
    ['what sounds can still be stopped', [], { current: sounding('normal', true) }, 'end: stopped', undefined],
  ]
  it.each(untrusted)('without trusted time: %s', (_, items, more, does, again) => {
    expect(decided(items, { clockTrusted: false, ...more })).toEqual([does, again])
  })
})
