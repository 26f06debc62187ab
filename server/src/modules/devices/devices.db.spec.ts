import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  configSchema,
  type Envelope,
  enrolledSchema,
  localDate,
  type PublicKey,
  parseAs,
  parseEnvelope,
  signingBytes,
  topics,
  welcomeSchema,
} from '@loa/protocol'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { demoPassword, seedDemo } from '../../demo/index.ts'
import { MORNING } from '../../demo/small-town.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { type TurnedClock, turnedClock } from '../../platform/clock.ts'
import { makeKey, verifyBytes } from '../../platform/crypto.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { access } from '../access/index.ts'
import { check } from '../audit/index.ts'
import { org } from '../org/index.ts'
import { trust } from '../trust/index.ts'
import { deviceKey, deviceOf, devices, devicesReaching, enrol, listensOf, makeCode, networkPulse } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'loa-devices-'))
const CLUSTER = 'binh-my-thon-1-cum-1'
const GATEWAY = 'cong-chau-o'
let database: TestDatabase
let server: RunningServer
let clock: TurnedClock
const open: { close(): unknown }[] = []

/** A route of some later module, for devices. */
const soundsForDevices = {
  name: 'sounds-for-devices',
  routes: (router: Parameters<NonNullable<typeof devices.routes>>[0]) =>
    void router.get('/api/device/whoami', (c) => c.text(deviceOf(c))),
  // sessions of the demonstration are settled by a later module, which does not run here
  tasks: { 'schedule.settle': async () => undefined },
}

beforeAll(async () => {
  database = await testDatabase()
  clock = turnedClock(MORNING)
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  const modules = [org, access, trust, devices, soundsForDevices]
  server = await startServer({ config, clock, modules, fleet: false })
  await seedDemo(server.context)
})
afterAll(async () => {
  for (const each of open) await each.close()
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const on = localDate(MORNING)
const ctx = () => server.context

const tokens = new Map<string, string>()
const tokenOf = async (username: string): Promise<string> => {
  const known = tokens.get(username)
  if (known !== undefined) return known
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demoPassword }),
  })
  const { token } = (await answer.json()) as { token: string }
  tokens.set(username, token)
  return token
}

const ask = async (who: string, path: string, { method = 'GET', body }: { method?: string; body?: unknown } = {}) => {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(who)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> }
}

