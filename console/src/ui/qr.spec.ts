import { expect, test } from 'vitest'
import { qrPath } from './qr.tsx'

test('a QR code has its quiet zone of four light modules, and the corner that scanners look for', () => {
  const { size, path } = qrPath('https://loa.example/ghep#ABCD-EFGH')
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x},${y}`))
  const spots = [...dark].map((spot) => spot.split(',').map(Number))
  expect(Math.min(...spots.flat())).toBe(4)
  expect(Math.max(...spots.flat())).toBe(size - 5)
  // the finder pattern: a 7 × 7 frame, a light ring, a 3 × 3 square
  const corner = Array.from({ length: 7 }, (_, y) =>
    Array.from({ length: 7 }, (_, x) => (dark.has(`${x + 4},${y + 4}`) ? '#' : '.')).join(''),
  )
  expect(corner).toEqual(['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'])
})
