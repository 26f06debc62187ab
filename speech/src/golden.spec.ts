import { describe, expect, test } from 'vitest'
import { goldenPhrases } from '../golden/phrases.ts'
import { RULES, read } from './index.ts'

const phrases = goldenPhrases()
const subjects = [...new Set(phrases.map(({ subject }) => subject))]

describe.each(subjects)('[F46] phrases of %s are read as a Vietnamese announcer reads them', (of) => {
  test.each(phrases.filter(({ subject }) => subject === of))('"$written" is said "$spoken"', ({ written, spoken }) => {
    expect(read(written).spoken).toBe(spoken)
  })
})

test('every rule id is explained and shown by a golden phrase, except an operator’s own entries', () => {
  const used = new Set(phrases.flatMap((row) => read(row.written).words.map((word) => word.rule)))
  expect([...used, 'lexicon'].toSorted()).toEqual(Object.keys(RULES).toSorted())
})

test('the golden phrases are many and none is judged twice', () => {
  const written = phrases.map((row) => row.written)
  expect(written.length).toBeGreaterThanOrEqual(1800)
  expect(written.filter((phrase, index) => written.indexOf(phrase) !== index)).toEqual([])
})
