import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demoClusters, demoUnits } from '../../../demo/network.ts'
import { type Area, diagramOf, divide, type Standing } from './layout.ts'
import { isInside, type Position, projectionOf, spreadInside } from './projection.ts'

const within = ({ x, y }: { x: number; y: number }): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1
const apart = (a: Area, b: Area): boolean => {
  const slack = 1e-9
  return a.x + a.w <= b.x + slack || b.x + b.w <= a.x + slack || a.y + a.h <= b.y + slack || b.y + b.h <= a.y + slack
}

const village = (unit: string, count: number) => ({
  unit,
  clusters: Array.from({ length: count }, (_, index) => `${unit}-${index}`),
})

const anyStanding = fc
  .array(fc.array(fc.tuple(fc.nat(2), fc.array(fc.nat(14), { maxLength: 8 })), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map(
    (communes): Standing => ({
      communes: communes.map((stations, commune) => ({
        unit: `xa-${commune}`,
        stations: stations.map(([gateways, villages], station) => ({
          unit: station === 0 ? null : `dai-${commune}-${station}`,
          gateways: Array.from({ length: gateways }, (_, index) => `cong-${commune}-${station}-${index}`),
          villages: villages.map((count, index) => village(`thon-${commune}-${station}-${index}`, count)),
        })),
      })),
    }),
  )

const marksOf = ({ communes }: Standing): string[] =>
  communes
    .flatMap(({ stations }) => stations)
    .flatMap(({ gateways, villages }) => [...gateways, ...villages.flatMap(({ clusters }) => clusters)])

describe('[F4] the diagram of a network nobody has measured', () => {
  test('gives every mark a place of its own inside the square, and the same network the same diagram', () => {
    fc.assert(
      fc.property(anyStanding, (standing) => {
        const { places } = diagramOf(standing)
        const marks = marksOf(standing)
        expect(marks.filter((id) => !places.has(id))).toEqual([])
        expect([...places.values()].every(within)).toBe(true)
        expect(new Set([...places.values()].map(({ x, y }) => `${x.toFixed(9)} ${y.toFixed(9)}`)).size).toBe(
          marks.length,
        )
        expect(diagramOf(standing)).toEqual({ places, areas: diagramOf(standing).areas })
      }),
      { numRuns: 60 },
    )
  })

  test('keeps villages apart, and each cluster within its village', () => {
    fc.assert(
      fc.property(anyStanding, (standing) => {
        const { places, areas } = diagramOf(standing)
        const villages = standing.communes.flatMap(({ stations }) => stations.flatMap(({ villages: of }) => of))
        const drawn = villages.flatMap(({ unit }) => areas.get(unit) ?? [])
        for (const [index, a] of drawn.entries()) for (const b of drawn.slice(index + 1)) expect(apart(a, b)).toBe(true)
        for (const { unit, clusters } of villages) {
          const area = areas.get(unit)
          for (const id of clusters) {
            const place = places.get(id)
            if (area === undefined || place === undefined) throw new Error(`${id} is nowhere`)
            expect(place.x > area.x && place.x < area.x + area.w && place.y > area.y && place.y < area.y + area.h).toBe(
              true,
            )
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('leaves 554 clusters far enough apart to be pointed at: two marks of a screen of 900 pixels', () => {
    const byVillage = Map.groupBy(demoClusters(), (cluster) => cluster.village)
    const communes = demoUnits().filter(({ kind }) => kind === 'commune')
    const standing: Standing = {
      communes: communes.map(({ id }) => ({
        unit: id,
        stations: [
          {
            unit: null,
            gateways: [],
            villages: demoUnits()
              .filter(({ kind, parent }) => kind === 'village' && parent === id)
              .map((unit) => ({ unit: unit.id, clusters: (byVillage.get(unit.id) ?? []).map((each) => each.id) })),
          },
        ],
      })),
    }
    const places = [...diagramOf(standing).places.values()]
    expect(places).toHaveLength(554)
    const nearest = places.flatMap((a, index) => places.slice(index + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)))
    expect(nearest.reduce((least, each) => Math.min(least, each), 1) * 900).toBeGreaterThan(10)
  })

  test('divides an area by weight', () => {
    const parts = divide(
      [
        { item: 'a', weight: 3 },
        { item: 'b', weight: 1 },
      ],
      { x: 0, y: 0, w: 1, h: 1 },
    )
    expect(parts.map(({ item, area }) => [item, area.w * area.h])).toEqual([
      ['a', 0.75],
      ['b', 0.25],
    ])
  })
})

describe('[F4] a map of a network somebody has measured', () => {
  const square: readonly Position[] = [
    [108.7, 15.2],
    [108.8, 15.2],
    [108.8, 15.3],
    [108.7, 15.3],
    [108.7, 15.2],
  ]

  test('has north above and east to the right, true to shape, all within the square', () => {
    const project = projectionOf(square)
    if (project === undefined) throw new Error('no projection')
    const [southWest, southEast, northEast] = square.map(project)
    if (southWest === undefined || southEast === undefined || northEast === undefined) throw new Error('no corner')
    expect(southEast.x).toBeGreaterThan(southWest.x)
    expect(northEast.y).toBeLessThan(southEast.y)
    expect(square.map(project).every(within)).toBe(true)
    const ratio = (southEast.x - southWest.x) / (southEast.y - northEast.y)
    expect(ratio).toBeCloseTo(Math.cos((15.25 * Math.PI) / 180), 5)
  })

  test('of nothing is none, and of a single point is that point in the middle', () => {
    expect(projectionOf([])).toBeUndefined()
    expect(projectionOf([[108.7, 15.2]])?.([108.7, 15.2])).toEqual({ x: 0.5, y: 0.5 })
  })

  test('spreads clusters of which only the village is known inside its outline, and in none of its holes', () => {
    const hole: readonly Position[] = [
      [108.73, 15.23],
      [108.77, 15.23],
      [108.77, 15.27],
      [108.73, 15.27],
      [108.73, 15.23],
    ]
    const rings = [square, hole]
    const spread = spreadInside(rings, 30)
    expect(spread).toHaveLength(30)
    expect(new Set(spread.map(String)).size).toBe(30)
    expect(spread.every((each) => isInside(each, rings))).toBe(true)
    expect(spread.some((each) => isInside(each, [hole]))).toBe(false)
  })
})
