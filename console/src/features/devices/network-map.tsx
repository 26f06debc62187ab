import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Gateway, Mark } from '../../api/network.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DotShape, Lamp } from '../../ui/lamp.tsx'
import { faintPath, radiusFor, type Sign, signsFor, strokesFor, within } from './drawing.ts'
import { type Box, boxOf, type Drawn, fittingSize, type Layout, nearest, type Point, SIDE, zoomed } from './layout.ts'
import { countsOf, type Kin, stateOrder } from './marks.ts'

const ROOM = 45
const EVERYTHING: Box = { x: -8, y: -8, width: SIDE + 16, height: SIDE + 16 }
const STEP = 0.6
const REACH_PX = 18
const DRAG_PX = 5
/** Heights of names, in pixels of a drawing about so wide. */
const COMMUNE_PX = 14
const SMALLEST_PX = 10
const SEEN_PX = 560

const Lands = memo(({ layout, focus }: { layout: Layout; focus: string }) =>
  layout.lands.map(({ unit, kind, path }) => (
    <path key={unit} className={`map-land ${layout.kind} ${kind}${unit === focus ? ' chosen' : ''}`} d={path} />
  )),
)

type LabelsProps = { layout: Layout; kin: Kin; box: Box; perPx: number }

/** Names of communes, as large as there is room. */
const Labels = memo(({ layout, kin, box, perPx }: LabelsProps) => {
  const isSeen = ({ x, y }: Point): boolean =>
    x >= box.x - box.width && x <= box.x + box.width && y >= box.y - box.height && y <= box.y + box.height
  return layout.labels.map(({ unit, at, anchor, width }) => {
    const name = kin.unitOf(unit)?.name
    if (name === undefined || !isSeen(at)) return null
    const largestSize = COMMUNE_PX * perPx
    const size = fittingSize(name, width, { largestSize, smallest: SMALLEST_PX * perPx })
    if (size === undefined) return null
    const inset = anchor === 'start' ? 1 : 0
    return (
      <text
        key={unit}
        className="map-label"
        x={at.x + inset * 0.4 * size}
        y={at.y + inset * 1.1 * size}
        textAnchor={anchor}
        fontSize={size}
      >
        {name}
      </text>
    )
  })
})

type MarksProps = { shown: readonly Sign[]; faint: readonly Sign[]; radius: number }

const Marks = memo(({ shown, faint, radius }: MarksProps) => (
  <>
    {faint.length > 0 && <path className="map-faint" d={faintPath(faint, radius)} />}
    {strokesFor(shown, radius).map(({ className, path }) => (
      <path key={`${className} ${path.slice(0, 24)}`} className={className} d={path} />
    ))}
  </>
))

/** A gateway: a square with its state in it. */
const GatewayMarks = memo(
  ({ gateways, layout, size }: { gateways: readonly Gateway[]; layout: Layout; size: number }) =>
    gateways.map(({ device, state }) => {
      const at = layout.gateways.get(device)
      if (!at) return null
      return (
        <g key={device} transform={`translate(${at.x - size / 2} ${at.y - size / 2}) scale(${size / 18})`}>
          <rect className="map-gateway" width={18} height={18} rx={3} />
          <DotShape state={state} x={3} y={3} />
        </g>
      )
    }),
)

/** A cluster, a gateway, or a gateway with one of its clusters. */
type Chosen = { readonly at: Point; readonly mark: Mark | undefined; readonly gateway: Gateway | undefined }

/** What is meant by an id: a cluster of the drawing, or a gateway. */
const chosenIn = (layout: Layout, gateways: readonly Gateway[], id: string | undefined): Chosen | undefined => {
  if (id === undefined) return undefined
  const own = layout.drawn.find(({ mark }) => mark.cluster === id)
  if (own) return { at: own.at, mark: own.mark, gateway: undefined }
  const [gateway, at] = [gateways.find(({ device }) => device === id), layout.gateways.get(id)]
  const behind = layout.drawn.find(({ mark }) => mark.gateway === id)?.mark
  return gateway && at ? { at, mark: behind, gateway } : undefined
}

type Press = { readonly at: Point; readonly reach: number }

/** The cluster or gateway that was pressed on. */
const pressedAt = (layout: Layout, shown: readonly Drawn[], { at, reach }: Press): string | undefined => {
  const cluster = nearest(shown, at, reach)
  const apart = (point: Point): number => Math.hypot(point.x - at.x, point.y - at.y)
  const least = Math.min(reach, cluster ? apart(cluster.at) : reach)
  const gateway = [...layout.gateways].find(([, point]) => apart(point) < least)
  return gateway?.[0] ?? cluster?.mark.cluster
}

