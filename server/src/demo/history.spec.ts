import { describe, expect, test } from 'vitest'
import { became, before, faultsIn, type History, treeOn } from '../modules/org/index.ts'
import { demoEvents, demoFormerUnits, demoSuccessions } from './history.ts'
import { demoUnits } from './network.ts'

const history: History = {
  versions: [...demoUnits(), ...demoFormerUnits()].filter(({ kind }) => kind !== 'village' && kind !== 'station'),
  events: demoEvents(),
  successions: demoSuccessions(),
}
const TODAY = '2026-11-22'
const tree = (on: string) => treeOn(history.versions, on)
const below = (parent: string, on: string): string[] =>
  [...tree(on).values()].filter((unit) => unit.parent === parent).map(({ id }) => id)
const named = (on: string, units: readonly { unit: string }[]): string[] =>
  units.map(({ unit }) => tree(on).get(unit)?.name ?? `${unit}?`).sort()

test('[F1] the record does not contradict itself, and every row of it names its source', () => {
  expect(faultsIn(history)).toEqual([])
  expect([...demoFormerUnits(), ...demoEvents()].filter(({ source }) => source.length < 20)).toEqual([])
  expect(demoFormerUnits().filter(({ gsoCode, invented }) => gsoCode !== null || invented)).toEqual([])
})

describe('[F1] Bình Sơn in five years: 25 communes, then 22, then 5', () => {
  const area = history.versions.filter(({ parent }) => parent === 'huyen-binh-son').map(({ id }) => id)
  // biome-ignore format: a table
  const counts: [string, number][] = [
    ['2020-01-31', 25],
    ['2020-02-01', 22],
    ['2025-06-30', 22],
  ]
  test.each(counts)('on %s the district has %i', (on, count) => {
    expect(below('huyen-binh-son', on)).toHaveLength(count)
  })
  test('from 1 July 2025 there are five communes right below the province, and no district anywhere', () => {
    expect(below('quang-ngai', '2025-07-01').sort()).toEqual([
      'binh-chuong',
      'binh-minh',
      'binh-son',
      'dong-son',
      'van-tuong',
    ])
    expect([...tree('2025-07-01').values()].filter(({ kind }) => kind === 'district')).toEqual([])
  })
  test('every one of them went whole, so each figure of theirs may be carried to today as it is', () => {
    for (const id of area) {
      const { parts } = became(history, id, { on: TODAY })
      expect(parts).toEqual([{ unit: expect.any(String), weight: 1, exact: true }])
    }
  })
})

describe('[F1] what became of them', () => {
  // biome-ignore format: a table
  const cases: [string, string, string[], string[]][] = [
    // unit                       by day        is then                     events on the way
    ['binh-phu-truoc-2020',      '2020-01-31', ['Xã Bình Phú'],            []],
    ['binh-phu-truoc-2020',      '2020-02-01', ['Xã Bình Tân Phú'],        ['nq-867-2020-binh-tan-phu']],
    ['binh-phu-truoc-2020',      TODAY,        ['Xã Đông Sơn'],            ['nq-867-2020-binh-tan-phu', 'nq-1677-2025-dong-son']],
    ['chau-o-truoc-2020',        '2024-01-01', ['Thị trấn Châu Ổ'],        ['nq-867-2020-chau-o']],
    ['binh-thoi-truoc-2020',     TODAY,        ['Xã Bình Sơn'],            ['nq-867-2020-chau-o', 'nq-1677-2025-binh-son']],
    ['tinh-hoa-truoc-2025',      TODAY,        ['Xã Đông Sơn'],            ['nq-1677-2025-dong-son']],
    ['binh-chuong-truoc-2025',   TODAY,        ['Xã Bình Chương'],         ['nq-1677-2025-binh-chuong']],
    ['tra-don-ntm-truoc-2025',   TODAY,        ['Xã Nam Trà My'],          ['nq-1659-2025-nam-tra-my']],
    ['tra-don-tl-truoc-2025',    TODAY,        ['Xã Trà Leng'],            ['nq-1659-2025-tra-leng']],
    ['quang-nam',                TODAY,        ['Thành phố Đà Nẵng'],      ['nq-202-2025-da-nang']],
    ['kon-tum',                  TODAY,        ['Tỉnh Quảng Ngãi'],        ['nq-202-2025-quang-ngai']],
  ]
  test.each(cases)('%s by %s is %j, by way of %j', (id, on, names, events) => {
    const fate = became(history, id, { on })
    expect(named(on, fate.parts)).toEqual(names)
    expect(fate.events.map((event) => event.id)).toEqual(events)
  })

  test('a district is what its communes became; how much of it is where, nobody has measured', () => {
    const { parts, events } = became(history, 'huyen-binh-son', { on: TODAY })
    expect(named(TODAY, parts)).toEqual([
      'Xã Bình Chương',
      'Xã Bình Minh',
      'Xã Bình Sơn',
      'Xã Vạn Tường',
      'Xã Đông Sơn',
    ])
    expect(parts.filter(({ weight, exact }) => weight !== null || exact)).toEqual([])
    expect(events.map(({ kind }) => kind).sort()).toEqual(['abolish', 'merge', 'merge', 'merge', 'merge', 'merge'])
    expect(became(history, 'huyen-nam-tra-my', { on: TODAY }).parts).toHaveLength(5)
  })
})

