import { instantOf } from '@loa/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_MS, type Item, layOut, type Wanted } from './layout.ts'

const at = (time: string) => instantOf('2026-11-23', time)
const clockTime = (instant: number | null) =>
  instant === null ? 'left' : new Date(instant + 7 * 3_600_000).toISOString().slice(11, 19)
const minutes = (count: number) => count * 60_000
const always = { notBefore: 0, notAfter: at('23:59'), hours: [] }
const item = (id: string, length: number, more: Partial<Item> = {}): Item => ({
  ...{ id, durationMs: minutes(length), approved: always, holdUntil: null },
  ...more,
})
const session: Wanted = { window: { from: at('17:00'), to: at('17:30') }, notBefore: 0, blocks: [], items: [] }

describe('a running order', () => {
  // what is to be heard → where it begins, and by how much it is too much
  const cases: [string, Partial<Wanted>, string[], number][] = [
    ['of nothing is nothing', {}, [], 0],
    ['of one item begins with the session', { items: [item('a', 5)] }, ['17:00:00'], 0],
    ['leaves two seconds between items', { items: [item('a', 5), item('b', 5)] }, ['17:00:00', '17:05:02'], 0],
    ['may be full to the last second', { items: [item('a', 30)] }, ['17:00:00'], 0],
    [
      'says by how much the last item is too long',
      { items: [item('a', 20), item('b', 11)] },
      ['17:00:00', '17:20:02'],
      62_000,
    ],
    ['leaves out what cannot begin in it', { items: [item('a', 31), item('b', 1)] }, ['17:00:00', 'left'], 120_000],
    ['begins after what is sounding', { notBefore: at('17:10'), items: [item('a', 5)] }, ['17:10:00'], 0],
    [
      'keeps to the hours that were approved',
      { items: [item('a', 5, { approved: { ...always, hours: [{ from: '17:10', to: '18:00' }] } })] },
      ['17:10:00'],
      0,
    ],
    [
      'leaves out what was approved for other hours',
      { items: [item('a', 5, { approved: { ...always, hours: [{ from: '05:00', to: '07:00' }] } }), item('b', 5)] },
      ['left', '17:00:00'],
      300_000,
    ],
    [
      'leaves out what is no longer approved',
      { items: [item('a', 5, { approved: { ...always, notAfter: at('16:59') } })] },
      ['left'],
      300_000,
    ],
    [
      'goes around what comes from elsewhere',
      { blocks: [{ from: at('17:04'), to: at('17:08') }], items: [item('a', 5), item('b', 2)] },
      ['17:08:02', '17:13:04'],
      0,
    ],
    [
      'puts before it what fits before it',
      { blocks: [{ from: at('17:06'), to: at('17:08') }], items: [item('a', 5), item('b', 2)] },
      ['17:00:00', '17:08:02'],
      0,
    ],
    [
      'waits where it was decided that another goes first',
      { items: [item('a', 5, { holdUntil: at('17:12') })] },
      ['17:12:00'],
      0,
    ],
  ]
  it.each(cases)('%s', (_, differs, begins, overfullMs) => {
    const laid = layOut({ ...session, ...differs })
    expect(laid.places.map((place) => clockTime(place.at))).toEqual(begins)
    expect(laid.overfullMs).toBe(overfullMs)
  })
})

const lengths = fc.array(fc.integer({ min: 1_000, max: 900_000 }), { minLength: 1, maxLength: 12 })
const blocks = fc.array(fc.tuple(fc.integer({ min: 0, max: 1_800_000 }), fc.integer({ min: 1_000, max: 600_000 })), {
  maxLength: 4,
})
const itemsOf = (durations: readonly number[]): Item[] =>
  durations.map((durationMs, place) => ({ id: String(place), durationMs, approved: always, holdUntil: null }))
const spansOf = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([from, length]) => ({ from: at('17:00') + from, to: at('17:00') + from + length }))

describe('whatever is put into it', () => {
  it('no two items of a session are heard at once, nor an item and what comes from elsewhere', () => {
    fc.assert(
      fc.property(lengths, blocks, (durations, elsewhere) => {
        const wanted = { ...session, items: itemsOf(durations), blocks: spansOf(elsewhere) }
        const { places } = layOut(wanted)
        const sounding = places.flatMap(({ id, at: from }) =>
          from === null ? [] : [{ from, to: from + (durations[Number(id)] ?? 0) }],
        )
        sounding.slice(1).forEach((span, place) => {
          expect(span.from).toBeGreaterThanOrEqual((sounding[place]?.to ?? 0) + GAP_MS)
        })
        for (const span of sounding) {
          expect(span.from).toBeGreaterThanOrEqual(session.window.from)
          expect(span.from).toBeLessThan(session.window.to)
          for (const block of wanted.blocks) expect(span.from >= block.to || span.to <= block.from).toBe(true)
        }
      }),
    )
  })

  it('the time it takes is the sum of its items and the silences between them', () => {
    fc.assert(
      fc.property(lengths, (durations) => {
        const sum = durations.reduce((total, each) => total + each, 0) + GAP_MS * (durations.length - 1)
        const { places } = layOut({
          ...session,
          window: { ...session.window, to: at('23:00') },
          items: itemsOf(durations),
        })
        const last = places.at(-1)
        expect((last?.at ?? 0) + (durations.at(-1) ?? 0) - session.window.from).toBe(sum)
      }),
    )
  })

  it('moving an item away and back puts everything where it was', () => {
    fc.assert(
      fc.property(lengths, blocks, fc.nat(), fc.nat(), (durations, elsewhere, one, other) => {
        const items = itemsOf(durations)
        const wanted = { ...session, items, blocks: spansOf(elsewhere) }
        const [from, to] = [one % items.length, other % items.length]
        const moved = [...items]
        moved.splice(to, 0, ...moved.splice(from, 1))
        const back = [...moved]
        back.splice(from, 0, ...back.splice(to, 1))
        expect(layOut({ ...wanted, items: back })).toEqual(layOut(wanted))
        expect(new Set(layOut({ ...wanted, items: moved }).places.map(({ id }) => id)).size).toBe(items.length)
      }),
    )
  })
})
