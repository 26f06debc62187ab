import { useId, useState } from 'react'
import { isRefused, post, type Refused, remove } from '../../api/client.ts'
import { isOnlyProposed, type Session, type StandingItem, useRenewSchedule } from '../../api/schedule.ts'
import { addDays, position } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { SessionFormCard } from './session-form.tsx'
import { draftOfSession } from './use-session-form.ts'

const DAYS_A_WEEK = 7

/** “Mọi ngày”, “Thứ hai đến thứ sáu”, or the days one by one. */
export const daysWritten = (days: readonly number[], w: Words): string => {
  const sorted = [...days].sort()
  if (sorted.length === DAYS_A_WEEK) return w.sessions.every
  if (sorted.join() === '1,2,3,4,5') return w.sessions.workdays
  return sorted.map((day) => w.sessions.weekdaysShort[day] ?? '').join(', ')
}

const useDoing = () => {
  const announce = useAnnounce()
  const renew = useRenewSchedule()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const act = async (task: () => Promise<unknown>, words: string): Promise<boolean> => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await task()
    setBusy(false)
    if (isRefused(answer)) {
      setRefusal(answer)
      return false
    }
    announce(words)
    await renew()
    return true
  }
  return { busy, refusal, act }
}

/** A change that waits, beside what is in force until then. */
const Proposed = ({ session: { proposal } }: { session: Session }) => {
  const w = useWords()
  if (!proposal) return null
  const { name, from, to, days, validFrom, proposedBy } = proposal
  return w.sessions.proposedChange(
    `${name}, ${from}–${to}, ${daysWritten(days, w).toLowerCase()}`,
    w.date(validFrom),
    proposedBy.name,
  )
}

/** Off hours wait for a second person; whoever may say so does it here. */
const OffHours = ({ session }: { session: Session }) => {
  const w = useWords()
  const { busy, refusal, act } = useDoing()
  if (session.offHours === 'none') return null
  if (session.offHours === 'confirmed')
    return (
      <p className="small row">
        <Icon name="check" size={18} />
        {w.sessions.confirmed(session.confirmedBy?.name ?? '')}
      </p>
    )
  return (
    <div className="stack tight">
      <p className="small row top-row">
        <Icon name="mark" size={18} />
        <span>
          <b className="strong">{w.sessions.proposed}.</b>{' '}
          {isOnlyProposed(session) ? w.sessions.proposedLead : <Proposed session={session} />}
        </span>
      </p>
      {refusal && <Trouble problem={refusal} title={w.sessions.confirmFailed} />}
      {session.may.confirm && (
        <div>
          <button
            type="button"
            className="b main"
            disabled={busy}
            onClick={() => void act(() => post(`/api/sessions/${session.id}/confirm`), w.sessions.confirmDone)}
          >
            <Icon name="check" />
            {w.sessions.confirm}
          </button>
        </div>
      )}
    </div>
  )
}

const Standing = ({ label, item }: { label: string; item: StandingItem | null }) => {
  const w = useWords()
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {item ? `${item.title} (${position(item.durationMs)})` : <span className="soft">{w.sessions.noStanding}</span>}
      </dd>
    </div>
  )
}

const Ending = ({ session, today, onDone }: { session: Session; today: string; onDone: () => void }) => {
  const w = useWords()
  const title = useId()
  const { busy, refusal, act } = useDoing()
  const [from, setFrom] = useState(addDays(today, 1))
  const end = async () => {
    const done = await act(
      () => remove(`/api/sessions/${session.id}?from=${from}`),
      w.sessions.ended(session.name, w.date(from)),
    )
    if (done) onDone()
  }
  return (
    <section className="ahead stack tight" aria-labelledby={title}>
      <h3 id={title}>{w.sessions.endTitle(session.name)}</h3>
      <p className="small">{w.sessions.endLead}</p>
      <DateField
        label={w.sessions.endFrom}
        value={from}
        onChange={setFrom}
        refuse={(date) => (date < today ? w.trouble.pastDate(w.date(date)) : undefined)}
      />
      {refusal && <Trouble problem={refusal} title={w.sessions.saveFailed} />}
      <div className="row wrap">
        <button type="button" className="b main" disabled={busy} onClick={() => void end()}>
          {w.sessions.endYes}
        </button>
        <button type="button" className="b line" onClick={onDone}>
          {w.sessions.cancel}
        </button>
      </div>
    </section>
  )
}

type CardProps = { session: Session; today: string; withUnit?: boolean; onSaved: (validFrom: string) => void }

/** One session: when, what belongs to it, and what may be done with it. */
export const SessionCard = ({ session, today, withUnit = false, onSaved }: CardProps) => {
  const w = useWords()
  const [doing, setDoing] = useState<'change' | 'end' | undefined>(undefined)
  const close = () => setDoing(undefined)
  if (doing === 'change')
    return (
      <SessionFormCard
        first={draftOfSession(session, addDays(today, 1))}
        session={session}
        today={today}
        onDone={(validFrom) => {
          close()
          onSaved(validFrom)
        }}
        onCancel={close}
      />
    )
  return (
    <article className="card stack tight session-card" aria-label={session.name}>
      <div className="row wrap between">
        <h2>
          {session.name}, {session.from}–{session.to}
        </h2>
        {withUnit && <span className="tag">{session.unitName}</span>}
      </div>
      <p>
        {daysWritten(session.days, w)}.{' '}
        <span className="soft">
          {w.sessions.since(w.date(session.validFrom), session.validTo ? w.date(addDays(session.validTo, -1)) : '')}.
        </span>
      </p>
      {session.relay && (
        <p className="small">{w.sessions.relayLine(session.relay.of, session.relay.minutes, session.relay.at)}</p>
      )}
      <OffHours session={session} />
      <dl className="standing-line small">
        <Standing label={w.sessions.opening} item={session.opening} />
        <Standing label={w.sessions.closing} item={session.closing} />
        <Standing label={w.sessions.fallback} item={session.fallback} />
      </dl>
      {doing === 'end' ? (
        <Ending session={session} today={today} onDone={close} />
      ) : (
        session.may.edit && (
          <div className="row wrap">
            <button type="button" className="b line" onClick={() => setDoing('change')}>
              <Icon name="pen" />
              {w.sessions.change}
            </button>
            <button type="button" className="b" onClick={() => setDoing('end')}>
              {w.sessions.end}
            </button>
          </div>
        )
      )}
    </article>
  )
}
