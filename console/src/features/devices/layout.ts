import type { Gateway, Mark, Network, Outline, Place, Ring } from '../../api/network.ts'

/** The side of the drawing, in its own units. */
export const SIDE = 1000
const MARGIN = 40

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Drawn = { readonly mark: Mark; readonly at: Point }
export type Land = { readonly unit: string; readonly path: string; readonly label: Point }
export type Layout = {
  readonly kind: 'schematic' | 'geographic'
  readonly drawn: readonly Drawn[]
  readonly lands: readonly Land[]
  /** Clusters without coordinates of their own, put somewhere inside their commune (geographic only). */
  readonly unplaced: number
  readonly gateways: ReadonlyMap<string, Point>
}

type CommuneOf = (unit: string | null) => string

const inner = SIDE - 2 * MARGIN
const ofPlace = ({ x, y }: Place): Point => ({ x: MARGIN + x * inner, y: MARGIN + y * inner })

/** The angle between neighbouring seeds of a sunflower, radians: points spread evenly over a disc. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** Where there is neither a place nor a coordinate: each commune a disc of its own, discs in rows, clusters as in a sunflower. */
const sunflower = (groups: ReadonlyMap<string, readonly Mark[]>): Map<string, Point> => {
  const columns = Math.ceil(Math.sqrt(groups.size))
  const cell = inner / Math.max(1, columns)
  const most = Math.max(1, ...[...groups.values()].map(({ length }) => length))
  const points = new Map<string, Point>()
  for (const [nth, marks] of [...groups.values()].entries()) {
    const centre = { x: MARGIN + ((nth % columns) + 0.5) * cell, y: MARGIN + (Math.floor(nth / columns) + 0.5) * cell }
    const radius = (cell / 2) * 0.86 * Math.sqrt(marks.length / most)
    for (const [i, { cluster }] of marks.entries()) {
      const away = radius * Math.sqrt((i + 0.5) / marks.length)
      points.set(cluster, { x: centre.x + away * Math.cos(i * GOLDEN), y: centre.y + away * Math.sin(i * GOLDEN) })
    }
  }
  return points
}

/** The convex hull of points, counter-clockwise (Andrew's monotone chain). */
export const hullOf = (points: readonly Point[]): Point[] => {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  if (sorted.length < 3) return sorted
  const cross = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)
  const half = (order: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of order) {
      while (chain.length > 1) {
        const [a, b] = chain.slice(-2)
        if (a && b && cross(a, b, point) > 0) break
        chain.pop()
      }
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const written = (n: number): string => n.toFixed(1)
const pathOf = (points: readonly Point[]): string =>
  points.length === 0 ? '' : `M${points.map(({ x, y }) => `${written(x)} ${written(y)}`).join('L')}Z`

const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / Math.max(1, points.length),
  y: points.reduce((sum, { y }) => sum + y, 0) / Math.max(1, points.length),
})

const topOf = (points: readonly Point[]): Point => ({
  x: middleOf(points).x,
  y: Math.min(...points.map(({ y }) => y)),
})

const byCommune = (marks: readonly Mark[], communeOf: CommuneOf): Map<string, Mark[]> => {
  const groups = new Map<string, Mark[]>()
  for (const mark of marks) {
    const commune = communeOf(mark.village)
    const group = groups.get(commune)
    if (group) group.push(mark)
    else groups.set(commune, [mark])
  }
  return groups
}

/** A gateway stands where it was put, else in the middle of the clusters behind it. */
const gatewaysAt = (gateways: readonly Gateway[], drawn: readonly Drawn[], isOnMap = false): Map<string, Point> => {
  const behind = new Map<string, Point[]>()
  for (const { mark, at } of drawn)
    if (mark.gateway !== null) behind.set(mark.gateway, [...(behind.get(mark.gateway) ?? []), at])
  return new Map(
    gateways.flatMap(({ device, place }): [string, Point][] => {
      const points = behind.get(device)
      if (place !== null && !isOnMap) return [[device, ofPlace(place)]]
      return points ? [[device, middleOf(points)]] : []
    }),
  )
}

const schematic = ({ marks, gateways }: Network, communeOf: CommuneOf): Layout => {
  const groups = byCommune(marks, communeOf)
  const spare = marks.some(({ place }) => place === null) ? sunflower(groups) : new Map<string, Point>()
  const pointOf = (mark: Mark): Point =>
    mark.place === null ? (spare.get(mark.cluster) ?? { x: SIDE / 2, y: SIDE / 2 }) : ofPlace(mark.place)
  const lands = [...groups].map(([unit, own]): Land => {
    const points = own.map(pointOf)
    return { unit, path: pathOf(hullOf(points)), label: topOf(points) }
  })
  return {
    kind: 'schematic',
    drawn: marks.map((mark) => ({ mark, at: pointOf(mark) })),
    lands,
    unplaced: 0,
    gateways: gatewaysAt(
      gateways,
      marks.map((mark) => ({ mark, at: pointOf(mark) })),
    ),
  }
}

export type Projection = (lon: number, lat: number) => Point

const DEGREE = Math.PI / 180

