/** Numbers, dates and times as people in Viet Nam write them. Instants arrive as ISO 8601 texts with +07:00, so nothing here needs a clock or a time zone. */

const VIETNAM_OFFSET_MS = 7 * 3_600_000
const DAY_MS = 86_400_000

/** The same instant as text with +07:00, whatever offset it came with. */
const local = (instant: string | number): string => {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  return new Date(ms + VIETNAM_OFFSET_MS).toISOString()
}

/** `17:05`, Viet Nam time. */
export const timeOf = (instant: string | number): string => local(instant).slice(11, 16)

/** `2026-11-22`, the Viet Nam date of an instant. */
export const dateOf = (instant: string | number): string => local(instant).slice(0, 10)

/** `22/11/2026` of `2026-11-22` or of an instant. */
export const dateWritten = (date: string): string => {
  const day = date.length > 10 ? dateOf(date) : date
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** `22/11` of `2026-11-22`. */
export const dayMonth = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}`

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (date: string): number => (Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + 4) % 7

/** The date `days` after `date`. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** `1.107` or `39,8` (vi), `1,107` or `39.8` (en). `decimals` fixes the digits after the mark. */
export const numberWritten = (value: number, lang: 'vi' | 'en', decimals = 0): string => {
  const [whole = '0', rest] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === 'vi' ? '.' : ',')
  const mark = lang === 'vi' ? ',' : '.'
  return `${value < 0 ? '−' : ''}${grouped}${rest === undefined ? '' : mark + rest}`
}

export type HoursMinutesSeconds = { hours: number; minutes: number; seconds: number }

/** A duration in whole seconds, rounded to the nearest, taken apart. */
export const durationParts = (ms: number): HoursMinutesSeconds => {
  const total = Math.max(0, Math.round(ms / 1000))
  return { hours: Math.floor(total / 3600), minutes: Math.floor((total % 3600) / 60), seconds: total % 60 }
}

/** `1:12`, `1:02:05`: a position in a sound. */
export const position = (ms: number): string => {
  const { hours, minutes, seconds } = durationParts(ms)
  const two = (n: number): string => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/**
 * Dates as few words: runs of consecutive days as `22–24/11`, across months `30/11–02/12`, single days by themselves.
 * Takes dates in any order, each once.
 */
export const dateRuns = (dates: readonly string[]): string[] => {
  const sorted = [...new Set(dates)].sort()
  const runs: { first: string; last: string }[] = []
  for (const date of sorted) {
    const run = runs.at(-1)
    if (run && addDays(run.last, 1) === date) run.last = date
    else runs.push({ first: date, last: date })
  }
  return runs.map(({ first, last }) => {
    if (first === last) return dayMonth(first)
    return first.slice(0, 7) === last.slice(0, 7)
      ? `${first.slice(8, 10)}–${dayMonth(last)}`
      : `${dayMonth(first)}–${dayMonth(last)}`
  })
}

const two = (n: number | string): string => String(n).padStart(2, '0')

/** `2026-11-24` of `24/11/2026`, `24-11-2026`, `24.11` (the year is then that of `today`); `undefined` for what is no day. */
export const readDate = (text: string, today: string): string | undefined => {
  const match = /^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{4}))?\s*$/.exec(text)
  if (!match) return undefined
  const date = `${match[3] ?? today.slice(0, 4)}-${two(match[2] ?? '')}-${two(match[1] ?? '')}`
  const ms = Date.parse(`${date}T00:00:00Z`)
  // 31/11 would roll over into December.
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === date ? date : undefined
}

/** Whether a text is written like a day, though perhaps no such day exists. */
export const looksLikeDate = (text: string): boolean =>
  /^\s*\d{1,2}\s*[/.\-\s]\s*\d{1,2}(?:\s*[/.\-\s]\s*\d{4})?\s*$/.test(text)

/** Real loudspeakers keep silent from 21:00 to 05:00 unless told otherwise; `HH:MM` in that span. */
export const isNight = (time: string): boolean => time !== '' && (time >= '21:00' || time < '05:00')

/** `17:05` of `17:05`, `17h05`, `17 giờ 5`, `1705` or `17h`; `undefined` for what is no time of day. */
export const readTime = (text: string): string | undefined => {
  const match =
    /^\s*(\d{1,2})\s*(?:[:.hH]|giờ)\s*(\d{1,2})?\s*(?:phút|p)?\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})\s*$/.exec(text)
  if (!match) return undefined
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : undefined
}
