import { describe, expect, test } from 'vitest'
import type { Mark, NetworkUnit } from '../../api/network.ts'
import { byNeed, countsOf, everything, folded, kinOf, marksAt, ofStates, treeOf } from './marks.ts'

const units: NetworkUnit[] = [
  { id: 'quang-ngai', kind: 'province', name: 'Tỉnh Quảng Ngãi', parent: null },
  { id: 'bc', kind: 'commune', name: 'Xã Bình Chương', parent: 'quang-ngai' },
  { id: 'bs', kind: 'commune', name: 'Xã Bình Sơn', parent: 'quang-ngai' },
  { id: 'bc-10', kind: 'village', name: 'Thôn 10', parent: 'bc' },
  { id: 'bc-2', kind: 'village', name: 'Thôn 2', parent: 'bc' },
  { id: 'bs-2', kind: 'village', name: 'Thôn 2', parent: 'bs' },
  { id: 'dai', kind: 'station', name: 'Đài Bình Sơn', parent: 'bs' },
]
const kin = kinOf(units)

const mark = (cluster: string, village: string, more: Partial<Mark> = {}): Mark => ({
  cluster,
  name: `Cụm ${cluster}`,
  village,
  station: null,
  device: cluster,
  gateway: null,
  state: 'reported',
  horns: 2,
  place: null,
  lon: null,
  lat: null,
  tickets: 0,
  invented: false,
  ...more,
})

const marks = [
  mark('1', 'bc-10'),
  mark('2', 'bc-2', { state: 'silent' }),
  mark('10', 'bc-2', { state: 'fault' }),
  mark('3', 'bs-2', { state: 'behindGateway', gateway: 'g', device: null, station: 'dai' }),
]
const gateway = {
  device: 'g',
  name: 'Bộ chuyển tiếp',
  station: 'dai',
  state: 'reported',
  tickets: 0,
  place: null,
  clusters: 1,
  invented: false,
} as const

describe('the marks of a network', () => {
  test('a cluster behind a gateway is counted apart, never with those that reported themselves', () => {
    expect(countsOf(marks)).toEqual({ reported: 1, behindGateway: 1, silent: 1, fault: 1, unknown: 0 })
  })

  test.each([
    ['a commune', { unit: 'bc' }, ['1', '2', '10']],
    ['a village', { unit: 'bc-2' }, ['2', '10']],
    ['a station, by the clusters it feeds', { unit: 'dai' }, ['3']],
    ['words without marks or capitals', { text: 'thon 10' }, ['1']],
    ['the name of the commune', { text: 'BINH SON' }, ['3']],
    ['nothing in particular', {}, ['1', '2', '10', '3']],
  ])('the filter by %s', (_what, part, found) => {
    expect(marksAt(marks, { ...everything, ...part }, kin).map(({ cluster }) => cluster)).toEqual(found)
  })

  test('no state chosen shows every state; a chosen one hides the rest', () => {
    expect(ofStates(marks, [])).toHaveLength(4)
    expect(ofStates(marks, ['fault', 'silent']).map(({ cluster }) => cluster)).toEqual(['2', '10'])
  })

  test('what needs a look comes first in a list', () => {
    expect(byNeed(marks, kin).map(({ state }) => state)).toEqual(['fault', 'silent', 'behindGateway', 'reported'])
  })

  test('the tree is commune, village, cluster, with numbers in their order and gateways under the commune of their station', () => {
    const [chuong, son] = treeOf(marks, [gateway], kin)
    expect(chuong).toMatchObject({ name: 'Xã Bình Chương', total: 3, counts: { silent: 1, fault: 1, reported: 1 } })
    expect(chuong?.villages.map(({ name }) => name)).toEqual(['Thôn 2', 'Thôn 10'])
    expect(chuong?.villages[0]?.marks.map(({ name }) => name)).toEqual(['Cụm 2', 'Cụm 10'])
    expect(son).toMatchObject({ name: 'Xã Bình Sơn', gateways: [{ device: 'g' }] })
  })

  test('a commune whose only device is a gateway still stands in the tree', () => {
    expect(treeOf([], [gateway], kin)).toMatchObject([{ unit: 'bs', total: 0, villages: [] }])
  })

  test('Đ is folded to d, which is a letter of its own and no d with a mark', () => {
    expect(folded('Đông Sơn')).toBe('dong son')
  })
})
