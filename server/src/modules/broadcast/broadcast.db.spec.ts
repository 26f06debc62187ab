import {
  type Candidate,
  candidateSchema,
  type Envelope,
  judge,
  type Manifest,
  manifestSchema,
  type Order,
  orderSchema,
  parseAs,
  parseEnvelope,
  type Roster,
  rosterSchema,
  type Stop,
  stopSchema,
  topics,
} from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Heard, ScriptedDevice } from '../../scene/device.ts'
import { openTown, type Town } from '../../scene/town.ts'
import { withdraw } from '../release/index.ts'
import { type Airing, stopAiring, stopAll } from '../schedule/index.ts'
import { serverKeys, verify } from '../trust/index.ts'

let town: Town
let device: ScriptedDevice

beforeAll(async () => {
  town = await openTown()
  device = await town.device('cum-a1')
}, 60_000)
afterAll(() => town.close())
beforeEach(() => town.clock.turnBy(1000))

const bodyOf = <T>(schema: z.ZodType<T>, payload: string): T => {
  const found = parseAs(schema, parseEnvelope(payload)?.body ?? '')
  if (found === undefined) throw new Error(`not what was expected: ${payload.slice(0, 200)}`)
  return found
}

/** The first message on a topic whose body is as wanted, past or coming. */
const hears = async <T>(
  topic: string,
  schema: z.ZodType<T>,
  wanted: (body: T) => boolean,
): Promise<{ body: T; payload: string }> => {
  const match = (heard: Heard) => heard.topic === topic && wanted(bodyOf(schema, heard.payload))
  const { payload } = await device.hears(match)
  return { body: bodyOf(schema, payload), payload }
}

const orderFor = (airing: string, unit = 'xa-a') =>
  hears<Order>(topics.order(unit), orderSchema, (order) => order.airing.id === airing)
const manifestWith = (wanted: (manifest: Manifest) => boolean, unit = 'xa-a') =>
  hears<Manifest>(topics.manifest(unit), manifestSchema, wanted)
const stopFor = (airing: string | null, unit = 'xa-a') =>
  hears<Stop>(topics.stop(unit), stopSchema, (stop) => stop.airing === airing)
const holds = (airing: Airing) => (manifest: Manifest) => manifest.airings.some(({ id }) => id === airing.id)

