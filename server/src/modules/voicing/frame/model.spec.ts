import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../kernel/refusal.ts'
import { type FrameChoice, frameInForce, nothingChosen, soundRefusal } from './model.ts'

const gong = { use: 'own', voicing: 'gong' } as const
const tune = { use: 'own', voicing: 'tune' } as const
const chosen = (choices: Record<string, Partial<FrameChoice>>) =>
  new Map(Object.entries(choices).map(([unit, choice]) => [unit, { ...nothingChosen, ...choice }]))
const PATH = ['tinh', 'xa', 'thon']

describe('what holds for a unit is decided field by field, by the nearest that chose', () => {
  test('where nobody chose: the built-in chime, no jingles, “I repeat” where it is urgent', () => {
    expect(frameInForce(PATH, chosen({}))).toEqual({
      attention: { value: { use: 'chime' }, from: null },
      opening: { value: { use: 'none' }, from: null },
      closing: { value: { use: 'none' }, from: null },
      again: { value: 'urgent', from: null },
    })
  })

  test('one field of the province, another of the commune', () => {
    const frame = frameInForce(
      PATH,
      chosen({ tinh: { attention: gong, opening: tune, again: 'always' }, xa: { opening: { use: 'none' } } }),
    )
    expect(frame.attention).toEqual({ value: gong, from: 'tinh' })
    expect(frame.opening).toEqual({ value: { use: 'none' }, from: 'xa' })
    expect(frame.again).toEqual({ value: 'always', from: 'tinh' })
  })

  test('what a unit outside the path chose counts for nothing', () => {
    expect(frameInForce(['tinh', 'xa-b'], chosen({ xa: { attention: gong } })).attention.from).toBeNull()
  })
})

// biome-ignore format: a table
test.each([
  ['attention',     90, false],
  ['closing',      900, false],
  ['attention',  1_000, true],
  ['attention', 10_000, true],
  ['attention', 10_200, false],
  ['opening',   20_000, true],
  ['opening',   20_200, false],
  ['closing',   20_200, false],
] as const)('as %s a sound of %s ms: %s', (field, durationMs, allowed) => {
  const refused = soundRefusal(field, { durationMs })
  expect(isRefusal(refused)).toBe(!allowed)
})
