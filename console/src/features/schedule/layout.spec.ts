import { describe, expect, it } from 'vitest'
import type { TimelineItem, TimelineSession } from '../../api/schedule.ts'
import {
  BLOCK_MIN_PX,
  blocksOf,
  byUnit,
  entriesOf,
  leader,
  overIfApproved,
  reordered,
  rowTops,
  scaleOf,
  shifted,
  ticksOf,
  troublesOf,
} from './layout.ts'

const at = (time: string): string => `2026-11-23T${time}+07:00`
const item = (airing: string, time: string, seconds: number, change: Partial<TimelineItem> = {}): TimelineItem => ({
  airing,
  notice: `n-${airing}`,
  release: `r-${airing}`,
  title: airing,
  class: 'normal',
  unit: 'binh-chuong',
  unitName: 'xã Bình Chương',
  at: at(time),
  durationMs: seconds * 1000,
  state: 'planned',
  movable: true,
  kind: 'item',
  ...change,
})
const evening = (change: Partial<TimelineSession> = {}): TimelineSession => ({
  session: 's1',
  name: 'Chiều',
  from: '17:00',
  to: '19:00',
  start: at('17:00:00'),
  end: at('19:00:00'),
  relay: null,
  offHours: 'none',
  capacityMs: 120 * 60_000,
  usedMs: 0,
  overfullMs: 0,
  basedOn: 'x',
  items: [],
  waiting: [],
  ...change,
})
const waiting = (notice: string, minutes: number) => ({
  notice,
  title: notice,
  class: 'normal' as const,
  durationMs: minutes * 60_000,
  state: 'submitted' as const,
})

describe('blocks stand at their true place and length', () => {
  const items = [item('a', '17:00:00', 600), item('b', '17:30:00', 36)]
  const blocks = blocksOf(entriesOf(evening({ items }), items, []), Date.parse(at('17:00:00')), 4)
  it('ten minutes are ten times as high as one, an item of seconds can still be seen', () =>
    expect(blocks).toEqual([
      { key: 'a', top: 0, height: 39, half: 'whole' },
      { key: 'b', top: 120, height: BLOCK_MIN_PX, half: 'whole' },
    ]))

  it('several short ones behind one another are all seen', () => {
    const short = [item('a', '17:00:00', 20), item('b', '17:00:22', 20), item('c', '17:10:00', 60)]
    const tops = blocksOf(entriesOf(evening(), short, []), Date.parse(at('17:00:00')), 4).map(({ top }) => top)
    expect(tops).toEqual([0, 7, 40])
  })

  it('what sounds at the same time shares the width', () => {
    const two = [item('a', '17:00:00', 600), item('b', '17:05:00', 600), item('c', '17:20:00', 60)]
    const halves = blocksOf(entriesOf(evening(), two, []), Date.parse(at('17:00:00')), 4).map(({ half }) => half)
    expect(halves).toEqual(['left', 'right', 'whole'])
  })

  it('one scale serves the whole day, so that lengths compare between sessions', () =>
    expect(scaleOf([evening(), { start: at('05:00:00'), end: at('06:00:00') }], 480)).toBe(4))

  it('half hours are written beside the bed, and its end', () => {
    expect(ticksOf(evening(), 4).map(({ top }) => top)).toEqual([0, 120, 240, 360, 480])
    expect(ticksOf(evening({ end: at('17:05:00') }), 12).map(({ top }) => top)).toEqual([0, 60])
  })
})

describe('rows can be read, however short the blocks', () => {
  it('a row stands beside its block where there is room, and below the row before it where there is none', () =>
    expect(rowTops([0, 10, 200], [46, 46, 46], 4)).toEqual([0, 50, 200]))
  it('a line leads from each block to its row', () =>
    expect(leader({ top: 10, height: 6 }, 50, 20)).toBe('M0 13 L8 13 L17 64 L20 64'))
})

