import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { goldenPhrases } from '../../speech/golden/phrases.ts'
import { read } from '../../speech/src/index.ts'
import { ambiguousOf } from './abbreviations.ts'
import { compare } from './compare.ts'
import { abbreviationLines, countRow } from './page.ts'
import { missing, soundsOf } from './syllables.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'readings.md'), 'utf8')
const phrases = goldenPhrases()

describe('docs/readings.md is what npm run compare-readings writes today', () => {
  test('it counts every golden phrase', () => {
    expect(page).toContain(`| **tất cả** | ${phrases.length.toLocaleString('vi-VN', { useGrouping: 'always' })} |`)
  })

  test('what it says Loa says, Loa says', () => {
    const byWritten = new Map(phrases.map((each) => [each.written.replaceAll('|', '\\|'), each]))
    const shown = page
      .slice(page.indexOf('## Những câu'), page.indexOf('## Chữ viết tắt'))
      .split('\n')
      .map((line) => line.slice(2, -2).split(' | '))
      .filter((cells) => cells.length === 3 && byWritten.has(cells[0] ?? ''))
    expect(shown.length).toBeGreaterThan(60)
    expect(
      shown.filter(([written = '', , spoken]) => read(byWritten.get(written)?.written ?? '').spoken !== spoken),
    ).toEqual([])
  })

  test('its abbreviations are those of the tables', () => {
    expect(page).toContain(abbreviationLines(phrases).join('\n'))
  })

  test('the engine, asked again about electricity, gives the figures that stand there', async () => {
    const compared = await compare(phrases.filter((each) => each.subject === 'power'))
    expect(page).toContain(countRow('điện', compared))
  })
})

test('every sense of an ambiguous abbreviation is shown by a phrase whose words choose it', () => {
  expect(ambiguousOf(phrases).filter(({ phrase }) => phrase === undefined)).toEqual([])
})

describe('two readings are compared syllable by syllable', () => {
  test('a number is cut into its syllables, a run in another language stays one', () => {
    expect(soundsOf('m_ˈyə2_j_h_ˈaːɪ7_ (en)_ˈʌ1_b_n_d_(vi)_ s_ˈaː5_\n')).toEqual(['myə2j', 'haːɪ1', '«ʌbnd»', 'saː5'])
  })

  test.each([
    [['a', 'b', 'c'], ['a', 'b', 'c'], 0],
    [['a', 'b', 'c'], ['a', 'c'], 1],
    [['a', 'b'], ['b', 'a'], 1],
    [['a'], [], 1],
    [[], ['a'], 0],
  ] as const)('of %j, %j misses %i', (heard, said, count) => {
    expect(missing(heard, said)).toBe(count)
  })
})
