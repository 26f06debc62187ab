import { expect, test } from 'vitest'
import { allRates, ratesToChoose, wordOf } from './rate.ts'

test.each([
  [1, 'middle', [0.85, 1, 1.15]],
  [0.85, 'slow', [0.85, 1, 1.15]],
  [0.9, undefined, [0.85, 0.9, 1, 1.15]],
  [2, undefined, [0.85, 1, 1.15, 2]],
])('a speed of %s is called %s and is among the choices', (rate, word, choices) => {
  expect(wordOf(rate)).toBe(word)
  expect(ratesToChoose(rate)).toEqual(choices)
})

test('speeds go from half to twice the voice’s own, each with a number that means itself', () => {
  expect([allRates.at(0), allRates.at(-1), allRates.length]).toEqual([0.5, 2, 31])
  expect(allRates).toEqual(expect.arrayContaining([0.85, 1, 1.15]))
})
