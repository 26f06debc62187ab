import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useAiringLength } from '../../api/frames.ts'
import { isOnlyProposed, type Session, useSessions, useTimeline } from '../../api/schedule.ts'
import { addDays, dateOf, dateRuns, dayMonth } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Chip, Mistake } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DayChips, OtherDay } from './day-chips.tsx'
import { type DraftState, lengthAsked } from './draft.ts'
import { useMistake } from './mistakes.tsx'
import { pairsOf, usualFor } from './plan.ts'
import { roomOf } from './room.ts'
import { usualPlanOf } from './use-plan.ts'

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

/** What the server takes at a time. */
const TIMELINE_DAYS_MAX = 14
const LINES_MAX = 12
const SECOND_MS = 1000

/** The unit's own sessions and those of its stations, on the first day chosen. */
const useOwnSessions = (draft: DraftState) => {
  const today = dateOf(serverNow())
  const first = [...draft.dates].sort()[0]
  const on = draft.when === 'standing' && draft.from !== '' ? draft.from : (first ?? today)
  const sessions = useSessions(draft.unit, on < today ? today : on)
  return { own: (sessions.data ?? []).filter(({ unit }) => unit === draft.unit), isLoaded: sessions.data !== undefined }
}

/** Which sessions; one that waits for a second person cannot be chosen yet. */
export const SessionChips = ({ draft, onChange }: Props) => {
  const w = useWords()
  const mistake = useMistake('sessions')
  const { own, isLoaded } = useOwnSessions(draft)
  const set = (id: string, on: boolean) =>
    onChange({ sessions: on ? [...draft.sessions, id] : draft.sessions.filter((other) => other !== id) })
  return (
    <fieldset data-missing={mistake ? true : undefined} tabIndex={mistake ? -1 : undefined}>
      <legend className="label">{w.plan.which}</legend>
      <div className="chips days">
        {own.map((session) => (
          <Chip
            key={session.id}
            checked={draft.sessions.includes(session.id)}
            disabled={isOnlyProposed(session) && !draft.sessions.includes(session.id)}
            onChange={(on) => set(session.id, on)}
          >
            {session.name}
            <small>
              {session.from}–{session.to}
              {isOnlyProposed(session) && `, ${w.plan.waits}`}
            </small>
          </Chip>
        ))}
      </div>
      {!isLoaded && <p className="small soft">{w.app.loading}</p>}
      {isLoaded && own.length === 0 && <p className="small soft">{w.plan.noSessions}</p>}
      {mistake && <Mistake words={mistake} />}
    </fieldset>
  )
}

/** How often this kind of notice is usually heard: taken at once where nothing was chosen yet, offered afterwards. */
const Suggestion = ({ draft, onChange, own }: Props & { own: readonly Session[] }) => {
  const w = useWords()
  const plan = useQuery(usualPlanOf(draft)).data
  const begun = useRef(draft.sessions.length > 0)
  useEffect(() => {
    if (!plan || begun.current || plan.sessions.length === 0) return
    begun.current = true
    if (draft.sessions.length === 0) onChange(usualFor(draft, plan))
  }, [plan, onChange, draft])
  if (!plan || plan.sessions.length === 0 || plan.dates.length === 0) return null
  const same = [...plan.sessions].sort().join() === [...draft.sessions].sort().join()
  if (same && [...plan.dates].sort().join() === [...draft.dates].sort().join())
    return <p className="small soft">{w.plan.suggestionTaken}</p>
  const names = plan.sessions.map((id) => own.find((session) => session.id === id)?.name ?? '').filter(Boolean)
  const times = pairsOf({ when: 'sessions', ...plan }, own).length
  return (
    <p className="small row wrap">
      {w.plan.suggestion(times, w.list(names.map(w.plan.session)), dateRuns(plan.dates).join(', '))}
      <button
        type="button"
        className="link"
        onClick={() => onChange({ sessions: [...plan.sessions], dates: [...plan.dates] })}
      >
        {w.plan.takeSuggestion}
      </button>
    </p>
  )
}

const roomWritten = ({ freeMs, shortMs }: ReturnType<typeof roomOf>, w: Words): string => {
  if (shortMs > 0) return w.plan.noRoom(w.duration(shortMs))
  return freeMs < SECOND_MS ? w.plan.none : w.plan.room(w.duration(freeMs))
}

/** How full each chosen session is already, on each chosen day. */
const Fullness = ({ draft, own }: { draft: DraftState; own: readonly Session[] }) => {
  const w = useWords()
  const dates = [...draft.dates].sort()
  const from = dates[0] ?? ''
  const last = from === '' ? '' : addDays(from, TIMELINE_DAYS_MAX - 1)
  const timeline = useTimeline(draft.unit, from, (dates.at(-1) ?? '') < last ? (dates.at(-1) ?? '') : last, false)
  const length = useAiringLength(lengthAsked(draft)) ?? 0
  const pairs = pairsOf({ when: 'sessions', sessions: draft.sessions, dates }, own)
    .filter(({ date }) => date <= last)
    .slice(0, LINES_MAX)
  if (pairs.length === 0) return null
  return (
    <div>
      <p className="label">{w.plan.fullness}</p>
      <ul className="room">
        {pairs.map(({ date, session, id }) => {
          const known = timeline.data?.days
            .find((day) => day.date === date)
            ?.sessions.find((placed) => placed.session === id)
          const room = known && roomOf(known, length)
          return (
            <li key={`${date} ${id}`} className={room && room.shortMs > 0 ? 'small row strong' : 'small row'}>
              {room && room.shortMs > 0 && <Icon name="mark" size={16} />}
              <span>
                {w.weekdayShort(date)} {dayMonth(date)}, {session?.name ?? ''}: {room && roomWritten(room, w)}
              </span>
            </li>
          )
        })}
      </ul>
      {draft.class === 'priority' && <p className="small soft">{w.plan.slides}</p>}
    </div>
  )
}

/** Trong buổi phát: sessions × days, with what is usual and how full each already is. */
export const InSessions = (props: Props) => {
  const { draft } = props
  const { own } = useOwnSessions(draft)
  return (
    <>
      <SessionChips {...props} />
      <DayChips {...props} />
      <div className="row wrap when-row">
        <OtherDay {...props} />
      </div>
      <Suggestion key={`${draft.unit} ${draft.class}`} {...props} own={own} />
      <Fullness draft={draft} own={own} />
    </>
  )
}
