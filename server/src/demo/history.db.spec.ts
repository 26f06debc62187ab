import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localDate } from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../main.ts'
import { access } from '../modules/access/index.ts'
import { devices, devicesReaching, networkPulse } from '../modules/devices/index.ts'
import { descendants, org, unitsOn } from '../modules/org/index.ts'
import { currentRoster, refreshRosters, trust } from '../modules/trust/index.ts'
import { turnedClock } from '../platform/clock.ts'
import { type TestDatabase, testDatabase } from '../platform/testing.ts'
import { demoFormerUnits } from './history.ts'
import { demoPassword } from './people.ts'
import { seedDemo } from './seed.ts'
import { MORNING } from './small-town.ts'

const TODAY = localDate(MORNING)
const home = mkdtempSync(join(tmpdir(), 'loa-history-'))
const gone = demoFormerUnits().filter(({ to }) => to !== null)
let database: TestDatabase
let server: RunningServer

beforeAll(async () => {
  database = await testDatabase()
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  const modules = [org, access, trust, devices]
  server = await startServer({ config, clock: turnedClock(MORNING), modules, fleet: false })
  await seedDemo(server.context)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const tokenOf = async (username: string): Promise<string> => {
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demoPassword }),
  })
  return ((await answer.json()) as { token: string }).token
}

