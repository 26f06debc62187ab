import { Link } from '@tanstack/react-router'
import { useState, useSyncExternalStore } from 'react'
import type { TimelineDay } from '../../api/schedule.ts'
import { position, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { scaleOf, wantsHand } from './layout.ts'
import { Face } from './row.tsx'
import { SessionCard } from './session-card.tsx'
import { CollisionWarning } from './warnings.tsx'

const TAPE_PX = 450
const TAPE_PHONE_PX = 648
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
const firstOf = (day: TimelineDay, nowMs: number): string => {
  const wants = day.sessions.find(wantsHand)
  const next = day.sessions.find((session) => Date.parse(session.end) > nowMs)
  return (wants ?? next ?? day.sessions[0])?.session ?? ''
}

type Props = { unit: string; day: TimelineDay; own: readonly string[]; nowMs: number; toSessions: boolean }

/** A day as columns of sessions. */
export const DayView = ({ unit, day, own, nowMs, toSessions }: Props) => {
  const w = useWords()
  const isPhone = usePhone()
  const [chosen, setChosen] = useState(() => firstOf(day, nowMs))
  const shown = day.sessions.some(({ session }) => session === chosen) ? chosen : firstOf(day, nowMs)
  const pxPerMinute = scaleOf(day.sessions, isPhone ? TAPE_PHONE_PX : TAPE_PX)
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
  return (
    <div className="stack day-view">
      {day.sessions.length > 1 && (
        <div className="session-tabs">
          <Seg<string>
            label={w.schedule.sessions}
            value={shown}
            onChange={setChosen}
            options={day.sessions.map((session) => ({
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
        {day.sessions.map((session) => (
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
      <Loose day={day} own={own} />
      {day.sessions.some(({ items }) => items.filter(({ movable }) => movable).length > 1) && (
        <p className="small soft">{w.schedule.how}</p>
      )}
    </div>
  )
}
