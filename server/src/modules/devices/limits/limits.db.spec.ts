import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, seedDemo } from '../../../demo/index.ts'
import { MORNING } from '../../../demo/small-town.ts'
import { createApp, finishApp, type Router } from '../../../platform/http.ts'
import { silentLog } from '../../../platform/testing.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { access } from '../../access/index.ts'
import { deviceRoutes } from '../routes.ts'
import { limitRoutes } from './routes.ts'

let town: TestContext
let app: Router
const tokens = new Map<string, string>()

beforeAll(async () => {
  town = await testContext(MORNING)
  await seedDemo(town.ctx)
  await sql`create table told (payload jsonb)`.execute(town.ctx.db)
  const enqueue = async (_: unknown, __: string, payload: unknown) => {
    await sql`insert into told values (${JSON.stringify(payload)}::jsonb)`.execute(town.ctx.db)
  }
  const ctx = { ...town.ctx, enqueue } as typeof town.ctx
  app = createApp({ config: ctx.config, log: silentLog })
  access.routes?.(app, ctx)
  deviceRoutes(app, ctx)
  limitRoutes(app, ctx)
  finishApp(app, { config: ctx.config, log: silentLog })
})
afterAll(() => town.close())

const call = async (token: string, method: string, path: string, body?: unknown) => {
  const answer = await app.request(path, {
    method,
    headers: { host: '127.0.0.1', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const by = async (username: string, method: string, path: string, body?: unknown) => {
  const known = tokens.get(username)
  const token =
    known ?? ((await call('nobody', 'POST', '/api/session', { username, password: demoPassword })).body.token as string)
  tokens.set(username, token)
  return call(token, method, path, body)
}

const LIMITS = '/api/units/binh-chuong/limits'
const night = { quiet: [{ from: '21:00', to: '05:00' }] }
const shorterNight = { quiet: [{ from: '22:00', to: '05:00' }] }

test('[F10] one place sets the volume cap, minutes and quiet hours of all devices of a unit; it is said before how many change', async () => {
  const stand = await by('ky', 'GET', LIMITS)
  const devices = stand.body.devices as number
  expect(stand.body).toMatchObject({ volumeMax: [{ value: 90, devices }], may: { change: true, shorten: false } })
  const preview = await by('ky', 'POST', `${LIMITS}/preview`, { volumeMax: 70, ...night })
  expect(preview.body).toEqual({ devices, changed: devices, turnedDown: devices, shortened: 0 })
  expect((await by('ky', 'GET', LIMITS)).body).toEqual(stand.body)
  expect((await by('ky', 'PUT', LIMITS, { volumeMax: 70, ...night })).body).toEqual(preview.body)
  expect((await by('ky', 'GET', LIMITS)).body).toMatchObject({
    volumeMax: [{ value: 70, devices }],
    quiet: [{ value: night.quiet, devices }],
  })
  const elsewhere = await by('an', 'GET', '/api/units/binh-son/limits')
  expect(elsewhere.body).toMatchObject({ volumeMax: [{ value: 90 }] })
})

test('devices are told once, and what changes nothing tells and records nothing', async () => {
  await by('ky', 'PUT', LIMITS, { volumeMax: 70 })
  const { rows } = await sql`select payload from told`.execute(town.ctx.db)
  expect(rows).toEqual([{ payload: { units: ['binh-chuong'] } }])
  const { rows: entries } = await sql<{ person: string; devices: number }>`select person, detail->>'volumeMax' as cap
    from audit_entry where action = 'unit.limitsSet'`.execute(town.ctx.db)
  expect(entries).toEqual([{ person: 'pham-dinh-ky', cap: '70' }])
})

test('[F10] quiet hours are made shorter by an administrator only, for all devices and for a single one', async () => {
  expect(await by('ky', 'PUT', LIMITS, shorterNight)).toMatchObject({
    status: 403,
    body: { refused: 'device.quietShortened' },
  })
  const one = '/api/devices/binh-my-thon-1-cum-1/config'
  expect((await by('ky', 'PUT', one, { quiet: [] })).body.refused).toBe('device.quietShortened')
  expect((await by('ky', 'PUT', one, { quiet: [{ from: '20:00', to: '06:00' }] })).status).toBe(200)
  expect((await by('an', 'PUT', LIMITS, shorterNight)).status).toBe(200)
  expect((await by('an', 'PUT', one, { quiet: [] })).status).toBe(200)
})

test.each([
  ['an officer sets no limits', 'hanh', LIMITS, { volumeMax: 10 }, 403],
  ['nobody sets limits in another commune', 'ky', '/api/units/binh-son/limits', { volumeMax: 10 }, 404],
  ['a cap above the loudest is no cap', 'ky', LIMITS, { volumeMax: 101 }, 400],
  ['a span that is no time is none', 'ky', LIMITS, { quiet: [{ from: '25:00', to: '05:00' }] }, 400],
])('%s', async (_, who, path, body, status) => {
  expect((await by(who, 'PUT', path, body)).status).toBe(status)
})
