import type { Instant, Telemetry } from '@loa/protocol'
import { isFault } from '../model.ts'

export const ticketKinds = ['offline', 'silent', 'chime', 'fault', 'clock', 'power', 'doubled', 'manual'] as const
export type TicketKind = (typeof ticketKinds)[number]
export type TicketState = 'open' | 'assigned' | 'closed'
export type TicketEventKind = 'opened' | 'assigned' | 'noted' | 'recovered' | 'again' | 'closed'

/** What was known of a device when its ticket was opened; it never changes afterwards. */
export type TicketFacts = {
  readonly online: boolean | null
  readonly since: Instant | null
  readonly seenAt: Instant | null
  readonly clockTrusted: boolean | null
  readonly program: string
  readonly telemetry: Telemetry | null
  readonly reports: readonly string[]
  /** Starts of the machines that carry the same identity. */
  readonly boots?: readonly { readonly bootedAt: Instant; readonly program: string; readonly lastAt: Instant }[]
  /** The airing of the daily chime that was not heard. */
  readonly airing?: string
}

export type TicketRow = {
  readonly id: string
  readonly device: string
  readonly kind: TicketKind
  readonly openedAt: Instant
  readonly openedBy: string | null
  readonly facts: TicketFacts
  readonly recoveredAt: Instant | null
  readonly assignedTo: string | null
  readonly closedAt: Instant | null
  readonly closedBy: string | null
  readonly cause: string | null
}

export type TicketEventRow = {
  readonly ticket: string
  readonly kind: TicketEventKind
  readonly at: Instant
  readonly by: string | null
  readonly note: string
}

export const stateOf = ({ closedAt, assignedTo }: Pick<TicketRow, 'closedAt' | 'assignedTo'>): TicketState =>
  closedAt !== null ? 'closed' : assignedTo === null ? 'open' : 'assigned'

/** Causes written where a ticket closes by itself; shown in the reader's language. */
export const CAUSE_RECOVERED = 'recovered'

export const CAUSE_REVOKED = 'revoked'

/** A quarter of an hour: shorter gaps are the mobile network's and mend themselves. */
export const OFFLINE_MS = 15 * 60_000
/** A device gets the time within seconds of connecting; one without it for so long has a fault. */
export const CLOCK_DOUBTED_MS = 10 * 60_000
/** A board without a battery for its clock wakes up hours behind, which is how it is made; years behind it is broken, and mute after every outage. */
export const CLOCK_ERROR_MS_MAX = 365 * 86_400_000

/** Whether a device's own clock is not to be relied on, although it may have been told the time. */
export const isClockFarOff = (telemetry: Telemetry | null): boolean =>
  Math.abs(telemetry?.clockErrorMs ?? 0) > CLOCK_ERROR_MS_MAX

/** Nominal voltages, and below which of their volts a supply is failing: USB 2.0 §7.2.2 for 5 V, 95 % for lead and mains adapters, 3.4 V for a lithium cell. */
const supplies = [
  { nominal: 3.7, low: 3.4 },
  { nominal: 5, low: 4.75 },
  { nominal: 12, low: 11.4 },
  { nominal: 24, low: 22.8 },
  { nominal: 48, low: 45.6 },
] as const

/**
 * The voltages at which a supply is failing, from … to (excluded): each nominal voltage reaches down to halfway, by ratio, to the
 * one below it.
 */
export const failingVolts: readonly { readonly from: number; readonly to: number }[] = supplies.map(
  ({ nominal, low }, place) => ({ from: Math.sqrt(nominal * (supplies[place - 1]?.nominal ?? 0)), to: low }),
)

/** Whether a supply of that voltage is failing. */
export const isPowerLow = (volts: number): boolean => failingVolts.some(({ from, to }) => volts >= from && volts < to)

/** What is known of a device now, as far as tickets go. */
export type Condition = {
  readonly device: string
  readonly enrolledAt: Instant
  /** Its place waits for a new machine: that it is away is known. */
  readonly replacing: boolean
  readonly online: boolean
  /** Since when it is online or offline; null: it has never connected. */
  readonly since: Instant | null
  readonly clockDoubtedSince: Instant | null
  readonly telemetry: Telemetry | null
  /** Codes it reported lately. */
  readonly reports: readonly string[]
}

export type SystemKind = 'offline' | 'fault' | 'clock' | 'power' | 'doubled'
export const systemKinds: readonly SystemKind[] = ['offline', 'fault', 'clock', 'power', 'doubled']

/** The code under which two machines with one identity stand among a device's reports. */
export const DOUBLED = 'device.doubled'

const isClockWrong = ({ online, clockDoubtedSince, telemetry }: Condition, now: Instant): boolean =>
  online && ((clockDoubtedSince !== null && now - clockDoubtedSince >= CLOCK_DOUBTED_MS) || isClockFarOff(telemetry))

/** What is wrong with a device now, as far as the system can tell by itself. */
export const troublesOf = (condition: Condition, now: Instant): readonly SystemKind[] => {
  const { online, since, enrolledAt, telemetry, reports } = condition
  if (condition.replacing) return []
  const wrong: Readonly<Record<SystemKind, boolean>> = {
    offline: !online && now - (since ?? enrolledAt) >= OFFLINE_MS,
    fault: reports.some(isFault),
    clock: isClockWrong(condition, now),
    power: online && telemetry?.powerVolts !== undefined && isPowerLow(telemetry.powerVolts),
    doubled: reports.includes(DOUBLED),
  }
  return systemKinds.filter((kind) => wrong[kind])
}

/** Whether nothing can be said for or against a trouble while the device is away: its ticket stays as it is. */
const needsContact = (kind: SystemKind): boolean => kind !== 'offline'

export type Step = 'recover' | 'again' | 'close'

/**
 * What happens by itself to an open ticket of the system's. One that mends gets a line and waits for a person; that a device
 * was away and came back before anybody took it up needs nobody.
 */
export const stepOf = (
  ticket: Pick<TicketRow, 'kind' | 'recoveredAt' | 'assignedTo' | 'openedBy'>,
  condition: Condition,
  troubles: readonly SystemKind[],
): Step | undefined => {
  const kind = systemKinds.find((each) => each === ticket.kind)
  if (kind === undefined) return undefined
  if (troubles.includes(kind)) return ticket.recoveredAt === null ? undefined : 'again'
  if (needsContact(kind) && !condition.online) return undefined
  // away for less than a quarter of an hour is no new trouble, and not yet an end of the old one
  if (kind === 'offline' && !condition.online) return undefined
  if (kind === 'offline' && ticket.assignedTo === null && ticket.openedBy === null) return 'close'
  return ticket.recoveredAt === null ? 'recover' : undefined
}
