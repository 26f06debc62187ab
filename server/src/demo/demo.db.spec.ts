import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from '../modules/audit/index.ts'
import { addUnits } from '../modules/org/index.ts'
import type { Context } from '../platform/context.ts'
import { type TestContext, testContext } from '../platform/testing-context.ts'
import { seedDemo } from './index.ts'
import { MORNING } from './small-town.ts'

let town: TestContext

beforeAll(async () => {
  town = await testContext(MORNING)
  await seedDemo(town.ctx)
})
afterAll(() => town.close())

const tables = [
  'unit',
  'unit_version',
  'station',
  'station_village',
  'person',
  'post',
  'account',
  'device',
  'cluster',
  'notice',
  'audit_entry',
  'fact',
]

const countAll = async (): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(town.ctx.db)
    counts[table] = rows[0]?.n ?? 0
  }
  return counts
}

test('all of the network reaches the database: 148 units, 72 devices, 554 clusters, three drafts', async () => {
  expect(await countAll()).toMatchObject({ unit: 148, device: 72, cluster: 554, account: 14, post: 15, notice: 3 })
})

test('seeding a second time changes nothing, not even the record', async () => {
  const before = await countAll()
  expect(await seedDemo(town.ctx)).toBe(true)
  expect(await countAll()).toEqual(before)
  expect(await check(town.ctx.db)).toMatchObject({ number: before.audit_entry })
})

test('a server that others can reach is never given the demonstration', async () => {
  const open: Context = { ...town.ctx, config: { ...town.ctx.config, host: '0.0.0.0' } }
  await expect(seedDemo(open)).rejects.toThrow('only this machine')
})

test('a database with another network is left alone', async () => {
  const other = await testContext(MORNING)
  const province = { id: 'tinh-khac', kind: 'province' as const, parent: null, name: 'Tỉnh khác', shortName: 'Khác' }
  const rest = { population: null, invented: false, gsoCode: null, from: '2025-07-01', to: null, source: 'thử' }
  await addUnits(other.ctx.db, [{ ...province, ...rest }])
  expect(await seedDemo(other.ctx)).toBe(false)
  const { rows } = await sql`select id from unit`.execute(other.ctx.db)
  expect(rows).toEqual([{ id: 'tinh-khac' }])
  await other.close()
})
