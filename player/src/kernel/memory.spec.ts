import type { Manifest, Order } from '@loa/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMemory, forget, type JournalRecord, type Memory, remember, secondsOn, snapshot } from './memory.ts'
import { isStopped, planned } from './programme.ts'

const hour = 3_600_000
const noon = Date.parse('2026-11-22T12:00:00+07:00')
const midnight = Date.parse('2026-11-23T00:00:00+07:00')

const started = (counter: number, more: Partial<Extract<JournalRecord, { t: 'started' }>> = {}): JournalRecord => ({
  t: 'started',
  counter,
  airing: `airing ${counter}`,
  release: 'release',
  unit: 'commune',
  at: noon,
  clockTrusted: true,
  volume: 80,
  sounds: [],
  resumed: false,
  until: noon + hour,
  ...more,
})
const receipt = (
  counter: number,
  seconds: number,
  more: Partial<Extract<JournalRecord, { t: 'receipt' }>> = {},
): JournalRecord => ({
  t: 'receipt',
  id: `d.1.${counter}`,
  counter,
  airing: `airing ${counter}`,
  payload: `payload ${counter}`,
  at: noon,
  seconds,
  settles: true,
  ...more,
})

const manifest = (seq: number, airings: readonly string[], more: Partial<Manifest> = {}): JournalRecord => ({
  t: 'manifest',
  body: JSON.stringify({
    v: 1,
    unit: 'commune',
    seq,
    issuedAt: noon + seq,
    airings: airings.map((id) => ({ id, release: 'r', at: noon + hour, latestStart: noon + 2 * hour })),
    releases: [],
    stopped: [],
    prefetch: [],
    ...more,
  }),
})

const order = (seq: number, id: string, issuedAt: number): JournalRecord => ({
  t: 'order',
  body: JSON.stringify({
    v: 1,
    unit: 'commune',
    seq,
    issuedAt,
    airing: { id, release: 'r', at: issuedAt, latestStart: issuedAt + hour },
    release: { body: '{}', signatures: [] },
  } satisfies Order),
})

const after = (...records: readonly JournalRecord[]): Memory => {
  const memory = emptyMemory()
  for (const record of records) remember(memory, record)
  return memory
}

const airingsOf = (memory: Memory): string[] =>
  planned(memory, [{ unit: 'commune', from: 0 }], () => undefined).map(({ airing }) => airing.id)

describe('[F11] what a device remembers across a power cut', () => {
  it('counts each play of a release once, and the rest of one that was broken off not again', () => {
    const memory = after(started(1), receipt(1, 5), started(2, { airing: 'airing 1', resumed: true }), receipt(2, 5))
    expect(memory.plays.get('release')?.count).toBe(1)
  })

  it('finds an airing that was started and never ended', () => {
    const progress: JournalRecord = { t: 'progress', counter: 2, seconds: 10, levelDbfs: -20, at: noon + 10_000 }
    const memory = after(started(1), receipt(1, 5), started(2), progress)
    expect([...memory.open.values()]).toMatchObject([
      { counter: 2, seconds: 10, levelDbfs: -20, lastAt: noon + 10_000 },
    ])
  })

  it('keeps receipts until they are acknowledged, in order', () => {
    const memory = after(receipt(1, 0), receipt(2, 0), receipt(3, 0), { t: 'acked', ids: ['d.1.2', 'd.1.9'] })
    expect([...memory.waiting.keys()]).toEqual(['d.1.1', 'd.1.3'])
  })

  it('counts seconds to the local day on which an airing began', () => {
    const late = midnight - 1_000
    const memory = after(
      started(1),
      receipt(1, 60),
      started(2, { at: late }),
      receipt(2, 30, { at: midnight + 29_000 }),
    )
    expect([secondsOn(memory, late), secondsOn(memory, midnight)]).toEqual([90, 0])
  })

  it('begins a new day with nothing', () => {
    const memory = after(started(1), receipt(1, 60), started(2, { at: midnight }), receipt(2, 7, { at: midnight }))
    expect([secondsOn(memory, noon), secondsOn(memory, midnight)]).toEqual([0, 7])
  })

  it('never lets the floor of time sink', () => {
    expect(after({ t: 'floor', at: noon }, { t: 'floor', at: noon - hour }).floor).toBe(noon)
  })

  it('ignores a record written by a later program', () => {
    expect(after({ t: 'weather', rain: true } as unknown as JournalRecord)).toEqual(emptyMemory())
  })
})

