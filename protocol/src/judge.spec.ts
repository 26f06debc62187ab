import { describe, expect, it } from 'vitest'
import type { Candidate } from './candidate.ts'
import { type JudgedFacts, judge } from './judge.ts'
import type { Roster } from './roster.ts'
import { instantOf } from './time.ts'
import type { BulletinClass } from './words.ts'

const now = instantOf('2026-11-22', '17:00')
const minute = 60_000
const day = 86_400_000
const all: BulletinClass[] = ['normal', 'priority', 'emergency', 'drill']

const person = (name: string, key: string, more: Partial<Roster['people'][number]> = {}): Roster['people'][number] => ({
  person: name,
  key: { id: key.padEnd(16, '0'), alg: 'ed25519', public: '' },
  may: all,
  from: 0,
  to: null,
  ...more,
})

const roster: Roster = {
  v: 1,
  unit: 'commune',
  version: 1,
  issuedAt: now,
  covers: ['commune', 'village'],
  people: [
    person('author', 'a1'),
    person('author', 'a2'),
    person('head', 'b1'),
    person('head', 'b2'),
    person('clerk', 'c1', { may: ['normal'] }),
    person('retired', 'd1', { to: now }),
    person('next', 'e1', { from: now + 1 }),
  ],
  servers: [],
}

const candidate: Candidate = {
  v: 1,
  release: 'release',
  unit: 'commune',
  author: 'author',
  title: 'Tin',
  class: 'normal',
  audience: ['village'],
  notBefore: now - day,
  notAfter: now + day,
  hours: [{ from: '05:00', to: '18:00' }],
  playsMax: 3,
  versions: [{ language: 'vi', sound: '0'.repeat(64), bytes: 1, durationMs: 10 * minute }],
  madeAt: now - day,
}

type Change = Partial<Omit<JudgedFacts, 'candidate' | 'airing' | 'policy' | 'signers'>> & {
  readonly candidate?: Partial<Candidate>
  readonly airing?: Partial<JudgedFacts['airing']>
  readonly policy?: Partial<JudgedFacts['policy']>
  readonly signers?: readonly string[]
}

const judged = ({ candidate: c, airing, policy, signers = ['b1'], ...more }: Change) => {
  const judgement = judge({
    now,
    clockTrusted: true,
    rosters: [roster],
    listens: ['hamlet', 'village'],
    stopped: false,
    playsSoFar: 0,
    secondsToday: 0,
    ...more,
    candidate: { ...candidate, ...c },
    airing: { id: 'airing', release: 'release', at: now, latestStart: now + 10 * minute, ...airing },
    signers: signers.map((key) => key.padEnd(16, '0')),
    policy: { quiet: [{ from: '21:00', to: '05:00' }], minutesPerDayMax: 60, volume: 80, volumeMax: 90, ...policy },
  })
  return judgement.play ? `play at ${judgement.volume}` : judgement.reason
}

const night = instantOf('2026-11-22', '23:00')
const atNight = { now: night, airing: { at: night, latestStart: night + minute }, candidate: { hours: [] } }
const emergency = { ...candidate, class: 'emergency' as const, hours: [] }

