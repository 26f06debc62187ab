import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../../platform/database.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { addSuccessions, addUnitEvents, addUnits, areaOn, fateOf, type NewUnit, originOf } from './index.ts'

const DAY = '2020-02-01'
const TODAY = '2026-11-22'
let town: TestDatabase

const unit = (id: string, from: string, to: string | null = null, kind: NewUnit['kind'] = 'commune'): NewUnit => ({
  ...{ id, from, to, kind, name: `Xã ${id}`, shortName: id, parent: kind === 'village' ? 'a' : null, population: null },
  ...{ invented: true, gsoCode: null, source: 'thử' },
})
const event = (id: string) => ({ id, on: DAY, kind: 'split' as const, unit: null, source: 'thử' })
type Row = [from: string, to: string, basis: 'whole' | 'population' | 'area', weight: number]

const add = (id: string, rows: readonly Row[]): Promise<void> =>
  inTransaction(town.db, async (db) => {
    await addUnitEvents(db, [event(id)])
    for (const [from, to, basis, weight] of rows) {
      await addSuccessions(db, [{ event: id, from, to, basis, weight, quality: 'measured' }])
    }
  })

beforeAll(async () => {
  town = await testDatabase()
  await addUnits(town.db, [
    unit('a', '2000-01-01', DAY),
    unit('thon', '2000-01-01', DAY, 'village'),
    unit('b', DAY),
    unit('c', DAY),
    unit('d', '2000-01-01'),
  ])
  await add('a-divided', [
    ['a', 'b', 'population', 0.7],
    ['a', 'c', 'population', 0.3],
  ])
})
afterAll(() => town.drop())

describe('parts of a unit', () => {
  // biome-ignore format: a table
  const cases: [string, Row[], string | undefined][] = [
    ['that add up are kept, one by one in one transaction', [['a', 'b', 'population', 0.1], ['a', 'c', 'population', 0.9]], undefined],
    ['may be measured by several things',                   [['a', 'b', 'population', 0.1], ['a', 'c', 'population', 0.9], ['a', 'b', 'area', 1]], undefined],
    ['that lose something are refused',                     [['a', 'b', 'population', 0.6]],                                 'add up to 0.6, not to 1'],
    ['that double something are refused',                   [['a', 'b', 'population', 0.6], ['a', 'c', 'population', 0.6]],  'add up to 1.2, not to 1'],
    ['are refused where it went whole to two places',       [['a', 'b', 'whole', 1], ['a', 'c', 'whole', 1]],                'add up to 2, not to 1'],
    ['are refused where it went whole anyway',              [['a', 'b', 'whole', 1], ['a', 'c', 'population', 1]],           'went whole'],
    ['are refused where less than the whole is called so',  [['a', 'b', 'whole', 0.5]],                                      'unit_succession_check'],
    ['are never nothing',                                   [['a', 'b', 'population', 0], ['a', 'c', 'population', 1]],      'unit_succession_weight_check'],
    ['go to units that exist',                              [['a', 'khong-co', 'whole', 1]],                                 'foreign key'],
  ]
  test.each(cases)('%s', async (title, rows, refused) => {
    const added = add(title, rows)
    if (refused === undefined) await added
    else await expect(added).rejects.toThrow(refused)
    await sql`delete from unit_succession where event = ${title}`.execute(town.db)
    await sql`delete from unit_event where id = ${title}`.execute(town.db)
  })

  test('stay whole when one of them is taken away or moved to another event', async () => {
    const gone = sql`delete from unit_succession where event = 'a-divided' and to_unit = 'c'`.execute(town.db)
    await expect(gone).rejects.toThrow('add up to 0.7')
    await addUnitEvents(town.db, [event('another')])
    const moved = sql`update unit_succession set event = 'another' where to_unit = 'c'`.execute(town.db)
    await expect(moved).rejects.toThrow('not to 1')
  })
})

describe('a district', () => {
  const district = (to: string | null) => addUnits(town.db, [unit(`huyen-${to}`, '2003-01-01', to, 'district')])
  test('may be recorded up to 30 June 2025', () => expect(district('2025-07-01')).resolves.toBeUndefined())
  test.each([['2025-07-02'], [null]])('never lasts longer: %s', async (to) => {
    await expect(district(to)).rejects.toThrow('unit_version_district_is_history')
  })
})

describe('[F1] asked of the database', () => {
  test('what became of a unit comes with names, days and sources', async () => {
    const fate = await fateOf(town.db, { unit: 'a', today: TODAY })
    expect(fate).toMatchObject({
      unit: { id: 'a', to: DAY },
      on: TODAY,
      units: [
        { id: 'b', name: 'Xã b', weight: 0.7, exact: false },
        { id: 'c', name: 'Xã c', weight: 0.3, exact: false },
      ],
      events: [{ id: 'a-divided', on: DAY, source: 'thử', from: [{ id: 'a' }], to: [{ id: 'b' }, { id: 'c' }] }],
    })
  })

  // biome-ignore format: a table
  const before: [string, string | undefined, string, [string, number][]][] = [
    // unit  on             the day it tells of   parts
    ['b',    undefined,     '2020-01-31',         [['a', 0.7]]],
    ['b',    '2005-01-01',  '2005-01-01',         [['a', 0.7]]],
    ['b',    TODAY,         TODAY,                [['b', 1]]],
    ['d',    undefined,     '1999-12-31',         []],
    ['thon', '2010-01-01',  '2010-01-01',         [['thon', 1]]],
  ]
  test.each(before)('before: %s on %s (%s) was %j', async (id, on, told, parts) => {
    const origin = await originOf(town.db, { unit: id, on, today: TODAY })
    expect(origin?.on).toBe(told)
    expect(origin?.units.map((part) => [part.id, part.weight])).toEqual(parts)
  })

  test('nothing is told of a unit that never was, of a time before it or of a time after it', async () => {
    expect(await fateOf(town.db, { unit: 'khong-co', today: TODAY })).toBeUndefined()
    expect(await originOf(town.db, { unit: "' or 1=1 --", today: TODAY })).toBeUndefined()
    expect(await fateOf(town.db, { unit: 'b', on: '2020-01-31', today: TODAY })).toBeUndefined()
    expect(await originOf(town.db, { unit: 'a', on: DAY, today: TODAY })).toBeUndefined()
  })

  // biome-ignore format: a table
  const areas: [string[], string, string[]][] = [
    // sees today   on            saw then
    [['b'],         '2020-01-31', ['a', 'thon']],
    [['b'],         DAY,          ['b']],
    [['b'],         TODAY,        ['b']],
    [['b', 'd'],    '2010-01-01', ['a', 'd', 'thon']],
    [['d'],         '2010-01-01', ['d']],
    [[],            '2010-01-01', []],
  ]
  test.each(areas)('whoever sees %j today sees of %s: %j', async (units, on, seen) => {
    expect([...(await areaOn(town.db, units, { today: TODAY, on }))].sort()).toEqual(seen)
  })
})
