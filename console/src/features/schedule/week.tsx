import { Link } from '@tanstack/react-router'
import type { TimelineDay } from '../../api/schedule.ts'
import { dayMonth } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { troublesOf } from './layout.ts'
import { Fill, FillWords } from './session-card.tsx'

type StripProps = {
  dates: readonly string[]
  days: readonly TimelineDay[]
  chosen: string | undefined
  unit: string | undefined
}

const searchOf = (date: string, unit: string | undefined) => ({ ngay: date, ...(unit ? { xa: unit } : {}) })

/** Seven days to choose from; a mark where something wants a hand. */
export const WeekStrip = ({ dates, days, chosen, unit }: StripProps) => {
  const w = useWords()
  return (
    <nav className="week-strip" aria-label={w.schedule.chooseDay}>
      {dates.map((date) => {
        const day = days.find((known) => known.date === date)
        const troubles = day ? troublesOf(day) : 0
        return (
          <Link
            key={date}
            to="/lich-phat"
            search={searchOf(date, unit)}
            aria-current={date === chosen ? 'date' : undefined}
            aria-label={`${w.longDate(date)}${troubles > 0 ? `, ${w.schedule.troubles(troubles)}` : ''}`}
          >
            <span className="row">
              {w.weekdayShort(date)}
              {troubles > 0 && <Icon name="mark" size={14} />}
            </span>
            <b>{date.slice(8, 10).replace(/^0/, '')}</b>
          </Link>
        )
      })}
    </nav>
  )
}

/** A week at a glance: how full each session is, what waits, what wants a hand. */
export const WeekView = ({ days, unit }: { days: readonly TimelineDay[]; unit: string | undefined }) => {
  const w = useWords()
  return (
    <ol className="week-view">
      {days.map((day) => {
        const troubles = day.collisions.length
        return (
          <li key={day.date} className="card">
            <h2>
              <Link to="/lich-phat" search={searchOf(day.date, unit)} className="link">
                {w.weekdayShort(day.date)} {dayMonth(day.date)}
              </Link>
            </h2>
            {troubles > 0 && (
              <p className="small strong row">
                <Icon name="mark" size={16} />
                {w.schedule.troubles(troubles)}
              </p>
            )}
            {day.sessions.length === 0 && <p className="small soft">{w.schedule.emptyDay}</p>}
            {day.sessions.map((session) => (
              <div key={session.session} className="week-session">
                <b>
                  {session.name} <span className="soft">{session.from}</span>
                </b>
                <Fill session={session} />
                <p className="xs soft">
                  {[
                    w.schedule.items(session.items.filter(({ kind }) => kind === 'item').length),
                    session.waiting.length > 0 ? w.schedule.waits(session.waiting.length) : '',
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </p>
                <FillWords session={session} />
              </div>
            ))}
            {day.loose.length > 0 && (
              <p className="xs soft">
                {w.schedule.loose}: {w.schedule.items(day.loose.length)}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}
