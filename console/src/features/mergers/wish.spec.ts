import { expect, test } from 'vitest'
import { askedOf, emptyWish, missingIn, withCommune } from './wish.ts'

const two = withCommune(withCommune(emptyWish('Xã'), 'a', true), 'b', true)
const whole = { ...two, name: 'xã  Chương Minh', day: '2027-01-01', source: ' NQ 1 ' }

test('[F1] a new commune takes two, a name, a day and a source', () => {
  expect(missingIn(withCommune(two, 'b', false))).toBe('communes')
  expect(missingIn(two)).toBe('fields')
  expect(missingIn({ ...whole, name: 'Xã ' })).toBe('fields')
  expect(missingIn(whole)).toBeUndefined()
})

test('the word for what it is stands once, however the name was typed', () => {
  expect(askedOf(whole)).toEqual({
    effectiveOn: '2027-01-01',
    from: ['a', 'b'],
    to: { name: 'Xã Chương Minh', shortName: 'Chương Minh' },
    source: 'NQ 1',
    keepSessions: ['a', 'b'],
  })
})

test('a commune that others join does not end, even where it was chosen among them', () => {
  const into = { ...whole, mode: 'into' as const, into: 'b', name: '' }
  expect(missingIn(into)).toBeUndefined()
  expect(askedOf(into)).toMatchObject({ from: ['a'], to: { unit: 'b' }, keepSessions: ['a'] })
  expect(missingIn(withCommune(into, 'a', false))).toBe('communes')
})
