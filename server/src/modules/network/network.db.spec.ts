import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, openTown, type Town } from '../../scene/town.ts'
import { givePost } from '../people/index.ts'

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
type Sample = { online: boolean }
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

  test('a cluster that goes soon after it came is drawn as gone, and its last will says nothing of its clock', async () => {
    const device = await town.device('cum-a1')
    await device.status()
    await town.settled()
    await device.status({ online: false, at: null, clockTrusted: false })
    await town.settled()
    const { body } = await technician.get('/api/clusters/cum-a1')
    const { online, clock, samples } = (body as { device: { online: boolean; clock: string; samples: Sample[] } })
      .device
    expect({ online, clock, last: samples.at(-1)?.online }).toEqual({ online: false, clock: 'trusted', last: false })
  })
})

const outline = (unit: string, west: number) => ({
  type: 'Feature',
  properties: { unit },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 15.2],
        [west + 0.1, 15.2],
        [west + 0.1, 15.3],
        [west, 15.3],
        [west, 15.2],
      ],
    ],
  },
})
const pointOf = (cluster: string, lon: number) => ({
  type: 'Feature',
  properties: { cluster },
  geometry: { type: 'Point', coordinates: [lon, 15.25] },
})

describe('[F4] a map file that is imported', () => {
  const file = {
    type: 'FeatureCollection',
    features: [outline('xa-a', 108.7), outline('xa-b', 108.8), pointOf('cum-a1', 108.72), pointOf('cum-b1', 108.85)],
  }

  test('is an administrator’s to import, and only for what is in their care', async () => {
    expect((await technician.post('/api/geometry', file)).status).toBe(403)
    const post = { unit: 'xa-a', role: 'administrator', title: 'quản trị', from: '2026-01-01', to: null } as const
    await givePost(town.ctx, { person: 'tho', ...post })
    expect((await technician.post('/api/geometry', file)).body).toEqual({
      outlines: 1,
      clusters: 1,
      unknown: [
        { kind: 'unit', id: 'xa-b' },
        { kind: 'cluster', id: 'cum-b1' },
      ],
    })
  })

  test('turns the diagram into a map: what has a place lies there, the rest somewhere in its commune', async () => {
    const { map, marks } = await shown(technician)
    expect(map).toBe('projected')
    expect(marks.find(({ cluster }) => cluster === 'cum-a1')).toMatchObject({
      lon: 108.72,
      lat: 15.25,
      place: { exact: true },
    })
    const others = marks.filter(({ cluster }) => cluster !== 'cum-a1')
    expect(others.every(({ place }) => place !== null && place.x > 0 && place.x < 1)).toBe(true)
    expect(new Set(marks.map(({ place }) => `${place?.x} ${place?.y}`)).size).toBe(marks.length)
    expect((await shown(neighbour)).map).toBe('schematic')
  })

  test('that is wrong anywhere changes nothing, and says where', async () => {
    const wrong = { ...file, features: [pointOf('cum-a2', 108.73), pointOf('x1', 999)] }
    expect(await technician.post('/api/geometry', wrong)).toMatchObject({
      status: 422,
      body: {
        refused: 'geometry.malformed',
        detail: { at: 'features[1].geometry.coordinates', why: 'outsideVietnam' },
      },
    })
    const { marks } = await shown(technician)
    expect(marks.find(({ cluster }) => cluster === 'cum-a2')).toMatchObject({ lon: null })
    expect((await technician.post('/api/geometry', { ...file, about: 'x'.repeat(5_000_000) })).status).toBe(413)
  })
})
