import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import {
  addStations,
  addStationVillages,
  addUnits,
  communeOf,
  descendants,
  endUnit,
  languagesWanted,
  type NewUnit,
  stationOfVillage,
  stationsOn,
  unitPath,
  unitsOn,
  villagesOfStation,
  wantLanguage,
} from './index.ts'

const BEFORE = '2025-06-30'
const AFTER = '2025-07-01'
let town: TestDatabase

const unit = (
  id: string,
  kind: NewUnit['kind'],
  parent: string | null,
  from: string,
  to: string | null = null,
): NewUnit => ({
  ...{
    id,
    kind,
    parent,
    from,
    to,
    name: id,
    shortName: id,
    population: 10,
    invented: true,
    gsoCode: null,
    source: 'thử',
  },
})

/** Two communes are joined on 1 July 2025; the villages stay what they are and hang elsewhere. */
beforeAll(async () => {
  town = await testDatabase()
  const { db } = town
  await addUnits(db, [
    unit('tinh', 'province', null, '1989-07-01'),
    unit('xa-cu-1', 'commune', 'tinh', '1989-07-01', AFTER),
    unit('xa-cu-2', 'commune', 'tinh', '1989-07-01', AFTER),
    unit('thon-1', 'village', 'xa-cu-1', '1989-07-01', AFTER),
    unit('thon-2', 'village', 'xa-cu-2', '1989-07-01'),
    unit('xa-moi', 'commune', 'tinh', AFTER),
    unit('dai-1', 'station', 'xa-moi', AFTER),
  ])
  await addUnits(db, [unit('thon-1', 'village', 'xa-moi', AFTER)])
  await addStations(db, [
    { id: 'dai-1', technology: 'wired', invented: true, from: AFTER, to: '2026-09-01' },
    { id: 'dai-1', technology: 'ip', invented: true, from: '2026-09-01', to: null },
  ])
  await addStationVillages(db, [{ station: 'dai-1', village: 'thon-1' }], AFTER)
  await wantLanguage(db, { unit: 'thon-1', language: 'cua', from: AFTER, invented: true })
})
afterAll(() => town.drop())

// biome-ignore format: a table
const paths: [string, string, string[] | undefined][] = [
  ['thon-1', BEFORE,       ['tinh', 'xa-cu-1', 'thon-1']],
  ['thon-1', AFTER,        ['tinh', 'xa-moi', 'thon-1']],
  ['xa-cu-1', BEFORE,      ['tinh', 'xa-cu-1']],
  ['xa-cu-1', AFTER,       undefined],
  ['xa-moi', BEFORE,       undefined],
  ['tinh', '1989-06-30',   undefined],
  ['khong-co', AFTER,      undefined],
  ["' or 1=1 --", AFTER,   undefined],
]
test.each(paths)('[F1] on its day %s (%s) hangs where it then hung: %j', async (id, on, path) => {
  expect(await unitPath(town.db, id, on)).toEqual(path)
})

test('[F1] what is below a unit is what was below it on that day', async () => {
  expect([...(await descendants(town.db, 'xa-cu-1', BEFORE))].sort()).toEqual(['thon-1', 'xa-cu-1'])
  expect([...(await descendants(town.db, 'xa-moi', AFTER))].sort()).toEqual(['dai-1', 'thon-1', 'xa-moi'])
  expect(await descendants(town.db, 'xa-cu-1', AFTER)).toEqual([])
})

test('the commune of a village is the one of that day; a province has none', async () => {
  expect((await communeOf(town.db, 'thon-1', BEFORE))?.id).toBe('xa-cu-1')
  expect((await communeOf(town.db, 'thon-1', AFTER))?.id).toBe('xa-moi')
  expect((await communeOf(town.db, 'xa-moi', AFTER))?.id).toBe('xa-moi')
  expect(await communeOf(town.db, 'tinh', AFTER)).toBeUndefined()
})

test('[F4] a station that is converted is wired up to the day before and on IP from that day', async () => {
  const technologyOn = async (on: string) => (await stationsOn(town.db, on, ['dai-1']))[0]?.technology
  expect(await technologyOn('2026-08-31')).toBe('wired')
  expect(await technologyOn('2026-09-01')).toBe('ip')
  expect(await villagesOfStation(town.db, 'dai-1', AFTER)).toEqual(['thon-1'])
  expect(await stationOfVillage(town.db, 'thon-1', AFTER)).toBe('dai-1')
  expect(await stationOfVillage(town.db, 'thon-1', BEFORE)).toBeUndefined()
})

test('a language wanted in one village is wanted wherever that village is addressed, by commune or by station', async () => {
  for (const chosen of ['thon-1', 'xa-moi', 'dai-1', 'tinh']) {
    expect(await languagesWanted(town.db, [chosen], AFTER)).toEqual(['cua'])
  }
  expect(await languagesWanted(town.db, ['thon-2'], AFTER)).toEqual([])
})

test('units come in the order a person looks for them: Thôn 2 before Thôn 10, Đ after D', async () => {
  const names = ['Thôn 10', 'Đông', 'Thôn 2', 'Dương', 'Án', 'An']
  const day = '2025-08-01'
  await addUnits(
    town.db,
    names.map((name, place) => ({ ...unit(`ten-${place}`, 'village', 'thon-2', day, '2025-08-02'), name })),
  )
  const listed = await unitsOn(
    town.db,
    day,
    names.map((_, place) => `ten-${place}`),
  )
  expect(listed.map(({ name }) => name)).toEqual(['An', 'Án', 'Dương', 'Đông', 'Thôn 2', 'Thôn 10'])
})

test('a unit is never two things on one day', async () => {
  const overlapping = sql`insert into unit_version (unit, valid, kind, name, short_name, parent, source)
    values ('xa-moi', '[2026-01-01,2026-02-01)', 'commune', 'khác', 'khác', 'tinh', 'thử')`.execute(town.db)
  await expect(overlapping).rejects.toThrow('conflicting key value violates exclusion constraint')
})

test('a unit that is ended on a day is gone from that day and was there the day before', async () => {
  await addUnits(town.db, [unit('thon-3', 'village', 'xa-moi', AFTER)])
  await endUnit(town.db, 'thon-3', '2026-11-22')
  expect(await unitPath(town.db, 'thon-3', '2026-11-21')).toEqual(['tinh', 'xa-moi', 'thon-3'])
  expect(await unitPath(town.db, 'thon-3', '2026-11-22')).toBeUndefined()
})
