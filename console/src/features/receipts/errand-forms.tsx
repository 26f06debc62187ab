import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Errand, useRenewErrands } from '../../api/hearing.ts'
import { addDays, dateOf, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { useFocusFirst } from '../../ui/focus.ts'
import { Trouble } from '../../ui/trouble.tsx'

type FormProps = { errand: Errand; onClose: () => void }

/** Sends what was decided about an errand; closes its form when the server has taken it. */
const useSending = ({ errand, onClose }: FormProps) => {
  const announce = useAnnounce()
  const renew = useRenewErrands()
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const send = async (what: 'done' | 'dismiss', body: object, said: string) => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await post<Errand>(`/api/errands/${errand.id}/${what}`, body)
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    announce(said)
    onClose()
    await renew()
  }
  return { send, refusal, busy }
}

/** An instant in Viet Nam of a day and a time of day. */
const instant = (date: string, time: string): string => `${date}T${time}:00+07:00`

const useRound = () => {
  const now = serverNow()
  const [date, setDate] = useState(dateOf(now))
  const [from, setFrom] = useState('')
  const [to, setTo] = useState(timeOf(now))
  const [nextDay, setNextDay] = useState(false)
  const [listeners, setListeners] = useState('')
  const [note, setNote] = useState('')
  const turned = from !== '' && to < from
  const body = () => ({
    startedAt: instant(date, from),
    endedAt: instant(turned && nextDay ? addDays(date, 1) : date, to),
    listeners: listeners.trim() === '' ? null : Number(listeners),
    note: note.trim(),
  })
  return {
    date,
    setDate,
    from,
    setFrom,
    to,
    setTo,
    nextDay,
    setNextDay,
    listeners,
    setListeners,
    note,
    setNote,
    turned,
    body,
  }
}

const Times = ({ round }: { round: ReturnType<typeof useRound> }) => {
  const w = useWords().hearing.errands
  return (
    <>
      <div className="errand-times">
        <DateField label={w.date} value={round.date} onChange={round.setDate} />
        <TimeField label={w.from} value={round.from} onChange={round.setFrom} />
        <TimeField label={w.to} value={round.to} onChange={round.setTo} />
      </div>
      {round.turned && (
        <div>
          <Chip checked={round.nextDay} onChange={round.setNextDay}>
            {w.nextDay}
          </Chip>
        </div>
      )}
    </>
  )
}

/** What was done: when, before how many. */
export const DoneForm = (props: FormProps) => {
  const w = useWords()
  const words = w.hearing.errands
  const { errand, onClose } = props
  const round = useRound()
  const inside = useFocusFirst<HTMLFormElement>('.errand-times .field:nth-child(2) input')
  const { send, refusal, busy } = useSending(props)
  const save = (event: FormEvent) => {
    event.preventDefault()
    void send('done', round.body(), words.saved(errand.villageName))
  }
  return (
    <form
      ref={inside}
      className="stack errand-form"
      onSubmit={save}
      aria-label={`${words.done}: ${errand.villageName}`}
    >
      <Times round={round} />
      <Field label={words.heardBy}>
        {(id) => (
          <input
            id={id}
            type="number"
            inputMode="numeric"
            className="in"
            min={0}
            value={round.listeners}
            onChange={(event) => round.setListeners(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.note}>
        {(id) => (
          <input
            id={id}
            className="in"
            maxLength={500}
            value={round.note}
            onChange={(event) => round.setNote(event.target.value)}
          />
        )}
      </Field>
      {refusal && <Trouble problem={refusal} />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={busy || round.from === ''}>
          {words.save}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}

/** Why nobody has to go; usual reasons are ready. */
export const DismissForm = (props: FormProps) => {
  const words = useWords().hearing.errands
  const [reason, setReason] = useState('')
  const inside = useFocusFirst<HTMLFormElement>('button')
  const { send, refusal, busy } = useSending(props)
  const save = (event: FormEvent) => {
    event.preventDefault()
    void send('dismiss', { reason: reason.trim() }, words.dismissDone)
  }
  return (
    <form
      ref={inside}
      className="stack errand-form"
      onSubmit={save}
      aria-label={`${words.dismiss}: ${props.errand.villageName}`}
    >
      <div className="chips">
        {words.usual.map((usual) => (
          <button key={usual} type="button" className="b line" onClick={() => setReason(usual)}>
            {usual}
          </button>
        ))}
      </div>
      <Field label={words.reason}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {refusal && <Trouble problem={refusal} />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={busy || reason.trim() === ''}>
          {words.dismissYes}
        </button>
        <button type="button" className="b" onClick={props.onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