/** A plate carrée true at the middle latitude, fitted into the drawing: a province is small enough for it. */
export const projectionOf = (points: readonly (readonly [number, number])[]): Projection => {
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const squeeze = Math.cos(((south + north) / 2) * DEGREE)
  const width = Math.max((east - west) * squeeze, 1e-6)
  const height = Math.max(north - south, 1e-6)
  const scale = inner / Math.max(width, height)
  return (lon, lat) => ({
    x: SIDE / 2 + (lon - (west + east) / 2) * squeeze * scale,
    y: SIDE / 2 - (lat - (south + north) / 2) * scale,
  })
}

/** Whether a point lies in a ring (crossings counted to the right). */
export const isInside = ({ x, y }: Point, ring: readonly Point[]): boolean => {
  let inside = false
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + ring.length - 1) % ring.length]
    if (b && a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Halton's sequence: even spots over a square, the same every time. */
const halton = (index: number, base: number): number => {
  let [fraction, result, i] = [1, 0, index]
  while (i > 0) {
    fraction /= base
    result += fraction * (i % base)
    i = Math.floor(i / base)
  }
  return result
}

const TRIES_PER_MARK = 12

/** Spots inside a ring for clusters whose coordinates nobody has given. */
const spotsIn = (ring: readonly Point[], count: number): Point[] => {
  const box = boxOf(ring, 0)
  const spots: Point[] = []
  for (let i = 1; spots.length < count && i < count * TRIES_PER_MARK + 50; i++) {
    const spot = { x: box.x + halton(i, 2) * box.width, y: box.y + halton(i, 3) * box.height }
    if (isInside(spot, ring)) spots.push(spot)
  }
  return spots
}

const largest = (rings: readonly (readonly Point[])[]): readonly Point[] =>
  rings.reduce<readonly Point[]>((best, ring) => {
    const [a, b] = [boxOf(best, 0), boxOf(ring, 0)]
    return best.length === 0 || b.width * b.height > a.width * a.height ? ring : best
  }, [])

const geographic = (network: Network, communeOf: CommuneOf): Layout => {
  const placed = network.marks.flatMap(({ lon, lat }): [number, number][] =>
    lon === null || lat === null ? [] : [[lon, lat]],
  )
  const project = projectionOf([...network.outlines.flatMap(({ rings }) => rings.flat()), ...placed])
  const projected = (ring: Ring): Point[] => ring.map(([lon, lat]) => project(lon, lat))
  const shapes = new Map(network.outlines.map(({ unit, rings }: Outline) => [unit, rings.map(projected)]))
  const drawn: Drawn[] = []
  let unplaced = 0
  for (const mark of network.marks)
    if (mark.lon !== null && mark.lat !== null) drawn.push({ mark, at: project(mark.lon, mark.lat) })
  const without = network.marks.filter(({ lon, lat }) => lon === null || lat === null)
  const homeOf = (mark: Mark): string => (shapes.has(mark.village) ? mark.village : communeOf(mark.village))
  const groups = new Map<string, Mark[]>()
  for (const mark of without) groups.set(homeOf(mark), [...(groups.get(homeOf(mark)) ?? []), mark])
  for (const [unit, marks] of groups) {
    const spots = spotsIn(largest(shapes.get(unit) ?? []), marks.length)
    for (const [i, mark] of marks.entries()) {
      unplaced++
      const at = spots[i]
      if (at) drawn.push({ mark, at })
    }
  }
  const lands = [...shapes].map(
    ([unit, rings]): Land => ({ unit, path: rings.map(pathOf).join(''), label: middleOf(largest(rings)) }),
  )
  return { kind: 'geographic', drawn, lands, unplaced, gateways: gatewaysAt(network.gateways, drawn, true) }
}

/** Outlines where they were imported, a schematic drawing otherwise; which of the two it is, is said beside it. */
export const layoutOf = (network: Network, communeOf: CommuneOf): Layout =>
  network.outlines.length > 0 ? geographic(network, communeOf) : schematic(network, communeOf)

/** The box around points, with room on each side. */
export const boxOf = (points: readonly Point[], room: number): Box => {
  if (points.length === 0) return { x: 0, y: 0, width: SIDE, height: SIDE }
  let [left, right, top, foot] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    foot = Math.max(foot, y)
  }
  return { x: left - room, y: top - room, width: right - left + 2 * room, height: foot - top + 2 * room }
}

const SMALLEST = 60

/** A box about the same middle, `factor` times as wide, never smaller than a few clusters and never larger than `whole`. */
export const zoomed = (box: Box, factor: number, whole: Box): Box => {
  const least = Math.min(SMALLEST, whole.width)
  const width = Math.min(whole.width, Math.max(least, box.width * factor))
  const height = width * (box.height / box.width)
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }
}

/** The mark nearest to a point, if any is within `reach`. */
export const nearest = (drawn: readonly Drawn[], { x, y }: Point, reach: number): Drawn | undefined => {
  let best: Drawn | undefined
  let least = reach * reach
  for (const one of drawn) {
    const distance = (one.at.x - x) ** 2 + (one.at.y - y) ** 2
    if (distance <= least) [best, least] = [one, distance]
  }
  return best
}
