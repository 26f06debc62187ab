import { instantOf } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import { canonicalCode, codeHash, codeOf } from './codes.ts'
import { type ClusterState, clusterState, isFault, whySilent } from './model.ts'
import { listensAt, type Place, spansOf } from './reach.ts'

describe('an enrolment code', () => {
  test('has sixteen characters that nobody confuses, in groups of four', () => {
    const every = Uint8Array.from({ length: 16 }, (_, place) => place * 17)
    expect(codeOf(every)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(() => codeOf(new Uint8Array(15))).toThrow('16 bytes')
  })

  test.each([
    ['k7qm-2xwb-90fd-htza', 'K7QM2XWB90FDHTZA'],
    [' K7QM 2XWB  90FD HTZA ', 'K7QM2XWB90FDHTZA'],
    ['K7QM–2XWB—9OFD-HTZA', 'K7QM2XWB90FDHTZA'],
    ['IL00-oo11-0000-0000', '1100001100000000'],
  ])('typed as %j it is %s', (typed, code) => {
    expect(canonicalCode(typed)).toBe(code)
    expect(codeHash(typed)).toEqual(codeHash(code))
  })
})

describe('[F4] what is honestly known of a cluster', () => {
  // biome-ignore format: a table
  const cases: [string, boolean, boolean, boolean, ClusterState][] = [
    // stands                enrolled  online  faulty   state
    ['a device of its own',  true,     true,   false,   'reported'],
    ['a device of its own',  true,     true,   true,    'fault'],
    ['a device of its own',  true,     false,  false,   'silent'],
    ['a device of its own',  true,     false,  true,    'silent'],
    ['a device of its own',  false,    false,  false,   'unknown'],
    ['behind a gateway',     true,     true,   false,   'behindGateway'],
    ['behind a gateway',     true,     true,   true,    'fault'],
    ['behind a gateway',     true,     false,  false,   'unknown'],
    ['behind a gateway',     false,    false,  false,   'unknown'],
  ]
  test.each(cases)('%s, enrolled %s, online %s, faulty %s: %s', (stands, enrolled, online, faulty, state) => {
    expect(clusterState(stands === 'behind a gateway', { enrolled, online, faulty })).toBe(state)
  })

  test.each([
    ['neverEnrolled', { enrolled: false, online: false, faulty: false }, false],
    ['neverSeen', { enrolled: true, online: false, faulty: false }, false],
    ['offline', { enrolled: true, online: false, faulty: false }, true],
    ['fault', { enrolled: true, online: true, faulty: true }, true],
    [undefined, { enrolled: true, online: true, faulty: false }, true],
  ])('the list of the silent says %s', (why, facts, seen) => expect(whySilent(facts, seen)).toBe(why))

  test.each([
    ['output.failed', true],
    ['sound.broken', true],
    ['candidate.tooFewSigners', false],
    ['device.quietHours', false],
  ])('a report of %s is a fault of the device: %s', (code, fault) => expect(isFault(code)).toBe(fault))
})

describe('a device listens, nearest first,', () => {
  const place: Place = {
    parents: new Map([
      ['tinh', null],
      ['xa', 'tinh'],
      ['dai', 'xa'],
      ['thon-1', 'xa'],
      ['thon-2', 'xa'],
      ['thon-xa-dai', 'xa'],
    ]),
    stationOf: new Map([
      ['thon-1', 'dai'],
      ['thon-2', 'dai'],
    ]),
    villagesOf: new Map([['dai', ['thon-1', 'thon-2']]]),
  }
  test.each([
    ['cluster', 'thon-1', ['thon-1', 'dai', 'xa', 'tinh']],
    ['cluster', 'thon-xa-dai', ['thon-xa-dai', 'xa', 'tinh']],
    ['gateway', 'dai', ['dai', 'thon-1', 'thon-2', 'xa', 'tinh']],
  ] as const)('a %s at %s to %j', (kind, unit, units) => expect(listensAt(kind, unit, place)).toEqual(units))
})

describe('[F11] what a device is told of the times to come', () => {
  const day = (date: string) => instantOf(date, '00:00')
  const spans = (...stretches: [string, string[]][]) =>
    spansOf(
      stretches.map(([from, units]) => ({ from, units })),
      () => '2025-07-01',
    ).map(({ unit, from, to }) => [unit, from, to])

  test('with nothing ahead each unit is listened to without an end', () => {
    expect(spans(['2026-11-22', ['thon', 'xa']])).toEqual([
      ['thon', day('2025-07-01'), null],
      ['xa', day('2025-07-01'), null],
    ])
  })
  test('after a merger it goes on listening to its village, and to the new commune in the place of the old one', () => {
    expect(spans(['2026-11-22', ['thon', 'xa-cu', 'tinh']], ['2027-01-01', ['thon', 'xa-moi', 'tinh']])).toEqual([
      ['thon', day('2025-07-01'), null],
      ['xa-cu', day('2025-07-01'), day('2027-01-01')],
      ['xa-moi', day('2027-01-01'), null],
      ['tinh', day('2025-07-01'), null],
    ])
  })
  test('a unit that it leaves and comes back to stands there twice', () => {
    expect(spans(['2026-11-22', ['xa']], ['2027-01-01', []], ['2028-01-01', ['xa']])).toEqual([
      ['xa', day('2025-07-01'), day('2027-01-01')],
      ['xa', day('2028-01-01'), null],
    ])
  })
})
