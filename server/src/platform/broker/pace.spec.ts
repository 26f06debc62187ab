import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('[F11] so much is allowed at once, so much in each second after that, and one name takes nothing from another', () => {
  const pace = new Pace({ atOnce: 3, perSecond: 2 })
  const taken = (name: string, now: number) => pace.take(name, now)
  expect([taken('a', 0), taken('a', 0), taken('a', 0), taken('a', 0)]).toEqual([true, true, true, false])
  expect(taken('b', 0)).toBe(true)
  expect([taken('a', 500), taken('a', 500)]).toEqual([true, false])
  expect([taken('a', 60_000), taken('a', 60_000), taken('a', 60_000), taken('a', 60_000)]).toEqual([
    ...[true, true, true, false],
  ])
})
