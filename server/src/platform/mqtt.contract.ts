import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testServers } from '../config.ts'
import { startBroker } from './broker/supervisor.ts'
import { type MqttLink, matches, openMqtt } from './mqtt.ts'
import { silentLog, testDatabase } from './testing.ts'

/** What the server needs of any MQTT 3.1.1 broker: our own, and the one that MQTT_URL names. */
type Given = { readonly open: () => MqttLink; readonly stop: () => Promise<void> }

const ownBroker = async (): Promise<Given> => {
  const home = mkdtempSync(join(tmpdir(), 'loa-mqtt-'))
  const database = await testDatabase()
  const broker = await startBroker({ home, databaseUrl: database.url, log: silentLog })
  return {
    open: () => openMqtt({ url: broker.url, credentials: broker.credentials, log: silentLog }),
    stop: async () => {
      await broker.stop()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const givenBroker = (url: string) => async (): Promise<Given> => ({
  open: () => openMqtt({ url, log: silentLog }),
  stop: async () => undefined,
})

const { mqttUrl } = testServers()
const brokers = [
  { name: 'our own broker', make: ownBroker },
  ...(mqttUrl === undefined ? [] : [{ name: 'the broker of MQTT_URL', make: givenBroker(mqttUrl) }]),
]

/** Topics of one run do not meet those of another on a broker that lives on. */
const place = `loa/v1/unit/contract-${process.pid}`

describe.each(brokers)('[F9] $name', ({ make }) => {
  let given: Given
  let one: MqttLink
  let other: MqttLink

  beforeAll(async () => {
    given = await make()
    one = given.open()
    other = given.open()
  })
  afterAll(async () => {
    for (const leaf of ['manifest', 'stop']) await one.publish(`${place}/${leaf}`, '', { retain: true })
    await one.stop()
    await other.stop()
    await given.stop()
  })

  const hear = (link: MqttLink, filter: string, count: number): { ready: Promise<void>; heard: Promise<string[]> } => {
    const messages: string[] = []
    const { promise, resolve } = Promise.withResolvers<string[]>()
    const ready = link.subscribe(filter, async (topic, payload) => {
      messages.push(`${topic.slice(place.length + 1)}=${Buffer.from(payload).toString()}`)
      if (messages.length === count) resolve(messages)
    })
    return { ready, heard: promise }
  }

  it('carries a message to whoever subscribes to its topic, in order', async () => {
    const { ready, heard } = hear(other, `${place}/order`, 3)
    await ready
    for (const number of ['1', '2', '3']) await one.publish(`${place}/order`, number)
    expect(await heard).toEqual(['order=1', 'order=2', 'order=3'])
  })

  it('keeps the last retained message of each topic for who comes later', async () => {
    await one.publish(`${place}/manifest`, 'old', { retain: true })
    await one.publish(`${place}/manifest`, 'new', { retain: true })
    await one.publish(`${place}/stop`, 'halt', { retain: true })
    const late = given.open()
    const { ready, heard } = hear(late, `${place}/+`, 2)
    await ready
    expect((await heard).sort()).toEqual(['manifest=new', 'stop=halt'])
    await late.stop()
  })

  it('forgets a retained message when an empty one takes its place', async () => {
    await one.publish(`${place}/stop`, 'halt', { retain: true })
    await one.publish(`${place}/stop`, '', { retain: true })
    const late = given.open()
    const { ready, heard } = hear(late, `${place}/#`, 2)
    await ready
    await one.publish(`${place}/end`, 'mark')
    expect((await heard).sort()).toEqual(['end=mark', 'manifest=new'])
    await late.stop()
  })
})

describe('topics under filters', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['+/b', 'a/b', true],
    ['#', 'a/b', true],
    ['#', '$SYS/a', false],
    ['+/a', '$SYS/a', false],
    ['a/b', 'a', false],
    ['a', 'a/b', false],
  ] as const)('filter %s covers topic %s: %s', (filter, topic, covered) => {
    expect(matches(filter, topic)).toBe(covered)
  })
})
