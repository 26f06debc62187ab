import { expect, test } from 'vitest'
import type { TestMiss, TestResult } from '../../api/network.ts'
import { askedOf, namesOf } from './chime.ts'

const miss = (name: string): TestMiss => ({
  device: name,
  name,
  cluster: null,
  unitName: 'Thôn 5',
  why: null,
  ticket: null,
})
const result: TestResult = {
  airing: 'a',
  at: '2026-11-22T05:30:00+07:00',
  unit: 'bc',
  unitName: 'Xã Bình Chương',
  sounded: 48,
  gatewaySounded: 200,
  notSounded: [miss('Cụm 2')],
  unknown: [miss('Cụm 7')],
}

test('of fifty clusters asked, 48 sounded, one did not and one is unknown; those behind gateways are not among the fifty', () => {
  expect(askedOf(result)).toBe(50)
})

test('three names are said, and how many more there are', () => {
  expect(namesOf(['Cụm 1', 'Cụm 2', 'Cụm 3', 'Cụm 4', 'Cụm 5'].map(miss))).toEqual({
    names: ['Cụm 1 (Thôn 5)', 'Cụm 2 (Thôn 5)', 'Cụm 3 (Thôn 5)'],
    more: 2,
  })
  expect(namesOf([miss('Cụm 1, Thôn 5')]).names).toEqual(['Cụm 1, Thôn 5'])
})