const issued = async (issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> =>
  (await town.issue(issue))[0] as Airing

const signedByServer = async (
  kind: 'order' | 'manifest' | 'stop',
  { body, signatures }: Envelope,
): Promise<boolean> => {
  const [key] = await serverKeys(town.ctx, town.ctx.db)
  return key !== undefined && signatures.length === 1 && verify(key, kind, body, signatures[0]?.value ?? '')
}

describe('[F9] an approved item that is to be heard now', () => {
  test('goes out as one signed order that a device, judging by itself, plays', async () => {
    const airing = await issued()
    const { body: order, payload } = await orderFor(airing.id)
    expect(await signedByServer('order', JSON.parse(payload) as Envelope)).toBe(true)
    const roster = await hears<Roster>(topics.roster('xa-a'), rosterSchema, () => true)
    const candidate = parseAs(candidateSchema, order.release.body) as Candidate
    const listed = roster.body.people.map(({ key }) => key)
    const signers = order.release.signatures.filter(({ key, value }) => {
      const known = listed.find(({ id }) => id === key)
      return known !== undefined && verify(known, 'candidate', order.release.body, value)
    })
    const judged = judge({
      now: town.clock.now(),
      clockTrusted: true,
      airing: order.airing,
      candidate,
      signers: signers.map(({ key }) => key),
      rosters: [roster.body],
      listens: ['thon-a1', 'xa-a', 'tinh'],
      stopped: false,
      playsSoFar: 0,
      secondsToday: 0,
      policy: { quiet: [], minutesPerDayMax: 180, volume: 80, volumeMax: 90 },
    })
    expect(judged).toEqual({ play: true, unit: 'xa-a', volume: 80 })
  })

  test('stands in the next manifest too, for whoever was not listening', async () => {
    const airing = await issued()
    const { body, payload } = await manifestWith(holds(airing))
    expect(await signedByServer('manifest', JSON.parse(payload) as Envelope)).toBe(true)
    expect(body.releases.map((release) => parseAs(candidateSchema, release.body)?.release)).toContain(airing.release)
  })

  test('goes to each unit of its audience, with a number of its own', async () => {
    const airing = await issued({ audience: ['thon-a1', 'thon-a2'] })
    const { body } = await orderFor(airing.id, 'thon-a1')
    expect(body.unit).toBe('thon-a1')
    await town.settled()
    const { rows } = await sql<{
      unit: string
    }>`select unit from order_message where airing = ${airing.id} order by unit`.execute(town.database.db)
    expect(rows.map(({ unit }) => unit)).toEqual(['thon-a1', 'thon-a2'])
  })
})

describe('an item that waits', () => {
  test('for signatures is fetched and cannot be played', async () => {
    const release = await town.propose({ title: 'còn chờ duyệt' })
    const { body } = await manifestWith(({ prefetch }) => prefetch.length > 0)
    expect(body.releases.map(({ body: text }) => text)).not.toContainEqual(expect.stringContaining(release))
    expect(body.airings.map((airing) => airing.release)).not.toContain(release)
    await withdraw(town.ctx, town.ctx.db, release, 'lan')
    await manifestWith(({ prefetch, seq }) => prefetch.length === 0 && seq > body.seq)
  })

  test('for tomorrow comes by manifest, without an order', async () => {
    const airing = await issued({ plan: { when: 'times', dates: ['2026-11-23'], time: '17:05' }, title: 'mai' })
    await manifestWith(holds(airing))
    const { rows } = await sql`select 1 from order_message where airing = ${airing.id}`.execute(town.database.db)
    expect(rows).toEqual([])
  })

  test('for next month comes into the manifest two weeks before', async () => {
    const airing = await issued({ plan: { when: 'times', dates: ['2026-12-15'], time: '17:05' }, title: 'tháng sau' })
    await town.settled()
    expect(
      device.heard.some(({ topic, payload }) => topic === topics.manifest('xa-a') && payload.includes(airing.id)),
    ).toBe(false)
    await town.clock.leapTo(airing.at - 13 * 86_400_000)
    await town.clock.turnBy(1000)
    await manifestWith(holds(airing))
  })
})

describe('[F14] silence', () => {
  test('for one airing goes out at once, is kept for whoever comes back, and stands in the manifest', async () => {
    const airing = await issued()
    await orderFor(airing.id)
    await stopAiring(town.ctx, await town.actor('lan'), airing.id)
    const { payload } = await stopFor(airing.id)
    expect(await signedByServer('stop', JSON.parse(payload) as Envelope)).toBe(true)
    const { body } = await manifestWith(({ stopped }) => stopped.includes(airing.id))
    expect(holds(airing)(body)).toBe(false)
  })

  test('for a whole commune is one message, also when the province is speaking', async () => {
    const airing = await issued({ unit: 'tinh', audience: ['xa-a', 'xa-b'], signers: ['chu-tich'] })
    await orderFor(airing.id)
    await stopAll(town.ctx, await town.actor('minh'), 'xa-a')
    const { body } = await stopFor(null)
    expect(body.unit).toBe('xa-a')
    await town.settled()
    const { rows } = await sql<{
      stopped_at: number | null
    }>`select stopped_at from airing where id = ${airing.id}`.execute(town.database.db)
    expect(rows).toEqual([{ stopped_at: null }]) // the other commune goes on listening
  })
})

describe('[F9] numbers', () => {
  const lastSeq = async () => {
    const airing = await issued()
    return (await orderFor(airing.id)).body.seq
  }

  test('rise with every message, also within one millisecond', async () => {
    const first = await lastSeq()
    expect(await lastSeq()).toBeGreaterThan(first)
  })

  test('rise after an older database was restored', async () => {
    const before = await lastSeq()
    await town.settled()
    await sql`update unit_sequence set seq = 1`.execute(town.database.db)
    await town.clock.turnBy(60_000)
    expect(await lastSeq()).toBeGreaterThan(before)
  })
})

describe('a broker that forgot everything', () => {
  /** What a stranger with a fresh subscription is given for a topic. */
  const given = async (topic: string): Promise<string> => {
    const fresh = await town.device('cum-a2')
    const { payload } = await fresh.hears((message) => message.topic === topic)
    await fresh.leave()
    return payload
  }

  test('is given the rosters, manifests and stops again when the server starts', async () => {
    const airing = await issued()
    await manifestWith(holds(airing))
    await town.restart() // the broker keeps nothing on disk
    expect(bodyOf(rosterSchema, await given(topics.roster('xa-a'))).unit).toBe('xa-a')
    expect(holds(airing)(bodyOf(manifestSchema, await given(topics.manifest('xa-a'))))).toBe(true)
    expect(bodyOf(stopSchema, await given(topics.stop('xa-a'))).unit).toBe('xa-a')
    device = await town.device('cum-a1')
  }, 60_000)

  test('is given a message that was committed and, after a crash, never published', async () => {
    const airing = await issued()
    await town.settled()
    const topic = topics.manifest('xa-a')
    await town.ctx.mqtt.publish(topic, '', { retain: true })
    await sql`update unit_message set published_at = null where unit = 'xa-a'`.execute(town.database.db)
    await town.clock.turnBy(5000)
    await town.settled()
    expect(holds(airing)(bodyOf(manifestSchema, await given(topic)))).toBe(true)
  }, 30_000)

  test('is given everything again when it alone was killed', async () => {
    const airing = await issued()
    await town.settled()
    town.killBroker()
    expect(holds(airing)(bodyOf(manifestSchema, await given(topics.manifest('xa-a'))))).toBe(true)
    expect(bodyOf(rosterSchema, await given(topics.roster('tinh'))).unit).toBe('tinh')
  }, 30_000)
})
