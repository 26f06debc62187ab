import type { Receipt } from '@loa/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptedDevice } from '../../scene/device.ts'
import { type Ask, openTown, type Town } from '../../scene/town.ts'
import type { Airing } from '../schedule/index.ts'
import type { PresentedAiring } from './present.ts'

let town: Town
let device: ScriptedDevice
const ask = new Map<string, Ask>()

beforeAll(async () => {
  town = await openTown()
  for (const person of ['lan', 'hoa', 'tho', 'chu-tich']) ask.set(person, await town.signIn(person))
  device = await town.device('cum-a1')
}, 90_000)
afterAll(() => town.close())

const as = (person: string): Ask => ask.get(person) as Ask
const issued = async (issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> => {
  await town.clock.turnBy(1000)
  return (await town.issue(issue))[0] as Airing
}
const shown = async (
  person: string,
  id: string,
): Promise<PresentedAiring & { receipts: { device: string; outcome: string; deviceName: string; extra: boolean }[] }> =>
  (await as(person).get(`/api/airings/${id}`)).body as never
const listed = async (person: string, query = ''): Promise<string[]> =>
  ((await as(person).get(`/api/airings${query}`)).body as { airings: { id: string }[] }).airings.map(({ id }) => id)

describe('an airing as it is shown', () => {
  test('says who reported, who stands behind a gateway and who is unknown, and adds nothing up', async () => {
    const airing = await issued()
    const receipt = device.receiptFor(airing)
    await device.send(receipt)
    await device.acknowledged(receipt)
    const { heard, receipts, state, unitName, audience } = await shown('lan', airing.id)
    expect(heard).toEqual({
      clusters: {
        total: 5,
        devices: { total: 2, reported: 1, partial: 0, silent: 0, unknown: 1 },
        behindGateway: { total: 3, gatewayReported: 0, partial: 0, silent: 0, unknown: 3 },
      },
      gateways: { total: 1, reported: 0, partial: 0, silent: 0, unknown: 1 },
      firstSoundMs: 400,
    })
    expect([state, unitName]).toEqual(['playing', 'Đơn vị xa-a'])
    expect(audience).toEqual([{ id: 'xa-a', name: 'Đơn vị xa-a' }])
    expect(receipts.map((each) => [each.device, each.outcome])).toEqual([
      ['cong-a', 'unknown'],
      ['cum-a1', 'completed'],
      ['cum-a2', 'unknown'],
    ])
  })

  // one after the other, by one device; what the commune then reads: reported/partial/silent/unknown of its two clusters
  const cut = { outcome: 'preempted', reason: 'higherClass', secondsWritten: 20 } as const
  const none = { outcome: 'silent', startedAt: null, secondsWritten: 0 } as const
  const untrusted = { ...none, reason: 'clock.untrusted', clockTrusted: false } as const
  const stories: [string, Partial<Receipt>[], string][] = [
    ['played to the end', [{}], '1/0/0/1'],
    ['said to be played without a sound', [{ secondsWritten: 0 }], '0/0/1/1'],
    ['cut off by an emergency', [cut], '0/1/0/1'],
    ['cut off by a loss of power', [{ ...cut, outcome: 'interrupted', reason: 'power.lost' }], '0/1/0/1'],
    ['stopped in the middle', [{ ...cut, outcome: 'stopped', reason: 'airing.stopped' }], '0/1/0/1'],
    ['stopped before the first sound', [{ ...none, outcome: 'stopped', reason: 'airing.stopped' }], '0/0/1/1'],
    ['cut off, then played to the end', [cut, {}], '1/0/0/1'],
    ['silent for want of the time, then played to the end', [untrusted, {}], '1/0/0/1'],
    ['silent for want of the time, then cut off', [untrusted, cut], '0/1/0/1'],
    ['played to the end, whatever came after', [{}, none], '1/0/0/1'],
  ]
  test.each(stories)('%s', async (_, differs, expected) => {
    const airing = await issued()
    const receipts = differs.map((differ) => device.receiptFor(airing, differ))
    for (const receipt of receipts) await device.send(receipt)
    for (const receipt of receipts) await device.acknowledged(receipt)
    const { reported, partial, silent, unknown } = (await shown('lan', airing.id)).heard.clusters.devices
    expect([reported, partial, silent, unknown].join('/')).toBe(expected)
  })

  test('lists what a device says that it was not meant to reach, and does not count it', async () => {
    const stranger = await town.device('cum-b1')
    const airing = await issued({ unit: 'tinh', audience: ['xa-a'], signers: ['chu-tich'] })
    const receipt = stranger.receiptFor(airing, { unit: 'xa-a' })
    await stranger.send(receipt)
    await stranger.acknowledged(receipt)
    const { heard, receipts } = await shown('chu-tich', airing.id)
    expect([heard.clusters.total, heard.clusters.devices.reported, heard.firstSoundMs]).toEqual([5, 0, null])
    expect(receipts.map(({ device, extra }) => [device, extra])).toEqual([
      ['cong-a', false],
      ['cum-a1', false],
      ['cum-a2', false],
      ['cum-b1', true],
    ])
    expect((await shown('lan', airing.id)).receipts.map((each) => each.device)).not.toContain('cum-b1')
  })

  test('from the province shows each commune its own clusters only', async () => {
    const airing = await issued({ unit: 'tinh', audience: ['tinh'], signers: ['chu-tich'] })
    const totals = await Promise.all(
      ['lan', 'hoa', 'chu-tich'].map(async (person) => (await shown(person, airing.id)).heard.clusters.total),
    )
    expect(totals).toEqual([5, 1, 6])
  })
})

describe('who sees an airing of commune A', () => {
  const cases: [string, string, boolean][] = [
    ['its officer', 'lan', true],
    ['its technician', 'tho', true],
    ['the leader of the province', 'chu-tich', true],
    ['the officer of commune B, for whom it does not exist', 'hoa', false],
  ]
  test.each(cases)('%s', async (_, person, sees) => {
    const airing = await issued()
    expect((await as(person).get(`/api/airings/${airing.id}`)).status).toBe(sees ? 200 : 404)
    expect((await listed(person)).includes(airing.id)).toBe(sees)
    expect((await as(person).post(`/api/airings/${airing.id}/stop`)).status).toBe(
      { lan: 200, tho: 403, 'chu-tich': 200, hoa: 404 }[person],
    )
  })
})

describe('the list of airings', () => {
  const cases: [string, string, number][] = [
    ['another day', '?from=2026-11-20&to=2026-11-21', 200],
    ['a unit of one’s own', '?unit=thon-a1', 200],
    ['a unit of others', '?unit=xa-b', 404],
    ['a unit that is none', '?unit=khong-co', 404],
    ['a day that is none', '?from=2026-02-30', 400],
    ['something else', '?limit=1000000', 400],
    ['a unit that is no id', '?unit=../../etc', 400],
  ]
  test.each(cases)('asked for %s', async (_, query, status) => {
    expect((await as('lan').get(`/api/airings${query}`)).status).toBe(status)
  })
})

describe('today', () => {
  test('shows what plays, what comes next, and the network', async () => {
    const later = await issued({ plan: { when: 'times', dates: ['2026-11-22'], time: '17:05' }, title: 'chiều nay' })
    const playing = await issued({ title: 'bây giờ' })
    const { body } = await as('lan').get('/api/today')
    const day = body as {
      playing: PresentedAiring
      next: PresentedAiring
      remainingToday: number
      network: { communes: { unit: string }[] }
      tasks: unknown[]
    }
    expect([day.playing.id, day.next.id, day.remainingToday]).toEqual([playing.id, later.id, 1])
    expect(day.network.communes.map(({ unit }) => unit)).toEqual(['xa-a'])
    expect(day.tasks).toEqual([])
  })

  test('names what comes next also when nothing more comes today', async () => {
    const tomorrow = await issued({
      unit: 'xa-b',
      audience: ['xa-b'],
      signers: ['vinh'],
      plan: { when: 'times', dates: ['2026-11-24'], time: '05:00' },
    })
    const day = (await as('hoa').get('/api/today')).body as { next: PresentedAiring; remainingToday: number }
    expect([day.next.id, day.next.at, day.remainingToday]).toEqual([tomorrow.id, '2026-11-24T05:00:00.000+07:00', 0])
  })

  test('is stopped in one press, and the answer says by whom', async () => {
    const airing = await issued()
    const { body } = await as('lan').post(`/api/airings/${airing.id}/stop`)
    expect(body).toMatchObject({ id: airing.id, state: 'stopped', stoppedBy: { person: 'lan', name: 'Ông bà lan' } })
    expect(await as('lan').post('/api/stop-all', { unit: 'xa-a' })).toMatchObject({ status: 200 })
    expect(await as('hoa').post('/api/stop-all', { unit: 'xa-a' })).toMatchObject({ status: 404 })
  })
})
