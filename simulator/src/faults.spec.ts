import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { clockErrorOf, delayOf, type Faults, noFaults, type Reboot, rebootsOf } from './faults.ts'

const bad: Faults = { ...noFaults, seed: 554, loss: 0.1, rebootsPerMinute: 30, clockErrorMs: 5_000 }

const delays = (seed: number, device: number, pieces: number): number[] => {
  const chance = chanceOf(seed, 'down', device)
  return Array.from({ length: pieces }, () => delayOf(bad.loss, chance))
}
const cuts = (faults: Faults, count: number): Reboot[] => {
  const all = rebootsOf(faults, 554)
  return Array.from({ length: count }, () => all.next().value ?? []).flat()
}

describe('[F13] faults come from the seed', () => {
  it('the same seed brings the same faults in the same order, another seed others', () => {
    expect(delays(554, 3, 1000)).toEqual(delays(554, 3, 1000))
    expect(delays(554, 3, 1000)).not.toEqual(delays(555, 3, 1000))
    expect(delays(554, 3, 1000)).not.toEqual(delays(554, 4, 1000))
    expect(cuts(bad, 50)).toEqual(cuts(bad, 50))
    expect(cuts(bad, 50)).not.toEqual(cuts({ ...bad, seed: 555 }, 50))
    expect(clockErrorOf(bad, 7)).toBe(clockErrorOf(bad, 7))
  })

  it('a tenth of the pieces is lost once, a hundredth twice: each loss doubles the wait of TCP', () => {
    const all = delays(1, 1, 100_000)
    const share = (delay: number): number => all.filter((each) => each === delay).length / all.length
    expect(share(0)).toBeCloseTo(0.9, 2)
    expect(share(200)).toBeCloseTo(0.09, 2)
    expect(share(600)).toBeCloseTo(0.009, 2)
  })

  it.each([
    ['nothing lost', noFaults, [0, 0, 0]],
    ['everything lost for ever is given up in the end', { ...noFaults, loss: 1 }, [204_600, 204_600, 204_600]],
  ] as const)('%s', (_, { loss }, expected) => {
    const chance = chanceOf(1)
    expect([1, 2, 3].map(() => delayOf(loss, chance))).toEqual(expected)
  })

  it('power cuts follow one another, each for 2 to 20 seconds, thirty a minute over the fleet', () => {
    const all = cuts(bad, 3_000)
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
    expect(all.every(({ atMs, backAtMs }) => backAtMs - atMs >= 1_999 && backAtMs - atMs <= 20_001)).toBe(true)
    expect(all.every(({ device }) => device >= 0 && device < 554)).toBe(true)
    expect((all.at(-1)?.atMs ?? 0) / 60_000 / 100).toBeCloseTo(1, 1)
    expect(cuts(noFaults, 3)).toEqual([])
  })

  it('clocks are wrong by no more than was asked for, either way', () => {
    const errors = Array.from({ length: 1_000 }, (_, device) => clockErrorOf(bad, device))
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(5_000)
    expect(errors.some((error) => error < -2_500)).toBe(true)
    expect(errors.some((error) => error > 2_500)).toBe(true)
  })
})
