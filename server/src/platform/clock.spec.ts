import { describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'

const START = Date.parse('2026-11-22T01:00:00Z')

/** A clock whose tasks write down at which second of the hour they ran. */
const scene = () => {
  const clock = turnedClock(START)
  const ran: string[] = []
  const note = (name: string, afterMs: number) =>
    clock.at(START + afterMs, () => void ran.push(`${name}@${clock.now() - START}`))
  return { clock, ran, note }
}

describe('a clock that is turned', () => {
  it('stands until it is turned', async () => {
    const { clock, ran, note } = scene()
    note('a', 0)
    expect([clock.now(), ran]).toEqual([START, []])
    await clock.turnBy(0)
    expect(ran).toEqual(['a@0'])
  })

  it('fires what falls due in order of time, then of asking, each at its own instant', async () => {
    const { clock, ran, note } = scene()
    note('late', 3000)
    note('first', 1000)
    note('second', 1000)
    note('never', 9000)
    await clock.turnTo(START + 5000)
    expect(ran).toEqual(['first@1000', 'second@1000', 'late@3000'])
    expect(clock.now()).toBe(START + 5000)
  })

  it('fires what is asked for on the way', async () => {
    const { clock, ran, note } = scene()
    clock.at(START + 1000, () => note('child', 1500))
    await clock.turnBy(2000)
    expect(ran).toEqual(['child@1500'])
  })

  it('does not fire what was cancelled', async () => {
    const { clock, ran, note } = scene()
    note('a', 1000)()
    await clock.turnBy(2000)
    expect(ran).toEqual([])
  })

  it('waits for a task that takes its time before it goes on', async () => {
    const { clock, ran, note } = scene()
    clock.at(START + 1000, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      ran.push(`slow@${clock.now() - START}`)
    })
    note('next', 2000)
    await clock.turnBy(3000)
    expect(ran).toEqual(['slow@1000', 'next@2000'])
  })

  it('leaps as a machine that slept: what fell due fires once, at the new time', async () => {
    const { clock, ran, note } = scene()
    note('a', 1000)
    note('b', 2000)
    await clock.leapTo(START + 60_000)
    expect(ran).toEqual(['a@60000', 'b@60000'])
  })
})
