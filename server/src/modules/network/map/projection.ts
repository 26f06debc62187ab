import type { Place } from './layout.ts'

/** Longitude and latitude, degrees, WGS 84. */
export type Position = readonly [lon: number, lat: number]
export type Ring = readonly Position[]

/** Room left around the map, of its whole. */
const MARGIN = 0.03
/** A single point is drawn in a square of this many degrees, about 200 m. */
const SMALLEST_DEGREES = 0.002

export type Projection = (position: Position) => Place

/**
 * The plain rectangular projection, true to shape at the middle latitude: over a province it is off by less than a mark is
 * wide. All positions come to lie in the square 0 … 1, north up. `undefined` where there is no position.
 */
export const projectionOf = (positions: readonly Position[]): Projection | undefined => {
  if (positions.length === 0) return undefined
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lon, lat] of positions) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 }
  const narrowing = Math.cos((middle.lat * Math.PI) / 180)
  const span = Math.max((east - west) * narrowing, north - south, SMALLEST_DEGREES)
  const scale = (1 - 2 * MARGIN) / span
  return ([lon, lat]) => ({
    x: 0.5 + (lon - middle.lon) * narrowing * scale,
    y: 0.5 - (lat - middle.lat) * scale,
  })
}

/** Whether a point lies inside the rings, by the even-odd rule: a ring within a ring is a hole. */
export const isInside = ([lon, lat]: Position, rings: readonly Ring[]): boolean => {
  let inside = false
  for (const ring of rings) {
    for (const [index, [lonA, latA]] of ring.entries()) {
      const [lonB, latB] = ring[index === 0 ? ring.length - 1 : index - 1] ?? [lonA, latA]
      if (latA > lat !== latB > lat && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA) inside = !inside
    }
  }
  return inside
}

/** The finest grid that is tried; a village holds some tens of clusters. */
const GRID_MAX = 64

const gridInside = (rings: readonly Ring[], cells: number): readonly Position[] => {
  const all = rings.flat()
  const lons = all.map(([lon]) => lon)
  const lats = all.map(([, lat]) => lat)
  const west = lons.reduce((a, b) => Math.min(a, b), 180)
  const east = lons.reduce((a, b) => Math.max(a, b), -180)
  const south = lats.reduce((a, b) => Math.min(a, b), 90)
  const north = lats.reduce((a, b) => Math.max(a, b), -90)
  return Array.from({ length: cells * cells }, (_, index): Position => {
    const [column, row] = [index % cells, Math.floor(index / cells)]
    return [west + ((column + 0.5) / cells) * (east - west), north - ((row + 0.5) / cells) * (north - south)]
  }).filter((position) => isInside(position, rings))
}

/**
 * So many places spread evenly inside an outline, always the same ones: for clusters of which only the village is known.
 * Fewer where the outline is too thin to hold them.
 */
export const spreadInside = (rings: readonly Ring[], count: number): readonly Position[] => {
  if (count === 0) return []
  for (let cells = 2; cells <= GRID_MAX; cells *= 2) {
    const found = gridInside(rings, cells)
    if (found.length >= count) {
      return Array.from(
        { length: count },
        (_, index) => found[Math.floor(((index + 0.5) * found.length) / count)] ?? [0, 0],
      )
    }
  }
  return []
}
