import { describe, expect, test } from 'vitest'
import type { Mark, Network } from '../../api/network.ts'
import { boxOf, hullOf, isInside, layoutOf, nearest, projectionOf, SIDE, zoomed } from './layout.ts'

const mark = (cluster: string, village: string, more: Partial<Mark> = {}): Mark => ({
  cluster,
  name: cluster,
  village,
  station: null,
  device: cluster,
  gateway: null,
  state: 'reported',
  horns: 2,
  place: null,
  lon: null,
  lat: null,
  tickets: 0,
  ...more,
})

const network = (more: Partial<Network>): Network => ({
  asOf: '2026-11-22T17:15:00+07:00',
  units: [],
  marks: [],
  gateways: [],
  outlines: [],
  today: { heard: 0, behindGateway: 0, silent: 0, unknown: 0 },
  ...more,
})

const communeOf = (village: string | null): string => (village ?? '').slice(0, 2)
const many = (count: number): Mark[] => Array.from({ length: count }, (_, i) => mark(`${i}`, `c${i % 5}-thon`))

describe('where marks are drawn', () => {
  test('without outlines it is a schematic drawing, and each mark stands where the server put it', () => {
    const layout = layoutOf(network({ marks: [mark('a', 'bc-1', { place: { x: 0, y: 1 } })] }), communeOf)
    expect(layout.kind).toBe('schematic')
    expect(layout.drawn[0]?.at).toEqual({ x: 40, y: 960 })
  })

  test('marks without a place are spread within the drawing, no two on one spot, and alike each time', () => {
    const layout = layoutOf(network({ marks: many(554) }), communeOf)
    const spots = layout.drawn.map(({ at }) => `${at.x.toFixed(2)} ${at.y.toFixed(2)}`)
    expect(new Set(spots).size).toBe(554)
    expect(layout.drawn.every(({ at }) => at.x >= 0 && at.x <= SIDE && at.y >= 0 && at.y <= SIDE)).toBe(true)
    expect(layoutOf(network({ marks: many(554) }), communeOf)).toEqual(layout)
    expect(layout.lands).toHaveLength(5)
  })

  test('a gateway without a place stands in the middle of its clusters', () => {
    const behind = [0, 1].map((x) => mark(`${x}`, 'bc-1', { gateway: 'g', device: null, place: { x, y: 0.5 } }))
    const gateway = { device: 'g', name: 'G', station: null, state: 'reported', tickets: 0, place: null } as const
    const layout = layoutOf(network({ marks: behind, gateways: [gateway] }), communeOf)
    expect(layout.gateways.get('g')).toEqual({ x: 500, y: 500 })
  })

  test('with outlines it is a map: north is up, and east and north are equally long', () => {
    const project = projectionOf([
      [108.6, 15.1],
      [108.9, 15.4],
    ])
    const [west, east, north] = [project(108.7, 15.2), project(108.8, 15.2), project(108.7, 15.3)]
    expect(north.y).toBeLessThan(west.y)
    expect((east.x - west.x) / (west.y - north.y)).toBeCloseTo(Math.cos((15.25 * Math.PI) / 180), 5)
  })

  test('a cluster without coordinates is put inside the outline of its commune, and counted as put there', () => {
    const ring: [number, number][] = [
      [108.6, 15.1],
      [108.9, 15.1],
      [108.6, 15.4],
    ]
    const marks = [mark('here', 'bc-1', { lon: 108.65, lat: 15.15 }), mark('a', 'bc-1'), mark('b', 'bc-2')]
    const layout = layoutOf(network({ marks, outlines: [{ unit: 'bc', rings: [ring] }] }), communeOf)
    const project = projectionOf(ring)
    const drawnRing = ring.map(([lon, lat]) => project(lon, lat))
    expect(layout).toMatchObject({ kind: 'geographic', unplaced: 2 })
    expect(layout.drawn).toHaveLength(3)
    expect(layout.drawn.every(({ at }) => isInside(at, drawnRing))).toBe(true)
  })

  test('a cluster of a commune without an outline and without coordinates is not drawn at a made-up place', () => {
    const ring: [number, number][] = [
      [108.6, 15.1],
      [108.9, 15.1],
      [108.6, 15.4],
    ]
    const layout = layoutOf(
      network({ marks: [mark('a', 'xx-1')], outlines: [{ unit: 'bc', rings: [ring] }] }),
      communeOf,
    )
    expect(layout).toMatchObject({ drawn: [], unplaced: 1 })
  })

  test('the land of a commune is the hull of its clusters', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
      { x: 2, y: 2 },
    ]
    expect(hullOf(square)).toHaveLength(4)
    expect(hullOf(square)).not.toContainEqual({ x: 2, y: 2 })
  })
})

describe('looking closer', () => {
  const whole = boxOf(
    [
      { x: 0, y: 0 },
      { x: 1000, y: 1000 },
    ],
    0,
  )

  test('zooming keeps the middle, and ends at the whole and at a few clusters', () => {
    expect(zoomed(whole, 0.5, whole)).toEqual({ x: 250, y: 250, width: 500, height: 500 })
    expect(zoomed(whole, 2, whole)).toEqual(whole)
    expect(zoomed(whole, 0.001, whole).width).toBe(60)
  })

  test('a press finds the nearest mark within reach, and none further away', () => {
    const drawn = [
      { mark: mark('a', 'bc-1'), at: { x: 10, y: 10 } },
      { mark: mark('b', 'bc-1'), at: { x: 30, y: 10 } },
    ]
    expect(nearest(drawn, { x: 22, y: 10 }, 15)?.mark.cluster).toBe('b')
    expect(nearest(drawn, { x: 200, y: 10 }, 15)).toBeUndefined()
  })
})
