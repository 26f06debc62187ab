import type { Position, Ring } from './projection.ts'

/** What is wrong with a map file: keys of `../i18n/map.vi.json`. */
export type MapFault =
  | 'notCollection'
  | 'otherProjection'
  | 'tooManyFeatures'
  | 'tooManyPoints'
  | 'notFeature'
  | 'kind'
  | 'noUnit'
  | 'noCluster'
  | 'twice'
  | 'coordinates'
  | 'outsideVietnam'
  | 'tooFewPoints'
  | 'notClosed'
  | 'selfCrossing'

export type Fault = { readonly at: string; readonly why: MapFault }

export type Geometry = {
  readonly outlines: readonly { readonly unit: string; readonly rings: readonly Ring[] }[]
  readonly points: readonly { readonly cluster: string; readonly lon: number; readonly lat: number }[]
}

/** A province has thousands of villages and some ten thousand clusters. */
const FEATURES_MAX = 25_000
/** What a map drawn on a screen can use; finer outlines are to be made simpler first. */
const POINTS_MAX = 200_000
/** Looks at pairs of edges while crossings are sought: a file made to be slow is refused, an honest outline needs a few for each edge. */
const COMPARISONS_MAX = 30_000_000
/** Land, sea and islands of Viet Nam with room around them: what lies outside is metres, or latitude before longitude. */
const VIETNAM = { west: 102, east: 118, south: 6, north: 24 } as const
/** RFC 7946 §4: there is one coordinate system. Older files may name it. */
const WGS84 = /(CRS:?84|EPSG:+4326)$/i

type Fields = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {})

/** Thrown and caught within this file only: a fault deep inside a file ends its reading. */
class Bad extends Error {
  readonly fault: Fault
  constructor(at: string, why: MapFault) {
    super(why)
    this.fault = { at, why }
  }
}

const positionIn = (value: unknown, at: string): Position => {
  const [lon, lat] = Array.isArray(value) ? value : []
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new Bad(at, 'coordinates')
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new Bad(at, 'coordinates')
  const { west, east, south, north } = VIETNAM
  if (lon < west || lon > east || lat < south || lat > north) throw new Bad(at, 'outsideVietnam')
  return [lon, lat]
}

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]

type Edge = {
  readonly a: Position
  readonly b: Position
  readonly from: number
  readonly to: number
  readonly place: number
}

const turn = ([ax, ay]: Position, [bx, by]: Position, [cx, cy]: Position): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))

const isOn = (a: Position, b: Position, [x, y]: Position): boolean =>
  x >= Math.min(a[0], b[0]) && x <= Math.max(a[0], b[0]) && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1])

const meet = ({ a, b }: Edge, { a: c, b: d }: Edge): boolean => {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (abc !== abd && cda !== cdb) return true
  return (
    (abc === 0 && isOn(a, b, c)) ||
    (abd === 0 && isOn(a, b, d)) ||
    (cda === 0 && isOn(c, d, a)) ||
    (cdb === 0 && isOn(c, d, b))
  )
}

type Budget = { points: number; comparisons: number }

/** Whether two edges that are not neighbours meet. Edges are looked at from west to east; those that have ended are let go. */
const crossesItself = (ring: Ring, budget: Budget, at: string): boolean => {
  const edges = ring.slice(0, -1).map((a, place): Edge => {
    const b = ring[place + 1] ?? a
    return { a, b, from: Math.min(a[0], b[0]), to: Math.max(a[0], b[0]), place }
  })
  const byWest = edges.toSorted((one, other) => one.from - other.from)
  const areNeighbours = (one: Edge, other: Edge): boolean => {
    const apart = Math.abs(one.place - other.place)
    return apart <= 1 || apart === edges.length - 1
  }
  for (const [index, edge] of byWest.entries()) {
    for (let next = index + 1; next < byWest.length; next += 1) {
      const other = byWest[next]
      if (other === undefined || other.from > edge.to) break
      budget.comparisons += 1
      if (budget.comparisons > COMPARISONS_MAX) throw new Bad(at, 'tooManyPoints')
      if (!areNeighbours(edge, other) && meet(edge, other)) return true
    }
  }
  return false
}

