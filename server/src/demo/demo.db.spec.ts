import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fact } from '../kernel/fact.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { check } from '../modules/audit/index.ts'
import { enrol } from '../modules/devices/index.ts'
import { rulesOf } from '../modules/network/index.ts'
import { addUnits } from '../modules/org/index.ts'
import { schedule, standingOf } from '../modules/schedule/index.ts'
import type { Context } from '../platform/context.ts'
import { makeKey } from '../platform/crypto.ts'
import { type TestContext, testContext } from '../platform/testing-context.ts'
import { fleetOrders } from './fleet.ts'
import { seedProgramme } from './programme.ts'
import { closeDemoAccounts, seedDemo } from './seed.ts'
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
  'unit_event',
  'unit_succession',
  'station',
  'station_village',
  'person',
  'post',
  'account',
  'device',
  'cluster',
  'notice',
  'session',
  'audit_entry',
  'functional_rule',
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

test('all of the network reaches the database: 148 units, 52 of former times or elsewhere, 15 organisations, 72 devices, 554 clusters, three drafts, ten sessions', async () => {
  expect(await countAll()).toMatchObject({
    unit: 148 + 52 + 15,
    device: 72,
    cluster: 554,
    account: 14,
    post: 15,
    notice: 3,
  })
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

test('the fleet gets a code for each of 72 devices, and the same ones at every later start', async () => {
  const ctx: Context = { ...town.ctx, deviceMqttUrl: 'mqtt://127.0.0.1:1' }
  const first = await fleetOrders(ctx, 'http://127.0.0.1:1')
  expect(first.members).toHaveLength(72)
  const [used, waiting] = first.members
  const enrolled = await enrol(ctx, { code: used?.code ?? '', key: makeKey().key, program: 'thử' })
  expect(isRefusal(enrolled)).toBe(false)
  expect(await fleetOrders(ctx, 'http://127.0.0.1:1')).toEqual(first)
  await town.clock.turnBy(25 * 3_600_000)
  const later = await fleetOrders(ctx, 'http://127.0.0.1:1')
  expect(later.members[0]).toEqual(used)
  expect(later.members[1]?.code).not.toBe(waiting?.code)
})

test('used in earnest, the database loses the accounts whose password everybody knows, and nothing else', async () => {
  const before = await countAll()
  await closeDemoAccounts(town.ctx)
  expect(await countAll()).toMatchObject({ account: 0, person: before.person, unit: before.unit, post: before.post })
  await seedDemo(town.ctx)
  expect(await countAll()).toMatchObject({ account: before.account })
})

test('an approved chime, rung daily, and items in the sessions of the coming days are made once, by two people', async () => {
  await seedProgramme(town.ctx)
  const { rows: issued } = await sql<Fact>`select id, kind, at, subject, body from fact
    where kind = 'release.issued' order by id`.execute(town.ctx.db)
  for (const fact of issued) await schedule.on?.['release.issued']?.(fact, town.ctx)
  expect(await standingOf(town.ctx.db, 'binh-chuong', 'chime', town.clock.now())).toBeDefined()
  expect((await rulesOf(town.ctx.db, ['binh-chuong'])).get('binh-chuong')).toMatchObject({
    enabled: true,
    time: '16:50',
  })
  const { rows } = await sql<{
    date: string
    n: number
  }>`select local_date::text as date, count(*)::int as n from airing
    where session is not null and superseded_by is null group by 1 order by 1`.execute(town.ctx.db)
  expect(rows.map(({ n }) => n)).toEqual([3, 2, 2])
  const before = await countAll()
  await seedProgramme(town.ctx)
  expect(await countAll()).toEqual(before)
})
