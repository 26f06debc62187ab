import { type FormEvent, useId } from 'react'
import { detailOf } from '../../api/client.ts'
import type { Session, SessionDraft } from '../../api/schedule.ts'
import { isNight } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip, Field, Seg } from '../../ui/choice.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { ChangeLines } from './changes.tsx'
import { freshRelay, isWhole, type SessionForm, useSessionForm } from './use-session-form.ts'

const RELAY_MINUTES_MAX = 240
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const

type PartProps = { draft: SessionDraft; change: (part: Partial<SessionDraft>) => void }

const Days = ({ draft, change }: PartProps) => {
  const w = useWords()
  const set = (day: number, on: boolean) =>
    change({ days: on ? [...draft.days, day].sort() : draft.days.filter((other) => other !== day) })
  return (
    <fieldset>
      <legend className="label">{w.sessions.days}</legend>
      <div className="chips days">
        {DAYS.map((day) => (
          <Chip key={day} checked={draft.days.includes(day)} onChange={(on) => set(day, on)}>
            {w.sessions.weekdaysShort[day]}
            <span className="vh"> ({w.sessions.weekdays[day]})</span>
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}

const RelayFields = ({ draft, change }: PartProps) => {
  const w = useWords()
  const { relay } = draft
  return (
    <div className="stack tight">
      <div>
        <Chip checked={relay !== null} onChange={(on) => change({ relay: on ? freshRelay : null })}>
          {w.sessions.relay}
        </Chip>
      </div>
      {relay && (
        <div className="row wrap when-row">
          <Field label={w.sessions.relayOf}>
            {(id) => (
              <input
                id={id}
                className="in"
                required
                maxLength={100}
                placeholder={w.sessions.relayPlaceholder}
                value={relay.of}
                onChange={(event) => change({ relay: { ...relay, of: event.target.value } })}
              />
            )}
          </Field>
          <NumberField
            label={w.sessions.relayMinutes}
            size="short"
            min={1}
            max={RELAY_MINUTES_MAX}
            value={relay.minutes}
            onChange={(minutes) => change({ relay: { ...relay, minutes } })}
          />
          <div className="field">
            <span className="label">{w.sessions.relayAt}</span>
            <Seg<'start' | 'end'>
              label={w.sessions.relayAt}
              value={relay.at}
              onChange={(at) => change({ relay: { ...relay, at } })}
              options={[
                { value: 'start', label: w.sessions.relayStart },
                { value: 'end', label: w.sessions.relayEnd },
              ]}
            />
          </div>
        </div>
      )}
    </div>
  )
}

/** What saving would do, said before it is saved. */
const Ahead = ({ form }: { form: SessionForm }) => {
  const w = useWords()
  const answer = form.preview.data
  if (!isWhole(form.draft)) return <p className="small soft">{w.sessions.previewWait}</p>
  if (form.preview.error) {
    const met = detailOf(form.preview.error).name
    return (
      <Trouble problem={form.preview.error} title={w.sessions.wouldRefuse}>
        {met !== undefined && <p className="small">{w.sessions.overlapsWith(String(met))}</p>}
      </Trouble>
    )
  }
  if (!answer) return <p className="small soft">{w.schedule.previewing}</p>
  return (
    <>
      <p className="small">{answer.airings > 0 ? w.sessions.previewCount(answer.airings) : w.sessions.previewNone}</p>
      {answer.changes.length > 0 && <ChangeLines changes={answer.changes} withDates />}
    </>
  )
}

const NameField = ({ draft, change }: PartProps) => {
  const w = useWords()
  return (
    <Field label={w.sessions.name}>
      {(id) => (
        <input
          id={id}
          className="in"
          required
          maxLength={60}
          placeholder={w.sessions.namePlaceholder}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      )}
    </Field>
  )
}

type Props = {
  first: SessionDraft
  /** The session to be changed; a new one where absent. */
  session?: Session
  today: string
  onDone: (validFrom: string) => void
  onCancel: () => void
}

/** Makes a session, or changes one from a day on. */
export const SessionFormCard = ({ first, session, today, onDone, onCancel }: Props) => {
  const w = useWords()
  const form = useSessionForm({ first, session, onDone })
  const title = useId()
  const { draft, change } = form
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.save()
  }
  const touchesNight = isNight(draft.from) || (draft.to !== '' && draft.to > '21:00')
  return (
    <section className="card" aria-labelledby={title}>
      <form className="stack session-form" onSubmit={submit}>
        <h2 id={title}>{session ? w.sessions.changeFrom(session.name) : w.sessions.fresh}</h2>
        <NameField draft={draft} change={change} />
        <Days draft={draft} change={change} />
        <div className="row wrap when-row">
          <TimeField
            label={w.sessions.from}
            value={draft.from}
            onChange={(from) => change({ from })}
            onWrong={() => change({ from: '' })}
          />
          <TimeField
            label={w.sessions.to}
            value={draft.to}
            onChange={(to) => change({ to })}
            onWrong={() => change({ to: '' })}
          />
          <DateField
            label={w.sessions.validFrom}
            value={draft.validFrom}
            onChange={(validFrom) => change({ validFrom })}
            refuse={(date) => (date < today ? w.trouble.pastDate(w.date(date)) : undefined)}
          />
        </div>
        {touchesNight && (
          <p className="callout">
            <Icon name="clock" />
            <span>{w.sessions.offHoursLead}</span>
          </p>
        )}
        <RelayFields draft={draft} change={change} />
        <section className="ahead" aria-live="polite" aria-label={w.sessions.preview}>
          <h3>{w.sessions.preview}</h3>
          <Ahead form={form} />
        </section>
        {form.refusal && <Trouble problem={form.refusal} title={w.sessions.saveFailed} kept />}
        <div className="row wrap">
          <button type="submit" className="b main" disabled={!form.canSave}>
            {form.busy ? w.sessions.saving : w.sessions.save}
          </button>
          <button type="button" className="b line" onClick={onCancel}>
            {w.sessions.cancel}
          </button>
        </div>
      </form>
    </section>
  )
}
