import { describe, expect, it } from 'vitest'
import type { Pcm } from './pcm.ts'
import { resample } from './resample.ts'
import { sine } from './signals.ts'

/** Power of everything in the middle of the sound that is not the sine of that frequency, dB below the sine; and the sine's level. */
function judge(sound: Pcm, hertz: number): { snrDb: number; levelDb: number } {
  const { samples, sampleRate } = sound
  const from = Math.round(samples.length * 0.2)
  const to = Math.round(samples.length * 0.8)
  const w = (2 * Math.PI * hertz) / sampleRate
  let ss = 0
  let sc = 0
  let cc = 0
  let xs = 0
  let xc = 0
  for (let i = from; i < to; i++) {
    const s = Math.sin(w * i)
    const c = Math.cos(w * i)
    const x = samples[i] as number
    ss += s * s
    sc += s * c
    cc += c * c
    xs += x * s
    xc += x * c
  }
  const det = ss * cc - sc * sc
  const a = (xs * cc - xc * sc) / det
  const b = (xc * ss - xs * sc) / det
  let rest = 0
  for (let i = from; i < to; i++) rest += ((samples[i] as number) - a * Math.sin(w * i) - b * Math.cos(w * i)) ** 2
  const signal = ((a * a + b * b) / 2) * (to - from)
  return { snrDb: 10 * Math.log10(signal / rest), levelDb: 10 * Math.log10(a * a + b * b) }
}

describe('resampling', () => {
  it.each([
    // from      to      tone
    [22_050, 48_000, 997],
    [22_050, 48_000, 3_000],
    [22_050, 48_000, 7_900],
    [44_100, 48_000, 997],
    [44_100, 48_000, 15_000],
    [16_000, 48_000, 5_500],
    [8_000, 48_000, 2_700],
    [48_000, 16_000, 3_000],
    [48_000, 22_050, 7_900],
    [96_000, 48_000, 15_000],
    [11_025, 48_000, 1_000],
    [44_101, 48_000, 5_000],
    [47_999, 48_000, 15_000],
  ])('from %i to %i, a tone of %i Hz keeps its level and gains no noise within 90 dB', (from, to, hertz) => {
    const { snrDb, levelDb } = judge(resample(sine(hertz, 0.5, { dbfs: -1, rate: from }), to), hertz)
    expect(snrDb).toBeGreaterThan(90)
    expect(Math.abs(levelDb + 1)).toBeLessThan(0.05)
  })

  it.each([
    [48_000, 16_000, 9_000],
    [48_000, 22_050, 12_500],
    [96_000, 48_000, 30_000],
  ])('from %i to %i, a tone of %i Hz that no longer fits is gone, not folded back', (from, to, hertz) => {
    const { samples } = resample(sine(hertz, 0.5, { rate: from }), to)
    const middle = samples.subarray(samples.length * 0.2, samples.length * 0.8)
    const rms = Math.sqrt(middle.reduce((sum, x) => sum + x * x, 0) / middle.length)
    expect(20 * Math.log10(rms)).toBeLessThan(-90)
  })

  it.each([
    [22_050, 22_050, 48_000],
    [1, 22_050, 2],
    [0, 22_050, 0],
    [1_000, 44_101, 1_088],
  ])('%i samples at %i become %i at 48,000', (count, rate, expected) => {
    expect(resample({ samples: new Float32Array(count), sampleRate: rate }, 48_000).samples.length).toBe(expected)
  })

  it('a sound already at the rate comes back as it is', () => {
    const sound = sine(440, 0.1)
    expect(resample(sound, 48_000).samples).toBe(sound.samples)
  })

  it('a click stays where it was', () => {
    const samples = new Float32Array(4_410)
    samples[2_205] = 1
    const out = resample({ samples, sampleRate: 44_100 }, 48_000).samples
    const peak = out.reduce((best, x, i) => (x > (out[best] as number) ? i : best), 0)
    expect(peak).toBe(2_400)
  })
})
