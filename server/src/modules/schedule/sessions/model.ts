import { type DailySpan, type Instant, instantOf, type LocalDate, localDate } from '@loa/protocol'
import { z } from 'zod'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Shorter than this it holds an opening and a closing and nothing between. */
export const SESSION_MINUTES_MIN = 5
/** The hours devices keep quiet unless they are told otherwise (NĐ 49/2024 leaves the hours to the station's rules). */
export const NIGHT: DailySpan = { from: '21:00', to: '05:00' }

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A stretch at the start or the end in which another station is relayed; it takes the session's time, the loudspeaker's own equipment does it. */
export const relaySchema = z.strictObject({
  of: z.string().trim().min(1).max(120),
  at: z.enum(['start', 'end']),
  minutes: z.number().int().min(1).max(240),
})
export type Relay = z.infer<typeof relaySchema>

/** When a session is: the fields a person fills in. */
export const sessionFieldsSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .transform((days) => [...new Set(days)].sort()),
  from: timeSchema,
  to: timeSchema,
  relay: relaySchema.nullable(),
})
export type SessionFields = z.infer<typeof sessionFieldsSchema>

/** What a session is from one day to another. */
export type SessionVersion = SessionFields & {
  readonly session: string
  readonly unit: string
  readonly validFrom: LocalDate
  /** The first day on which it is so no more. */
  readonly validTo: LocalDate | null
  readonly offHours: 'none' | 'confirmed'
  readonly confirmedBy: string | null
  readonly savedBy: string
  readonly savedAt: Instant
}

/** A change that touches the night: it waits for a second person and places nothing. */
export type Proposal = SessionFields & {
  readonly session: string
  readonly unit: string
  readonly validFrom: LocalDate
  readonly proposedBy: string
  readonly proposedAt: Instant
}

export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Whether a session touches the night, so that a second person has to confirm it. */
export const isOffHours = ({ from, to }: Pick<SessionFields, 'from' | 'to'>): boolean =>
  minuteOf(from) < minuteOf(NIGHT.to) || minuteOf(to) > minuteOf(NIGHT.from)

/** ISO weekday of a local date: Monday 1 to Sunday 7. */
export const weekdayOf = (date: LocalDate): number => {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day === 0 ? 7 : day
}

/** The local date some days later. */
export const addDays = (date: LocalDate, days: number): LocalDate => localDate(instantOf(date, '00:00') + days * DAY_MS)

/** The local dates from one to another, both included. */
export const datesBetween = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const dates: LocalDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date)
  return dates
}

type Placed = SessionFields & {
  readonly session: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

const meets = (one: Placed, other: Placed): boolean =>
  one.session !== other.session &&
  one.days.some((day) => other.days.includes(day)) &&
  one.from < other.to &&
  other.from < one.to &&
  (other.validTo === null || one.validFrom < other.validTo) &&
  (one.validTo === null || other.validFrom < one.validTo)

/** Why a session cannot be as it is asked for; `others`: what the same unit has. A night is two sessions: one until midnight, one after. */
export const refusalOf = (wanted: Placed, others: readonly Placed[]): Refusal | undefined => {
  const minutes = minuteOf(wanted.to) - minuteOf(wanted.from)
  if (minutes <= 0) return refuse('session.acrossMidnight')
  if (minutes < SESSION_MINUTES_MIN) return refuse('session.tooShort', { minutesMin: SESSION_MINUTES_MIN })
  if (wanted.relay !== null && wanted.relay.minutes > minutes) return refuse('session.relayTooLong', { minutes })
  const met = others.find((other) => meets(wanted, other))
  return met === undefined ? undefined : refuse('session.overlaps', { name: met.name })
}

/** A session on one of its days. */
export type SessionRun = {
  readonly session: string
  readonly unit: string
  readonly name: string
  readonly date: LocalDate
  readonly from: string
  readonly to: string
  readonly relay: Relay | null
  readonly offHours: 'none' | 'confirmed'
  readonly start: Instant
  readonly end: Instant
  /** The time between its relays: where its own items stand. */
  readonly own: { readonly from: Instant; readonly to: Instant }
}

/** The session on a date; `undefined` where it does not run then. */
export const runOn = (version: SessionVersion, date: LocalDate): SessionRun | undefined => {
  const inForce = version.validFrom <= date && (version.validTo === null || date < version.validTo)
  if (!inForce || !version.days.includes(weekdayOf(date))) return undefined
  const { session, unit, name, from, to, relay, offHours } = version
  const [start, end] = [instantOf(date, from), instantOf(date, to)]
  const relayed = (relay?.minutes ?? 0) * MINUTE_MS
  const own = {
    from: relay?.at === 'start' ? start + relayed : start,
    to: relay?.at === 'end' ? end - relayed : end,
  }
  return { session, unit, name, date, from, to, relay, offHours, start, end, own }
}

/** Every run of the sessions on the dates, by time. */
export const runsOn = (versions: readonly SessionVersion[], dates: readonly LocalDate[]): SessionRun[] =>
  [...new Set(dates)]
    .flatMap((date) => versions.flatMap((version) => runOn(version, date) ?? []))
    .sort((a, b) => a.start - b.start || (a.session < b.session ? -1 : 1))
