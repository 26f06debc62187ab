import { describe, expect, test } from 'vitest'
import { MORNING } from '../../../demo/small-town.ts'
import { type BootHeard, stepOfBoot } from './doubles.ts'
import { isWorthASample, type Sampled } from './samples.ts'

const MINUTE = 60_000

/** Hellos one after the other, a second apart, each with the start it told; answers when two machines were first seen. */
const hear = (...starts: number[]): number | undefined => {
  let heard: (BootHeard & { bootedAt: number })[] = []
  for (const [index, bootedAt] of starts.entries()) {
    const now = MORNING + index * 1000
    const step = stepOfBoot(heard, bootedAt, now)
    if (step === undefined) continue
    if (step.doubled) return index
    const before = heard.find((boot) => boot.bootedAt === step.from)
    const row = { bootedAt, lastAt: now, returnedAt: step.returned ? now : (before?.returnedAt ?? null) }
    heard = [row, ...heard.filter((boot) => boot !== before)]
  }
  return undefined
}

describe('[F9] two machines with one identity', () => {
  const a = MORNING - 60 * MINUTE
  const b = MORNING - 5 * MINUTE
  const c = MORNING - 4 * MINUTE
  // biome-ignore format: a table
  test.each<[string, number[], number | undefined]>([
    ['are seen when each has come back after the other',              [a, b, a, b],                 3],
    ['are told apart although each clock was corrected by a little',  [a, b, a + 300, b - 800],     3],
    ['are not one machine that starts anew',                          [a, b, b, b],                 undefined],
    ['are not one machine that starts again and again',               [a, b, c, c + 10_000],        undefined],
    ['are not one machine that connects again',                       [a, a, a, a],                 undefined],
    ['are not one whose board forgets the time: it starts at the same hour each time', [a, b, a, c, a, c + 20_000], undefined],
    ['are not one whose clock begins in the year 2000 at each start', [Date.parse('2000-01-01'), b, Date.parse('2000-01-01'), b], undefined],
  ])('%s', (_, starts, seen) => {
    expect(hear(...starts)).toBe(seen)
  })
})

describe('[F31] samples of a device', () => {
  const last: Sampled = { at: MORNING, online: true, onMains: true, signalDbm: -70 }
  // biome-ignore format: a table
  test.each<[string, Sampled | undefined, Partial<Sampled>, boolean]>([
    ['the first is kept',                                   undefined, {},                                           true],
    ['the same within the hour is not',                     last,      { at: MORNING + 59 * MINUTE },                false],
    ['one an hour is',                                      last,      { at: MORNING + 60 * MINUTE },                true],
    ['a change from mains to battery is',                   last,      { at: MORNING + 2 * MINUTE, onMains: false }, true],
    ['a link ten decibels weaker is',                       last,      { at: MORNING + 2 * MINUTE, signalDbm: -80 }, true],
    ['a wavering link is not',                              last,      { at: MORNING + 2 * MINUTE, signalDbm: -76 }, false],
    ['a line that goes is, however soon: nobody says it again', last,  { at: MORNING + 1_000, online: false },       true],
    ['a line that comes and goes is drawn once a minute',   { ...last, online: false }, { at: MORNING + 30_000 },    false],
  ])('%s', (_, before, differs, kept) => {
    expect(isWorthASample(before, { ...last, ...differs })).toBe(kept)
  })
})
