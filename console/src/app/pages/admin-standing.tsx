import '../../features/schedule/admin-schedule.css'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useNotices, useUnits } from '../../api/queries.ts'
import { type Session, type StandingRole, useSessions } from '../../api/schedule.ts'
import type { Notice } from '../../api/types.ts'
import { AdminUnit } from '../../features/schedule/admin-unit.tsx'
import { dateOf, position } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayWrite, usePerson } from '../me.tsx'
import { sessionUnitsOf } from '../session-units.ts'

const roles: readonly StandingRole[] = ['opening', 'closing', 'fallback', 'chime']

type StandingNotice = { notice: Notice; from: string; to: string }

const standingOf = (notices: readonly Notice[], unit: string, role: StandingRole): StandingNotice[] =>
  notices.flatMap((notice) => {
    const { plan } = notice.current
    return notice.unit === unit && notice.state !== 'withdrawn' && plan.when === 'standing' && plan.role === role
      ? [{ notice, from: plan.from, to: plan.to }]
      : []
  })

/** The chime that sounds: of those approved and in their time, the one approved last. */
const chimeOf = (rows: readonly StandingNotice[], today: string): StandingNotice | undefined =>
  rows
    .filter(({ notice, from, to }) => notice.state === 'approved' && from <= today && today <= to)
    .sort((a, b) => Date.parse(b.notice.changedAt) - Date.parse(a.notice.changedAt))[0]

const StandingRow = ({ row, today, inUse }: { row: StandingNotice; today: string; inUse: boolean }) => {
  const w = useWords()
  const approved = row.notice.state !== 'approved' ? '' : inUse ? w.standing.now : w.standing.replaced
  const time = row.to < today ? w.standing.over : row.from > today ? w.standing.ahead : approved
  return (
    <li>
      <Link to="/tin/$notice" params={{ notice: row.notice.id }} className="link">
        {row.notice.current.title || w.today.untitled}
      </Link>
      <span className="small soft">
        {w.states[row.notice.state]}, {w.standing.period(w.date(row.from), w.date(row.to))}
        {time && `, ${time}`}
      </span>
    </li>
  )
}

type RoleProps = {
  role: StandingRole
  sessions: readonly Session[]
  rows: readonly StandingNotice[]
  today: string
  mayMake: boolean
}

/** One role: what is in force in which session, what is on its way, and the way to make one. */
const RoleCard = ({ role, sessions, rows, today, mayMake }: RoleProps) => {
  const w = useWords()
  const id = useId()
  const inForce = role === 'chime' ? [] : sessions.flatMap((s) => (s[role] ? [{ session: s, item: s[role] }] : []))
  const chime = role === 'chime' ? chimeOf(rows, today) : undefined
  const inUse = (row: StandingNotice): boolean =>
    row === chime || inForce.some(({ item }) => item.release === row.notice.release?.id)
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{w.standing.roles[role]}</h2>
      <p className="small soft">{w.standing.what[role]}</p>
      {inForce.map(({ session, item }) => (
        <p key={session.id} className="row top-row">
          <Icon name="check" size={18} />
          <span>
            <b className="strong">{item.title}</b> ({position(item.durationMs)}).{' '}
            <span className="small soft">{w.standing.inForce(session.name)}</span>
          </span>
        </p>
      ))}
      {inForce.length === 0 && rows.length === 0 && <p>{w.standing.none}</p>}
      {rows.length > 0 && (
        <ul className="standing-list" aria-label={w.standing.notices}>
          {rows.map((row) => (
            <StandingRow key={row.notice.id} row={row} today={today} inUse={inUse(row)} />
          ))}
        </ul>
      )}
      {mayMake && (
        <div>
          <Link to="/soan" search={{ dung: role }} className="b line">
            <Icon name="plus" />
            {w.standing.make[role]}
          </Link>
        </div>
      )}
    </section>
  )
}

/** Tiếng nhạc: standing items, approved once and placed by the schedule itself. */
export const AdminStandingPage = () => {
  const w = useWords()
  const me = usePerson()
  const today = dateOf(serverNow())
  const all = useUnits()
  const units = sessionUnitsOf(me, all.data ?? []).filter(({ kind }) => kind === 'commune')
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const unit = chosen ?? units[0]?.id ?? ''
  const sessions = useSessions(unit, today)
  const notices = useNotices(unit === '' ? {} : { unit })
  return (
    <div className="stack">
      <AdminUnit units={units} unit={unit} onUnit={setChosen} />
      <Loading query={notices} lines={5}>
        <div className="session-grid">
          {roles.map((role) => (
            <RoleCard
              key={role}
              role={role}
              sessions={(sessions.data ?? []).filter((session) => session.unit === unit)}
              rows={standingOf(notices.data ?? [], unit, role)}
              today={today}
              mayMake={mayWrite(me) && me.units.includes(unit)}
            />
          ))}
        </div>
      </Loading>
      {sessions.data?.length === 0 && <p className="small soft">{w.sessions.empty}</p>}
    </div>
  )
}
