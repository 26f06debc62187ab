import { describe, expect, it } from 'vitest'
import type { SpokenWord } from '../../api/types.ts'
import { piecesOf, wordAt } from './spoken.ts'

const text = 'UBND mời 60 bà con.\n\nXin cảm ơn'
const word = (say: string, written: string, rule = 'plain', rest: Partial<SpokenWord> = {}): SpokenWord => {
  const from = text.indexOf(written)
  return { text: say, from, to: from + written.length, rule, pause: 'none', ...rest }
}
const words = [
  word('Ủy ban nhân dân', 'UBND', 'abbreviation', { atMs: 0 }),
  word('mời', 'mời', 'plain', { atMs: 900 }),
  word('sáu mươi', '60', 'number', { atMs: 1200 }),
  word('bà', 'bà', 'plain', { atMs: 1700 }),
  word('con', 'con', 'plain', { atMs: 1900 }),
  word('Xin', 'Xin', 'plain', { atMs: 2800 }),
]

describe('what the loudspeaker will say, word by word', () => {
  it('shows the original beside each changed reading and nowhere else', () =>
    expect(piecesOf(text, words).map((piece) => piece.original)).toEqual(['UBND', null, '60', null, null, null]))
  it('keeps the marks and the paragraphs of the text', () => {
    const pieces = piecesOf(text, words)
    expect(pieces.map((piece) => piece.mark)).toEqual(['', '', '', '', '.', ''])
    expect(pieces.map((piece) => piece.ends)).toEqual([false, false, false, false, true, false])
  })
  it('keeps a bracket that opens before a word, as it keeps the one that closes', () => {
    const inBrackets = [
      { text: 'mời', from: 0, to: 3, rule: 'plain' },
      { text: 'bà', from: 5, to: 7, rule: 'plain' },
      { text: 'con', from: 8, to: 11, rule: 'plain' },
    ]
    const pieces = piecesOf('mời (bà con)', inBrackets)
    expect(pieces.map(({ opens, mark }) => [opens, mark])).toEqual([
      ['', ''],
      ['(', ''],
      ['', ')'],
    ])
  })
  it('a word that is only written with a capital is not called changed', () =>
    expect(piecesOf('Mời', [{ text: 'mời', from: 0, to: 3, rule: 'case' }])[0]?.original).toBeNull())
  it('several words read from one piece show it once, after the last', () => {
    const date = [
      { text: 'hai mươi lăm', from: 0, to: 5, rule: 'date' },
      { text: 'tháng mười một', from: 0, to: 5, rule: 'date' },
    ]
    expect(piecesOf('25/11', date).map((piece) => piece.original)).toEqual([null, '25/11'])
  })

  it.each([
    [null, null],
    [0, 0],
    [1199, 1],
    [1200, 2],
    [60_000, 5],
  ])('at %s ms the word is number %s', (ms, index) => expect(wordAt(words, ms)).toBe(index))
})
