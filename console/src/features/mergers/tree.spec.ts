import { expect, test } from 'vitest'
import type { UnitThen } from '../../api/mergers.ts'
import { countOf, parentsFor, treeOf } from './tree.ts'

const unit = (id: string, kind: UnitThen['kind'], parent: string | null): UnitThen => ({
  ...{ id, kind, parent, name: id, shortName: id, population: null, invented: false },
  ...{ clusters: { devices: 0, behindGateway: 0 }, horns: 0 },
})
const units = [
  unit('tinh', 'province', 'nuoc'),
  unit('xa', 'commune', 'tinh'),
  unit('Thôn 10', 'village', 'xa'),
  unit('Thôn 2', 'village', 'xa'),
  unit('dai', 'station', 'xa'),
  unit('mat-tran', 'front', 'xa'),
  unit('phu-nu', 'union', 'mat-tran'),
  unit('chi-hoi', 'unionBase', 'phu-nu'),
]

test('[F2] the tree keeps villages, stations and organisations apart; Thôn 2 comes before Thôn 10', () => {
  const [province] = treeOf(units)
  const commune = province?.areas[0]
  expect(commune?.villages.map(({ id }) => id)).toEqual(['Thôn 2', 'Thôn 10'])
  expect(commune?.stations.map(({ id }) => id)).toEqual(['dai'])
  expect(countOf(commune?.organisations ?? [])).toBe(3)
  expect(commune?.organisations[0]?.below[0]?.below[0]?.unit.id).toBe('chi-hoi')
})

test('somebody of one commune sees it as the root', () => {
  expect(treeOf(units.slice(1)).map(({ unit: { id } }) => id)).toEqual(['xa'])
})

test('a branch is offered below organisations only, a village below communes only', () => {
  expect(parentsFor('village', units).map(({ id }) => id)).toEqual(['xa'])
  expect(parentsFor('unionBase', units).map(({ id }) => id)).toEqual(['mat-tran', 'phu-nu'])
})
