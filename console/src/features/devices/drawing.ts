import type { DotState } from '../../api/types.ts'
import type { Box, Drawn, Point } from './layout.ts'
import { wanting } from './marks.ts'

/** All marks of one state as one path each: ten thousand of them stay a handful of elements. */

const n = (value: number): string => value.toFixed(1)

const circle = ({ x, y }: Point, r: number): string =>
  `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`
const diamond = ({ x, y }: Point, r: number): string =>
  `M${n(x)} ${n(y - r)}l${n(r)} ${n(r)}l${n(-r)} ${n(r)}l${n(-r)} ${n(-r)}z`

export type Stroke = { readonly className: string; readonly path: string }

/** What needs a look is drawn larger and last, on top of the rest. */
const LARGER = 1.5

/** One sign on the map: a cluster, or all clusters of one state in one village. */
export type Sign = { readonly state: DotState; readonly at: Point; readonly size: number }

type Draw = (signs: readonly Sign[], r: number) => Stroke[]
const each = (signs: readonly Sign[], draw: (sign: Sign) => string): string => signs.map(draw).join('')

const strokesOf: Readonly<Record<DotState, Draw>> = {
  reported: (signs, r) => [{ className: 'dot-reported', path: each(signs, ({ at, size }) => circle(at, r * size)) }],
  behindGateway: (signs, r) => [
    { className: 'dot-behind map-ground', path: each(signs, ({ at, size }) => circle(at, r * size * 0.9)) },
    { className: 'dot-reported', path: each(signs, ({ at, size }) => circle(at, r * size * 0.35)) },
  ],
  unknown: (signs, r) => [
    { className: 'dot-unknown map-ground', path: each(signs, ({ at }) => circle(at, r * LARGER * 0.9)) },
  ],
  silent: (signs, r) => [
    { className: 'map-ground', path: each(signs, ({ at }) => circle(at, r * LARGER * 1.3)) },
    { className: 'dot-silent', path: each(signs, ({ at }) => circle(at, r * LARGER)) },
  ],
  fault: (signs, r) => [
    { className: 'map-ground', path: each(signs, ({ at }) => diamond(at, r * LARGER * 1.7)) },
    { className: 'dot-fault', path: each(signs, ({ at }) => diamond(at, r * LARGER * 1.2)) },
  ],
}

/** More single signs than this are a grey cloud to the eye, and slow to draw on an old laptop. */
export const SINGLE_MAX = 2500
const LARGEST = 2.4

/** What lies in a box or within half its width of it. */
export const within = (drawn: readonly Drawn[], { x, y, width, height }: Box): Drawn[] =>
  drawn.filter(
    ({ at }) => at.x >= x - width / 2 && at.x <= x + width * 1.5 && at.y >= y - height / 2 && at.y <= y + height * 1.5,
  )

/**
 * Seen from afar, clusters of one state in one village are one sign, larger the more they are; whatever needs a look keeps a
 * sign of its own. States are never put together.
 */
export const signsFor = (drawn: readonly Drawn[]): { readonly signs: Sign[]; readonly together: boolean } => {
  if (drawn.length <= SINGLE_MAX)
    return { signs: drawn.map(({ mark, at }) => ({ state: mark.state, at, size: 1 })), together: false }
  const groups = Map.groupBy(drawn, ({ mark }) =>
    wanting.includes(mark.state) ? `cluster ${mark.cluster}` : `${mark.state} ${mark.village}`,
  )
  const signs = [...groups.values()].flatMap((group): Sign[] => {
    const [first] = group
    if (!first) return []
    const mean = (of: (at: Point) => number): number => group.reduce((sum, { at }) => sum + of(at), 0) / group.length
    return [
      {
        state: first.mark.state,
        at: { x: mean(({ x }) => x), y: mean(({ y }) => y) },
        size: Math.min(LARGEST, Math.sqrt(group.length)),
      },
    ]
  })
  return { signs, together: true }
}

const drawingOrder: readonly DotState[] = ['reported', 'behindGateway', 'unknown', 'silent', 'fault']

/** The paths of all signs, in drawing order. `radius` is in units of the drawing. */
export const strokesFor = (signs: readonly Sign[], radius: number): Stroke[] =>
  drawingOrder.flatMap((state) => {
    const own = signs.filter((sign) => sign.state === state)
    return own.length === 0 ? [] : strokesOf[state](own, radius)
  })

/** Marks that do not match the filter: small points, so that the shape of the network stays. */
export const faintPath = (signs: readonly Sign[], radius: number): string =>
  each(signs, ({ at }) => circle(at, radius * 0.5))

/** Radius of a sign for so many clusters when the whole drawing is seen. */
export const radiusFor = (count: number): number => (count <= 150 ? 12 : count <= 800 ? 6.5 : count <= 3000 ? 4.4 : 3.4)
