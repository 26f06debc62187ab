import { useState } from 'react'
import { isRefused, put, type Refused } from '../../api/client.ts'
import {
  type Order,
  type TimelineItem,
  type TimelineSession,
  useOrderPreview,
  useRenewSchedule,
} from '../../api/schedule.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { isSameOrder, reordered, shifted } from './layout.ts'

type Proposal = { order: string[]; basedOn: string }

/** The order on the screen before it is saved: what was proposed, then what has come since. */
const withNewcomers = (order: readonly string[], current: readonly string[]): string[] => [
  ...order.filter((id) => current.includes(id)),
  ...current.filter((id) => !order.includes(id)),
]

export type OrderDesk = ReturnType<typeof useOrder>

/** The running order of one session: moved on the screen, looked at ahead, then saved or dropped. */
export const useOrder = (unit: string, date: string, session: TimelineSession) => {
  const w = useWords()
  const announce = useAnnounce()
  const renew = useRenewSchedule()
  const [proposal, setProposal] = useState<Proposal | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  /** For a screen reader: what the last press did. The screen shows it by itself. */
  const [said, setSaid] = useState('')
  const current = session.items.filter((item) => item.movable).map((item) => item.airing)
  const order = proposal ? withNewcomers(proposal.order, current) : current
  const changed = !isSameOrder(order, current)
  const body: Order | undefined =
    changed && proposal ? { unit, date, session: session.session, order, basedOn: proposal.basedOn } : undefined
  const preview = useOrderPreview(body)
  const items = changed ? shownAs(session.items, order, preview.data?.changes ?? []) : session.items

  const set = (next: string[]) => {
    setRefusal(undefined)
    setProposal(isSameOrder(next, current) ? undefined : { order: next, basedOn: proposal?.basedOn ?? session.basedOn })
  }
  const shift = (item: TimelineItem, by: number) => {
    const next = shifted(order, item.airing, by)
    set(next)
    setSaid(w.schedule.position(item.title, next.indexOf(item.airing) + 1, next.length))
  }
  const drop = () => {
    setProposal(undefined)
    setRefusal(undefined)
  }
  const takeNewest = async () => {
    drop()
    await renew()
  }
  const save = async () => {
    if (!body) return
    setBusy(true)
    const answer = await put<unknown>('/api/running-order', body)
    if (isRefused(answer)) {
      setBusy(false)
      return setRefusal(answer)
    }
    await renew()
    setBusy(false)
    setProposal(undefined)
    announce(w.schedule.orderSaved)
  }
  return {
    order,
    items,
    changed,
    said,
    preview,
    busy,
    refusal: refusal ?? preview.error,
    set,
    shift,
    drop,
    takeNewest,
    save,
  }
}

/** Items as they would sound: as the server said where it has answered, else as reckoned here. */
const shownAs = (
  items: readonly TimelineItem[],
  order: readonly string[],
  changes: readonly { airing: string | null; to: string | null }[],
): TimelineItem[] => {
  const said = new Map(changes.map(({ airing, to }) => [airing, to]))
  return reordered(items, order).map((item) => {
    const to = said.get(item.airing)
    return to && to.length > 5 ? { ...item, at: to } : item
  })
}
