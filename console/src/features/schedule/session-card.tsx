import type { TimelineDay, TimelineSession } from '../../api/schedule.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { ChangeLines } from './changes.tsx'
import { overIfApproved } from './layout.ts'
import { Tape } from './tape.tsx'
import { type OrderDesk, useOrder } from './use-order.ts'

/** How full a session is, in a bar and in words. */
export const Fill = ({ session }: { session: TimelineSession }) => {
  const whole = Math.max(1, session.capacityMs, session.usedMs)
  const over = Math.min(whole, session.overfullMs)
  const waiting = Math.min(
    session.waiting.reduce((sum, { durationMs }) => sum + durationMs, 0),
    Math.max(0, session.capacityMs - session.usedMs),
  )
  const part = (ms: number): string => `${(ms / whole) * 100}%`
  return (
    <div className="fill" aria-hidden="true">
      <i style={{ width: part(Math.max(0, session.usedMs - over)) }} />
      {waiting > 0 && <i className="waiting" style={{ width: part(waiting) }} />}
      {over > 0 && <i className="over" style={{ width: part(over), minWidth: 12 }} />}
    </div>
  )
}

export const FillWords = ({ session }: { session: TimelineSession }) => {
  const w = useWords()
  const later = overIfApproved(session)
  const over = session.overfullMs > 0 ? w.schedule.overfull(w.duration(session.overfullMs)) : undefined
  if (over !== undefined || later > 0)
    return (
      <span className="small strong row fill-words">
        <Icon name="mark" size={16} />
        {over ?? w.schedule.overIfApproved(w.duration(later))}
      </span>
    )
  const free = session.capacityMs - session.usedMs
  return (
    <span className="small soft fill-words">{free > 999 ? w.schedule.free(w.duration(free)) : w.schedule.full}</span>
  )
}

/** What the order on the screen would do, and the two ways on. */
const OrderBar = ({ desk }: { desk: OrderDesk }) => {
  const w = useWords()
  if (!desk.changed) return null
  const answer = desk.preview.data
  return (
    <section className="order-bar" aria-label={w.schedule.preview}>
      {desk.refusal ? (
        <Trouble problem={desk.refusal} title={w.schedule.orderFailed}>
          <button type="button" className="b line" onClick={() => void desk.takeNewest()}>
            {w.schedule.takeNewest}
          </button>
        </Trouble>
      ) : (
        <div aria-live="polite">
          <h3>{w.schedule.preview}</h3>
          {answer ? (
            <>
              <ChangeLines changes={answer.changes} overfullMs={answer.overfullMs} />
              {answer.overfullMs > 0 && !answer.changes.some(({ kind }) => kind === 'overfull') && (
                <p className="small strong">{w.schedule.change.overfull(w.duration(answer.overfullMs))}</p>
              )}
            </>
          ) : (
            <p className="small soft">{w.schedule.previewing}</p>
          )}
        </div>
      )}
      <div className="row wrap">
        <button type="button" className="b main" disabled={desk.busy} onClick={() => void desk.save()}>
          {desk.busy ? w.schedule.savingOrder : w.schedule.saveOrder}
        </button>
        <button type="button" className="b line" disabled={desk.busy} onClick={desk.drop}>
          {w.schedule.dropOrder}
        </button>
      </div>
    </section>
  )
}

type Props = {
  unit: string
  day: TimelineDay
  session: TimelineSession
  pxPerMinute: number
  own: readonly string[]
  /** Whether it is the one shown on a phone. */
  isChosen: boolean
}

/** One session of a day. */
export const SessionCard = ({ unit, day, session, pxPerMinute, own, isChosen }: Props) => {
  const w = useWords()
  const desk = useOrder(unit, day.date, session)
  const id = `session-${session.session}`
  const offHours = w.schedule.offHours[session.offHours]
  const isEmpty = session.items.length === 0 && session.waiting.length === 0
  return (
    <section className={isChosen ? 'card running' : 'card running aside'} id={id} aria-labelledby={`${id}-title`}>
      <div className="row wrap between">
        <h2 id={`${id}-title`}>
          {session.name}, {session.from}–{session.to}
          {session.unit !== undefined && session.unit !== unit && (
            <span className="small soft"> {w.within(session.unitName ?? '')}</span>
          )}
        </h2>
        <FillWords session={session} />
      </div>
      <Fill session={session} />
      {offHours && (
        <p className="small row">
          <Icon name="clock" size={16} />
          {offHours}
        </p>
      )}
      <OrderBar desk={desk} />
      <p className="vh" role="status">
        {desk.said}
      </p>
      {isEmpty && <p className="small soft">{w.schedule.emptySession}</p>}
      <Tape day={day} session={session} desk={desk} pxPerMinute={pxPerMinute} own={own} />
    </section>
  )
}
