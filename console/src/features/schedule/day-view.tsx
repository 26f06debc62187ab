import { Link } from '@tanstack/react-router'
import { useState, useSyncExternalStore } from 'react'
import type { TimelineDay, TimelineSession } from '../../api/schedule.ts'
import { position, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { byUnit, scaleOf, wantsHand } from './layout.ts'
import { Face } from './row.tsx'
import { SessionCard } from './session-card.tsx'
import { CollisionWarning } from './warnings.tsx'

const TAPE_PX = 450
const TAPE_PHONE_PX = 648
/** Sessions of so many units beside each other are more than anybody takes in. */
const UNITS_FOLDED = 3
const PHONE = '(max-width: 860px)'

/** A phone has its own layout: one session at a time, and twice as much room for each minute. */
const usePhone = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(PHONE)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => window.matchMedia(PHONE).matches,
  )

/** What sounds outside of sessions, with the collisions that no session shows. */
const Loose = ({ day, own }: { day: TimelineDay; own: readonly string[] }) => {
  const w = useWords()
  const items = day.loose
  if (items.length === 0) return null
  const placed = new Set(day.sessions.flatMap((session) => session.items.map(({ airing }) => airing)))
  const collisions = day.collisions.filter(({ a, b }) => !placed.has(a) && !placed.has(b))
  return (
    <section className="card loose" aria-labelledby="loose-title">
      <h2 id="loose-title">{w.schedule.loose}</h2>
      <p className="small soft">{w.schedule.looseLead}</p>
      {collisions.map((collision) => (
        <CollisionWarning key={`${collision.a} ${collision.b}`} day={day} collision={collision} own={own} />
      ))}
      <ul>
        {items.map((item) => (
          <li key={item.airing}>
            <Link to="/da-phat/$airing" params={{ airing: item.airing }} className="face">
              <Face time={timeOf(item.at)} title={item.title} long={position(item.durationMs)}>
                {[w.schedule.kinds[item.kind], w.within(item.unitName), w.schedule.state[item.state]]
                  .filter(Boolean)
                  .join(', ')}
              </Face>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The session that wants a hand first, else the first still to come, else the first. */
const firstOf = (sessions: readonly TimelineSession[], nowMs: number): string => {
  const wants = sessions.find(wantsHand)
  const next = sessions.find((session) => Date.parse(session.end) > nowMs)
  return (wants ?? next ?? sessions[0])?.session ?? ''
}

type SessionsProps = {
  unit: string
  day: TimelineDay
  sessions: readonly TimelineSession[]
  own: readonly string[]
  nowMs: number
}

/** Sessions beside each other; on a phone one at a time. */
const Sessions = ({ unit, day, sessions, own, nowMs }: SessionsProps) => {
  const w = useWords()
  const isPhone = usePhone()
  const [chosen, setChosen] = useState(() => firstOf(sessions, nowMs))
  const shown = sessions.some(({ session }) => session === chosen) ? chosen : firstOf(sessions, nowMs)
  const pxPerMinute = scaleOf(sessions, isPhone ? TAPE_PHONE_PX : TAPE_PX)
  return (
    <>
      {sessions.length > 1 && (
        <div className="session-tabs">
          <Seg<string>
            label={w.schedule.sessions}
            value={shown}
            onChange={setChosen}
            options={sessions.map((session) => ({
              value: session.session,
              label: (
                <>
                  {wantsHand(session) && <Icon name="mark" size={16} />}
                  {session.name}
                </>
              ),
            }))}
          />
        </div>
      )}
      <div className="columns">
        {sessions.map((session) => (
          <SessionCard
            key={`${day.date} ${session.session}`}
            unit={unit}
            day={day}
            session={session}
            pxPerMinute={pxPerMinute}
            own={own}
            isChosen={session.session === shown}
          />
        ))}
      </div>
    </>
  )
}

/** The sessions of one of many units, folded until somebody wants to look, or ought to. */
const UnitFold = ({ place, ...props }: SessionsProps & { place: string }) => {
  const w = useWords()
  const { sessions } = props
  const wanted = sessions.some(wantsHand)
  const [isOpen, setOpen] = useState(wanted)
  const items = sessions.reduce((sum, session) => sum + session.items.length, 0)
  const waiting = sessions.reduce((sum, session) => sum + session.waiting.length, 0)
  return (
    <details className="unit-fold" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {wanted && <Icon name="mark" size={16} />}
        <b>{place}</b>
        <span className="small soft">{w.schedule.unitFold(sessions.length, items, waiting)}</span>
      </summary>
      {isOpen && <Sessions {...props} />}
    </details>
  )
}

type Props = { unit: string; day: TimelineDay; own: readonly string[]; nowMs: number; toSessions: boolean }

/** A day as columns of sessions; those of many units, as a province sees them, each unit for itself. */
export const DayView = ({ unit, day, own, nowMs, toSessions }: Props) => {
  const w = useWords()
  if (day.sessions.length === 0)
    return (
      <div className="stack">
        <div className="empty">
          <p className="strong">{w.schedule.emptyDay}</p>
          {toSessions && (
            <>
              <p>{w.schedule.emptyDayLead}</p>
              <Link to="/quan-tri/buoi-phat" className="b main">
                {w.schedule.toSessions}
              </Link>
            </>
          )}
        </div>
        <Loose day={day} own={own} />
      </div>
    )
  const places = byUnit(day.sessions, unit)
  return (
    <div className="stack day-view">
      {places.length < UNITS_FOLDED ? (
        <Sessions unit={unit} day={day} sessions={day.sessions} own={own} nowMs={nowMs} />
      ) : (
        places.map(({ id, name, sessions }) => (
          <UnitFold key={id} place={name} unit={unit} day={day} sessions={sessions} own={own} nowMs={nowMs} />
        ))
      )}
      <Loose day={day} own={own} />
      {day.sessions.some(({ items }) => items.filter(({ movable }) => movable).length > 1) && (
        <p className="small soft">{w.schedule.how}</p>
      )}
    </div>
  )
}
