import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configSchema, parseAs, parseEnvelope, signingBytes, topics, welcomeSchema } from '@loa/protocol'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seedDemo } from '../../../demo/index.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import { type RunningServer, startServer } from '../../../main.ts'
import { type TurnedClock, turnedClock } from '../../../platform/clock.ts'
import { makeKey, verifyBytes } from '../../../platform/crypto.ts'
import { inTransaction } from '../../../platform/database.ts'
import { type TestDatabase, testDatabase } from '../../../platform/testing.ts'
import { access } from '../../access/index.ts'
import { org } from '../../org/index.ts'
import { trust } from '../../trust/index.ts'
import { devices, devicesById, enrol, makeCodes, networkPulse } from '../index.ts'
import { lockDevices } from '../store.ts'
import { bootsOf, saveBoots } from './store.ts'

const COMMUNE = 'binh-chuong'
const BEFORE_MIDNIGHT = Date.parse('2026-11-22T23:59:50+07:00')
const ids = [1, 2, 3, 4, 5, 6].flatMap((village) =>
  [1, 2, 3, 4].map((cluster) => `binh-chuong-thon-${village}-cum-${cluster}`),
)

const home = mkdtempSync(join(tmpdir(), 'loa-power-cut-'))
let database: TestDatabase
let server: RunningServer
let clock: TurnedClock

beforeAll(async () => {
  database = await testDatabase()
  clock = turnedClock(BEFORE_MIDNIGHT)
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  server = await startServer({ ...{ config, clock, modules: [org, access, trust, devices], fleet: false } })
  await seedDemo(server.context)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

type Enrolled = Exclude<Awaited<ReturnType<typeof enrol>>, { refused: unknown }>

/** What one device hears after it has connected and said hello. */
class Pole {
  readonly #enrolled: Enrolled
  #client: MqttClient | undefined
  #boots = 0
  welcomedWith: string | undefined
  config: string | undefined

  constructor(enrolled: Enrolled) {
    this.#enrolled = enrolled
  }

  status(online: boolean): string {
    const { device } = this.#enrolled
    const state = { playing: null, clockTrusted: true, volume: 80, receiptsWaiting: 0, soundsCached: 0 }
    return JSON.stringify({ v: 1, device, at: online ? clock.now() : null, online, ...state })
  }

  nonce(): string {
    return `nonce-of-start-${String(this.#boots).padStart(10, '0')}`
  }

  async powerOn(): Promise<void> {
    const { device, secret, mqttUrl, serverKeys } = this.#enrolled
    this.#boots += 1
    this.welcomedWith = undefined
    this.config = undefined
    const will = {
      topic: topics.status(device),
      payload: Buffer.from(this.status(false)),
      qos: 1 as const,
      retain: false,
    }
    const options = { clientId: device, username: device, password: secret, reconnectPeriod: 0, clean: false, will }
    this.#client = await connectAsync(mqttUrl, options)
    this.#client.on('error', () => undefined)
    this.#client.on('message', (topic, payload) => {
      const envelope = parseEnvelope(String(payload))
      const isSigned = (kind: 'config' | 'welcome'): boolean =>
        serverKeys.some((key) =>
          verifyBytes(key, signingBytes(kind, envelope?.body ?? ''), envelope?.signatures[0]?.value ?? ''),
        )
      if (topic === topics.config(device) && isSigned('config')) this.config = String(payload)
      if (topic === topics.ack(device) && isSigned('welcome'))
        this.welcomedWith = parseAs(welcomeSchema, envelope?.body ?? '')?.nonce
    })
    await this.#client.subscribeAsync([topics.ack(device), topics.config(device)], { qos: 1 })
    const hello = {
      v: 1,
      device,
      nonce: this.nonce(),
      epoch: 1,
      program: 'spec',
      output: 'null',
      bootedAt: clock.now(),
    }
    await Promise.all([
      this.#client.publishAsync(topics.status(device), this.status(true), { qos: 1 }),
      this.#client.publishAsync(topics.hello(device), JSON.stringify(hello), { qos: 1 }),
    ])
  }

  powerCut(): void {
    this.#client?.stream.destroy()
  }

  async close(): Promise<void> {
    await this.#client?.endAsync(true)
  }
}

const devicesWord = async (): Promise<unknown> => {
  const answer = await fetch(`${server.url}/healthz`)
  return ((await answer.json()) as { parts: Record<string, { state: string }> }).parts.devices?.state
}
const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 20_000, interval: 20 })

describe('[F11] the power comes back for everybody at once', () => {
  it('each is told the time and configured, nothing is signed anew although it is another day, and people are served', async () => {
    const poles: Pole[] = []
    for (const code of (await makeCodes(server.context, ids, null)).values()) {
      const enrolled = await enrol(server.context, { code, key: makeKey().key, program: 'spec' })
      if (isRefusal(enrolled)) throw new Error(enrolled.refused)
      poles.push(new Pole(enrolled))
    }
    const isBack = (pole: Pole): boolean => pole.welcomedWith === pole.nonce() && pole.config !== undefined
    await Promise.all(poles.map((pole) => pole.powerOn()))
    await until(() => poles.every(isBack))
    await until(async () => (await devicesWord()) === 'running')
    const before = poles.map(({ config }) => config)
    const seqs = async () => (await devicesById(server.context.db, ids)).map(({ configSeq }) => configSeq)
    const seqsBefore = await seqs()

    for (const pole of poles) pole.powerCut()
    await until(async () => (await devicesWord()) === `${poles.length} thiết bị đang kết nối lại`)
    expect((await networkPulse(server.context, [COMMUNE])).reconnecting).toBe(poles.length)

    await clock.turnBy(20_000)
    const back = Promise.all(poles.map((pole) => pole.powerOn()))
    expect((await fetch(`${server.url}/api/topics`)).status).toBe(200)
    await back
    await until(() => poles.every(isBack))
    expect(poles.map(({ config }) => config)).toEqual(before)
    expect(await seqs()).toEqual(seqsBefore)
    const listens = poles.map(({ config }) => parseAs(configSchema, parseEnvelope(config ?? '')?.body ?? '')?.listens)
    expect(listens.every((each) => each?.some(({ unit }) => unit === COMMUNE))).toBe(true)
    await until(async () => (await devicesWord()) === 'running')
    expect((await networkPulse(server.context, [COMMUNE])).reconnecting).toBe(0)
    await Promise.all(poles.map((pole) => pole.close()))
  })

  it('what devices tell of themselves is written down while their settings are being changed: neither waits for the other', async () => {
    const { db } = server.context
    const now = clock.now()
    const told = { bootedAt: now, program: 'spec', output: 'null', from: undefined, returned: false }
    const boots = ids.map((device) => ({ device, ...told }))
    await inTransaction(db, async (locking) => {
      await lockDevices(locking, ids)
      await saveBoots(db, boots, now)
    })
    expect((await bootsOf(db, ids)).filter(({ bootedAt }) => bootedAt === now)).toHaveLength(
      (await devicesById(db, ids)).length,
    )
  })
})
