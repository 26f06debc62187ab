import { describe, expect, test } from 'vitest'
import type { SpokenWord } from '../../api/types.ts'
import { saidOtherwise } from './differences.ts'

const text = 'BCH họp ở Ra Manh bàn SCL, BCH giải trình'
const word = (written: string, said: string, rule: string, doubtful?: string[]): SpokenWord => {
  const from = text.indexOf(written)
  return { text: said, from, to: from + written.length, rule, ...(doubtful && { doubtful }) }
}
const words = [
  word('BCH', 'Ban Chỉ huy', 'abbreviation.context', ['Ban Chấp hành', 'Ban Chỉ huy']),
  word('họp', 'họp', 'plain'),
  word('ở', 'ở', 'plain'),
  word('Ra Manh', 'Ra', 'lexicon'),
  word('Ra Manh', 'mành', 'lexicon'),
  word('bàn', 'bàn', 'plain'),
  word('SCL', 'ét xê e lờ', 'spelled', []),
]

describe('where a reading differs from the text', () => {
  const found = saidOtherwise(text, words, [{ written: 'Ra Manh', spoken: 'Ra mành' }])

  test('guesses come first, then doubts, then what was put right; what is said as written is not told', () => {
    expect(found.map(({ written }) => written)).toEqual(['SCL', 'BCH', 'Ra Manh'])
  })

  test('several words for one piece of the text are one difference, and a doubt names only the others', () => {
    expect(found[2]).toMatchObject({ said: 'Ra mành', why: 'correction' })
    expect(found[1]).toMatchObject({ others: ['Ban Chấp hành'], guessed: false })
    expect(found[0]).toMatchObject({ guessed: true, others: [] })
  })

  test('the unit’s own reading is told apart from one for this text alone', () => {
    expect(saidOtherwise(text, words, []).find(({ written }) => written === 'Ra Manh')?.why).toBe('lexicon')
  })
})
