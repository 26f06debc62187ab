import { expect, test } from 'vitest'
import type { TestMiss, TestResult } from '../../api/network.ts'
import { askedOf, namesOf } from './chime.ts'

const miss = (name: string, kind: TestMiss['kind'] = 'cluster'): TestMiss => ({
  device: name,
  kind,
  name,
  cluster: null,
  unit: 'thon-5',
  unitName: 'Thôn 5',
  why: 'noAnswer',
  reason: null,
  ticket: null,
})
const result: TestResult = {
  airing: 'a',
  at: '2026-11-22T05:30:00+07:00',
  unit: 'bc',
  unitName: 'Xã Bình Chương',
  state: 'listed',
  sounded: 49,
  gatewaySounded: 200,
  unknown: 28,
  notSounded: [miss('Cụm 2'), miss('Bộ chuyển tiếp', 'gateway')],
}

test('of fifty clusters asked, 49 sounded; a gateway and those behind it are not among the fifty', () => {
  expect(askedOf(result)).toBe(50)
})

test('three names are said, and how many more there are', () => {
  expect(namesOf(['Cụm 1', 'Cụm 2', 'Cụm 3', 'Cụm 4', 'Cụm 5'].map((name) => miss(name)))).toEqual({
    names: ['Cụm 1 (Thôn 5)', 'Cụm 2 (Thôn 5)', 'Cụm 3 (Thôn 5)'],
    more: 2,
  })
  expect(namesOf([miss('Cụm 1, Thôn 5')]).names).toEqual(['Cụm 1, Thôn 5'])
})
