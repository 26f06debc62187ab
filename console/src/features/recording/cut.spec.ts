import { describe, expect, it, test } from 'vitest'
import {
  aboutLoudness,
  type Cut,
  cutOf,
  frameLevels,
  heldCut,
  lengthMs,
  type Pcm,
  proposedCut,
  wholeOf,
} from './cut.ts'
import { gated } from './gate.ts'

const RATE = 16_000

/** Chance that is the same every time. */
const noise = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x3fffffff - 1
  }
}

/** A room at −54 dB in which somebody speaks at about −20 dB, from and to these milliseconds. A word swells in 60 ms. */
const said = (ms: number, spoken: readonly (readonly [number, number])[], roomDb = -54): Pcm => {
  const random = noise(7)
  const room = 10 ** (roomDb / 20) * Math.sqrt(3)
  const samples = Int16Array.from({ length: (ms * RATE) / 1000 }, (_, i) => {
    const at = (i * 1000) / RATE
    const word = spoken.find(([from, to]) => at >= from && at < to)
    const swell = word ? Math.min(1, (at - word[0]) / 60, (word[1] - at) / 60) : 0
    return Math.round(32_767 * (room * random() + 0.14 * swell * Math.sin((2 * Math.PI * 220 * i) / RATE)))
  })
  return { samples, sampleRate: RATE }
}
const partOf = (pcm: Pcm, fromMs: number, toMs: number): Int16Array =>
  pcm.samples.slice((fromMs * RATE) / 1000, (toMs * RATE) / 1000)
const levelOf = (samples: Int16Array): number => frameLevels({ samples, sampleRate: RATE }, 1e6).levels[0] ?? 0

describe('the proposed cut', () => {
  // biome-ignore format: a table
  test.each<[string, Pcm, Cut]>([
    ['leaves out the silence at both ends, with a breath before and after', said(6000, [[2000, 4000]]),                { fromMs: 1700, toMs: 4400 }],
    ['keeps the rests within what is said',                                 said(9000, [[1000, 2000], [6000, 8000]]),  { fromMs: 700, toMs: 8400 }],
    ['is the whole where somebody speaks from end to end',                  said(3000, [[0, 3000]]),                   { fromMs: 0, toMs: 3000 }],
    ['is the whole where nothing can be told from the room',                said(3000, []),                            { fromMs: 0, toMs: 3000 }],
    ['does not begin with a click of the mouse',                            said(6000, [[300, 330], [2000, 4000]]),    { fromMs: 1700, toMs: 4400 }],
  ])('%s', (_title, pcm, { fromMs, toMs }) => {
    const cut = proposedCut(pcm)
    expect(Math.abs(cut.fromMs - fromMs)).toBeLessThanOrEqual(60)
    expect(Math.abs(cut.toMs - toMs)).toBeLessThanOrEqual(60)
  })
})

test.each<[Cut, Cut]>([
  [
    { fromMs: -5, toMs: 9000 },
    { fromMs: 0, toMs: 3000 },
  ],
  [
    { fromMs: 1000, toMs: 900 },
    { fromMs: 1000, toMs: 1500 },
  ],
  [
    { fromMs: 2900, toMs: 3000 },
    { fromMs: 2500, toMs: 3000 },
  ],
])('a cut of %o of three seconds is held to %o', (asked, held) => {
  expect(heldCut(said(3000, []), asked)).toEqual(held)
})

test('what is sent is what the cut says, to the millisecond, and its ends are silent so that nothing clicks', () => {
  const pcm = said(3000, [[0, 3000]])
  const cut = cutOf(pcm, { fromMs: 500, toMs: 2000 })
  expect(lengthMs(cut)).toBe(1500)
  expect(Math.abs(cut.samples[0] ?? 1e9)).toBeLessThan(50)
  expect(Math.abs(cut.samples.at(-1) ?? 1e9)).toBeLessThan(50)
  expect(partOf(cut, 10, 1490)).toEqual(partOf(pcm, 510, 1990))
  expect(cutOf(pcm, wholeOf(pcm))).toBe(pcm)
})

test('a voice at half the strength is about 6 dB softer, however long the rests are', () => {
  const pcm = said(8000, [[1000, 5000]])
  const half = { ...pcm, samples: pcm.samples.map((sample) => sample / 2) }
  expect(Math.abs(aboutLoudness(pcm) - aboutLoudness(half) - 6)).toBeLessThan(0.1)
  expect(Math.abs(aboutLoudness(pcm) - aboutLoudness(said(30_000, [[1000, 5000]])))).toBeLessThan(0.5)
})

describe('the noise gate', () => {
  const pcm = said(8000, [
    [2000, 3000],
    [3200, 4000],
    [6000, 7000],
  ])
  const out = gated(pcm)

  it('closes on the room: 24 dB softer where nobody speaks', () => {
    expect(levelOf(partOf(pcm, 0, 1500)) - levelOf(partOf(out, 0, 1500))).toBeGreaterThan(20)
    expect(levelOf(partOf(pcm, 4500, 5500)) - levelOf(partOf(out, 4500, 5500))).toBeGreaterThan(20)
  })

  it('is open before a word begins and until after it has ended: not a sample of speech is changed', () => {
    expect(partOf(out, 1900, 4200)).toEqual(partOf(pcm, 1900, 4200))
    expect(partOf(out, 5900, 7200)).toEqual(partOf(pcm, 5900, 7200))
  })

  it('never jumps, so that nothing clicks: its gain moves by less than a two-hundredth from one sample to the next', () => {
    const steady = { ...pcm, samples: pcm.samples.map((sample) => (Math.abs(sample) < 400 ? 400 : sample)) }
    const moved = gated(steady).samples
    let jump = 0
    for (let i = 1; i < moved.length; i++) {
      if (steady.samples[i] !== 400 || steady.samples[i - 1] !== 400) continue
      jump = Math.max(jump, Math.abs((moved[i] ?? 0) - (moved[i - 1] ?? 0)))
    }
    expect(jump).toBeLessThanOrEqual(2)
  })

  it.each<[string, Pcm]>([
    ['a room alone', said(3000, [])],
    ['somebody who never rests', said(3000, [[0, 3000]])],
    ['a room as loud as the voice', said(4000, [[1000, 3000]], -24)],
    ['nothing at all', { samples: new Int16Array(0), sampleRate: RATE }],
  ])('leaves %s as it is', (_title, steady) => {
    expect(gated(steady).samples).toEqual(steady.samples)
  })
})
