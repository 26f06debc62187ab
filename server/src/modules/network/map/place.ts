import type { ClusterRow } from '../../devices/index.ts'
import type { UnitRow } from '../../org/index.ts'
import { type Diagram, diagramOf, type Place, type Standing } from './layout.ts'
import { type Position, projectionOf, type Ring, spreadInside } from './projection.ts'

export type GatewayAt = { readonly id: string; readonly station: string }

/** A network as far as a map needs it. */
export type Mapped = {
  readonly units: readonly UnitRow[]
  readonly pairs: readonly { readonly station: string; readonly village: string }[]
  readonly clusters: readonly ClusterRow[]
  readonly gateways: readonly GatewayAt[]
  readonly outlines: readonly { readonly unit: string; readonly rings: readonly Ring[] }[]
  readonly points: ReadonlyMap<string, Position>
}

export type Placed = Place & {
  readonly lon: number | null
  readonly lat: number | null
  /** False: somewhere in its village, for nobody has said where. */
  readonly exact: boolean
}

export type Drawn = {
  readonly kind: 'schematic' | 'projected'
  readonly places: ReadonlyMap<string, Placed>
  readonly areas: Diagram['areas']
  readonly drawn: ReadonlyMap<string, readonly (readonly Place[])[]>
}

const byName = (a: UnitRow, b: UnitRow): number => a.name.localeCompare(b.name, 'vi') || (a.id < b.id ? -1 : 1)

/** The administration as the diagram wants it. Villages and stations whose commune is not to be seen hang under what is. */
export const standingOf = ({ units, pairs, clusters, gateways }: Mapped): Standing => {
  const sorted = units.toSorted(byName)
  const stationOf = new Map(pairs.map(({ village, station }) => [village, station]))
  const byVillage = Map.groupBy(clusters, ({ village }) => village)
  const gatewaysAt = Map.groupBy(gateways, ({ station }) => station)
  const known = new Set(units.map(({ id }) => id))
  const homeOf = ({ id, parent }: UnitRow): string => parent ?? id
  const homes = [
    ...new Set(
      sorted.flatMap((unit) => (unit.kind === 'commune' ? [unit.id] : unit.kind === 'province' ? [] : [homeOf(unit)])),
    ),
  ]
  return {
    communes: homes.map((home) => {
      const inside = sorted.filter((unit) => homeOf(unit) === home)
      const villages = inside
        .filter(({ kind }) => kind === 'village')
        .map(({ id }) => ({ unit: id, clusters: (byVillage.get(id) ?? []).map((cluster) => cluster.id) }))
      const served = (station: string | undefined) =>
        villages.filter(({ unit }) => {
          const of = stationOf.get(unit)
          return (of !== undefined && known.has(of) ? of : undefined) === station
        })
      const stations = inside
        .filter(({ kind }) => kind === 'station')
        .map(({ id }) => ({
          unit: id,
          gateways: (gatewaysAt.get(id) ?? []).map((gateway) => gateway.id),
          villages: served(id),
        }))
      return { unit: home, stations: [...stations, { unit: null, gateways: [], villages: served(undefined) }] }
    }),
  }
}

/** Where clusters without a place of their own are drawn: inside their village's outline, or else their commune's. */
const guessed = (mapped: Mapped): ReadonlyMap<string, Position> => {
  const { units, clusters, outlines, points } = mapped
  const parents = new Map(units.map(({ id, parent }) => [id, parent]))
  const rings = new Map(outlines.map((outline) => [outline.unit, outline.rings]))
  const homeOf = ({ village }: ClusterRow): string | undefined =>
    [village, parents.get(village) ?? ''].find((unit) => rings.has(unit))
  const lost = clusters.filter(({ id }) => !points.has(id))
  return new Map(
    [...Map.groupBy(lost, homeOf)].flatMap(([home, of]) => {
      const found = home === undefined ? [] : spreadInside(rings.get(home) ?? [], of.length)
      return found.flatMap((position, index): [string, Position][] => {
        const id = of[index]?.id
        return id === undefined ? [] : [[id, position]]
      })
    }),
  )
}

const middle = (positions: readonly Position[]): Position | undefined =>
  positions.length === 0
    ? undefined
    : [
        positions.reduce((sum, [lon]) => sum + lon, 0) / positions.length,
        positions.reduce((sum, [, lat]) => sum + lat, 0) / positions.length,
      ]

/** A gateway stands in the midst of what it drives. */
const gatewayPositions = (
  { gateways, clusters, pairs }: Mapped,
  at: ReadonlyMap<string, Position>,
): readonly [string, Position][] => {
  const byVillage = Map.groupBy(clusters, ({ village }) => village)
  const villagesOf = Map.groupBy(pairs, ({ station }) => station)
  return gateways.flatMap(({ id, station }): [string, Position][] => {
    const own = (villagesOf.get(station) ?? []).flatMap(({ village }) => byVillage.get(village) ?? [])
    const found = middle(own.flatMap((cluster) => [at.get(cluster.id)].flatMap((each) => (each ? [each] : []))))
    return found === undefined ? [] : [[id, found]]
  })
}

/** The network drawn: where somebody has imported where it lies, as it lies; as a diagram where nobody has. */
export const drawNetwork = (mapped: Mapped): Drawn => {
  const { outlines, points } = mapped
  const project = projectionOf([...points.values(), ...outlines.flatMap(({ rings }) => rings.flat())])
  if (project === undefined) {
    const { places, areas } = diagramOf(standingOf(mapped))
    const exactly = ([id, place]: [string, Place]): [string, Placed] => [
      id,
      { ...place, lon: null, lat: null, exact: false },
    ]
    return { kind: 'schematic', places: new Map([...places].map(exactly)), areas, drawn: new Map() }
  }
  const guesses = guessed(mapped)
  const all = new Map([...points, ...guesses])
  const clusterPlaces = [...all].map(([id, position]): [string, Placed] => {
    const exact = points.has(id)
    return [id, { ...project(position), lon: exact ? position[0] : null, lat: exact ? position[1] : null, exact }]
  })
  const gatewayPlaces = gatewayPositions(mapped, all).map(([id, position]): [string, Placed] => [
    id,
    { ...project(position), lon: null, lat: null, exact: false },
  ])
  return {
    kind: 'projected',
    places: new Map([...clusterPlaces, ...gatewayPlaces]),
    areas: new Map(),
    drawn: new Map(outlines.map(({ unit, rings }) => [unit, rings.map((ring) => ring.map(project))])),
  }
}
