import type { DotState } from '../../api/types.ts'
import type { Drawn, Point } from './layout.ts'

/** All marks of one state as one path each: ten thousand of them stay a handful of elements. */

const n = (value: number): string => value.toFixed(1)

const circle = ({ x, y }: Point, r: number): string =>
  `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`
const diamond = ({ x, y }: Point, r: number): string =>
  `M${n(x)} ${n(y - r)}l${n(r)} ${n(r)}l${n(-r)} ${n(r)}l${n(-r)} ${n(-r)}z`

export type Stroke = { readonly className: string; readonly path: string }

/** What needs a look is drawn larger and last, on top of the rest. */
const LARGER = 1.5

const strokesOf: Readonly<Record<DotState, (points: readonly Point[], r: number) => Stroke[]>> = {
  reported: (points, r) => [{ className: 'dot-reported', path: points.map((at) => circle(at, r)).join('') }],
  behindGateway: (points, r) => [
    { className: 'map-ground', path: points.map((at) => circle(at, r)).join('') },
    { className: 'dot-behind', path: points.map((at) => circle(at, r * 0.9)).join('') },
    { className: 'dot-reported', path: points.map((at) => circle(at, r * 0.35)).join('') },
  ],
  unknown: (points, r) => [
    { className: 'map-ground', path: points.map((at) => circle(at, r * LARGER)).join('') },
    { className: 'dot-unknown', path: points.map((at) => circle(at, r * LARGER * 0.9)).join('') },
  ],
  silent: (points, r) => [
    { className: 'map-ground', path: points.map((at) => circle(at, r * LARGER * 1.3)).join('') },
    { className: 'dot-silent', path: points.map((at) => circle(at, r * LARGER)).join('') },
  ],
  fault: (points, r) => [
    { className: 'map-ground', path: points.map((at) => diamond(at, r * LARGER * 1.7)).join('') },
    { className: 'dot-fault', path: points.map((at) => diamond(at, r * LARGER * 1.2)).join('') },
  ],
}

const drawingOrder: readonly DotState[] = ['reported', 'behindGateway', 'unknown', 'silent', 'fault']

/** The paths of all marks, in drawing order. `radius` is in units of the drawing. */
export const strokesFor = (drawn: readonly Drawn[], radius: number): Stroke[] =>
  drawingOrder.flatMap((state) => {
    const points = drawn.filter(({ mark }) => mark.state === state).map(({ at }) => at)
    return points.length === 0 ? [] : strokesOf[state](points, radius)
  })

/** Marks that do not match the filter: small points, so that the shape of the network stays. */
export const faintPath = (drawn: readonly Drawn[], radius: number): string =>
  drawn.map(({ at }) => circle(at, radius * 0.5)).join('')

/** Radius of a mark for so many on the drawing when the whole of it is seen. */
export const radiusFor = (count: number): number => (count <= 150 ? 9 : count <= 800 ? 6 : count <= 3000 ? 4.2 : 2.6)
