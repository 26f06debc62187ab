import { expect, test } from 'vitest'
import type { Pcm } from './cut.ts'
import { changeOf, fileOf, heardOf, soundKey, TAKES_MAX, type Take, takeOf, withTake } from './take.ts'

const pcm: Pcm = { samples: Int16Array.from({ length: 16_000 }, (_, i) => 8000 * Math.sin(i / 9)), sampleRate: 16_000 }
const named = (id: string): Take => takeOf(id, pcm)

test('three takes are kept, the newest last; a fourth lets the first one go', () => {
  const three = ['a', 'b', 'c'].reduce<Take[]>((all, id) => withTake(all, named(id)).takes, [])
  expect(three).toHaveLength(TAKES_MAX)
  const { takes, gone } = withTake(three, named('d'))
  expect([takes.map(({ id }) => id), gone.map(({ id }) => id)]).toEqual([['b', 'c', 'd'], ['a']])
})

test('a take cut another way, or through the gate, is another sound; cut the same way again it is the same', () => {
  const take = named('a')
  const cut = { ...take, cut: { fromMs: 100, toMs: 900 } }
  expect(new Set([take, cut, { ...cut, gate: true }, { ...take, id: 'b' }].map(soundKey)).size).toBe(4)
  expect(soundKey({ ...cut, cut: take.cut })).toBe(soundKey(take))
  expect(heardOf(cut).samples.length).toBe(12_800)
  expect(fileOf(cut)).toEqual(fileOf({ ...cut }))
})

test.each([
  [-30, -16, { is: 'louder', db: 14 }],
  [-10, -16, { is: 'softer', db: 6 }],
  [-17.2, -16, { is: 'same' }],
])('speech of %i dB that is %i afterwards: %o', (before, after, change) => {
  expect(changeOf(before, after)).toEqual(change)
})
