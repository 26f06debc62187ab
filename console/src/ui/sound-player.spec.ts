import { expect, it } from 'vitest'
import { barsOf } from './sound-player.tsx'

it('a waveform has one bar for each piece, the loudest full, silence nothing', () => {
  const bars = barsOf([-16, -16, -80, -80, -22, -22], 3)
  expect(bars[0]).toBe(1)
  expect(bars[1]).toBe(0)
  expect(bars[2]).toBeGreaterThan(0.5)
  expect(bars[2]).toBeLessThan(1)
})

it('a sound shorter than the bars repeats its pieces and leaves no gap', () =>
  expect(barsOf([-20, -20], 5)).toEqual([1, 1, 1, 1, 1]))
