import '../../features/schedule/admin-schedule.css'
import { useState } from 'react'
import { useUnits } from '../../api/queries.ts'
import { type Session, useSessions } from '../../api/schedule.ts'
import { AdminUnit } from '../../features/schedule/admin-unit.tsx'
import { AirtimeRuleCard, RepeatRulesCard } from '../../features/schedule/rules.tsx'
import { SessionFormCard } from '../../features/schedule/session-form.tsx'
import { SessionCard } from '../../features/schedule/session-list.tsx'
import { freshSession } from '../../features/schedule/use-session-form.ts'
import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'
import { holdsAt, ruleSetters, sessionEditors, sessionUnitsOf } from '../session-units.ts'

/** Sessions of the province or of a station below, for context. */
const Others = ({ sessions, today }: { sessions: readonly Session[]; today: string }) => {
  const w = useWords()
  if (sessions.length === 0) return null
  return (
    <section className="stack">
      <h2>{w.sessions.others}</h2>
      <div className="session-grid">
        {sessions.map((session) => (
          <SessionCard
            key={session.id}
            session={{ ...session, may: { ...session.may, edit: false } }}
            today={today}
            withUnit
            onSaved={() => undefined}
          />
        ))}
      </div>
    </section>
  )
}

/** Buổi phát: when the loudspeakers of a unit sound, and by which rules. */
export const AdminSessionsPage = () => {
  const w = useWords()
  const me = usePerson()
  const today = dateOf(serverNow())
  const all = useUnits()
  const units = sessionUnitsOf(me, all.data ?? [])
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [on, setOn] = useState(today)
  const [adding, setAdding] = useState(false)
  const unit = chosen ?? units[0]?.id ?? ''
  const sessions = useSessions(unit, on)
  const own = sessions.data?.filter((session) => session.unit === unit) ?? []
  const others = sessions.data?.filter((session) => session.unit !== unit) ?? []
  const mayEdit = holdsAt(me, sessionEditors, unit, all.data ?? [])
  const maySetRules = holdsAt(me, ruleSetters, unit, all.data ?? [])
  const shownFrom = (validFrom: string) => {
    setAdding(false)
    if (validFrom > on) setOn(validFrom)
  }
  return (
    <div className="stack">
      <div className="row wrap when-row">
        <AdminUnit units={units} unit={unit} onUnit={setChosen} />
        <DateField label={w.sessions.onDay} value={on} onChange={setOn} />
      </div>
      <Loading query={sessions} lines={4}>
        {own.length === 0 && !adding && <p className="empty">{w.sessions.empty}</p>}
        <div className="session-grid">
          {own.map((session) => (
            <SessionCard
              key={`${session.id} ${session.validFrom}`}
              session={session}
              today={today}
              onSaved={shownFrom}
            />
          ))}
        </div>
      </Loading>
      {adding ? (
        <SessionFormCard
          first={freshSession(unit, addDays(today, 1))}
          today={today}
          onDone={shownFrom}
          onCancel={() => setAdding(false)}
        />
      ) : mayEdit ? (
        <div>
          <button type="button" className="b main" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {w.sessions.add}
          </button>
        </div>
      ) : (
        <p className="small soft">{w.sessions.readOnly}</p>
      )}
      <Others sessions={others} today={today} />
      <div className="session-grid">
        <RepeatRulesCard unit={unit} mayEdit={maySetRules} />
        <AirtimeRuleCard unit={unit} mayEdit={maySetRules} />
      </div>
    </div>
  )
}