describe('[F6][F9][F10] a device decides by itself whether an airing may sound', () => {
  const cases: readonly (readonly [string, Change, string])[] = [
    // what is different                                   facts                                                     verdict
    ['nothing', {}, 'play at 80'],
    ['a volume above the cap', { policy: { volume: 100 } }, 'play at 90'],
    [
      'an emergency above the cap',
      { candidate: emergency, signers: ['a1', 'b1'], policy: { volume: 100 } },
      'play at 100',
    ],
    ['an emergency at night', { ...atNight, candidate: emergency, signers: ['a1', 'b1'] }, 'play at 80'],
    [
      'an emergency when the minutes are used up',
      { candidate: emergency, signers: ['a1', 'b1'], secondsToday: 3600 },
      'play at 80',
    ],
    [
      'an emergency raised by someone else and signed by two',
      { candidate: emergency, signers: ['b1', 'a2'] },
      'play at 80',
    ],
    ['a drill signed by two', { candidate: { class: 'drill' }, signers: ['a1', 'b1'] }, 'play at 80'],
    ['a clerk who may approve normal items', { signers: ['c1'] }, 'play at 80'],
    ['the last instant at which it may start', { airing: { latestStart: now } }, 'play at 80'],
    ['exactly the last minutes of the day', { secondsToday: 3000 }, 'play at 80'],
    ['the last of its plays', { playsSoFar: 2 }, 'play at 80'],
    [
      'a wider unit is among those listened to',
      { candidate: { audience: ['commune'] }, listens: ['village', 'commune'] },
      'play at 80',
    ],

    ['nobody has signed', { signers: [] }, 'candidate.tooFewSigners'],
    ['a key in no roster', { signers: ['f1'] }, 'candidate.tooFewSigners'],
    ['the author alone', { signers: ['a1'] }, 'candidate.ownApproval'],
    ['the author with both keys', { signers: ['a1', 'a2'] }, 'candidate.ownApproval'],
    [
      'a clerk who may not approve priority items',
      { candidate: { class: 'priority' }, signers: ['c1'] },
      'candidate.tooFewSigners',
    ],
    ['an approver whose post ends now', { signers: ['d1'] }, 'candidate.tooFewSigners'],
    ['an approver whose post begins later', { signers: ['e1'] }, 'candidate.tooFewSigners'],
    [
      'a roster that does not cover the village',
      { rosters: [{ ...roster, covers: ['commune'] }] },
      'candidate.tooFewSigners',
    ],
    ['no roster', { rosters: [] }, 'candidate.tooFewSigners'],
    ['an emergency with one signer', { candidate: emergency, signers: ['b1'] }, 'candidate.tooFewSigners'],
    [
      'an emergency with two keys of one person',
      { candidate: emergency, signers: ['b1', 'b2'] },
      'candidate.tooFewSigners',
    ],
    [
      'an emergency with a clerk as the second',
      { candidate: emergency, signers: ['a1', 'c1'] },
      'candidate.tooFewSigners',
    ],
    ['a drill with one signer', { candidate: { class: 'drill' }, signers: ['b1'] }, 'candidate.tooFewSigners'],
    [
      'a drill at night',
      { ...atNight, candidate: { class: 'drill', hours: [] }, signers: ['a1', 'b1'] },
      'device.quietHours',
    ],
    ['another audience', { candidate: { audience: ['hill'] } }, 'device.notListening'],
    ['listening to nothing', { listens: [] }, 'device.notListening'],
    ['it was stopped', { stopped: true }, 'airing.stopped'],
    ['an emergency that was stopped', { candidate: emergency, signers: ['a1', 'b1'], stopped: true }, 'airing.stopped'],
    ['the airing names another release', { airing: { release: 'other' } }, 'candidate.foreign'],
    ['the clock is not trusted', { clockTrusted: false }, 'clock.untrusted'],
    [
      'an emergency, and the clock is not trusted',
      { candidate: emergency, signers: ['a1', 'b1'], clockTrusted: false },
      'clock.untrusted',
    ],
    ['before its first day', { candidate: { notBefore: now + 1 } }, 'candidate.notYet'],
    ['after its last day', { candidate: { notAfter: now - 1 } }, 'candidate.over'],
    ['past its latest start', { airing: { latestStart: now - 1 } }, 'airing.expired'],
    [
      'an emergency past its latest start',
      { candidate: emergency, signers: ['a1', 'b1'], airing: { latestStart: now - 1 } },
      'airing.expired',
    ],
    [
      'outside the hours that were signed',
      { candidate: { hours: [{ from: '05:00', to: '17:00' }] } },
      'candidate.outsideHours',
    ],
    ['all its plays are used up', { playsSoFar: 3 }, 'candidate.playsUsedUp'],
    [
      'an emergency whose plays are used up',
      { candidate: emergency, signers: ['a1', 'b1'], playsSoFar: 3 },
      'candidate.playsUsedUp',
    ],
    ['quiet hours', atNight, 'device.quietHours'],
    [
      'a priority item in quiet hours',
      { ...atNight, candidate: { class: 'priority', hours: [] } },
      'device.quietHours',
    ],
    ['more than the minutes left', { secondsToday: 3001 }, 'device.minutesUsedUp'],
    [
      'two languages that together are too long',
      { secondsToday: 2500, candidate: { versions: [...candidate.versions, ...candidate.versions] } },
      'device.minutesUsedUp',
    ],
  ]
  it.each(cases)('%s', (_, change, verdict) => {
    expect(judged(change)).toBe(verdict)
  })

  it('names the unit that was reached, or, where none was, the first the device listens to', () => {
    const facts = {
      now,
      clockTrusted: true,
      rosters: [roster],
      stopped: false,
      playsSoFar: 0,
      secondsToday: 0,
      signers: [],
      candidate,
      airing: { id: 'a', release: 'release', at: now, latestStart: now },
      policy: { quiet: [], minutesPerDayMax: 60, volume: 80, volumeMax: 90 },
    }
    expect(judge({ ...facts, listens: ['hamlet', 'village'] }).unit).toBe('village')
    expect(judge({ ...facts, listens: ['hamlet'] }).unit).toBe('hamlet')
    expect(judge({ ...facts, listens: [] }).unit).toBe('none')
  })
})
