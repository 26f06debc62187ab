import type { Area, Mark, Network, Place } from '../../api/network.ts'

/** The side of the drawing, in its own units. */
export const SIDE = 1000

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Drawn = { readonly mark: Mark; readonly at: Point }
export type Land = { readonly unit: string; readonly kind: string; readonly path: string }
/** The name of a commune, in the upper left corner of a block, or in the middle of an outline; `width` is the room it has. */
export type Label = {
  readonly unit: string
  readonly at: Point
  readonly anchor: 'start' | 'middle'
  readonly width: number
}
export type Layout = {
  readonly kind: Network['map']
  readonly drawn: readonly Drawn[]
  readonly lands: readonly Land[]
  readonly labels: readonly Label[]
  /** Clusters without coordinates of their own, put somewhere inside their village or commune (projected only). */
  readonly unplaced: number
  /** Clusters that stand in the list only. */
  readonly absent: number
  readonly gateways: ReadonlyMap<string, Point>
}

/** The server's square, 0 … 1, on the drawing's. */
const scaled = ({ x, y }: Pick<Place, 'x' | 'y'>): Point => ({ x: x * SIDE, y: y * SIDE })
const written = (n: number): string => n.toFixed(1)

const pathOf = (points: readonly Point[]): string =>
  points.length === 0 ? '' : `M${points.map(({ x, y }) => `${written(x)} ${written(y)}`).join('L')}Z`

/** Neighbouring blocks keep this much apart, in units of the drawing. */
const GAP = 4

/** A block of the schematic drawing. */
const blockOf = (start: Point, end: Point): string => {
  const [left, top, right, foot] = [start.x + GAP, start.y + GAP, end.x - GAP, end.y - GAP]
  return right <= left || foot <= top
    ? ''
    : `M${written(left)} ${written(top)}H${written(right)}V${written(foot)}H${written(left)}Z`
}

/** Room for its name at the top of a commune's block. */
const HEADER = 34

type Move = (point: Point) => Point

/** Moves what lies in a commune's block down a little, so that its name lies on nothing. */
const underNames = (communes: readonly Area[]): Move => {
  const blocks = communes.map(({ x, y, w, h }) => ({ x: x * SIDE, y: y * SIDE, width: w * SIDE, height: h * SIDE }))
  return (point) => {
    const block = blocks.find(
      ({ x, y, width, height }) => point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height,
    )
    if (!block || block.height <= HEADER) return point
    return { x: point.x, y: block.y + HEADER + ((point.y - block.y) * (block.height - HEADER)) / block.height }
  }
}

const middleOf = (points: readonly Point[]): Point => {
  const box = boxOf(points, 0)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const largest = (rings: readonly (readonly Point[])[]): readonly Point[] =>
  rings.reduce<readonly Point[]>((best, ring) => {
    const [a, b] = [boxOf(best, 0), boxOf(ring, 0)]
    return best.length === 0 || b.width * b.height > a.width * a.height ? ring : best
  }, [])

type KindOf = (unit: string) => string | undefined

/** Stations are said beside their villages; in the drawing they would only be one frame more. */
const schematicLands = ({ areas }: Network, kindOf: KindOf, move: Move): Pick<Layout, 'lands' | 'labels'> => {
  const communes = areas.filter(({ unit }) => kindOf(unit) === 'commune')
  const villages = areas.filter(({ unit }) => kindOf(unit) === 'village')
  const moved = ({ unit, x, y, w, h }: Area): Land => {
    const [start, end] = [move(scaled({ x, y })), move(scaled({ x: x + w, y: y + h }))]
    return { unit, kind: 'village', path: blockOf(start, end) }
  }
  return {
    lands: [
      ...communes.map(({ unit, x, y, w, h }) => ({
        unit,
        kind: 'commune',
        path: blockOf(scaled({ x, y }), scaled({ x: x + w, y: y + h })),
      })),
      ...villages.map(moved),
    ],
    labels: communes.map(({ unit, x, y, w }) => ({
      unit,
      at: { x: x * SIDE + GAP, y: y * SIDE + GAP },
      anchor: 'start',
      width: w * SIDE - 2 * GAP,
    })),
  }
}

const projectedLands = ({ outlines }: Network, kindOf: KindOf): Pick<Layout, 'lands' | 'labels'> => {
  const shapes = outlines
    .map(({ unit, drawn }) => ({ unit, kind: kindOf(unit) ?? '', rings: drawn.map((ring) => ring.map(scaled)) }))
    .sort((a, b) => Number(a.kind === 'village') - Number(b.kind === 'village'))
  return {
    lands: shapes.map(({ unit, kind, rings }) => ({ unit, kind, path: rings.map(pathOf).join('') })),
    labels: shapes
      .filter(({ kind }) => kind === 'commune')
      .map(({ unit, rings }) => ({
        unit,
        at: middleOf(largest(rings)),
        anchor: 'middle',
        width: boxOf(largest(rings), 0).width,
      })),
  }
}

/** Outlines where they were imported, a schematic drawing otherwise; which of the two it is, is said beside it. */
export const layoutOf = (network: Network, kindOf: KindOf): Layout => {
  const { map, marks, gateways, areas } = network
  const isSchematic = map === 'schematic'
  const move: Move = isSchematic ? underNames(areas.filter(({ unit }) => kindOf(unit) === 'commune')) : (point) => point
  const at = (place: Place): Point => move(scaled(place))
  return {
    kind: map,
    drawn: marks.flatMap((mark) => (mark.place === null ? [] : [{ mark, at: at(mark.place) }])),
    ...(isSchematic ? schematicLands(network, kindOf, move) : projectedLands(network, kindOf)),
    unplaced: isSchematic ? 0 : marks.filter(({ place }) => place !== null && !place.exact).length,
    absent: marks.filter(({ place }) => place === null).length,
    gateways: new Map(gateways.flatMap(({ device, place }) => (place === null ? [] : [[device, at(place)]]))),
  }
}

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

/** A letter is about this wide, as a share of its height. */
const LETTER = 0.56

/** The size at which a name fits its room, at most `largestSize`; `undefined` where it could not be read. */
export const fittingSize = (
  name: string,
  width: number,
  { largestSize, smallest }: { largestSize: number; smallest: number },
): number | undefined => {
  const size = Math.min(largestSize, width / (name.length * LETTER + 0.8))
  return size < smallest ? undefined : size
}
