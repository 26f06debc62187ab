import './pages.css'
import '../../features/devices/network.css'
import '../../features/devices/cluster.css'
import '../../features/devices/devices.css'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTickets } from '../../api/network.ts'
import { TicketCard } from '../../features/devices/ticket-card.tsx'
import { matching, type Sorted, sortedFor, type TicketView } from '../../features/devices/tickets.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field, Seg } from '../../ui/choice.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

const PAGE = 30

/** A ticket named in the address is brought into sight once it is there. */
const useNamed = (heaps: Sorted, setView: (view: TicketView) => void) => {
  const { hash } = useLocation()
  const view = (['open', 'mine', 'others', 'closed'] as const).find((each) => heaps[each].some(({ id }) => id === hash))
  useEffect(() => {
    if (view !== undefined) setView(view)
  }, [view, setView])
  useEffect(() => {
    const named = view === undefined ? null : document.getElementById(hash)
    named?.scrollIntoView({ block: 'center' })
    named?.focus({ preventScroll: true })
  }, [view, hash])
}

/** What technicians have to do, whoever or whatever opened it. */
export const TicketsPage = () => {
  const w = useWords()
  const me = usePerson()
  const tends = mayTend(me)
  const [view, setView] = useState<TicketView>('open')
  const [text, setText] = useState('')
  const [shown, setShown] = useState(PAGE)
  const todo = useTickets('todo', tends)
  const closed = useTickets('closed', tends && view === 'closed')
  const heaps = sortedFor([...(todo.data?.tickets ?? []), ...(closed.data?.tickets ?? [])], me.person)
  useNamed(heaps, setView)
  if (!tends) return <Page title={w.tickets.title}>{w.tickets.technicianOnly}</Page>
  const found = matching(heaps[view], text)
  const empty = {
    open: w.tickets.emptyOpen,
    mine: w.tickets.emptyMine,
    others: w.tickets.emptyOthers,
    closed: w.tickets.emptyClosed,
  }
  const counted = (words: string, count: number): string => (count > 0 ? `${words} (${w.number(count)})` : words)
  return (
    <Page title={w.tickets.title} lead={todo.data && w.tickets.lead(heaps.open.length, heaps.mine.length)}>
      <div className="stack">
        <div className="row wrap device-filters">
          <Seg<TicketView>
            label={w.tickets.show}
            value={view}
            onChange={(next) => {
              setView(next)
              setShown(PAGE)
            }}
            options={[
              { value: 'open', label: counted(w.tickets.open, heaps.open.length) },
              { value: 'mine', label: counted(w.tickets.mine, heaps.mine.length) },
              { value: 'others', label: counted(w.tickets.others, heaps.others.length) },
              { value: 'closed', label: w.tickets.closed },
            ]}
          />
          <Field label={w.tickets.search}>
            {(id) => (
              <input
                id={id}
                type="search"
                className="in"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Loading query={view === 'closed' ? closed : todo} lines={5}>
          <section className="card stack" aria-label={w.tickets.title}>
            {found.length === 0 && <p className="soft">{text === '' ? empty[view] : w.tickets.none}</p>}
            <ul className="tickets">
              {found.slice(0, shown).map((ticket) => (
                <TicketCard key={ticket.id} ticket={ticket} me={me.person} technicians={todo.data?.technicians ?? []} />
              ))}
            </ul>
            {found.length > shown && (
              <button type="button" className="b line" onClick={() => setShown(shown + PAGE)}>
                {w.tickets.more(Math.min(PAGE, found.length - shown))}
              </button>
            )}
          </section>
        </Loading>
      </div>
    </Page>
  )
}