const ringIn = (value: unknown, at: string, budget: Budget): Ring => {
  if (!Array.isArray(value)) throw new Bad(at, 'coordinates')
  budget.points += value.length
  if (budget.points > POINTS_MAX) throw new Bad(at, 'tooManyPoints')
  const all = value.map((position, index) => positionIn(position, `${at}[${index}]`))
  const [first] = all
  const last = all.at(-1)
  if (first === undefined || last === undefined) throw new Bad(at, 'tooFewPoints')
  if (!same(first, last)) throw new Bad(at, 'notClosed')
  // the same point twice in a row is how editors write, and no crossing
  const ring = all.filter((position, index) => index === 0 || !same(position, all[index - 1] ?? [0, 0]))
  if (ring.length < 4) throw new Bad(at, 'tooFewPoints')
  if (crossesItself(ring, budget, at)) throw new Bad(at, 'selfCrossing')
  return ring
}

const ringsIn = (geometry: Fields, at: string, budget: Budget): readonly Ring[] => {
  const { coordinates } = geometry
  const polygons = geometry.type === 'Polygon' ? [coordinates] : coordinates
  if (!Array.isArray(polygons)) throw new Bad(at, 'coordinates')
  return polygons.flatMap((polygon: unknown, index) => {
    const place = geometry.type === 'Polygon' ? at : `${at}[${index}]`
    if (!Array.isArray(polygon) || polygon.length === 0) throw new Bad(place, 'coordinates')
    return polygon.map((ring: unknown, number) => ringIn(ring, `${place}[${number}]`, budget))
  })
}

const nameIn = (feature: Fields, field: 'unit' | 'cluster', at: string): string => {
  const name = fieldsOf(feature.properties)[field]
  if (typeof name === 'string' && name !== '' && name.length <= 64) return name
  throw new Bad(`${at}.properties.${field}`, field === 'unit' ? 'noUnit' : 'noCluster')
}

type Reading = {
  readonly outlines: Map<string, readonly Ring[]>
  readonly points: Map<string, Position>
  readonly budget: Budget
}

const readFeature = (value: unknown, at: string, { outlines, points, budget }: Reading): void => {
  const feature = fieldsOf(value)
  if (feature.type !== 'Feature') throw new Bad(at, 'notFeature')
  const geometry = fieldsOf(feature.geometry)
  const place = `${at}.geometry.coordinates`
  if (geometry.type === 'Point') {
    const cluster = nameIn(feature, 'cluster', at)
    if (points.has(cluster)) throw new Bad(at, 'twice')
    points.set(cluster, positionIn(geometry.coordinates, place))
    return
  }
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Bad(`${at}.geometry.type`, 'kind')
  const unit = nameIn(feature, 'unit', at)
  if (outlines.has(unit)) throw new Bad(at, 'twice')
  outlines.set(unit, ringsIn(geometry, place, budget))
}

const namesOtherProjection = (crs: unknown): boolean => {
  if (crs === undefined || crs === null) return false
  const { name } = fieldsOf(fieldsOf(crs).properties)
  return typeof name !== 'string' || !WGS84.test(name)
}

/**
 * Reads a map file, strictly: GeoJSON (RFC 7946), a FeatureCollection of polygons with `properties.unit` and points with
 * `properties.cluster`, WGS 84, longitude first. The first thing that is wrong refuses the whole, by its place in the file.
 */
export const readGeometry = (value: unknown): Geometry | Fault => {
  const { type, features, crs } = fieldsOf(value)
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return { at: 'type', why: 'notCollection' }
  if (namesOtherProjection(crs)) return { at: 'crs', why: 'otherProjection' }
  if (features.length > FEATURES_MAX) return { at: 'features', why: 'tooManyFeatures' }
  const reading: Reading = { outlines: new Map(), points: new Map(), budget: { points: 0, comparisons: 0 } }
  try {
    for (const [index, feature] of features.entries()) readFeature(feature, `features[${index}]`, reading)
  } catch (error) {
    if (error instanceof Bad) return error.fault
    throw error
  }
  return {
    outlines: [...reading.outlines].map(([unit, rings]) => ({ unit, rings })),
    points: [...reading.points].map(([cluster, [lon, lat]]) => ({ cluster, lon, lat })),
  }
}
