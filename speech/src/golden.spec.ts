import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { RULES, read } from './index.ts'

const folder = new URL('../golden/', import.meta.url)

type Row = { readonly written: string; readonly spoken: string }

/** One row a line: what is written, a tab, what is said; `\n` stands for a line break. */
const rowsOf = (file: string): readonly Row[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [written = '', spoken = ''] = line.split('\t').map((cell) => cell.replaceAll('\\n', '\n'))
      return { written, spoken }
    })

const files = readdirSync(folder).filter((file) => file.endsWith('.tsv'))

describe.each(files)('[F46] phrases of %s are read as a Vietnamese announcer reads them', (file) => {
  test.each(rowsOf(file))('"$written" is said "$spoken"', ({ written, spoken }) => {
    expect(read(written).spoken).toBe(spoken)
  })
})

test('every rule id is explained and shown by a golden phrase, except an operator’s own entries', () => {
  const used = new Set(files.flatMap(rowsOf).flatMap((row) => read(row.written).words.map((word) => word.rule)))
  expect([...used, 'lexicon'].toSorted()).toEqual(Object.keys(RULES).toSorted())
})

test('the golden phrases are many and none is judged twice', () => {
  const written = files.flatMap(rowsOf).map((row) => row.written)
  expect(written.length).toBeGreaterThanOrEqual(1800)
  expect(written.filter((phrase, index) => written.indexOf(phrase) !== index)).toEqual([])
})
