import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as openSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import packets from 'mqtt-packet'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../database.ts'
import { type MqttLink, openMqtt } from '../mqtt.ts'
import { silentLog, type TestDatabase, testDatabase } from '../testing.ts'
import { type EmbeddedBroker, startBroker } from './supervisor.ts'

const NOW = Date.parse('2026-11-22T01:00:00Z')
const home = mkdtempSync(join(tmpdir(), 'loa-broker-'))
let database: TestDatabase
let broker: EmbeddedBroker
let server: MqttLink
const guests: MqttClient[] = []

const enrol = async (id: string): Promise<void> => {
  const hash = createHash('sha256').update(`secret of ${id}`).digest()
  await sql`insert into device (id, kind, name, unit, secret_hash, made_at)
    values (${id}, 'cluster', ${id}, 'thon-1', ${hash}, ${at(NOW)})`.execute(database.db)
}

const guest = async (id: string, options: IClientOptions = {}): Promise<MqttClient> => {
  const client = await connectAsync(broker.url, {
    username: id,
    password: `secret of ${id}`,
    clientId: id,
    reconnectPeriod: 0,
    ...options,
  })
  guests.push(client)
  return client
}

type Emitter = Pick<NodeJS.EventEmitter, 'once' | 'on'>

/** Resolves when the broker has cut this client off; a reset on the way is part of it. */
const cutOff = (client: MqttClient): Promise<void> => {
  const emitter = client as unknown as Emitter
  emitter.on('error', () => undefined)
  return new Promise((resolve) => emitter.once('close', () => resolve()))
}

/** The payload of the next message. */
const nextMessage = (client: MqttClient): Promise<string> =>
  new Promise((resolve) => client.once('message', (_topic, payload) => resolve(String(payload))))

