import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitTruePeak } from './limiter.ts'
import { fromDb, toDb } from './pcm.ts'
import { noise, sine, speechLike } from './signals.ts'
import { truePeak } from './true-peak.ts'

const ceiling = fromDb(-3)
const limited = (samples: Float32Array) => limitTruePeak(samples, 48_000, ceiling)

describe('the limiter', () => {
  it.each([
    ['speech 12 dB too loud', speechLike(3, { peak: 4 }).samples],
    ['noise 20 dB too loud', noise(1, 7).samples],
    ['a tone whose peaks lie between the samples', sine(12_000, 1, { dbfs: 6, phase: 45 }).samples],
    ['a single click', new Float32Array(9_600).fill(9, 4_800, 4_801)],
    ['a click on the first sample', new Float32Array(4_800).fill(3, 0, 1)],
    ['a click on the last sample', new Float32Array(4_800).fill(3, 4_799)],
    ['a sound that is too loud from its first sample on', sine(500, 0.3, { dbfs: 8, phase: 90 }).samples],
  ])('keeps the true peak of %s at the ceiling', (_, samples) => {
    expect(toDb(truePeak(limited(samples)))).toBeLessThan(-2.95)
  })

  it('keeps the true peak of any sound at the ceiling', () => {
    const burst = fc.record({
      at: fc.nat(4_000),
      length: fc.integer({ min: 1, max: 400 }),
      level: fc.double({ min: -8, max: 8, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(burst, { maxLength: 8 }), (bursts) => {
        const samples = new Float32Array(4_800)
        for (const { at, length, level } of bursts) samples.fill(level, at, at + length)
        expect(truePeak(limited(samples))).toBeLessThanOrEqual(fromDb(-2.95))
      }),
      { numRuns: 150 },
    )
  })

  it('leaves a sound below the ceiling as it is', () => {
    const { samples } = speechLike(1, { peak: 0.5 })
    expect(limited(samples)).toBe(samples)
  })

  it('leaves what lies more than 3 ms before a peak untouched, and moves its gain without steps', () => {
    const { samples } = sine(200, 0.5, { dbfs: -12 })
    samples[12_000] = 4
    const out = limited(samples)
    expect(out.subarray(0, 11_800)).toEqual(samples.subarray(0, 11_800))
    const gain = [...out].map((x, i) => x / (samples[i] as number)).filter((g) => Number.isFinite(g))
    const steps = gain.slice(1).map((g, i) => Math.abs(g - (gain[i] as number)))
    expect(Math.max(...steps)).toBeLessThan(0.02)
  })

  it('lets the gain come back within a fifth of a second', () => {
    const { samples } = sine(200, 0.5, { dbfs: -12 })
    samples[4_800] = 4
    const out = limited(samples)
    expect(out[4_800 + 9_700]).toBeCloseTo(samples[4_800 + 9_700] as number, 2)
  })
})