/** Where in the drawing something on the screen is, and how many units a pixel is. */
const pointOn = (svg: SVGSVGElement, event: { clientX: number; clientY: number }): { at: Point; perPx: number } => {
  const matrix = svg.getScreenCTM()
  if (!matrix) return { at: { x: 0, y: 0 }, perPx: 1 }
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
  return { at: { x, y }, perPx: 1 / matrix.a }
}

/** The part of the drawing that is seen, moved by dragging. */
const useView = (whole: Box, svg: RefObject<SVGSVGElement | null>) => {
  const [box, setBox] = useState(whole)
  const start = useRef<{ x: number; y: number; box: Box; moved: boolean } | undefined>(undefined)
  useEffect(() => setBox(whole), [whole])
  const onPointerDown = (event: PointerEvent) => {
    start.current = { x: event.clientX, y: event.clientY, box, moved: false }
  }
  const onPointerMove = (event: PointerEvent) => {
    const from = start.current
    if (!from || !svg.current || event.buttons === 0) return
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y]
    if (!from.moved && Math.hypot(dx, dy) < DRAG_PX) return
    from.moved = true
    const { perPx } = pointOn(svg.current, event)
    setBox({ ...from.box, x: from.box.x - dx * perPx, y: from.box.y - dy * perPx })
  }
  return { box, setBox, onPointerDown, onPointerMove, wasDragged: () => start.current?.moved === true }
}

const Tools = ({ box, whole, setBox }: { box: Box; whole: Box; setBox: (box: Box) => void }) => {
  const w = useWords()
  return (
    <div className="map-tools">
      <button
        type="button"
        className="b line icon-only"
        aria-label={w.map.closer}
        onClick={() => setBox(zoomed(box, STEP, whole))}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className="b line icon-only"
        aria-label={w.map.further}
        onClick={() => setBox(box.width / STEP >= whole.width ? whole : zoomed(box, 1 / STEP, whole))}
      >
        <Icon name="minus" />
      </button>
      <button type="button" className="b line icon-only" aria-label={w.map.whole} onClick={() => setBox(whole)}>
        <Icon name="fit" />
      </button>
    </div>
  )
}

type ChosenProps = { chosen: Chosen; kin: Kin; onClose: () => void }

/** What was pressed on: a cluster, or a gateway with the page of a cluster behind it, which tells of the gateway. */
const Card = ({ chosen, kin, onClose }: ChosenProps) => {
  const w = useWords()
  const { mark, gateway } = chosen
  const name = gateway?.name ?? mark?.name ?? ''
  const places = [kin.unitOf(mark?.village ?? null)?.name, kin.unitOf(kin.communeOf(mark?.village ?? null))?.name]
  const tickets = (gateway ?? mark)?.tickets ?? 0
  const words = gateway
    ? [w.map.gateway, w.map.gatewayStates[gateway.state], w.network.behind(gateway.clusters)]
    : [...places, mark && w.map.states[mark.state]]
  return (
    <div className="map-chosen" role="status">
      <Lamp state={(gateway ?? mark)?.state ?? 'unknown'} size={18} />
      <div>
        <b>{name}</b>
        <p className="small soft">{[...words, tickets > 0 && w.map.tickets(tickets)].filter(Boolean).join(', ')}</p>
      </div>
      {mark && (
        <Link to="/mang-luoi/cum/$cluster" params={{ cluster: mark.cluster }} className="b line">
          {w.map.open}
        </Link>
      )}
      <button type="button" className="b icon-only" aria-label={w.map.dismiss} onClick={onClose}>
        <Icon name="cross" />
      </button>
    </div>
  )
}

type LegendProps = { layout: Layout; hasGateways: boolean; together: boolean }

const Legend = ({ layout, hasGateways, together }: LegendProps) => {
  const w = useWords()
  return (
    <div className="map-legend small">
      <ul className="row wrap">
        {stateOrder.map((state) => (
          <li key={state} className="row">
            <Lamp state={state} />
            {w.map.states[state]}
          </li>
        ))}
        {hasGateways && (
          <li className="row">
            <svg className="lamp" width={16} height={16} viewBox="-1 -1 20 20" aria-hidden="true">
              <rect className="map-gateway" width={18} height={18} rx={3} />
            </svg>
            {w.map.gateway}
          </li>
        )}
      </ul>
      <p className="soft">
        {layout.kind === 'schematic' ? w.map.schematic : w.map.geographic}
        {layout.unplaced > 0 && ` ${w.map.unplaced(layout.unplaced)}`}
        {layout.absent > 0 && ` ${w.map.absent(layout.absent)}`}
        {together && ` ${w.map.together}`}
      </p>
    </div>
  )
}

