import { describe, expect, it, test } from 'vitest'
import { loudnessAlong } from './loudness-range.ts'
import { inSequence, sine } from './signals.ts'

const tone = (dbfs: number, seconds: number, rate = 48_000) => sine(1_000, seconds, { dbfs, rate })
const silence = (seconds: number) => ({ samples: new Float32Array(Math.round(seconds * 48_000)), sampleRate: 48_000 })
const repeated = (times: number, ...parts: ReturnType<typeof tone>[]) =>
  inSequence(...Array.from({ length: times }, () => parts).flat())

/** The signals of EBU Tech 3341 are stereo; one channel of the pair is 3.01 LU quieter than both. */
const MONO = -3.01
const off = (values: Float64Array, lufs: number): number => Math.max(...values.map((each) => Math.abs(each - lufs)))
/** Signals 5 and 6 of Tech 3342 are the EBU's own recordings, a narrow and a wide programme, which may not be passed on. */
const shifts = Array.from({ length: 20 }, (_, shift) => shift)

describe('loudness range, on the test signals of EBU Tech 3342 in mono, ±1 LU', () => {
  it.each([
    // signal                         parts of 20 s, dBFS              LU
    ['1: a step of 10', [-20, -30], 10],
    ['2: a step of 5', [-20, -15], 5],
    ['3: a step of 20', [-40, -20], 20],
    ['4: up and down again', [-50, -35, -20, -35, -50], 15],
  ] as const)('signal %s', (_, levels, range) => {
    const { rangeLu } = loudnessAlong(inSequence(...levels.map((level) => tone(level, 20))))
    expect(Math.abs(rangeLu - range)).toBeLessThan(1)
  })

  it.each([8_000, 44_100])('the range is the same at %i samples a second', (rate) => {
    const { rangeLu } = loudnessAlong(inSequence(tone(-20, 10, rate), tone(-30, 10, rate)))
    expect(Math.abs(rangeLu - 10)).toBeLessThan(1)
  })

  test('silence has no range, and neither has a sound shorter than a window', () => {
    expect(loudnessAlong(silence(10)).rangeLu).toBe(0)
    expect(loudnessAlong(tone(-20, 2.9)).rangeLu).toBe(0)
  })
})

describe('short-term loudness, on the test signals of EBU Tech 3341, ±0.1 LU', () => {
  test('signal 9: it does not move when three seconds always hold the same', () => {
    const { shortTerm } = loudnessAlong(repeated(5, tone(-20, 1.34), tone(-30, 1.66)))
    expect(off(shortTerm, -23 + MONO)).toBeLessThan(0.1)
  })

  it.each(shifts)('signal 10: three seconds of tone after %i × 150 ms of silence are found whole', (shift) => {
    const { shortTerm } = loudnessAlong(inSequence(silence(shift * 0.15), tone(-23, 3), silence(1)))
    expect(Math.abs(Math.max(...shortTerm) - (-23 + MONO))).toBeLessThan(0.1)
  })

  test('signal 11: of twenty tones, each 1 dB louder, three seconds long and met later, the loudest so far is always right', () => {
    const turn = (i: number) => inSequence(silence(i * 0.15), tone(-38 + i, 3), silence(3 - i * 0.15))
    const { shortTerm } = loudnessAlong(inSequence(...shifts.map(turn)))
    const windowsUntil = (i: number) => (i + 1) * 600 - 300
    const loudest = shifts.map((i) => shortTerm.subarray(0, windowsUntil(i)).reduce((max, lufs) => Math.max(max, lufs)))
    loudest.forEach((lufs, i) => void expect(Math.abs(lufs - (-38 + i + MONO))).toBeLessThan(0.1))
  })
})

describe('momentary loudness, on the test signals of EBU Tech 3341, ±0.1 LU', () => {
  test('signal 12: it does not move when 400 ms always hold the same', () => {
    const { momentary } = loudnessAlong(repeated(25, tone(-20, 0.18), tone(-30, 0.22)))
    expect(off(momentary.subarray(60), -23 + MONO)).toBeLessThan(0.1)
  })

  it.each(shifts)('signal 13: 400 ms of tone after %i × 20 ms of silence are found whole', (shift) => {
    const { momentary } = loudnessAlong(inSequence(silence(shift * 0.02), tone(-23, 0.4), silence(1)))
    expect(Math.abs(Math.max(...momentary) - (-23 + MONO))).toBeLessThan(0.1)
  })

  test('signal 14: of twenty tones, each 1 dB louder, 400 ms long and met later, the loudest so far is always right', () => {
    const turn = (i: number) => inSequence(silence(i * 0.02), tone(-38 + i, 0.4), silence(0.4 - i * 0.02))
    const { momentary } = loudnessAlong(inSequence(...shifts.map(turn)))
    const windowsUntil = (i: number) => (i + 1) * 80 - 40
    const loudest = shifts.map((i) => momentary.subarray(0, windowsUntil(i)).reduce((max, lufs) => Math.max(max, lufs)))
    loudest.forEach((lufs, i) => void expect(Math.abs(lufs - (-38 + i + MONO))).toBeLessThan(0.1))
  })
})
