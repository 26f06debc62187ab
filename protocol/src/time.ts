/**
 * Instants and the local day. Both server and device reckon in these, so that "quiet from 22:00" means the same
 * thing on a laptop in the commune hall and on a pole. Viet Nam keeps UTC+7 all year: no time-zone table is needed
 * on a device, and none is used.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Viet Nam standard time, minutes ahead of UTC. */
export const LOCAL_OFFSET_MINUTES = 420
const DAY_MS = 86_400_000

/** Where time comes from. Only a platform folder implements it; everything else is handed one. */
export type Clock = {
  now(): Instant
  /** Runs `task` once the clock has reached `at`. Returns a function that cancels it. */
  at(at: Instant, task: () => void): () => void
}

/** Local calendar date, `YYYY-MM-DD`. */
export type LocalDate = string

/** The local date (UTC+7) on which an instant falls. */
export const localDate = (at: Instant): LocalDate =>
  new Date(at + LOCAL_OFFSET_MINUTES * 60_000).toISOString().slice(0, 10)

/** Minutes since local midnight, 0 … 1439. */
export const localMinute = (at: Instant): number =>
  Math.floor(((((at + LOCAL_OFFSET_MINUTES * 60_000) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000)

/** The instant of `HH:MM` local time on a local date. Throws on a malformed date or time (a bug, not an input). */
export const instantOf = (date: LocalDate, time: string): Instant => {
  const at = Date.parse(`${date}T${time}:00.000+07:00`)
  // Date.parse takes 30 February for 2 March: what does not come back as the same date is no date.
  if (Number.isNaN(at) || localDate(at) !== date) throw new Error(`not a local date and time: ${date} ${time}`)
  return at
}

/** A daily span of local time. `from` may be later than `to`: the span then crosses midnight. `HH:MM`, `to` excluded. */
export type DailySpan = { readonly from: string; readonly to: string }

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Whether an instant falls within a daily span of local time. An empty span (from = to) holds nothing. */
export const isWithin = (span: DailySpan, at: Instant): boolean => {
  const minute = localMinute(at)
  const from = minuteOf(span.from)
  const to = minuteOf(span.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
