import { type PlannedAiring, parseTopic, topics } from '@loa/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptedDevice } from '../../../scene/device.ts'
import { type Ask, type Issue, openTown, type Town, today } from '../../../scene/town.ts'
import { airingsById } from '../../schedule/index.ts'

let town: Town
let technician: Ask
let neighbour: Ask
let a1: ScriptedDevice
let a2: ScriptedDevice
let gateway: ScriptedDevice

beforeAll(async () => {
  town = await openTown()
  technician = await town.signIn('tho')
  neighbour = await town.signIn('hoa')
  a1 = await town.device('cum-a1')
  a2 = await town.device('cum-a2')
  gateway = await town.device('cong-a')
})
afterAll(() => town.close())

const NIGHT = { from: '21:00', to: '05:00' }
const RULE = '/api/units/xa-a/functional-test'
const chime: Issue = {
  title: 'Chuông thử',
  hours: [{ from: '05:00', to: '21:00' }],
  plan: { when: 'standing', role: 'chime', sessions: [], from: '2026-11-22', to: '2026-12-31' },
}

const goTo = async (time: string): Promise<void> => {
  await town.settled()
  await town.clock.leapTo(today(time))
  await town.settled()
}

type Test = {
  airing: string
  state: string
  sounded: number
  gatewaySounded: number
  unknown: number
  notSounded: { device: string; why: string; ticket: string | null; reason: string | null }[]
}
const testOfToday = async (): Promise<Test | undefined> => {
  const { body } = await technician.get('/api/functional-tests?unit=xa-a')
  return (body as { tests: Test[] }).tests[0]
}
const planned = async (id: string): Promise<PlannedAiring> => {
  const [airing] = await airingsById(town.ctx.db, [id])
  if (airing === undefined) throw new Error(`no airing ${id}`)
  return { id, release: airing.release, at: airing.at, latestStart: airing.latestStart }
}
const sayAllIsWell = async (): Promise<void> => {
  for (const device of [a1, a2, gateway]) await device.status()
  await town.settled()
}

describe('[F31] the daily chime as a functional test', () => {
  test('is set for a commune by its technician, says which chime it will be, and is not there for others', async () => {
    expect((await technician.get(RULE)).body).toMatchObject({ enabled: false, release: null, inheritedFrom: null })
    expect((await technician.post('/api/devices/cum-a1/test-tone')).body).toMatchObject({ refused: 'device.offline' })
    await sayAllIsWell()
    expect((await technician.post('/api/devices/cum-a1/test-tone')).body).toMatchObject({ refused: 'chime.none' })
    await town.issue(chime)
    expect((await technician.put(RULE, { enabled: true, time: '09:30' })).body).toMatchObject({
      enabled: true,
      time: '09:30',
      release: { title: 'Chuông thử' },
    })
    expect((await technician.put(RULE, { enabled: true, time: '25:00' })).status).toBe(400)
    const late = await technician.put(RULE, { enabled: true, time: '23:30' })
    expect(late.body).toMatchObject({ refused: 'chime.hourOutside', detail: { from: '05:00', to: '21:00' } })
    expect((await neighbour.get(RULE)).status).toBe(404)
    expect((await neighbour.put(RULE, { enabled: false, time: '09:30' })).status).toBe(404)
  })

  test('is placed by itself, once, and moves when the hour is changed before it sounds', async () => {
    await town.clock.turnBy(60_000)
    const first = await testOfToday()
    expect(first?.state).toBe('planned')
    await technician.put(RULE, { enabled: true, time: '09:45' })
    await town.clock.turnBy(60_000)
    const moved = await testOfToday()
    expect(moved?.airing).not.toBe(first?.airing)
    expect((await planned(moved?.airing ?? '')).at).toBe(today('09:45'))
    expect((await airingsById(town.ctx.db, [first?.airing ?? '']))[0]?.supersededBy).not.toBeNull()
  })

  test('ten minutes later lists who did not sound and why, each with a ticket; what stands behind a silent gateway is unknown', async () => {
    const test = await testOfToday()
    const airing = await planned(test?.airing ?? '')
    await goTo('09:45')
    await sayAllIsWell()
    const good = a1.receiptFor(airing)
    await a1.send(good)
    await a1.acknowledged(good)
    const silent = a2.receiptFor(airing, {
      outcome: 'silent',
      reason: 'output.failed',
      startedAt: null,
      secondsWritten: 0,
    })
    await a2.send(silent)
    await a2.acknowledged(silent)
    await goTo('09:54')
    expect((await testOfToday())?.state).toBe('waiting')
    await sayAllIsWell()
    await goTo('09:55')
    const listed = await testOfToday()
    expect(listed).toMatchObject({ state: 'listed', sounded: 1, gatewaySounded: 0, unknown: 3 })
    expect(listed?.notSounded.map(({ device, why, reason }) => [device, why, reason])).toEqual([
      ['cong-a', 'noAnswer', null],
      ['cum-a2', 'silent', 'output.failed'],
    ])
    expect(listed?.notSounded.every(({ ticket }) => ticket !== null)).toBe(true)
    const { tickets } = (await technician.get('/api/tickets?state=todo')).body as {
      tickets: { device: string; kind: string }[]
    }
    expect(
      tickets
        .filter(({ kind }) => kind === 'chime')
        .map(({ device }) => device)
        .sort(),
    ).toEqual(['cong-a', 'cum-a2'])
  })

  test('a word that comes late corrects the list', async () => {
    const test = await testOfToday()
    const late = gateway.receiptFor(await planned(test?.airing ?? ''), { unit: 'dai-a' })
    await gateway.send(late)
    await gateway.acknowledged(late)
    expect(await testOfToday()).toMatchObject({ sounded: 1, gatewaySounded: 3, unknown: 0 })
  })

  test('a test tone goes to one device alone, as an order of its own', async () => {
    await sayAllIsWell()
    const { status, body } = await technician.post('/api/devices/cum-a1/test-tone')
    expect(status).toBe(200)
    const order = await a1.hears(({ topic }) => parseTopic(topic)?.leaf === 'order')
    expect(order.topic).toBe(`loa/v1/up/cum-a1/order`)
    expect(order.payload).toContain((body as { airing: string }).airing)
    expect(a2.heard.some(({ topic }) => topic === topics.order('xa-a'))).toBe(false)
    expect((await neighbour.post('/api/devices/cum-a1/test-tone')).status).toBe(404)
    expect((await technician.post('/api/devices/cum-a1/test-tone')).body).toMatchObject({ refused: 'chime.tooOften' })
    await technician.put('/api/devices/cum-a1/config', { quiet: [NIGHT, { from: '09:00', to: '11:00' }] })
    expect((await technician.post('/api/devices/cum-a1/test-tone')).body).toMatchObject({ refused: 'chime.quietHours' })
  })
})
