import { describe, expect, it } from 'vitest'
import type { Unit } from '../../api/types.ts'
import { isCovered, namesOf, placesOf, toggled } from './places.ts'

const unit = (id: string, kind: Unit['kind'], rest: Partial<Unit> = {}): Unit => ({
  id,
  kind,
  name: id,
  shortName: id,
  parent: kind === 'commune' ? 'quang-ngai' : 'binh-chuong',
  population: null,
  invented: true,
  clusters: { devices: 0, behindGateway: 0 },
  horns: 0,
  ...rest,
})
const units = [
  unit('binh-chuong', 'commune'),
  unit('đài', 'station', { villages: ['Thôn 1', 'Thôn 2'], technology: 'wired' }),
  unit('Thôn 10', 'village'),
  unit('Thôn 2', 'village'),
  unit('Thôn 1', 'village'),
  unit('Thôn 3', 'village'),
  unit('xã khác', 'commune'),
]
const places = placesOf(units, 'binh-chuong')
if (!places) throw new Error('the commune is in the list')

describe('choosing where a notice is heard', () => {
  it('villages stand under the station that reaches them, in the order people count', () => {
    expect(places.stations.map(({ villages }) => villages.map(({ id }) => id))).toEqual([['Thôn 1', 'Thôn 2']])
    expect(places.villages.map(({ id }) => id)).toEqual(['Thôn 3', 'Thôn 10'])
  })

  it.each([
    // chosen before              pressed         chosen after
    [['binh-chuong'], 'Thôn 3', ['Thôn 3']],
    [['Thôn 1', 'Thôn 3'], 'binh-chuong', ['binh-chuong']],
    [['Thôn 1', 'Thôn 3'], 'đài', ['Thôn 3', 'đài']],
    [['Thôn 3'], 'Thôn 10', ['Thôn 3', 'Thôn 10']],
    [['Thôn 3', 'Thôn 10'], 'Thôn 3', ['Thôn 10']],
    [['binh-chuong'], 'binh-chuong', []],
  ])('%j, then a press on %s, gives %j', (chosen, pressed, expected) =>
    expect(toggled(places, chosen, pressed)).toEqual(expected),
  )

  it('a village is covered by its station or by the whole commune, not by another village', () => {
    expect(isCovered(places, ['đài'], 'Thôn 1')).toBe(true)
    expect(isCovered(places, ['đài'], 'Thôn 3')).toBe(false)
    expect(isCovered(places, ['binh-chuong'], 'Thôn 3')).toBe(true)
    expect(isCovered(places, ['Thôn 1'], 'Thôn 2')).toBe(false)
  })

  it('another commune is not part of the tree', () =>
    expect(namesOf(units, ['Thôn 10', 'Thôn 2'])).toEqual(['Thôn 2', 'Thôn 10']))
  it('a commune that cannot be seen has no tree', () => expect(placesOf(units, 'nơi khác')).toBeUndefined())
})
