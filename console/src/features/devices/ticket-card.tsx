import { Link } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Technician, type Ticket, useRenewNetwork } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { moment } from './cluster-facts.tsx'
import { NoteForm } from './note-form.tsx'
import { causeWritten, factsWritten } from './tickets.ts'

type Doing = 'give' | 'note' | 'close'

const useTicket = (ticket: Ticket) => {
  const w = useWords()
  const renew = useRenewNetwork()
  const announce = useAnnounce()
  const [doing, setDoing] = useState<Doing | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const send = async (what: string, body: unknown, said: string): Promise<boolean> => {
    setRefusal(undefined)
    const answer = await post<Ticket>(`/api/tickets/${ticket.id}/${what}`, body)
    if (isRefused(answer)) {
      setRefusal(answer)
      return false
    }
    setDoing(undefined)
    announce(said)
    await renew()
    return true
  }
  return {
    doing,
    toggle: (next: Doing) => setDoing(doing === next ? undefined : next),
    refusal,
    assign: (person: string) => send('assign', { person }, w.tickets.taken(ticket.deviceName)),
    note: (note: string) => send('note', { note }, w.tickets.noted),
    close: (cause: string, note: string) => send('close', { cause, note }, w.tickets.closed1(ticket.deviceName)),
  }
}

type GiveProps = { technicians: readonly Technician[]; onGive: (person: string) => void }

const GiveForm = ({ technicians, onGive }: GiveProps) => {
  const w = useWords()
  const [person, setPerson] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onGive(person)
  }
  return (
    <form className="ticket-form" onSubmit={submit}>
      <Field label={w.tickets.giveTo}>
        {(id) => (
          <select id={id} className="in" required value={person} onChange={(event) => setPerson(event.target.value)}>
            <option value="">{w.tickets.chooseTechnician}</option>
            {technicians.map((each) => (
              <option key={each.person} value={each.person}>
                {each.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button type="submit" className="b main">
        {w.tickets.give}
      </button>
    </form>
  )
}

const CloseForm = ({ onClose }: { onClose: (cause: string, note: string) => void }) => {
  const w = useWords()
  const [cause, setCause] = useState('')
  const [note, setNote] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onClose(causeWritten(cause, w.tickets.causes), note.trim())
  }
  return (
    <form className="ticket-form" onSubmit={submit}>
      <Field label={w.tickets.cause}>
        {(id) => (
          <select id={id} className="in" required value={cause} onChange={(event) => setCause(event.target.value)}>
            <option value="" />
            {Object.entries(w.tickets.causes).map(([key, words]) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.tickets.closeNote}>
        {(id) => (
          <input
            id={id}
            className="in"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="b main">
        {w.tickets.closeYes}
      </button>
    </form>
  )
}

/** What happened, by whom, and what the device measured when it began. */
const Course = ({ ticket }: { ticket: Ticket }) => {
  const w = useWords()
  const facts = factsWritten(ticket.facts, w.tickets, {
    number: w.number,
    at: moment,
    report: (code) => w.aired.reasons[code] ?? code,
  })
  return (
    <details>
      <summary className="small">
        {w.tickets.course}
        <span className="vh">: {ticket.deviceName}</span>
      </summary>
      <ul className="ticket-events small">
        {ticket.events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events are only ever added at the end
          <li key={i}>
            <span className="soft">{moment(event.at)}</span>{' '}
            <span>
              {w.tickets.events[event.kind] ?? event.kind}
              {event.by && `, ${event.by.name}`}
              {event.note && `: ${event.note}`}
            </span>
          </li>
        ))}
      </ul>
      {facts.length > 0 && (
        <dl className="cluster-facts small">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  )
}

type Props = {
  ticket: Ticket
  me: string
  withPlace?: boolean
  /** Colleagues it can be given to. */
  technicians?: readonly Technician[]
}

const Head = ({ ticket, withPlace, id }: { ticket: Ticket; withPlace: boolean; id: string }) => {
  const w = useWords()
  // what somebody reported is the work itself
  const said = ticket.events.find(({ kind }) => kind === 'opened')?.note
  return (
    <div>
      <h3 id={id}>
        {w.tickets.kinds[ticket.kind] ?? ticket.kind}
        {withPlace && `: ${ticket.deviceName}`}
      </h3>
      <p className="small soft">
        {withPlace && `${ticket.unitName}. `}
        {w.tickets.since(moment(ticket.openedAt))},{' '}
        {ticket.openedBy ? w.tickets.by(ticket.openedBy.name) : w.tickets.bySystem}.
        {ticket.assignedTo && ` ${w.tickets.assignedTo(ticket.assignedTo.name)}.`}
        {ticket.cause && ` ${w.tickets.closedAs(w.tickets.causes[ticket.cause] ?? ticket.cause)}.`}
      </p>
      {said && <p>{w.tickets.said(said)}</p>}
      {ticket.recoveredAt && ticket.state !== 'closed' && <p className="small strong">{w.tickets.recovered}</p>}
    </div>
  )
}

/** One piece of work: what, where, since when; take it or give it, note, close with the cause. */
export const TicketCard = ({ ticket, me, withPlace = true, technicians = [] }: Props) => {
  const w = useWords()
  const id = useId()
  const form = useTicket(ticket)
  const isMine = ticket.assignedTo?.person === me
  const vh = <span className="vh">: {ticket.deviceName}</span>
  const option = (doing: Doing, words: string) => (
    <button type="button" className="b line" aria-expanded={form.doing === doing} onClick={() => form.toggle(doing)}>
      {words}
      {vh}
    </button>
  )
  return (
    <li className="ticket" id={ticket.id} tabIndex={-1} aria-labelledby={id}>
      <Head ticket={ticket} withPlace={withPlace} id={id} />
      <Course ticket={ticket} />
      {form.refusal && <Trouble problem={form.refusal} title={w.tickets.failed} />}
      <div className="row wrap">
        {ticket.may.assign && !isMine && (
          <button type="button" className="b main" onClick={() => void form.assign(me)}>
            <Icon name="tool" />
            {w.tickets.take}
            {vh}
          </button>
        )}
        {ticket.may.close && (
          <>
            {option('close', w.tickets.close)}
            {option('note', w.tickets.note)}
          </>
        )}
        {ticket.may.assign && technicians.length > 0 && option('give', w.tickets.giveTo)}
        {withPlace && ticket.cluster && (
          <Link to="/mang-luoi/cum/$cluster" params={{ cluster: ticket.cluster }} className="b">
            {w.tickets.toCluster}
            {vh}
          </Link>
        )}
      </div>
      {form.doing === 'give' && <GiveForm technicians={technicians} onGive={(person) => void form.assign(person)} />}
      {form.doing === 'note' && (
        <NoteForm label={w.tickets.note} send={w.tickets.addNote} look="main" onNote={form.note} />
      )}
      {form.doing === 'close' && <CloseForm onClose={(cause, note) => void form.close(cause, note)} />}
    </li>
  )
}
