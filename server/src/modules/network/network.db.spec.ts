import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, openTown, type Town } from '../../scene/town.ts'

let town: Town
let technician: Ask
let neighbour: Ask

beforeAll(async () => {
  town = await openTown()
  technician = await town.signIn('tho')
  neighbour = await town.signIn('hoa')
})
afterAll(() => town.close())

type Mark = { cluster: string; state: string; place: { x: number; y: number } | null; tickets: number }
type Shown = {
  map: string
  marks: Mark[]
  gateways: { device: string; state: string }[]
  today: Record<string, number>
}
const shown = async (ask: Ask, path = '/api/network'): Promise<Shown> => (await ask.get(path)).body as Shown

describe('[F4] the map of a network', () => {
  test('has a mark for each cluster of the commune and one for its gateway, and none of the neighbours', async () => {
    const { marks, gateways, map } = await shown(technician)
    expect(marks.map(({ cluster }) => cluster)).toEqual(['cum-a1', 'cum-a2', 'x1', 'x2', 'x3'])
    expect(gateways.map(({ device }) => device)).toEqual(['cong-a'])
    expect(map).toBe('schematic')
    expect(marks.every(({ place }) => place !== null)).toBe(true)
    expect((await neighbour.get('/api/network?unit=xa-a')).status).toBe(404)
    expect((await neighbour.get('/api/clusters/cum-a1')).status).toBe(404)
  })

  test('tells what is known of each and no more: what stands behind a gateway never reports for itself', async () => {
    const before = await shown(technician)
    expect(before.marks.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown'])
    const a1 = await town.device('cum-a1')
    const gateway = await town.device('cong-a')
    await a1.status({ online: true })
    await gateway.status({ online: true })
    await town.settled()
    const { marks, gateways } = await shown(technician)
    expect(marks.map(({ state }) => state)).toEqual([
      'reported',
      'unknown',
      'behindGateway',
      'behindGateway',
      'behindGateway',
    ])
    expect(gateways).toMatchObject([{ device: 'cong-a', state: 'reported' }])
  })

  test('a sheet of a cluster tells its device, its machines and its tickets', async () => {
    const { status, body } = await technician.get('/api/clusters/cum-a1')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      cluster: { id: 'cum-a1', behindGateway: false },
      village: { id: 'thon-a1' },
      commune: { id: 'xa-a' },
      state: 'reported',
      device: { id: 'cum-a1', online: true, clock: 'trusted' },
      may: { tend: true },
    })
  })
})