describe('[F1] what they were before', () => {
  // biome-ignore format: a table
  const cases: [string, string, string[]][] = [
    // unit         on the day    was
    ['dong-son',    '2025-06-30', ['Xã Bình Châu', 'Xã Bình Hiệp', 'Xã Bình Thanh', 'Xã Bình Tân Phú', 'Xã Tịnh Hòa']],
    ['dong-son',    '2020-01-31', ['Xã Bình Châu', 'Xã Bình Hiệp', 'Xã Bình Phú', 'Xã Bình Thanh Tây', 'Xã Bình Thanh Đông', 'Xã Bình Tân', 'Xã Tịnh Hòa']],
    ['binh-chuong', '2025-06-30', ['Xã Bình Chương', 'Xã Bình Mỹ']],
    ['nam-tra-my',  '2025-06-30', ['Xã Trà Don', 'Xã Trà Mai']],
    ['tra-leng',    '2025-06-30', ['Xã Trà Dơn', 'Xã Trà Leng']],
    ['quang-ngai',  '2025-06-30', ['Tỉnh Kon Tum', 'Tỉnh Quảng Ngãi']],
    ['da-nang',     '2025-06-30', ['Thành phố Đà Nẵng', 'Tỉnh Quảng Nam']],
    ['chau-o-truoc-2025', '2020-01-31', ['Thị trấn Châu Ổ', 'Xã Bình Thới']],
  ]
  test.each(cases)('%s on %s was %j', (id, on, names) => {
    const { parts } = before(history, id, { on, until: TODAY })
    expect(named(on, parts)).toEqual([...names].sort())
    expect(parts.filter(({ weight, exact }) => weight !== 1 || !exact)).toEqual([])
  })

  test('Tịnh Hòa came from another district', () => {
    const [city, district] = ['tinh-hoa-truoc-2025', 'binh-hiep-truoc-2025'].map(
      (id) => tree('2025-06-30').get(id)?.parent,
    )
    expect([city, district]).toEqual(['thanh-pho-quang-ngai', 'huyen-binh-son'])
  })

  test('Nam Trà My had ten communes in Quảng Nam and has five in Đà Nẵng', () => {
    expect(below('huyen-nam-tra-my', '2025-06-30')).toHaveLength(10)
    expect(below('da-nang', '2025-07-01')).toHaveLength(5)
  })
})

describe('[F1] a name that came back belongs to another place', () => {
  // biome-ignore format: a table
  const cases: [string, string, string, number][] = [
    // name         then                       now            communes it took in
    ['Bình Minh',   'binh-minh-truoc-2025',    'binh-minh',   3],
    ['Bình Chương', 'binh-chuong-truoc-2025',  'binh-chuong', 2],
    ['Bình Sơn',    'huyen-binh-son',          'binh-son',    7],
    ['Nam Trà My',  'huyen-nam-tra-my',        'nam-tra-my',  2],
  ]
  test.each(cases)('%s: %s is gone, %s is new and holds %i former communes', (name, then, now, count) => {
    expect(tree('2025-06-30').get(then)?.shortName).toBe(name)
    expect(tree('2025-07-01').get(now)?.shortName).toBe(name)
    expect([tree('2025-06-30').has(now), tree('2025-07-01').has(then)]).toEqual([false, false])
    expect(before(history, now, { on: '2025-06-30', until: TODAY }).parts).toHaveLength(count)
  })
})
