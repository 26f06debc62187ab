import { expect, test } from 'vitest'
import town from './network.json' with { type: 'json' }
import { demoClusters, demoDevices, demoStations, demoStationVillages, demoUnits } from './network.ts'
import { demoDrafts } from './notices.ts'
import { demoPeople } from './people.ts'

const repeated = (ids: readonly string[]): string[] => ids.filter((id, place) => ids.indexOf(id) !== place)

test('the network has the totals of the report of 2021: 22 stations, 120 villages, 554 clusters, 1,107 horns', () => {
  expect(town.stations).toHaveLength(22)
  expect(demoUnits().filter(({ kind }) => kind === 'village')).toHaveLength(120)
  expect(demoClusters()).toHaveLength(554)
  expect(demoClusters().reduce((sum, { horns }) => sum + horns, 0)).toBe(1107)
})

test('before the conversion 14 stations were wireless and 8 wired', () => {
  const then = demoStations().filter(({ from }) => from === town.from)
  expect(then.filter(({ technology }) => technology === 'wireless')).toHaveLength(14)
  expect(then.filter(({ technology }) => technology === 'wired')).toHaveLength(8)
})

test('no two units, devices, clusters or people share an id', () => {
  expect(repeated(demoUnits().map(({ id }) => id))).toEqual([])
  expect(repeated(demoDevices(0).map(({ id }) => id))).toEqual([])
  expect(repeated(demoClusters().map(({ id }) => id))).toEqual([])
  expect(repeated(demoPeople.flatMap(({ id, username }) => [id, username]))).toEqual([])
})

test('every cluster on IP is a device, every other stands behind the gateway of its village’s station', () => {
  const stationOf = new Map(demoStationVillages().map(({ village, station }) => [village, station]))
  const unitOf = new Map(demoDevices(0).map(({ id, unit }) => [id, unit]))
  for (const { village, device, gateway } of demoClusters()) {
    if (device !== null) expect(unitOf.get(device)).toBe(village)
    else expect(unitOf.get(gateway ?? '')).toBe(stationOf.get(village))
  }
})

test('every unit hangs under one that is there, and every village is marked as invented', () => {
  const units = demoUnits()
  const ids = new Set(units.map(({ id }) => id))
  expect(units.filter(({ parent }) => parent !== null && !ids.has(parent))).toEqual([])
  expect(units.filter(({ kind, invented }) => (kind === 'village') !== invented)).toEqual([])
})

test('drafts name mornings that lie ahead on the day the demonstration is made', () => {
  const texts = (day: string) =>
    demoDrafts(Date.parse(`${day}T08:00:00+07:00`)).map(({ versions }) => versions[0]?.written)
  expect(texts('2026-11-22')[1]).toContain('sáng thứ Năm, ngày 26/11/2026')
  expect(texts('2026-12-28')[1]).toContain('sáng thứ Sáu, ngày 01/01/2027')
  expect(texts('2026-11-22').join()).not.toMatch(/[{}]/)
})
