import { describe, expect, it } from 'vitest'
import type { SoundPart } from '../../api/frames.ts'
import { partAt, readingIn, wordHeard } from './parts.ts'

const words = (atMs: number) =>
  ['mời', 'bà', 'con'].map((text, index) => ({
    text,
    from: index * 4,
    to: index * 4 + 3,
    rule: 'plain',
    atMs: atMs + index * 300,
  }))
const part = (kind: SoundPart['kind'], atMs: number, durationMs: number, number: number | null = null): SoundPart => {
  const said = kind === 'reading' ? words(atMs) : kind === 'again' ? words(atMs).slice(0, 1) : []
  return { kind, number, atMs, durationMs, written: said.length > 0 ? 'mời bà con' : null, words: said }
}
const parts = [
  part('attention', 0, 1_900),
  part('reading', 3_100, 1_000, 1),
  part('again', 5_300, 1_000, 2),
  part('reading', 6_900, 1_000, 2),
]

describe('the text follows a composed sound', () => {
  // biome-ignore format: a table
  const places: [string, number | null, number | null, number | null][] = [
    ['nothing plays',            null,  null, null],
    ['the attention sound',      100,   0,    null],
    ['the silence behind it',    2_500, null, null],
    ['the first word',           3_150, 1,    0],
    ['the second word',          3_450, 1,    1],
    ['“I repeat”',               5_400, 2,    null],
    ['the last word once more',  7_600, 3,    2],
    ['the end',                  7_900, null, null],
  ]
  it.each(places)('%s', (_title, ms, heard, word) => {
    expect([partAt(parts, ms), wordHeard(parts, ms)]).toEqual([heard, word])
  })

  it('a recording has parts and no words', () => {
    expect(readingIn(parts)?.number).toBe(1)
    expect(readingIn([{ ...part('reading', 0, 5_000, 1), words: [] }])).toBeUndefined()
  })
})
