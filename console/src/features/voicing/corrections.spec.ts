import { describe, expect, test } from 'vitest'
import { withCorrection, writtenOf } from './corrections.ts'

const word = (text: string, from: number, to: number) => ({ text, from, to, rule: 'x' })

describe('a word that is put right', () => {
  test.each([
    ['Họp ở Gò Cỏ.', 6, 11, 'Gò Cỏ'],
    ['Họp ở “Gò Cỏ”,', 6, 14, 'Gò Cỏ'],
    ['Lúc 14h30 họp', 4, 9, '14h30'],
  ])('in “%s” from %i to %i is “%s”', (text, from, to, written) => {
    expect(writtenOf(text, [word('…', from, to)], 0)).toBe(written)
  })

  test('takes the place of an earlier correction of the same word, however it is written', () => {
    const all = [
      { written: 'Gò Cỏ', spoken: 'gò có' },
      { written: 'Ka Đáp', spoken: 'ca đáp' },
    ]
    expect(withCorrection(all, { written: 'gò cỏ', spoken: 'gò cỏ' })).toEqual([
      { written: 'gò cỏ', spoken: 'gò cỏ' },
      { written: 'Ka Đáp', spoken: 'ca đáp' },
    ])
    expect(withCorrection(all, { written: 'Ra Vân', spoken: 'ra vân' })).toHaveLength(3)
  })
})
