import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { useMemo, useState } from 'react'
import type { TimelineDay, TimelineSession } from '../../api/schedule.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { blocksOf, type Entry, entriesOf, leader, rowTops, ticksOf } from './layout.ts'
import { restrict } from './restrict.ts'
import { ItemRow, RelayRow, WaitingRow } from './row.tsx'
import { useHeights } from './use-heights.ts'
import type { OrderDesk } from './use-order.ts'
import { CollisionWarning, LeftWarning, OverWarning } from './warnings.tsx'

const ROW_GAP_PX = 4
const LEAD_WIDTH_PX = 28
/** Space above the first and below the last, so that no hour is cut. */
const EDGE_PX = 12
const MINUTE_MS = 60_000

/** A press moves nothing: a drag begins after some pixels, on a touch screen after a moment. */
const MOUSE = { activationConstraint: { distance: 6 } }
const TOUCH = { activationConstraint: { delay: 250, tolerance: 8 } }
const KEYS = {
  coordinateGetter: sortableKeyboardCoordinates,
  keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
}

type Props = {
  day: TimelineDay
  session: TimelineSession
  desk: OrderDesk
  pxPerMinute: number
  own: readonly string[]
}

const blockClass = (entry: Entry): string => {
  if (entry.kind === 'item' && entry.item.state === 'stopped') return 'stopped'
  if (entry.kind === 'item') return entry.item.kind === 'item' ? entry.item.class : 'signal'
  return entry.kind
}

/** What is said while an item is carried by keys. */
const useAnnouncements = (desk: OrderDesk) => {
  const w = useWords()
  const words = w.schedule.dnd
  const titleOf = (id: unknown): string => desk.items.find((item) => item.airing === id)?.title ?? ''
  const place = (id: unknown): number => desk.order.indexOf(String(id)) + 1
  return {
    announcements: {
      onDragStart: ({ active }: { active: { id: unknown } }) => words.lifted(titleOf(active.id)),
      onDragOver: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
        over ? words.over(titleOf(active.id), place(over.id), desk.order.length) : undefined,
      onDragEnd: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
        over
          ? words.dropped(titleOf(active.id), place(over.id), desk.order.length)
          : words.cancelled(titleOf(active.id)),
      onDragCancel: ({ active }: { active: { id: unknown } }) => words.cancelled(titleOf(active.id)),
    },
    screenReaderInstructions: { draggable: words.how },
  }
}

const Row = ({
  entry,
  day,
  desk,
  own,
  open,
  onOpen,
}: Omit<Props, 'session' | 'pxPerMinute'> & {
  entry: Entry
  open: string | undefined
  onOpen: (key: string | undefined) => void
}) => {
  switch (entry.kind) {
    case 'relay':
      return <RelayRow of={entry.of} at={entry.startMs} long={entry.endMs - entry.startMs} />
    case 'waiting':
      return <WaitingRow waiting={entry.waiting} at={entry.startMs} />
    case 'collision':
      return <CollisionWarning day={day} collision={entry.collision} own={own} />
    case 'left':
      return <LeftWarning item={entry.item} />
    case 'over':
      return <OverWarning overMs={entry.overMs} afterApproval={entry.afterApproval} endMs={entry.startMs} />
    case 'item':
      return (
        <ItemRow
          item={entry.item}
          isOpen={open === entry.key}
          onToggle={() => onOpen(open === entry.key ? undefined : entry.key)}
          onShift={(by) => desk.shift(entry.item, by)}
          nth={desk.order.indexOf(entry.item.airing)}
          of={desk.order.length}
        />
      )
  }
}

/** Where everything stands: the bed, its blocks, and rows pushed down until each can be read. */
const usePlaces = ({ day, session, desk, pxPerMinute }: Props) => {
  const { heightOf, measure } = useHeights()
  const startMs = Date.parse(session.start)
  const entries = useMemo(() => entriesOf(session, desk.items, day.collisions), [session, desk.items, day.collisions])
  const blocks = useMemo(() => blocksOf(entries, startMs, pxPerMinute), [entries, startMs, pxPerMinute])
  const tops = rowTops(
    blocks.map((block) => block.top - 4),
    entries.map((entry) => heightOf(entry.key)),
    ROW_GAP_PX,
  )
  const bed = ((Date.parse(session.end) - startMs) / MINUTE_MS) * pxPerMinute
  const lowestRow = entries.reduce((low, entry, i) => Math.max(low, (tops[i] ?? 0) + heightOf(entry.key)), 0)
  const lowestBlock = blocks.reduce((low, block) => Math.max(low, block.top + block.height), bed)
  return { entries, blocks, tops, bed, height: Math.max(lowestRow, lowestBlock) + 2 * EDGE_PX, measure }
}

type BedProps = Omit<ReturnType<typeof usePlaces>, 'measure'> & Pick<Props, 'session' | 'pxPerMinute'>

/** The bed with its hours, the blocks on it, and the lines that lead to the rows. */
const Bed = ({ entries, blocks, tops, bed, height, session, pxPerMinute }: BedProps) => (
  <>
    <div className="bed" style={{ top: EDGE_PX, height: bed }} aria-hidden="true" />
    {ticksOf(session, pxPerMinute).map(({ atMs, top }) => (
      <span key={atMs} className="hour" style={{ top: EDGE_PX + top }} aria-hidden="true">
        {timeOf(atMs)}
      </span>
    ))}
    {entries.map((entry, i) => {
      const block = blocks[i]
      return (
        block && (
          <span
            key={entry.key}
            className={`k ${blockClass(entry)} half-${block.half}`}
            style={{ top: EDGE_PX + block.top, height: block.height }}
            aria-hidden="true"
          />
        )
      )
    })}
    <svg className="leads" height={height} width={LEAD_WIDTH_PX} aria-hidden="true">
      {entries.map((entry, i) => {
        const block = blocks[i]
        return (
          block && (
            <path
              key={entry.key}
              d={leader({ top: EDGE_PX + block.top, height: block.height }, EDGE_PX + (tops[i] ?? 0), LEAD_WIDTH_PX)}
            />
          )
        )
      })}
    </svg>
  </>
)

/** A session as a tape: blocks of true length on the left, rows to be read and moved on the right. */
export const Tape = (props: Props) => {
  const { session, desk, pxPerMinute } = props
  const [open, setOpen] = useState<string | undefined>(undefined)
  const places = usePlaces(props)
  const { entries, tops, height, measure } = places
  const sensors = useSensors(
    useSensor(MouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, KEYS),
  )
  const accessibility = useAnnouncements(desk)
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const [from, to] = [desk.order.indexOf(String(active.id)), desk.order.indexOf(String(over?.id))]
    if (from < 0 || to < 0 || from === to) return
    const rest = desk.order.filter((id) => id !== active.id)
    desk.set([...rest.slice(0, to), String(active.id), ...rest.slice(to)])
  }
  return (
    <div className="tape" style={{ height }}>
      <Bed {...places} session={session} pxPerMinute={pxPerMinute} />
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        modifiers={restrict}
        accessibility={accessibility}
        onDragEnd={onDragEnd}
      >
        <SortableContext items={[...desk.order]} strategy={verticalListSortingStrategy}>
          <ol className="rows">
            {entries.map((entry, i) => (
              <li key={entry.key} data-row={entry.key} ref={measure} style={{ top: EDGE_PX + (tops[i] ?? 0) }}>
                <Row {...props} entry={entry} open={open} onOpen={setOpen} />
              </li>
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </div>
  )
}