describe('what has a row in a session', () => {
  it('a relay is a block of its own, at the beginning or the end', () => {
    const relayed = evening({ relay: { of: 'Đài Quảng Ngãi', at: 'end', minutes: 15 } })
    expect(entriesOf(relayed, [], [])).toEqual([
      {
        key: 'relay',
        kind: 'relay',
        of: 'Đài Quảng Ngãi',
        startMs: Date.parse(at('18:45:00')),
        endMs: Date.parse(at('19:00:00')),
      },
    ])
  })

  it('what waits for approval stands after everything that is placed', () => {
    const items = [item('a', '17:00:00', 60)]
    const entries = entriesOf(evening({ items, waiting: [waiting('n1', 1), waiting('n2', 1)] }), items, [])
    expect(entries.map(({ key, startMs }) => [key, (startMs - Date.parse(at('17:00:00'))) / 1000])).toEqual([
      ['a', 0],
      ['waiting n1', 62],
      ['waiting n2', 124],
    ])
  })

  it('an over-full session says by how much, and one that would be over-full after approval says so before', () => {
    expect(entriesOf(evening({ overfullMs: 240_000 }), [], []).at(-1)).toMatchObject({
      kind: 'over',
      overMs: 240_000,
      afterApproval: false,
    })
    const nearly = evening({ usedMs: 119 * 60_000, waiting: [waiting('n1', 3)] })
    expect(overIfApproved(nearly)).toBe(2 * 60_000 + 2000)
    expect(entriesOf(nearly, [], []).at(-1)).toMatchObject({ kind: 'over', afterApproval: true })
  })

  it('what was approved and found no room is said at the end, and counts as a place to put right', () => {
    const lost = evening({ left: [item('x', '18:59:00', 60)] })
    expect(entriesOf(lost, [], []).map(({ kind }) => kind)).toEqual(['left'])
    expect(troublesOf({ date: '2026-11-23', weekday: 1, sessions: [lost], loose: [], collisions: [] })).toBe(1)
  })

  it('a collision is read after the items it is about', () => {
    const items = [item('a', '17:00:00', 600), item('b', '17:05:00', 600)]
    const clash = { a: 'a', b: 'b', from: at('17:05:00'), to: at('17:10:00'), decide: true, units: ['Thôn 6'] }
    expect(entriesOf(evening(), items, [clash]).map(({ key }) => key)).toEqual(['a', 'b', 'collision a b'])
    expect(troublesOf({ date: '2026-11-23', weekday: 1, sessions: [evening()], loose: [], collisions: [clash] })).toBe(
      1,
    )
  })
})

describe('another order', () => {
  const items = [
    item('o', '17:00:00', 10, { movable: false, kind: 'opening' }),
    item('a', '17:00:12', 60),
    item('b', '17:01:14', 30),
  ]
  it('each item follows the one before it, and what cannot be moved keeps its place', () =>
    expect(reordered(items, ['b', 'a']).map(({ airing, at: when }) => [airing, Date.parse(when)])).toEqual([
      ['o', Date.parse(at('17:00:00'))],
      ['b', Date.parse(at('17:00:12'))],
      ['a', Date.parse(at('17:00:44'))],
    ]))
  it.each([
    ['a', 1, ['b', 'a', 'c']],
    ['c', -1, ['a', 'c', 'b']],
    ['a', -1, ['a', 'b', 'c']],
    ['c', 1, ['a', 'b', 'c']],
  ])('%s moved by %d', (id, by, after) => expect(shifted(['a', 'b', 'c'], id, by)).toEqual(after))
})

describe('the sessions of many units', () => {
  it('stand by unit, its own first, then by name; their order within a unit stays', () => {
    const session = (name: string, unit?: string) => ({ name, ...(unit ? { unit, unitName: `Xã ${unit}` } : {}) })
    const places = byUnit(
      [session('sáng', 'Đông'), session('sáng', 'An'), session('chiều', 'An'), session('tối')],
      'xa',
    )
    expect(places.map(({ id, sessions }) => [id, ...sessions.map(({ name }) => name)])).toEqual([
      ['xa', 'tối'],
      ['An', 'sáng', 'chiều'],
      ['Đông', 'sáng'],
    ])
  })
})
