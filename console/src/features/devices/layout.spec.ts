import { describe, expect, test } from 'vitest'
import type { Mark, Network } from '../../api/network.ts'
import { boxOf, fittingSize, layoutOf, nearest, zoomed } from './layout.ts'

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
  invented: false,
  ...more,
})

const network = (more: Partial<Network>): Network => ({
  asOf: '2026-11-22T17:15:00+07:00',
  map: 'schematic',
  units: [],
  areas: [],
  marks: [],
  gateways: [],
  outlines: [],
  today: { heard: 0, behindGateway: 0, silent: 0, unknown: 0, notAsked: 0 },
  ...more,
})

const kindOf = (unit: string): string => (unit === 'bc' || unit === 'bs' ? 'commune' : 'village')

describe('where marks are drawn', () => {
  test('without outlines it is a schematic drawing: blocks with names, villages on their commune, each mark where the server put it, under the name of its commune', () => {
    const layout = layoutOf(
      network({
        marks: [0, 1].map((y) => mark(`${y}`, 'bc-1', { place: { x: 0.25, y: 1 - y, exact: false } })),
        areas: [
          { unit: 'bc', x: 0, y: 0, w: 0.5, h: 1 },
          { unit: 'bc-1', x: 0.1, y: 0.1, w: 0.2, h: 0.2 },
        ],
      }),
      kindOf,
    )
    expect(layout).toMatchObject({ kind: 'schematic', unplaced: 0, absent: 0 })
    expect(layout.drawn.map(({ at }) => at.y)).toEqual([1000, 34])
    expect(layout.lands[0]).toEqual({ unit: 'bc', kind: 'commune', path: 'M4.0 4.0H496.0V996.0H4.0Z' })
    expect(layout.labels.map(({ unit }) => unit)).toEqual(['bc'])
  })

  test('with outlines it is a map: holes stay holes, and the name stands in the largest part', () => {
    const square = (x: number, y: number, side: number) => [
      { x, y },
      { x: x + side, y },
      { x: x + side, y: y + side },
      { x, y: y + side },
    ]
    const drawn = [square(0, 0, 0.1), square(0.5, 0.5, 0.4)]
    const layout = layoutOf(network({ map: 'projected', outlines: [{ unit: 'bs', rings: [], drawn }] }), kindOf)
    expect(layout.lands[0]?.path.match(/M/g)).toHaveLength(2)
    expect(layout.labels[0]?.at.x).toBeCloseTo(700)
  })

  test('clusters without coordinates are counted apart: put inside their village, or in the list only', () => {
    const layout = layoutOf(
      network({
        map: 'projected',
        marks: [
          mark('here', 'bc-1', { place: { x: 0, y: 0, exact: true } }),
          mark('about', 'bc-1', { place: { x: 0.5, y: 0, exact: false } }),
          mark('nowhere', 'bc-2'),
        ],
      }),
      kindOf,
    )
    expect(layout).toMatchObject({ unplaced: 1, absent: 1 })
    expect(layout.drawn).toHaveLength(2)
  })
})

describe('looking closer', () => {
  test('a name is as large as its room allows, and left out where nobody could read it', () => {
    expect(fittingSize('Xã Bình Chương', 1000, { largestSize: 26, smallest: 9 })).toBe(26)
    expect(fittingSize('Thôn 10', 90, { largestSize: 26, smallest: 9 })).toBeCloseTo(19.07)
    expect(fittingSize('Thôn Nước Giáp Thượng', 60, { largestSize: 26, smallest: 9 })).toBeUndefined()
  })

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
