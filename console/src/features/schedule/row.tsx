import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { TimelineItem, WaitingItem } from '../../api/schedule.ts'
import { position, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'

type FaceProps = { time: string; title: string; long: string; children?: ReactNode }

/** What every row shows: when, what, how long. */
export const Face = ({ time, title, long, children }: FaceProps) => (
  <>
    <span className="when">{time}</span>
    <span className="what">
      <b>{title}</b>
      {children && <small>{children}</small>}
    </span>
    <span className="len">{long}</span>
  </>
)

const Small = ({ item }: { item: TimelineItem }) => {
  const w = useWords()
  const kind = w.schedule.kinds[item.kind]
  const state = w.schedule.state[item.state]
  return (
    <>
      {item.class === 'priority' && (
        <span className="tag priority">
          <Icon name="up" size={14} />
          {w.classes.priority}
        </span>
      )}{' '}
      {[kind, w.within(item.unitName), state].filter(Boolean).join(', ')}
    </>
  )
}

type ItemProps = {
  item: TimelineItem
  isOpen: boolean
  onToggle: () => void
  onShift: (by: number) => void
  nth: number
  of: number
}

const Actions = ({ item, onShift, nth, of }: Omit<ItemProps, 'isOpen' | 'onToggle'>) => {
  const w = useWords()
  return (
    <div className="row wrap row-actions">
      {item.movable && of > 1 && (
        <>
          <button
            type="button"
            className="b line"
            disabled={nth === 0}
            onClick={() => onShift(-1)}
            aria-label={w.schedule.moveUp(item.title)}
          >
            <Icon name="up" />
            {w.schedule.up}
          </button>
          <button
            type="button"
            className="b line turned"
            disabled={nth === of - 1}
            onClick={() => onShift(1)}
            aria-label={w.schedule.moveDown(item.title)}
          >
            <Icon name="up" />
            {w.schedule.down}
          </button>
        </>
      )}
      {item.notice !== null && (
        <Link to="/tin/$notice" params={{ notice: item.notice }} className="b">
          {w.schedule.open}
        </Link>
      )}
      <Link to="/da-phat/$airing" params={{ airing: item.airing }} className="b">
        {w.schedule.openAiring}
      </Link>
      {!item.movable && <p className="xs soft">{w.schedule.fixed}</p>}
    </div>
  )
}

/** An item of the running order: pressed, it shows what can be done with it; dragged or moved by keys, it changes its place. */
export const ItemRow = ({ item, isOpen, onToggle, onShift, nth, of }: ItemProps) => {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: item.airing,
    disabled: !item.movable || of < 2,
    data: { title: item.title },
  })
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (event.altKey && by !== 0 && item.movable) {
      event.preventDefault()
      return onShift(by)
    }
    listeners?.onKeyDown?.(event)
  }
  const face = useRef<HTMLButtonElement | null>(null)
  // Moved by keys, it stays in sight and in focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what is waited for
  useEffect(() => {
    if (document.activeElement === face.current) face.current?.scrollIntoView({ block: 'nearest' })
  }, [nth])
  const canMove = item.movable && of > 1
  const { role: _, tabIndex: __, 'aria-disabled': ___, ...described } = attributes
  return (
    <div
      ref={setNodeRef}
      className={isDragging ? 'item lifted' : 'item'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className={canMove ? 'face movable' : 'face'}
        ref={(element) => {
          face.current = element
          setActivatorNodeRef(element)
        }}
        {...(canMove ? described : {})}
        {...(canMove ? listeners : {})}
        onKeyDown={onKeyDown}
        aria-expanded={isOpen}
        onClick={onToggle}
        data-airing={item.airing}
      >
        <Face time={timeOf(item.at)} title={item.title} long={position(item.durationMs)}>
          <Small item={item} />
        </Face>
      </button>
      {isOpen && <Actions item={item} onShift={onShift} nth={nth} of={of} />}
    </div>
  )
}

/** Not approved yet: where it would stand, led to where it is read. */
export const WaitingRow = ({ waiting, at }: { waiting: WaitingItem; at: number }) => {
  const w = useWords()
  return (
    <div className="item">
      <Link to="/tin/$notice" params={{ notice: waiting.notice }} className="face">
        <Face time={timeOf(at)} title={waiting.title} long={position(waiting.durationMs)}>
          <span className="tag mark-line">
            <Icon name="clock" size={14} />
            {w.schedule.waiting}
          </span>
          {waiting.class === 'priority' && <span className="tag priority">{w.classes.priority}</span>}
        </Face>
      </Link>
    </div>
  )
}

export const RelayRow = ({ of, at, long }: { of: string; at: number; long: number }) => {
  const w = useWords()
  return (
    <div className="item">
      <div className="face">
        <Face time={timeOf(at)} title={w.schedule.relay(of)} long={position(long)} />
      </div>
    </div>
  )
}
