import type { PlannedAiring, PublicKey } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import {
  countPlay,
  type Decision,
  decide,
  due,
  interrupts,
  isStopped,
  type Knowledge,
  lastOver,
  learn,
  nextDue,
  nothingKnown,
  settle,
} from './knowledge.ts'
import { airingOf, candidateOf, commune, manifestOf, noon, rosterOf, stopOf, unsigned } from './scene.ts'

const key = (digit: string): PublicKey => ({ id: digit.repeat(32), alg: 'ed25519', public: 'x'.repeat(44) })
const people = { tam: key('1'), hanh: key('2') }
const candidate = candidateOf()
const MINUTE_MS = 60_000

const knowing = (...airings: PlannedAiring[]): Knowledge =>
  learn(learn(nothingKnown, { kind: 'roster', roster: rosterOf(people, key('9')) }), {
    kind: 'manifest',
    manifest: manifestOf(1, airings, [unsigned(candidate)]),
  })

const outcome = (decision: Decision): string =>
  decision.play ? 'plays' : 'tooLate' in decision ? 'came too late' : decision.reason

type Case = { known?: Knowledge; signers?: string[]; now?: number; since?: number; listens?: string[]; late?: number }

const decided = ({
  known,
  signers = ['1'.repeat(32)],
  now = noon,
  since = noon - 1,
  listens = [commune],
  late,
}: Case): string => {
  const airing = airingOf(late === undefined ? {} : { latestStart: noon + late })
  return outcome(
    decide(known ?? knowing(airing), { airing, release: undefined }, { candidate, signers }, { listens, now, since }),
  )
}

describe('the page’s loudspeaker decides as one on a pole', () => {
  it.each<[string, Case, string]>([
    ['approved by another person and due, it', {}, 'plays'],
    ['with nobody’s signature, it is refused:', { signers: [] }, 'candidate.tooFewSigners'],
    ['signed by its author alone, it is refused:', { signers: ['2'.repeat(32)] }, 'candidate.ownApproval'],
    [
      'signed with a key that is in no roster, it is refused:',
      { signers: ['7'.repeat(32)] },
      'candidate.tooFewSigners',
    ],
    ['meant for another commune, it is refused:', { listens: ['van-tuong'] }, 'device.notListening'],
    ['before the roster came, it is refused:', { known: nothingKnown }, 'candidate.tooFewSigners'],
    [
      'played as often as allowed, it is refused:',
      { known: countPlay(knowing(airingOf()), 'r1') },
      'candidate.playsUsedUp',
    ],
    [
      'stopped, it stays silent:',
      { known: learn(knowing(airingOf()), { kind: 'stop', stop: stopOf('a1', noon) }) },
      'airing.stopped',
    ],
    ['switched on half a minute late, it still', { now: noon + MINUTE_MS / 2, since: noon + 1 }, 'plays'],
    ['switched on after it had ended, it', { now: noon + 2 * MINUTE_MS, since: noon + MINUTE_MS + 1 }, 'came too late'],
    ['ordered late while the page listened, it still', { now: noon + 2 * MINUTE_MS }, 'plays'],
    ['ordered after its latest start, it is refused:', { now: noon + 11 * MINUTE_MS }, 'airing.expired'],
    [
      'past its latest start while it would still sound, it is refused:',
      { now: noon + 20_000, late: 5000 },
      'airing.expired',
    ],
  ])('%s %j → %s', (_, given, expected) => expect(decided(given)).toBe(expected))
})

describe('what was learnt stays in order', () => {
  it('an older roster never replaces a newer one', () => {
    const newer = learn(nothingKnown, { kind: 'roster', roster: rosterOf(people, key('9'), { version: 3 }) })
    expect(learn(newer, { kind: 'roster', roster: rosterOf({}, key('9'), { version: 2 }) })).toBe(newer)
  })

  it('a manifest with a number already seen changes nothing', () => {
    const known = knowing(airingOf())
    const again = { kind: 'manifest', manifest: manifestOf(1, [airingOf({ id: 'a2' })], []) } as const
    expect(learn(known, again)).toBe(known)
  })

  it('an airing is due from its time until it has been dealt with', () => {
    const known = knowing(airingOf(), airingOf({ id: 'a2', at: noon + MINUTE_MS }))
    expect(due(known, noon - 1)).toEqual([])
    expect(due(known, noon).map(({ airing }) => airing.id)).toEqual(['a1'])
    expect(nextDue(known, noon)?.airing.id).toBe('a2')
    expect(due(settle(known, 'a1'), noon)).toEqual([])
  })

  it('“stop everything” silences what should have started, not what comes later', () => {
    const known = learn(knowing(airingOf()), { kind: 'stop', stop: stopOf(null, noon + 1) })
    expect(isStopped(known, airingOf())).toBe(true)
    expect(isStopped(known, airingOf({ id: 'a2', at: noon + MINUTE_MS }))).toBe(false)
  })

  it('a manifest tells of stops that were missed', () => {
    const known = learn(nothingKnown, { kind: 'manifest', manifest: manifestOf(1, [airingOf()], [], ['a1']) })
    expect(isStopped(known, airingOf())).toBe(true)
  })

  it('only a notice of today that was not stopped can be heard again', () => {
    const known = knowing(airingOf(), airingOf({ id: 'earlier', at: noon - 60 * MINUTE_MS }))
    expect(lastOver(known, noon + 5 * MINUTE_MS)?.airing.id).toBe('a1')
    expect(lastOver(known, noon + 24 * 60 * MINUTE_MS)).toBeUndefined()
    const stopped = learn(known, { kind: 'stop', stop: stopOf('a1', noon) })
    expect(lastOver(stopped, noon + 5 * MINUTE_MS)?.airing.id).toBe('earlier')
  })
})

it.each([
  ['priority', 'normal', true],
  ['normal', 'priority', false],
  ['normal', 'normal', false],
  ['emergency', 'priority', true],
] as const)('%s breaks off %s: %s', (coming, sounding, breaks) =>
  expect(interrupts(candidateOf({ class: coming }), candidateOf({ class: sounding }))).toBe(breaks),
)