/** Signs for what is in sight. Where a drag moves the drawing a little they stay, and nothing is drawn anew. */
const useSigns = (shown: readonly Drawn[], faint: readonly Drawn[], box: Box) => {
  const step = box.width / 4
  const [column, row] = [Math.round(box.x / step), Math.round(box.y / step)]
  const { width, height } = box
  return useMemo(() => {
    const near: Box = { x: column * step, y: row * step, width, height }
    const { signs, together } = signsFor(within(shown, near))
    return { shown: signs, faint: signsFor(within(faint, near)).signs, together }
  }, [shown, faint, column, row, step, width, height])
}

/** “549 nghe được, 4 im lặng, 1 lỗi”. */
const countsWritten = (shown: readonly Drawn[], w: Words): string => {
  const counts = countsOf(shown.map(({ mark }) => mark))
  return stateOrder
    .filter((state) => counts[state] > 0)
    .map((state) => w.map.counted(counts[state], w.map.states[state]))
    .join(', ')
}

type Props = {
  layout: Layout
  gateways: readonly Gateway[]
  kin: Kin
  /** Clusters that match the filter; the others are drawn faintly. */
  matching: ReadonlySet<string>
  /** The commune, station or village to look at closely; '' for everything. */
  focus: string
  /** The cluster whose row the pointer or the keyboard is on. */
  pointed: string | undefined
}

/** One picture of the network. Everything in it stands in the list beside it too, in words. */
export const NetworkMap = ({ layout, gateways, kin, matching, focus, pointed }: Props) => {
  const w = useWords()
  const svg = useRef<SVGSVGElement>(null)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const shown = useMemo(() => layout.drawn.filter(({ mark }) => matching.has(mark.cluster)), [layout, matching])
  const faint = useMemo(() => layout.drawn.filter(({ mark }) => !matching.has(mark.cluster)), [layout, matching])
  const whole = useMemo(() => {
    if (focus === '' || shown.length === 0) return EVERYTHING
    return boxOf(
      shown.map(({ at }) => at),
      ROOM,
    )
  }, [focus, shown])
  // A new answer of the server moves nothing: only another place to look at does.
  const key = [whole.x, whole.y, whole.width, whole.height].map(Math.round).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same box is the same view
  const steady = useMemo(() => whole, [key])
  const view = useView(steady, svg)
  const scale = Math.max(view.box.width, view.box.height) / SIDE
  const signs = useSigns(shown, faint, view.box)
  const radius = radiusFor(layout.drawn.length) * Math.max(scale, 0.22)
  const press = (event: MouseEvent) => {
    if (!svg.current || view.wasDragged()) return
    const { at, perPx } = pointOn(svg.current, event)
    setChosen(pressedAt(layout, shown, { at, reach: REACH_PX * perPx }))
  }
  const [ringed, card] = [chosenIn(layout, gateways, pointed ?? chosen), chosenIn(layout, gateways, chosen)]
  const { x, y, width, height } = view.box
  return (
    <div className="map">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list beside it does the same by keyboard */}
      <svg
        ref={svg}
        viewBox={`${x} ${y} ${width} ${height}`}
        role="img"
        aria-label={w.map.label(countsWritten(shown, w))}
        onPointerDown={view.onPointerDown}
        onPointerMove={view.onPointerMove}
        onClick={press}
      >
        <Lands layout={layout} focus={focus} />
        <Marks shown={signs.shown} faint={signs.faint} radius={radius} />
        <GatewayMarks gateways={gateways} layout={layout} size={radius * 3.4} />
        {ringed && <circle className="map-ring" cx={ringed.at.x} cy={ringed.at.y} r={radius * 3} />}
        <Labels layout={layout} kin={kin} box={view.box} perPx={scale * (SIDE / SEEN_PX)} />
      </svg>
      <Tools box={view.box} whole={steady} setBox={view.setBox} />
      {card && <Card chosen={card} kin={kin} onClose={() => setChosen(undefined)} />}
      <Legend layout={layout} hasGateways={gateways.length > 0} together={signs.together} />
    </div>
  )
}
