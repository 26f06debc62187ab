import '../../features/schedule/schedule.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useUnits } from '../../api/queries.ts'
import { useTimeline } from '../../api/schedule.ts'
import type { Me, Unit } from '../../api/types.ts'
import { DayView } from '../../features/schedule/day-view.tsx'
import { troublesOf } from '../../features/schedule/layout.ts'
import { WeekStrip, WeekView } from '../../features/schedule/week.tsx'
import { addDays, dateOf, weekdayOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { maySetSessions, mayWrite, usePerson } from '../me.tsx'

const DAYS = 7

/** Monday of the week a day is in. */
const mondayOf = (date: string): string => addDays(date, -((weekdayOf(date) + 6) % 7))

/** The communes whose schedule a person may look at, their own first. */
const unitsOf = (me: Me, all: readonly Unit[]): Unit[] => {
  const own = new Set([...me.units, ...me.posts.map(({ unit }) => unit)])
  return all
    .filter(({ kind }) => kind === 'commune' || kind === 'province')
    .sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || a.name.localeCompare(b.name, 'vi'))
}

type HeadProps = { date: string; week: boolean; unit: string; units: readonly Unit[] }

/** Which days, which commune, a day or a week. */
const Head = ({ date, week, unit, units }: HeadProps) => {
  const w = useWords()
  const navigate = useNavigate()
  const go = (change: { ngay?: string; xem?: 'tuan' | undefined; xa?: string }) =>
    void navigate({
      to: '/lich-phat',
      search: (before) => ({ ...before, ngay: date, ...change }),
      replace: true,
    })
  return (
    <div className="row wrap schedule-head">
      <Seg<'day' | 'week'>
        label={w.schedule.view}
        value={week ? 'week' : 'day'}
        onChange={(value) => go({ xem: value === 'week' ? 'tuan' : undefined })}
        options={[
          { value: 'day', label: w.schedule.day },
          { value: 'week', label: w.schedule.week },
        ]}
      />
      <div className="row">
        <button
          type="button"
          className="b icon-only"
          aria-label={w.schedule.earlier}
          onClick={() => go({ ngay: addDays(date, -DAYS) })}
        >
          <Icon name="left" />
        </button>
        <button type="button" className="b" onClick={() => go({ ngay: dateOf(serverNow()) })}>
          {w.schedule.toToday}
        </button>
        <button
          type="button"
          className="b icon-only turned"
          aria-label={w.schedule.later}
          onClick={() => go({ ngay: addDays(date, DAYS) })}
        >
          <Icon name="left" />
        </button>
      </div>
      {units.length > 1 && (
        <select
          className="in end unit-select"
          aria-label={w.schedule.unit}
          value={unit}
          onChange={(event) => go({ xa: event.target.value })}
        >
          {units.map((known) => (
            <option key={known.id} value={known.id}>
              {known.name}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

/** Lịch phát: a day as columns of sessions, or a week at a glance. */
export const SchedulePage = () => {
  const w = useWords()
  const me = usePerson()
  const search = useSearch({ from: '/lich-phat' })
  const all = useUnits()
  const units = unitsOf(me, all.data ?? [])
  const unit = search.xa ?? units[0]?.id ?? me.posts[0]?.unit ?? ''
  const date = search.ngay ?? dateOf(serverNow())
  const monday = mondayOf(date)
  const dates = Array.from({ length: DAYS }, (_, day) => addDays(monday, day))
  const week = search.xem === 'tuan'
  const timeline = useTimeline(all.data ? unit : '', monday, addDays(monday, DAYS - 1))
  const days = timeline.data?.days ?? []
  const day = days.find((known) => known.date === date)
  const own = [...me.units, ...me.approves]
  return (
    <Page
      title={w.schedule.title}
      lead={w.schedule.lead(w.longDate(date), day && !week ? troublesOf(day) : 0)}
      actions={
        mayWrite(me) && (
          <Link to="/soan" search={{ ngay: date }} className="b main add-item">
            <Icon name="plus" />
            {w.schedule.add}
          </Link>
        )
      }
    >
      <div className="stack schedule">
        <Head date={date} week={week} unit={unit} units={units} />
        {!week && <WeekStrip dates={dates} days={days} chosen={date} unit={search.xa} />}
        <Loading query={timeline} lines={8}>
          {week ? (
            <WeekView days={days} unit={search.xa} />
          ) : (
            day && (
              <DayView
                key={`${unit} ${date}`}
                unit={unit}
                day={day}
                own={own}
                nowMs={Date.parse(timeline.data?.now ?? '')}
                toSessions={maySetSessions(me)}
              />
            )
          )}
        </Loading>
      </div>
    </Page>
  )
}
