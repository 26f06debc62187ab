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
type Write = {
  number: (value: number, decimals?: number) => string
  at: (instant: string) => string
  /** What a device's report means, in words. */
  report: (code: string) => string
}

const valueWritten = (value: unknown, words: FactWords, write: Write): string => {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return write.number(value, Number.isInteger(value) ? 0 : 1)
  if (Array.isArray(value)) return value.map((each) => write.report(String(each))).join(', ')
  if (typeof value !== 'string') return ''
  return /^\d{4}-\d\d-\d\dT/.test(value) ? write.at(value) : value
}

/** What was known of the device when it happened, in words; what has no word of its own is left out. */
export const factsWritten = (
  { telemetry, boots, ...facts }: Ticket['facts'],
  words: FactWords,
  write: Write,
): { label: string; value: string }[] =>
  Object.entries({ ...facts, ...telemetry, machines: boots && boots.length > 1 ? boots.length : undefined }).flatMap(
    ([key, value]) => {
      const label = words.facts[key]
      const written = valueWritten(value, words, write)
      return label === undefined || written === '' ? [] : [{ label, value: written }]
    },
  )

/** What is written down as the cause: the words chosen; that it mended itself has a code of its own. */
export const causeWritten = (key: string, causes: Readonly<Record<string, string>>): string =>
  key === 'recovered' ? key : (causes[key] ?? key)