type Unit = { id: string; kind: string; name: string; parent: string | null; weight: number; exact: boolean }
type Answer = { units: Unit[]; on: string; events: { source: string }[]; refused?: string }
const tokens = new Map<string, Promise<string>>()
const ask = async (who: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }> => {
  const token = tokens.get(who) ?? tokenOf(who)
  tokens.set(who, token)
  const answer = await fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

describe('units of former times are not of today', () => {
  test('today’s network is what it was without them: 148 units, five communes', async () => {
    const units = await unitsOn(server.context.db, TODAY)
    expect(units.filter(({ kind }) => kind === 'district')).toEqual([])
    expect(units.filter(({ id }) => gone.some((each) => each.id === id))).toEqual([])
    expect(await descendants(server.context.db, 'quang-ngai', TODAY)).toHaveLength(148)
    const { communes } = await networkPulse(server.context, ['quang-ngai'])
    expect(communes).toHaveLength(5)
  })

  test('the leader of the province sees 148 units today, and all 554 clusters once', async () => {
    const { body } = await ask('an', '/api/units')
    expect(body.units).toHaveLength(148)
    expect(body.units.find(({ id }) => id === 'quang-ngai')).toMatchObject({
      clusters: { devices: 50, behindGateway: 504 },
    })
    expect((await ask('an', `/api/units?on=${TODAY}`)).body).toEqual(body)
  })

  test('nobody can address them, and no device listens for them', async () => {
    for (const { id } of gone) {
      expect(await devicesReaching(server.context.db, [id], TODAY)).toEqual([])
    }
    expect((await ask('an', '/api/audience', { units: ['binh-chuong-truoc-2025'] })).status).toBe(404)
    expect((await ask('an', '/api/audience', { units: ['huyen-binh-son'] })).status).toBe(404)
    expect((await ask('an', '/api/audience', { units: ['binh-chuong'] })).status).toBe(200)
  })

  test('no roster is made for them or covers them', async () => {
    await refreshRosters(server.context, server.context.db)
    const { rows } = await sql<{ unit: string }>`select distinct unit from roster order by unit`.execute(database.db)
    expect(rows.filter(({ unit }) => gone.some(({ id }) => id === unit))).toEqual([])
    const roster = (await currentRoster(database.db, 'binh-chuong'))?.roster
    expect(roster?.covers).toHaveLength(13)
  })
})

describe('[F1] GET /api/units on another day', () => {
  // biome-ignore format: a table
  const cases: [string, string, number, string[]][] = [
    // who     on            units  among them
    ['an',   '2020-01-31', 30,  ['quang-ngai-truoc-2025', 'kon-tum', 'huyen-binh-son', 'binh-thoi-truoc-2020', 'tinh-hoa-truoc-2025']],
    ['an',   '2025-06-30', 27,  ['huyen-binh-son', 'thanh-pho-quang-ngai', 'binh-tan-phu-truoc-2025']],
    ['an',   '2025-07-01', 148, ['quang-ngai', 'dong-son', 'binh-my-thon-1']],
    ['an',   '2015-12-31', 0,   []],
    ['hanh', '2025-06-30', 2,   ['binh-chuong-truoc-2025', 'binh-my-truoc-2025']],
    ['hanh', '2025-07-01', 13,  ['binh-chuong', 'dai-binh-my']],
    ['dong', '2025-06-30', 5,   ['tinh-hoa-truoc-2025', 'binh-tan-phu-truoc-2025']],
    ['dong', '2020-01-31', 7,   ['binh-phu-truoc-2020', 'binh-tan-truoc-2020']],
    ['son',  '2020-01-31', 8,   ['chau-o-truoc-2020', 'binh-thoi-truoc-2020']],
  ]
  test.each(cases)('%s sees of %s %i units, among them %j', async (who, on, count, some) => {
    const { body } = await ask(who, `/api/units?on=${on}`)
    const ids = body.units.map(({ id }) => id)
    expect(ids).toHaveLength(count)
    expect(some.filter((id) => !ids.includes(id))).toEqual([])
  })

  test('a district is told as one, below the province of then', async () => {
    const { body } = await ask('an', '/api/units?on=2024-01-01')
    expect(body.units.find(({ id }) => id === 'huyen-binh-son')).toMatchObject({
      kind: 'district',
      name: 'Huyện Bình Sơn',
      parent: 'quang-ngai-truoc-2025',
    })
  })

  test.each([['2025-02-30'], ['1000-01-01'], ['0000-01-01'], ['9999-12-31'], ['hôm nay'], ["2025-01-01'--"]])(
    'no day: %s',
    async (on) => {
      expect((await ask('an', `/api/units?on=${encodeURIComponent(on)}`)).status).toBe(400)
    },
  )
})

describe('[F1] what became of a unit, and what it was before', () => {
  // biome-ignore format: a table
  const cases: [string, string, number, string[]][] = [
    // who    path                                       status and units
    ['hanh', 'binh-my-truoc-2025/became',                200, ['binh-chuong']],
    ['hanh', 'binh-chuong/before',                       200, ['binh-chuong-truoc-2025', 'binh-my-truoc-2025']],
    ['hanh', 'binh-chuong/became',                       200, ['binh-chuong']],
    ['hanh', 'binh-my-thon-1/before',                    200, []],
    ['dong', 'binh-phu-truoc-2020/became',               200, ['dong-son']],
    ['dong', 'binh-phu-truoc-2020/became?on=2024-01-01', 200, ['binh-tan-phu-truoc-2025']],
    ['dong', 'binh-phu-truoc-2020/became?on=2015-01-01', 400, []],
    ['dong', 'tinh-hoa-truoc-2025/became',               200, ['dong-son']],
    ['dong', 'dong-son/before?on=2030-01-01',            400, []],
    ['dong', 'dong-son/before?basis=money',              400, []],
    ['an',   'huyen-binh-son/became',                    200, ['binh-chuong', 'binh-minh', 'binh-son', 'dong-son', 'van-tuong']],
    ['an',   'quang-ngai/before',                        200, ['kon-tum', 'quang-ngai-truoc-2025']],
    ['hanh', 'huyen-binh-son/became',                    404, []],
    ['hanh', 'quang-ngai/before',                        404, []],
    ['hanh', 'binh-thoi-truoc-2020/became',              404, []],
    ['hanh', 'binh-son/before',                          404, []],
    ['an',   'quang-nam/became',                         404, []],
    ['an',   'nam-tra-my/before',                        404, []],
    ['an',   'khong-co/before',                          404, []],
  ]
  test.each(cases)('%s asks for %s: %i %j', async (who, path, status, units) => {
    const answer = await ask(who, `/api/units/${path}`)
    expect(answer.status).toBe(status)
    expect((answer.body.units ?? []).map(({ id }) => id).sort()).toEqual(units)
  })

  test('the answer names the resolutions and how much is exact', async () => {
    const { body } = await ask('dong', '/api/units/binh-phu-truoc-2020/became')
    expect(body.events.map(({ source }) => source.split(' ngày')[0])).toEqual([
      'Nghị quyết 867/NQ-UBTVQH14',
      'Nghị quyết 1677/NQ-UBTVQH15',
    ])
    expect(body.units[0]).toMatchObject({ id: 'dong-son', name: 'Xã Đông Sơn', weight: 1, exact: true })
  })

  test('nobody is told anything without signing in', async () => {
    for (const path of ['/api/units?on=2020-01-31', '/api/units/dong-son/before', '/api/units/dong-son/became']) {
      expect((await fetch(`${server.url}${path}`)).status).toBe(401)
    }
  })
})
