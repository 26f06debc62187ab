import { read } from '@loa/speech'
import { describe, expect, test } from 'vitest'
import { decisionRefusal, isSpeakable, lexiconFor } from './model.ts'

const path = ['tinh', 'xa', 'thon']
const entry = (unit: string, written: string, spoken: string, caseSensitive = false) => ({
  unit,
  written,
  spoken,
  caseSensitive,
})

describe('the lexicon of a unit', () => {
  test.each([
    // who has an entry for KDC                         read as
    [['tinh'], 'của tỉnh'],
    [['tinh', 'xa'], 'của xã'],
    [['xa', 'tinh'], 'của xã'],
    [['tinh', 'xa', 'thon'], 'của thôn'],
    [['xa khác', 'tinh'], 'của tỉnh'],
  ])('entries of %j: the nearest above wins', (units, spoken) => {
    const names: Record<string, string> = { tinh: 'của tỉnh', xa: 'của xã', thon: 'của thôn', 'xa khác': 'của xã khác' }
    const entries = units.map((unit) => entry(unit, 'KDC', names[unit] ?? ''))
    expect(read('KDC', lexiconFor(path, entries)).spoken).toContain(spoken)
  })

  test('a correction of this one text comes before everything', () => {
    const lexicon = lexiconFor(
      path,
      [entry('thon', 'Đèo Eo Gió', 'đèo eo gió')],
      [{ written: 'đèo eo gió', spoken: 'dốc' }],
    )
    expect(lexicon).toEqual([{ written: 'đèo eo gió', spoken: 'dốc', caseSensitive: false }])
  })

  test('a longer entry of a higher unit does not hide a shorter one of the village', () => {
    const lexicon = lexiconFor(path, [entry('tinh', 'khu dân cư số', 'khu số'), entry('thon', 'khu dân cư', 'xóm')])
    expect(lexicon).toHaveLength(2)
  })
})

test.each([
  ['ka đa', true],
  ['3', true],
  ['…', false],
  ['  ', false],
])('“%s” can be spoken: %s', (spoken, can) => {
  expect(isSpeakable(spoken)).toBe(can)
})

describe('a proposal', () => {
  test.each([
    // state       proposed by  decided by  refused
    ['proposed', 'hanh', 'tam', undefined],
    ['proposed', 'hanh', 'hanh', 'lexicon.ownDecision'],
    ['inForce', 'hanh', 'tam', 'lexicon.decided'],
    ['refused', 'hanh', 'tam', 'lexicon.decided'],
    ['removed', 'hanh', 'hanh', 'lexicon.decided'],
  ] as const)('%s, made by %s and decided by %s: %s', (state, proposedBy, person, refused) => {
    expect(decisionRefusal({ state, proposedBy }, person)?.refused).toBe(refused)
  })
})