/** The CONNACK code and whatever a refusal says, for one try to connect. */
const refusalOf = async (id: string, options: IClientOptions = {}): Promise<string> => {
  try {
    await guest(id, options)
    return 'connected'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

beforeAll(async () => {
  database = await testDatabase()
  // a device stands at a unit; these specs need no more of it than its row
  await sql`alter table device drop constraint if exists device_unit_fkey`.execute(database.db)
  for (const id of ['d1', 'd2', 'd3', 'd4']) await enrol(id)
  broker = await startBroker({ home, databaseUrl: database.url, log: silentLog })
  server = openMqtt({ url: broker.url, credentials: broker.credentials, log: silentLog })
})
afterEach(async () => {
  for (const client of guests.splice(0)) await client.endAsync(true)
})
afterAll(async () => {
  await server.stop()
  await broker.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

describe('[F9] the broker lets in only enrolled devices', () => {
  it('a device comes in with its own secret and with no other', async () => {
    expect(await refusalOf('d1')).toBe('connected')
    expect(await refusalOf('d1', { password: 'secret of d2' })).toMatch('Bad username or password')
    expect(await refusalOf('stranger')).toMatch('Bad username or password')
    expect(await refusalOf('$server', { password: 'guess' })).toMatch('Bad username or password')
  })

  it('a device cannot take the client id of another and so throw it out', async () => {
    expect(await refusalOf('d2', { clientId: 'd1' })).toMatch('Identifier rejected')
  })

  it('one device cannot fill the broker: no sessions under further names, and four connections at a time', async () => {
    expect(await refusalOf('d2', { clientId: 'd2-live', clean: false })).toMatch('Identifier rejected')
    for (let open = 1; open <= 4; open += 1) expect(await refusalOf('d2', { clientId: '' })).toBe('connected')
    expect(await refusalOf('d2', { clientId: '' })).toMatch('Not authorized')
    await guests[0]?.endAsync()
    expect(await refusalOf('d2', { clientId: '' })).toBe('connected')
  })

  it('a revoked device is thrown out at once and stays out', async () => {
    const client = await guest('d4')
    const closed = cutOff(client)
    await sql`update device set revoked_at = ${at(NOW)} where id = 'd4'`.execute(database.db)
    await sql`select pg_notify('loa_device_revoked', 'd4')`.execute(database.db)
    await closed
    expect(await refusalOf('d4')).toMatch('Bad username or password')
  })

  it('[MQTT-3.1.3-8] an empty client id that wants its session kept is refused with code 2', async () => {
    const socket = openSocket(Number(new URL(broker.url).port), '127.0.0.1')
    await once(socket, 'connect')
    // CONNECT, MQTT 3.1.1, clean session 0, keep-alive 60 s, empty client id
    socket.write(Buffer.from([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0, 0, 60, 0, 0]))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect([...answer]).toEqual([0x20, 2, 0, 2])
  })
})

describe('[F9] the broker carries only what each side may say', () => {
  it('a device hears its units and the answers meant for it', async () => {
    const client = await guest('d1')
    await client.subscribeAsync(['loa/v1/unit/thon-1/+', 'loa/v1/up/d1/ack'], { qos: 1 })
    const heard: string[] = []
    const both = new Promise<void>((resolve) =>
      client.on('message', (topic, payload) => {
        heard.push(`${topic} ${payload}`)
        if (heard.length === 2) resolve()
      }),
    )
    await server.publish('loa/v1/unit/thon-2/order', 'for others')
    await server.publish('loa/v1/unit/thon-1/order', 'play')
    await server.publish('loa/v1/up/d1/ack', 'thanks')
    await both
    expect(heard).toEqual(['loa/v1/unit/thon-1/order play', 'loa/v1/up/d1/ack thanks'])
  })

  it('a device is refused the private topics of another', async () => {
    const client = await guest('d1')
    await expect(client.subscribeAsync('loa/v1/up/d2/ack', { qos: 1 })).rejects.toThrow()
  })

  it('a device that speaks as the server is cut off, and nobody hears it', async () => {
    const [liar, listener] = [await guest('d2'), await guest('d3')]
    await listener.subscribeAsync('loa/v1/unit/thon-1/order', { qos: 1 })
    const first = nextMessage(listener)
    const cut = cutOff(liar)
    liar.publish('loa/v1/unit/thon-1/order', 'false alarm', { qos: 1 })
    await cut
    await server.publish('loa/v1/unit/thon-1/order', 'true order')
    expect(await first).toBe('true order')
  })

  it('a packet over 256 KB is cut off before its body is read', async () => {
    const client = await guest('d1')
    const cut = cutOff(client)
    client.publish('loa/v1/up/d1/report', Buffer.alloc(300_000), { qos: 0 })
    await cut
  })

  it('what devices say reaches the server in order, one after another', async () => {
    const heard: string[] = []
    let inside = 0
    const all = new Promise<void>((resolve, reject) => {
      void server
        .subscribe('loa/v1/up/+/receipt', async (_topic, payload) => {
          inside += 1
          if (inside > 1) reject(new Error('two at once'))
          await new Promise((done) => setImmediate(done))
          inside -= 1
          heard.push(Buffer.from(payload).toString())
          if (heard.length === 20) resolve()
        })
        .then(async () => {
          const client = await guest('d3')
          for (let number = 1; number <= 20; number += 1)
            client.publish('loa/v1/up/d3/receipt', String(number), { qos: 1 })
        })
    })
    await all
    expect(heard).toEqual(Array.from({ length: 20 }, (_, place) => String(place + 1)))
  })
})

describe('[F11] one that stops reading harms nobody', () => {
  it('it is cut off, and the others have had everything', async () => {
    const { port } = new URL(broker.url)
    const stalled = openSocket(Number(port), '127.0.0.1')
    await once(stalled, 'connect')
    const filter = 'loa/v1/unit/thon-9/order'
    stalled.write(
      packets.generate({
        ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: '', keepalive: 60 },
        ...{ username: 'd2', password: Buffer.from('secret of d2') },
      }),
    )
    await once(stalled, 'data')
    stalled.write(packets.generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos: 1 }] }))
    await once(stalled, 'data')
    stalled.pause()
    stalled.on('error', () => undefined)
    const listener = await guest('d1')
    await listener.subscribeAsync(filter, { qos: 1 })
    let heard = 0
    const all = new Promise<void>((resolve) => listener.on('message', () => ++heard === 100 && resolve()))
    const payload = 'x'.repeat(200_000)
    for (let number = 0; number < 100; number += 1) await server.publish(filter, payload)
    await all
    // it notices that it was cut off when it reads at last
    const closed = once(stalled, 'close')
    stalled.resume()
    await closed
    expect(heard).toBe(100)
  })

  it.each([
    ['hellos', (client: MqttClient) => client.publish('loa/v1/up/d3/hello', 'again', { qos: 1 }), 300],
    ['filters', (client: MqttClient) => client.subscribe(`loa/v1/unit/u${client.getLastMessageId()}/+`), 1_500],
  ])('[F11] one that floods the broker with %s is cut off, and stays so when it comes again', async (_, act, times) => {
    const flooding = async () => {
      const client = await guest('d3')
      const cut = cutOff(client)
      for (let number = 0; number < times; number += 1) act(client)
      await cut
    }
    await flooding()
    await flooding()
  })

  it('what is retained is found by its unit, by every leaf, and by nobody else; what is withdrawn is gone', async () => {
    await server.publish('loa/v1/unit/thon-7/manifest', 'plan of 7', { retain: true })
    await server.publish('loa/v1/unit/thon-7/stop', 'stop of 7', { retain: true })
    await server.publish('loa/v1/unit/thon-8/manifest', 'plan of 8', { retain: true })
    await server.publish('loa/v1/unit/thon-8/manifest', '', { retain: true })
    await server.publish('loa/v1/up/d1/config', 'config of d1', { retain: true })
    const heard = async (filters: string[], count: number): Promise<string[]> => {
      const client = await guest('d1')
      const messages: string[] = []
      const all = new Promise<void>((resolve) =>
        client.on('message', (_topic, payload) => messages.push(String(payload)) === count && resolve()),
      )
      await client.subscribeAsync(filters, { qos: 1 })
      await all
      await client.endAsync(true)
      return messages.sort()
    }
    expect(await heard(['loa/v1/unit/thon-7/+', 'loa/v1/unit/thon-8/+', 'loa/v1/up/d1/config'], 3)).toEqual([
      ...['config of d1', 'plan of 7', 'stop of 7'],
    ])
    expect(await heard(['loa/v1/unit/+/stop'], 1)).toEqual(['stop of 7'])
  })
})

describe('[F9] the broker is disposable', () => {
  it('after its death it comes back by itself, with everything retained and the server connected', async () => {
    await server.publish('loa/v1/unit/thon-1/manifest', 'the plan', { retain: true })
    const pid = broker.pid()
    process.kill(pid, 'SIGKILL')
    await server.publish('loa/v1/unit/thon-1/order', 'still there')
    expect(broker.pid()).not.toBe(pid)
    const client = await guest('d1')
    const retained = nextMessage(client)
    await client.subscribeAsync('loa/v1/unit/thon-1/manifest', { qos: 1 })
    expect(await retained).toBe('the plan')
  })
})
