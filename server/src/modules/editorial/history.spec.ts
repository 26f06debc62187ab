import { expect, test } from 'vitest'
import { nthOf } from './history.ts'

const sent = (number: number) => ({ number, frozen: true })
const written = (number: number) => ({ number, frozen: false })

test.each([
  ['sent at once', [sent(1)], 1, 1],
  ['saved by itself four times while it was written, then sent', [sent(5)], 5, 1],
  ['written on after it was returned', [sent(5), written(9)], 9, 2],
  ['sent again', [sent(5), sent(9)], 9, 2],
  ['the first of two', [sent(5), sent(9)], 5, 1],
  ['taken back before it was ever sent', [written(3)], 2, 1],
])('people count what was sent, not how often the page saved by itself: %s', (_, revisions, number, nth) => {
  expect(nthOf(revisions, number)).toBe(nth)
})
