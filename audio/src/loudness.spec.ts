import { describe, expect, it } from 'vitest'
import { levelsOf } from './levels.ts'
import { measureLoudness } from './loudness.ts'
import { resample } from './resample.ts'
import { inSequence, sine } from './signals.ts'

const tone = (dbfs: number, seconds: number, rate = 48_000) => sine(1_000, seconds, { dbfs, rate })
const silence = (seconds: number) => ({ samples: new Float32Array(seconds * 48_000), sampleRate: 48_000 })

/** Signals 7 and 8 are the EBU's own recordings, which may not be passed on. The others are stereo; one channel of the pair is 3.01 LU quieter than both. */
const MONO = -3.01

describe('integrated loudness, on the test signals of EBU Tech 3341 in mono, ±0.1 LU', () => {
  it.each([
    // signal                                      sound                                                                               LUFS
    ['1: a steady tone at −23 dBFS', tone(-23, 20), -23 + MONO],
    ['2: a steady tone at −33 dBFS', tone(-33, 20), -33 + MONO],
    ['3: a loud middle between quieter ends', inSequence(tone(-36, 10), tone(-23, 60), tone(-36, 10)), -23 + MONO],
    [
      '4: the same between ends below the gate',
      inSequence(tone(-72, 10), tone(-36, 10), tone(-23, 60), tone(-36, 10), tone(-72, 10)),
      -23 + MONO,
    ],
    ['5: three levels that all count', inSequence(tone(-26, 20), tone(-20, 20.1), tone(-26, 20)), -23 + MONO],
    ['6: the energy of five channels in one', tone(-20, 20), -23],
  ])('signal %s', (_, sound, lufs) => {
    expect(Math.abs(measureLoudness(sound).integratedLufs - lufs)).toBeLessThan(0.1)
  })

  it.each([8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])(
    'the measure is the same at %i samples a second',
    (rate) => {
      expect(Math.abs(measureLoudness(tone(-23, 5, rate)).integratedLufs - (-23 + MONO))).toBeLessThan(0.1)
    },
  )

  it('pauses between sentences do not make a sound quieter', () => {
    const withPauses = inSequence(tone(-20, 3), silence(3), tone(-20, 3), silence(5))
    expect(
      Math.abs(measureLoudness(withPauses).integratedLufs - measureLoudness(tone(-20, 3)).integratedLufs),
    ).toBeLessThan(0.4)
  })

  it.each([
    ['nothing at all', 0],
    ['a minute of silence', 60],
  ])('%s measures −70 LUFS and −120 dB', (_, seconds) => {
    expect(measureLoudness(silence(seconds))).toEqual({
      integratedLufs: -70,
      truePeakDbtp: -120,
      samplePeakDbfs: -120,
      rmsDbfs: -120,
    })
  })

  it('a sound shorter than a gating block is measured over its own length', () => {
    expect(Math.abs(measureLoudness(tone(-23, 0.2)).integratedLufs - (-23 + MONO))).toBeLessThan(0.2)
  })
})

describe('true peak, on the test signals of EBU Tech 3341, +0.2 / −0.4 dB', () => {
  const quarter = 48_000 / 4
  it.each([
    // signal                                      sound                                                        dBTP
    ['15: a quarter of the rate, sampled at its peaks', sine(quarter, 1, { dbfs: -6.02, phase: 90 }), -6],
    ['16: a quarter of the rate, sampled beside its peaks', sine(quarter, 1, { dbfs: -6.02, phase: 45 }), -6],
    ['17: a sixth of the rate', sine(48_000 / 6, 1, { dbfs: -6.02, phase: 60 }), -6],
    ['18: an eighth of the rate', sine(48_000 / 8, 1, { dbfs: -6.02, phase: 67.5 }), -6],
    ['19: no sample above full scale, the wave 3 dB above', sine(quarter, 1, { dbfs: 2.98, phase: 45 }), 3],
  ])('signal %s', (_, sound, dbtp) => {
    // The tone begins at once; its first instant is a click that is no part of the test signal.
    const faded = sound.samples.map(
      (value, i) => value * Math.min(1, i / 4_800, (sound.samples.length - 1 - i) / 4_800),
    )
    const error = measureLoudness({ ...sound, samples: faded }).truePeakDbtp - dbtp
    expect(error).toBeLessThan(0.2)
    expect(error).toBeGreaterThan(-0.4)
  })

  // Signals 20 to 23 are one sound met by four clocks: a burst made at four times the rate, of which each takes every fourth sample.
  it.each([0, 1, 2, 3])('signals 20 to 23: a burst between samples, taken from its sample %i on', (offset) => {
    const made = inSequence(
      sine(8_000, 0.05, { dbfs: -6.02, rate: 192_000 }),
      sine(8_000, 0.002, { dbfs: 0, rate: 192_000 }),
      sine(8_000, 0.05, { dbfs: -6.02, rate: 192_000 }),
    )
    const taken = resample({ ...made, samples: made.samples.subarray(offset) }, 48_000)
    const finest = resample(taken, 1_536_000).samples.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    const error = measureLoudness(taken).truePeakDbtp - 20 * Math.log10(finest)
    expect(error).toBeLessThan(0.2)
    expect(error).toBeGreaterThan(-0.4)
    expect(Math.abs(20 * Math.log10(finest))).toBeLessThan(0.4)
  })

  it('the sample peak misses what the true peak finds', () => {
    const { samplePeakDbfs, truePeakDbtp } = measureLoudness(sine(quarter, 1, { dbfs: 0, phase: 45 }))
    expect(samplePeakDbfs).toBeCloseTo(-3.01, 1)
    expect(truePeakDbtp).toBeGreaterThan(-0.4)
  })
})

describe('levels along a sound', () => {
  it('each window has its own level, the last over what it holds', () => {
    const levels = levelsOf(inSequence(silence(1), tone(-20, 0.5), tone(-40, 0.05)), 100)
    expect(levels.length).toBe(16)
    expect(levels[9]).toBe(-120)
    expect(levels[10]).toBeCloseTo(-23.01, 1)
    expect(levels[15]).toBeCloseTo(-43.01, 1)
  })

  it('the first sound above −40 dBFS is found in its window', () => {
    expect(levelsOf(inSequence(silence(2), tone(-30, 1)), 10).findIndex((level) => level > -40)).toBe(200)
  })
})
