import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword, seedDemo } from '../../demo/index.ts'
import { MORNING } from '../../demo/small-town.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { turnedClock } from '../../platform/clock.ts'
import { makeKey } from '../../platform/crypto.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { access } from '../access/index.ts'
import { check } from '../audit/index.ts'
import { org } from '../org/index.ts'
import { trust } from '../trust/index.ts'
import { devices } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'loa-bulk-'))
let database: TestDatabase
let server: RunningServer

beforeAll(async () => {
  database = await testDatabase()
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  server = await startServer({
    ...{ config, clock: turnedClock(MORNING), modules: [org, access, trust, devices], fleet: false },
  })
  await seedDemo(server.context)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

type Entered = { devices: { device: string; name: string; code: string }[]; refused?: string }
const clusters = (count: number, unit = 'binh-my-thon-1') =>
  Array.from({ length: count }, (_, place) => ({ kind: 'cluster', name: `Cụm ${place + 1}`, unit, horns: 2 }))
const ask = async <T>(method: string, path: string, options: { token?: string; body?: unknown } = {}) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${options.token ?? ''}` }
  const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) }
  const answer = await fetch(`${server.url}${path}`, { method, headers, ...body })
  return { status: answer.status, body: (await answer.json()) as T }
}
const tokenOf = async (username: string): Promise<string> =>
  (await ask<{ token: string }>('POST', '/api/session', { body: { username, password: demoPassword } })).body.token
const enter = async (username: string, wanted: readonly object[]) =>
  ask<Entered>('POST', '/api/devices/bulk', { token: await tokenOf(username), body: { devices: wanted } })
const countDevices = async (): Promise<number> =>
  (await ask<Entered>('GET', '/api/devices', { token: await tokenOf('an') })).body.devices.length

describe('[F13] many devices entered at once', () => {
  it('each gets a code of its own, with which it is enrolled; the record says so and holds together', async () => {
    const { status, body } = await enter('ky', [
      ...clusters(3),
      { kind: 'gateway', name: 'Bộ chuyển tiếp', unit: 'dai-binh-my' },
    ])
    expect(status).toBe(200)
    expect(new Set(body.devices.map(({ code }) => code)).size).toBe(4)
    for (const { device, code } of body.devices) {
      const asked = { code, key: makeKey().key, program: 'spec' }
      const enrolled = await ask<{ device: string }>('POST', '/api/enrolments', { body: asked })
      expect(enrolled).toMatchObject({ status: 200, body: { device } })
    }
    expect(await check(server.context.db)).not.toHaveProperty('fault')
  })

  it.each([
    ['an officer', 'hanh', clusters(2), 'access.notAllowed'],
    ['a technician, in another commune', 'ky', clusters(2, 'chau-o-thon-1'), 'input.notFound'],
    [
      'a technician, where one of them has no such place',
      'ky',
      [...clusters(2), ...clusters(1, 'nowhere')],
      'input.notFound',
    ],
    ['a technician, a cluster at a station', 'ky', clusters(1, 'dai-binh-my'), 'input.malformed'],
    ['a technician, none', 'ky', [], 'input.malformed'],
    ['a technician, more than a lorry holds', 'ky', clusters(501), 'input.malformed'],
  ])('%s is refused, and nothing is entered', async (_, username, wanted, refused) => {
    const before = await countDevices()
    expect((await enter(username, wanted)).body.refused).toBe(refused)
    expect(await countDevices()).toBe(before)
  })
})