describe('[F14] a later manifest is the whole truth of its unit', () => {
  it('an airing it no longer holds is cancelled', () => {
    expect(airingsOf(after(manifest(1, ['a', 'b']), manifest(2, ['b'])))).toEqual(['b'])
  })

  it('an order issued after it stands beside it', () => {
    expect(airingsOf(after(manifest(1, ['a']), order(1, 'b', noon + 2)))).toEqual(['a', 'b'])
  })

  it('an order issued before it is gone, whichever came first', () => {
    expect(airingsOf(after(order(1, 'b', noon + 1), manifest(2, ['a'])))).toEqual(['a'])
    expect(airingsOf(after(manifest(2, ['a']), order(1, 'b', noon + 1)))).toEqual(['a'])
  })

  it('an airing held by manifest and order is one airing', () => {
    expect(airingsOf(after(manifest(1, ['a']), order(1, 'a', noon + 2)))).toEqual(['a'])
  })

  it.each([
    // what was said                                                          stopped
    ['nothing', [], false],
    ['this airing', [{ t: 'stop', unit: 'commune', airing: 'a', at: noon }], true],
    ['another airing', [{ t: 'stop', unit: 'commune', airing: 'b', at: noon }], false],
    ['everything that should have begun', [{ t: 'stop', unit: 'commune', airing: null, at: noon + hour }], true],
    ['everything, before it should have begun', [{ t: 'stop', unit: 'commune', airing: null, at: noon }], false],
    ['everything in another unit', [{ t: 'stop', unit: 'other', airing: null, at: noon + hour }], false],
    ['it is among the stopped of the manifest', [manifest(2, ['a'], { stopped: ['a'] })], true],
  ] as readonly (readonly [string, readonly JournalRecord[], boolean])[])('stopped: %s', (_, records, stopped) => {
    const memory = after(manifest(1, ['a']), ...records)
    const [airing] = planned(memory, [{ unit: 'commune', from: 0 }], () => undefined)
    expect(airing && isStopped(memory, airing)).toBe(stopped)
  })
})

describe('a compacted journal', () => {
  const records: fc.Arbitrary<JournalRecord> = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc.constantFrom<JournalRecord>(
        started(n),
        started(n, { resumed: true, release: `release ${n}` }),
        { t: 'progress', counter: n, seconds: n, levelDbfs: -n, at: noon + n },
        receipt(n, n),
        receipt(n, 0, { settles: false, at: noon + n * 8 * hour }),
        { t: 'acked', ids: [`d.1.${n}`] },
        { t: 'floor', at: noon + n },
        { t: 'stop', unit: 'commune', airing: n % 2 ? `airing ${n}` : null, at: noon + n },
        manifest(n, [`airing ${n}`]),
        order(n, `order ${n}`, noon + n),
      ),
    )

  it('means the same as the one it replaces', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 40 }), (all) => {
        const memory = after(...all)
        expect(after(...snapshot(memory))).toEqual(memory)
      }),
    )
  })

  it('has forgotten what can no longer matter', () => {
    const memory = after(started(1), receipt(1, 5), { t: 'stop', unit: 'commune', airing: null, at: noon })
    forget(memory, noon + 30 * 60_000)
    expect([memory.settled.size, memory.plays.size, memory.stops.size]).toEqual([1, 1, 1])
    forget(memory, noon + 90 * 24 * hour)
    expect([memory.settled.size, memory.plays.size, memory.stops.size]).toEqual([0, 0, 0])
  })
})
