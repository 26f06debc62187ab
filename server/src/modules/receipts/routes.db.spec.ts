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
): Promise<PresentedAiring & { receipts: { device: string; outcome: string; deviceName: string }[] }> =>
  (await as(person).get(`/api/airings/${id}`)).body as never
const listed = async (person: string, query = ''): Promise<string[]> =>
  ((await as(person).get(`/api/airings${query}`)).body as { airings: { id: string }[] }).airings.map(({ id }) => id)

describe('an airing as it is shown', () => {
  test('says who reported, who stands behind a gateway and who is unknown, and adds nothing up', async () => {
    const airing = await issued()
    const receipt = device.receiptFor(airing)
    await device.send(receipt)
    await device.acknowledged(receipt)
    const { heard, receipts, state, unitName } = await shown('lan', airing.id)
    expect(heard).toEqual({
      clusters: {
        total: 5,
        devices: { total: 2, reported: 1, silent: 0, unknown: 1 },
        behindGateway: { total: 3, gatewayReported: 0, silent: 0, unknown: 3 },
      },
      gateways: { total: 1, reported: 0, silent: 0, unknown: 1 },
      firstSoundMs: 400,
    })
    expect([state, unitName]).toEqual(['playing', 'Đơn vị xa-a'])
    expect(receipts.map((each) => [each.device, each.outcome])).toEqual([
      ['cong-a', 'unknown'],
      ['cum-a1', 'completed'],
      ['cum-a2', 'unknown'],
    ])
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
      network: { communes: { unit: string }[] }
      tasks: unknown[]
    }
    expect([day.playing.id, day.next.id]).toEqual([playing.id, later.id])
    expect(day.network.communes.map(({ unit }) => unit)).toEqual(['xa-a'])
    expect(day.tasks).toEqual([])
  })

  test('is stopped in one press, and the answer says by whom', async () => {
    const airing = await issued()
    const { body } = await as('lan').post(`/api/airings/${airing.id}/stop`)
    expect(body).toMatchObject({ id: airing.id, state: 'stopped', stoppedBy: { person: 'lan', name: 'Ông bà lan' } })
    expect(await as('lan').post('/api/stop-all', { unit: 'xa-a' })).toMatchObject({ status: 200 })
    expect(await as('hoa').post('/api/stop-all', { unit: 'xa-a' })).toMatchObject({ status: 404 })
  })
})