const enrolAsked = (code: string, key: PublicKey = makeKey().key) =>
  fetch(`${server.url}/api/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, key, program: 'thử' }),
  })

const freshCode = async (device: string): Promise<string> => {
  const made = await makeCode(ctx(), device, null)
  if (isRefusal(made)) throw new Error(made.refused)
  return made.code
}

const enrolled = async (device: string) => {
  const key = makeKey()
  const answer = await enrol(ctx(), { code: await freshCode(device), key: key.key, program: 'thử' })
  if (isRefusal(answer)) throw new Error(answer.refused)
  return { ...answer, key }
}

describe('[F9] enrolment', () => {
  test('gives a device its secret, the root and server keys, and the units it listens to', async () => {
    const answer = await enrolAsked((await freshCode(CLUSTER)).toLowerCase())
    const told = enrolledSchema.parse(await answer.json())
    expect(told).toMatchObject({ device: CLUSTER, epoch: 1, mqttUrl: server.brokerUrl })
    expect(told.listens.map(({ unit }) => unit)).toEqual(['binh-my-thon-1', 'dai-binh-my', 'binh-chuong', 'quang-ngai'])
    expect(told.secret).toMatch(/^[\w-]{43}$/)
  })

  test('begins the listening: what was due before is not for the new device, in its answer and in its configuration', async () => {
    const before = (await listensOf(ctx().db, 'binh-my-thon-1-cum-3', on)).map(({ from }) => from)
    await clock.turnBy(1000)
    const { device, listens } = await enrolled('binh-my-thon-1-cum-3')
    expect(before.every((from) => from < clock.now())).toBe(true)
    expect(new Set(listens.map(({ from }) => from))).toEqual(new Set([clock.now()]))
    expect(await listensOf(ctx().db, device, on)).toEqual(listens)
  })

  test('takes a code once, however many ask with it at the same moment', async () => {
    const code = await freshCode('binh-my-thon-1-cum-2')
    const answers = await Promise.all(Array.from({ length: 10 }, () => enrolAsked(code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 403)])
    expect(await (await enrolAsked(code)).json()).toMatchObject({ refused: 'device.codeUsed' })
  })

  test('refuses a code that nobody made, one that a newer one replaced, and one a day old', async () => {
    const device = 'binh-my-thon-1-cum-3'
    expect(await (await enrolAsked('0000-0000-0000-0000')).json()).toMatchObject({ refused: 'device.codeUnknown' })
    const replaced = await freshCode(device)
    const newer = await freshCode(device)
    expect(await (await enrolAsked(replaced)).json()).toMatchObject({ refused: 'device.codeExpired' })
    await clock.leapTo(clock.now() + 24 * 3_600_000)
    expect(await (await enrolAsked(newer)).json()).toMatchObject({ refused: 'device.codeExpired' })
  })

  test('a key whose name is not that of its bytes, or that another device uses, does not use the code up', async () => {
    const code = await freshCode('binh-my-thon-1-cum-4')
    const { key } = makeKey()
    expect((await enrolAsked(code, { ...key, id: 'a'.repeat(32) })).status).toBe(400)
    expect((await enrolAsked(code, { ...key, alg: 'p256' })).status).toBe(400)
    const taken = await enrolled('binh-my-thon-1-cum-5')
    expect((await enrolAsked(code, taken.key.key)).status).toBe(409)
    expect((await enrolAsked(code, key)).status).toBe(200)
  })

  test('again raises the epoch, and the old secret opens nothing', async () => {
    const first = await enrolled('binh-my-thon-2-cum-1')
    const second = await enrolled('binh-my-thon-2-cum-1')
    expect([first.epoch, second.epoch]).toEqual([1, 2])
    expect(await deviceKey(ctx().db, second.device)).toEqual({ key: second.key.key, epoch: 2 })
    const whoami = async (secret: string) =>
      fetch(`${server.url}/api/device/whoami`, { headers: { authorization: `Bearer ${first.device}.${secret}` } })
    expect((await whoami(first.secret)).status).toBe(401)
    expect(await (await whoami(second.secret)).text()).toBe('binh-my-thon-2-cum-1')
  })
})

/** A connection of a device, and what it hears. */
const connect = async ({ device, secret, mqttUrl }: { device: string; secret: string; mqttUrl: string }) => {
  const client = await connectAsync(mqttUrl, {
    username: device,
    password: secret,
    clientId: device,
    reconnectPeriod: 0,
  })
  open.push({ close: () => client.endAsync(true) })
  client.on('error', () => undefined)
  const next = (topic: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (at: string, payload: Buffer) => {
        if (at !== topic) return
        client.off('message', look)
        resolve(payload.toString())
      }
      client.on('message', look)
    })
  return { client, next }
}

const signedBy = (kind: 'config' | 'welcome', envelope: Envelope | undefined, keys: readonly PublicKey[]): boolean => {
  const [signature] = envelope?.signatures ?? []
  const key = keys.find(({ id }) => id === signature?.key)
  return (
    key !== undefined &&
    signature !== undefined &&
    envelope !== undefined &&
    verifyBytes(key, signingBytes(kind, envelope.body), signature.value)
  )
}

const sayHello = (client: MqttClient, device: string, nonce = 'n'.repeat(22)) =>
  client.publishAsync(
    topics.hello(device),
    JSON.stringify({ v: 1, device, nonce, epoch: 1, program: 'thử 1', output: 'null', bootedAt: clock.now() }),
    { qos: 1 },
  )

/** Says it, and waits until the server has heard and taken it in. */
const saysStatus = async (client: MqttClient, device: string, online = true) => {
  const status = {
    v: 1,
    device,
    at: clock.now(),
    online,
    playing: null,
    clockTrusted: true,
    volume: 80,
    receiptsWaiting: 0,
    soundsCached: 3,
  }
  const payload = JSON.stringify(status)
  const arrived = new Promise<void>((resolve) => {
    void ctx().mqtt.subscribe(topics.status(device), async (_, bytes) => {
      if (new TextDecoder().decode(bytes) === payload) resolve()
    })
  })
  await client.publishAsync(topics.status(device), payload, { qos: 1 })
  await arrived
  await server.settled()
}

describe('a device that connects', () => {
  test('says hello and gets trusted time, and its settings, both signed by the server', async () => {
    const device = await enrolled(GATEWAY)
    const { client, next } = await connect(device)
    const heard = Promise.all([next(topics.ack(GATEWAY)), next(topics.config(GATEWAY))])
    await client.subscribeAsync([topics.ack(GATEWAY), topics.config(GATEWAY)], { qos: 1 })
    await sayHello(client, GATEWAY, 'nonce-of-this-connection')
    const [welcome, config] = (await heard).map(parseEnvelope)
    expect(signedBy('welcome', welcome, device.serverKeys)).toBe(true)
    expect(parseAs(welcomeSchema, welcome?.body ?? '')).toMatchObject({
      device: GATEWAY,
      nonce: 'nonce-of-this-connection',
      serverTime: clock.now(),
    })
    expect(signedBy('config', config, device.serverKeys)).toBe(true)
    const units = parseAs(configSchema, config?.body ?? '')?.listens.map(({ unit }) => unit)
    expect(units).toEqual([
      'dai-chau-o',
      ...[1, 2, 3, 4, 5].map((number) => `chau-o-thon-${number}`),
      'binh-son',
      'quang-ngai',
    ])
  })

  test('gets new settings with a higher number when a technician changes them, and the same bytes when nobody did', async () => {
    const device = await enrolled(CLUSTER)
    const { client, next } = await connect(device)
    const first = next(topics.config(CLUSTER))
    await client.subscribeAsync(topics.config(CLUSTER), { qos: 1 })
    const before = await first
    const repeated = next(topics.config(CLUSTER))
    await sayHello(client, CLUSTER)
    expect(await repeated).toBe(before)
    const changed = next(topics.config(CLUSTER))
    const answer = await ask('ky', `/api/devices/${CLUSTER}/config`, { method: 'PUT', body: { volume: 55 } })
    expect(answer).toMatchObject({ status: 200, body: { volume: 55, volumeMax: 90 } })
    const configs = [before, await changed].map((payload) => parseAs(configSchema, parseEnvelope(payload)?.body ?? ''))
    expect(configs[1]).toMatchObject({ volume: 55 })
    expect(configs[1]?.seq).toBeGreaterThan(configs[0]?.seq ?? Number.POSITIVE_INFINITY)
  })

  test('is online, then silent with since and why; a cluster behind a gateway becomes unknown, never silent', async () => {
    const [cluster, gateway] = [await enrolled('binh-chuong-thon-1-cum-1'), await enrolled('cong-binh-chau')]
    const lines = [await connect(cluster), await connect(gateway)]
    const reportedIn = async (commune: string) =>
      (await networkPulse(ctx(), [commune])).communes[0]?.dots.find(({ state }) => state === 'reported')?.count ?? 0
    const before = await reportedIn('binh-chuong')
    await saysStatus(lines[0]?.client as MqttClient, cluster.device)
    await saysStatus(lines[1]?.client as MqttClient, gateway.device)
    const dots = async (commune: string) =>
      (await networkPulse(ctx(), [commune])).communes[0]?.dots.filter(({ state }) => state !== 'unknown')
    expect(await reportedIn('binh-chuong')).toBe(before + 1)
    expect(await dots('dong-son')).toEqual([{ state: 'behindGateway', count: 23 }])
    await clock.leapTo(clock.now() + 60_000)
    await saysStatus(lines[0]?.client as MqttClient, cluster.device, false)
    await saysStatus(lines[1]?.client as MqttClient, gateway.device, false)
    expect(await reportedIn('binh-chuong')).toBe(before)
    expect(await dots('dong-son')).toEqual([])
    const { silent } = await networkPulse(ctx(), ['binh-chuong'])
    expect(silent[0]).toMatchObject({
      name: 'Cụm 1, Thôn 1 (Bình Chương)',
      unitName: 'Thôn 1 (Bình Chương)',
      why: 'Mất kết nối',
    })
    expect(Date.parse(silent[0]?.since ?? '')).toBe(clock.now())
  })

  test('and is then revoked is cut off at once, and can neither come back nor enrol again', async () => {
    const device = await enrolled('binh-chuong-thon-2-cum-1')
    const code = await freshCode(device.device)
    const { client } = await connect(device)
    const cut = new Promise<void>((resolve) => client.once('close', () => resolve()))
    expect((await ask('ky', `/api/devices/${device.device}/revoke`, { method: 'POST' })).status).toBe(204)
    await cut
    await expect(connect(device)).rejects.toThrow()
    expect(await (await enrolAsked(code)).json()).toMatchObject({ refused: 'device.revoked' })
    const another = await ask('ky', `/api/devices/${device.device}/code`, { method: 'POST' })
    expect(another.status).toBe(403)
    expect(another.body).toMatchObject({
      refused: 'device.revoked',
      message: expect.stringContaining('thêm một thiết bị mới'),
    })
    expect(await deviceKey(ctx().db, device.device)).toBeUndefined()
    expect(await listensOf(ctx().db, device.device, on)).toEqual([])
    const reached = await devicesReaching(ctx().db, ['binh-chuong-thon-2'], on)
    expect(reached.map((each) => each.device)).not.toContain(device.device)
  })
})

describe('[F4] an audience reaches', () => {
  const reachOf = async (audience: string[]) => {
    const reached = await devicesReaching(ctx().db, audience, on)
    const clusters = reached.flatMap((each) => each.clusters)
    return {
      devices: reached.filter(({ kind }) => kind === 'cluster').length,
      gateways: reached.filter(({ kind }) => kind === 'gateway').length,
      clusters: clusters.filter(({ behindGateway }) => !behindGateway).length,
      behindGateway: clusters.filter(({ behindGateway }) => behindGateway).length,
      by: [...new Set(reached.map(({ unit }) => unit))].sort(),
    }
  }

  // one cluster of Bình Chương was revoked above
  // biome-ignore format: a table
  const cases: [string, string[], object][] = [
    ['the province', ['quang-ngai'],                 { devices: 49, gateways: 22, clusters: 49, behindGateway: 504, by: ['quang-ngai'] }],
    ['an IP village', ['binh-my-thon-1'],            { devices: 5,  gateways: 1,  clusters: 5,  behindGateway: 0,   by: ['binh-my-thon-1'] }],
    ['an IP station', ['dai-binh-my'],               { devices: 25, gateways: 1,  clusters: 25, behindGateway: 0,   by: ['dai-binh-my'] }],
    ['one village of a wired station: the whole of it', ['chau-o-thon-1'], { devices: 0, gateways: 1, clusters: 0, behindGateway: 22, by: ['chau-o-thon-1'] }],
    ['a village and its commune, by the nearer', ['binh-my-thon-1', 'binh-chuong'], { devices: 49, gateways: 2, clusters: 49, behindGateway: 0, by: ['binh-chuong', 'binh-my-thon-1'] }],
    ['a unit that does not exist', ['khong-co'],     { devices: 0,  gateways: 0,  clusters: 0,  behindGateway: 0,   by: [] }],
    ['nobody', [],                                   { devices: 0,  gateways: 0,  clusters: 0,  behindGateway: 0,   by: [] }],
  ]
  test.each(cases)('%s', async (_, audience, reach) => expect(await reachOf(audience)).toEqual(reach))

  test('and the preview says who hears it besides, in which languages it is wanted, and how many people live there', async () => {
    const wired = await ask('an', '/api/audience', {
      method: 'POST',
      body: { units: ['chau-o-thon-1', 'binh-my-thon-1'] },
    })
    expect(wired.body).toMatchObject({
      clusters: { devices: 5, behindGateway: expect.any(Number) },
      gateways: 1,
      people: expect.any(Number),
      wider: [{ station: 'dai-chau-o', villages: [2, 3, 4, 5].map((number) => `Tổ dân phố ${number} (Châu Ổ)`) }],
      languagesWanted: [],
    })
    const commune = await ask('hanh', '/api/audience', { method: 'POST', body: { units: ['binh-chuong'] } })
    expect(commune.body).toMatchObject({
      wider: [],
      languagesWanted: ['cua'],
      clusters: { devices: 50, behindGateway: 0 },
    })
  })
})

describe('who may do what with devices', () => {
  const entered = { kind: 'cluster', name: 'Cụm mới', unit: 'binh-my-thon-3' }
  // biome-ignore format: a table
  const cases: [string, string, string, unknown, number][] = [
    // who     verb    path                                       body                                   status
    ['ky',    'POST', '/api/devices',                             entered,                               200],
    ['an',    'POST', '/api/devices',                             entered,                               200],
    ['hanh',  'POST', '/api/devices',                             entered,                               403],
    ['son',   'POST', '/api/devices',                             entered,                               404],
    ['ky',    'POST', '/api/devices',                             { ...entered, unit: 'chau-o-thon-1' }, 404],
    ['ky',    'POST', '/api/devices',                             { ...entered, unit: 'dai-binh-my' },   400],
    ['ky',    'POST', '/api/devices',                             { ...entered, horns: 9 },              400],
    ['ky',    'POST', `/api/devices/${CLUSTER}/code`,             {},                                    200],
    ['tam',   'POST', `/api/devices/${CLUSTER}/code`,             {},                                    403],
    ['son',   'POST', `/api/devices/${CLUSTER}/code`,             {},                                    404],
    ['ky',    'POST', `/api/devices/${GATEWAY}/code`,             {},                                    404],
    ['son',   'POST', `/api/devices/${CLUSTER}/revoke`,           {},                                    404],
    ['tam',   'POST', `/api/devices/${CLUSTER}/revoke`,           {},                                    403],
    ['ky',    'PUT',  `/api/devices/${CLUSTER}/config`,           { quiet: [{ from: '25:00', to: '05:00' }] }, 400],
    ['ky',    'PUT',  `/api/devices/${CLUSTER}/config`,           { volume: 101 },                       400],
    ['son',   'PUT',  `/api/devices/${CLUSTER}/config`,           { volume: 50 },                        404],
    ['hanh',  'GET',  '/api/devices?unit=binh-chuong',            undefined,                             200],
    ['hanh',  'GET',  '/api/devices?unit=binh-son',               undefined,                             404],
    ['son',   'POST', '/api/audience',                            { units: ['binh-chuong'] },            404],
  ]
  test.each(cases)('%s %s %s %j: %i', async (who, method, path, body, status) => {
    expect((await ask(who, path, { method, body })).status).toBe(status)
  })

  test('an officer sees the units of the commune and none of its neighbours', async () => {
    const { body } = await ask('hanh', '/api/units')
    const ids = (body as { units: { id: string }[] }).units.map(({ id }) => id)
    expect(ids).toHaveLength(13)
    expect(ids.filter((id) => !/binh-(my|chuong)/.test(id))).toEqual([])
  })
})

describe('a page as a cluster', () => {
  const openPage = async (who: string, unit: string) => {
    const headers = { cookie: `loa_session=${await tokenOf(who)}` }
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/page-cluster?unit=${unit}`, { headers })
    open.push({ close: () => socket.terminate() })
    const frames: Record<string, unknown>[] = []
    const waiting = new Set<() => void>()
    socket.on('message', (data) => {
      frames.push(JSON.parse(data.toString()) as Record<string, unknown>)
      for (const look of waiting) look()
    })
    const frame = (wanted: (each: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> =>
      new Promise((resolve) => {
        const look = () => {
          const found = frames.find(wanted)
          if (found !== undefined) resolve(found)
        }
        waiting.add(look)
        look()
      })
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return { socket, frame }
  }

  test('is greeted, registers its key, hears what its units are told, and has its receipt passed on', async () => {
    const page = await openPage('hanh', 'binh-chuong')
    const { hello } = (await page.frame((each) => 'hello' in each)) as {
      hello: { device: string; listens: { unit: string }[] }
    }
    expect(hello.device).toBe('page-tran-thi-hanh')
    expect(hello.listens.map(({ unit }) => unit)).toEqual(
      expect.arrayContaining(['binh-chuong', 'quang-ngai', 'binh-my-thon-5']),
    )
    const { key } = makeKey()
    page.socket.send(JSON.stringify({ key }))
    expect(await page.frame((each) => 'registered' in each)).toEqual({ registered: { key: key.id, epoch: 1 } })
    await ctx().mqtt.publish(topics.stop('binh-my-thon-1'), 'im lặng')
    expect(await page.frame((each) => each.topic === topics.stop('binh-my-thon-1'))).toMatchObject({
      payload: 'im lặng',
    })
    const passed = new Promise<string>((resolve) => {
      void ctx().mqtt.subscribe(topics.receipt(hello.device), async (_, payload) =>
        resolve(new TextDecoder().decode(payload)),
      )
    })
    const receipt = { body: '{}', signatures: [{ key: key.id, value: 'A'.repeat(88) }] }
    page.socket.send(JSON.stringify({ receipt }))
    expect(JSON.parse(await passed)).toEqual(receipt)
    const { body } = await ask('hanh', '/api/devices')
    expect((body as { devices: { id: string }[] }).devices.map(({ id }) => id)).not.toContain(hello.device)
  })

  test('is closed at once when the person signs out', async () => {
    const page = await openPage('hanh', 'binh-chuong')
    await page.frame((each) => 'hello' in each)
    const closed = new Promise<boolean>((resolve) => page.socket.once('close', () => resolve(true)))
    await ask('hanh', '/api/session', { method: 'DELETE' })
    tokens.delete('hanh')
    expect(await closed).toBe(true)
  })

  test('is refused to whoever is not signed in, asks for another commune, or comes from another site', async () => {
    await expect(openPage('son', 'binh-chuong')).rejects.toThrow('401')
    const bare = new WebSocket(`${server.url.replace('http', 'ws')}/api/page-cluster?unit=binh-chuong`)
    await expect(new Promise((_, reject) => bare.once('error', reject))).rejects.toThrow('401')
    const headers = { cookie: `loa_session=${await tokenOf('hanh')}`, origin: 'https://evil.example' }
    const foreign = new WebSocket(`${server.url.replace('http', 'ws')}/api/page-cluster`, { headers })
    await expect(new Promise((_, reject) => foreign.once('error', reject))).rejects.toThrow('403')
  })
})

test('all of this stands in one whole record', async () => {
  const head = await check(ctx().db)
  expect(head).toMatchObject({ number: expect.any(Number) })
  expect(head).not.toHaveProperty('fault')
})
