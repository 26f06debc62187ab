import type { Ticket } from '../../api/network.ts'
import { folded } from './marks.ts'

export type TicketView = 'open' | 'mine' | 'others' | 'closed'

export type Sorted = Readonly<Record<TicketView, readonly Ticket[]>>

/** Each ticket in exactly one heap; the longest open first, the last closed first. */
export const sortedFor = (tickets: readonly Ticket[], me: string): Sorted => {
  const heap = (belongs: (ticket: Ticket) => boolean): Ticket[] => tickets.filter(belongs)
  const oldestFirst = (a: Ticket, b: Ticket): number => Date.parse(a.openedAt) - Date.parse(b.openedAt)
  return {
    open: heap(({ state }) => state === 'open').sort(oldestFirst),
    mine: heap(({ state, assignedTo }) => state === 'assigned' && assignedTo?.person === me).sort(oldestFirst),
    others: heap(({ state, assignedTo }) => state === 'assigned' && assignedTo?.person !== me).sort(oldestFirst),
    closed: heap(({ state }) => state === 'closed').sort(
      (a, b) => Date.parse(b.closedAt ?? b.openedAt) - Date.parse(a.closedAt ?? a.openedAt),
    ),
  }
}

export const matching = (tickets: readonly Ticket[], text: string): readonly Ticket[] => {
  const wanted = folded(text.trim())
  return wanted === ''
    ? tickets
    : tickets.filter(({ deviceName, unitName }) => folded(`${deviceName} ${unitName}`).includes(wanted))
}

/** What waits for this person: what nobody has taken, and what was given to them. */
export const waitingFor = (tickets: readonly Ticket[], me: string): number => {
  const { open, mine } = sortedFor(tickets, me)
  return open.length + mine.length
}

type FactWords = { facts: Readonly<Record<string, string>>; yes: string; no: string }

/** What was measured when it happened, in words; what has no word of its own is left out. */
export const factsWritten = (
  facts: Ticket['facts'],
  words: FactWords,
  write: { number: (value: number, decimals?: number) => string; at: (instant: string) => string },
): { label: string; value: string }[] =>
  Object.entries(facts).flatMap(([key, value]) => {
    const label = words.facts[key]
    if (label === undefined || value === null || value === undefined || value === '') return []
    if (typeof value === 'boolean') return [{ label, value: value ? words.yes : words.no }]
    if (typeof value === 'number') return [{ label, value: write.number(value, Number.isInteger(value) ? 0 : 1) }]
    if (typeof value !== 'string') return []
    return [{ label, value: /^\d{4}-\d\d-\d\dT/.test(value) ? write.at(value) : value }]
  })
