import { expect, test } from 'vitest'
import { mayLeave, moved, orderedVoices, takenIn } from './voice-order.ts'

test.each([
  // order                     moved    by   becomes
  [['a', 'b', 'c'], 'b', -1, ['b', 'a', 'c']],
  [['a', 'b', 'c'], 'b', 1, ['a', 'c', 'b']],
  [['a', 'b', 'c'], 'a', -1, ['a', 'b', 'c']],
  [['a', 'b', 'c'], 'c', 1, ['a', 'b', 'c']],
  [['a', 'b', 'c'], 'x', 1, ['a', 'b', 'c']],
] as const)('of %j, %s moved by %s: %j', (order, id, by, becomes) => {
  expect(moved(order, id, by)).toEqual(becomes)
})

test('a voice that is gone from the server keeps its place, by its id', () => {
  const espeak = { id: 'espeak', name: 'eSpeak NG', state: 'ready', accents: ['north'], trouble: null } as const
  const installed = [{ ...espeak, accents: [...espeak.accents] }]
  expect(orderedVoices(['mai', 'espeak'], installed).map(({ name, installed: there }) => [name, there?.state])).toEqual(
    [
      ['mai', undefined],
      ['eSpeak NG', 'ready'],
    ],
  )
})

test('every voice but the built-in one can be left out; one taken in comes first', () => {
  expect([mayLeave('mai'), mayLeave('espeak')]).toEqual([true, false])
  expect(takenIn(['espeak'], 'mai')).toEqual(['mai', 'espeak'])
})
