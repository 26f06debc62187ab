import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Ticket, useRenewNetwork } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { NoteForm } from './note-form.tsx'
import { TicketCard } from './ticket-card.tsx'

/** Opens a piece of work by hand: somebody heard, or did not hear, something. */
const ReportForm = ({ device }: { device: string }) => {
  const w = useWords()
  const renew = useRenewNetwork()
  const announce = useAnnounce()
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const send = async (note: string): Promise<boolean> => {
    setRefusal(undefined)
    const answer = await post('/api/tickets', { device, note })
    if (isRefused(answer)) {
      setRefusal(answer)
      return false
    }
    announce(w.tickets.reported)
    await renew()
    return true
  }
  return (
    <details>
      <summary className="small">{w.tickets.report}</summary>
      <NoteForm label={w.tickets.reportWhat} send={w.tickets.reportSend} look="line" onNote={send} />
      {refusal && <Trouble problem={refusal} title={w.tickets.failed} kept />}
    </details>
  )
}

type Props = { tickets: readonly Ticket[]; device: string; me: string }

/** What is to be mended here, and what was. */
export const ClusterTickets = ({ tickets, device, me }: Props) => {
  const w = useWords()
  return (
    <section className="card stack tight" aria-labelledby="cluster-tickets">
      <h2 id="cluster-tickets">{w.tickets.ofCluster}</h2>
      {tickets.length === 0 && <p className="soft">{w.tickets.ofClusterNone}</p>}
      <ul className="tickets">
        {tickets.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} me={me} withPlace={false} />
        ))}
      </ul>
      <ReportForm device={device} />
    </section>
  )
}
