import { expect, test } from 'vitest'
import { givingWay } from './model.ts'

const MB = 1_000_000
type Row = readonly [id: string, person: string, unit: string, megabytes: number]
const waiting = (rows: readonly Row[]) =>
  rows.map(([id, person, unit, size]) => ({ id, person, unit, length: size * MB }))
/** So many people of one unit, each with all that one may have on the way, announced and never sent. */
const crowd = (unit: string, people: number): Row[] =>
  Array.from({ length: 2 * people }, (_, i): Row => [`${unit}${i}`, `${unit} ${i >> 1}`, unit, 64])

// biome-ignore format: a table
const asked: [string, Row[], Row, string[] | undefined][] = [
  ['finds room where there is enough',                     [['1', 'lan', 'a', 64]],                      ['', 'hai', 'b', 64], []],
  ['makes its own person’s oldest give way',               [['1', 'lan', 'a', 64], ['2', 'lan', 'a', 64]], ['', 'lan', 'a', 1], ['1']],
  ['is let in where one unit has filled all there is',     crowd('a', 5),                                ['', 'hai', 'b', 64], ['a0']],
  ['is refused where its own unit has filled all there is', crowd('a', 5),                               ['', 'lan', 'a', 64], undefined],
  ['is refused where nobody has more than its own unit',   [...crowd('a', 3), ...crowd('b', 2)],         ['', 'lan', 'a', 64], undefined],
  ['does not take from a unit that has no more than it',   [...crowd('a', 2), ...crowd('b', 2), ...crowd('c', 1)], ['', 'hoa', 'c', 128], undefined],
]

test.each(asked)('an upload that is announced %s', (_title, open, [, person, unit, size], gone) => {
  expect(givingWay(waiting(open), { person, unit, length: size * MB })).toEqual(gone)
})
