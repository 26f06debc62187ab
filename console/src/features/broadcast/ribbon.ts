import type { Airing } from '../../api/types.ts'
import { timeOf } from '../../i18n/format.ts'

const HOUR_MS = 3_600_000
const NOON_MINUTES = 12 * 60
/** A session is drawn at least this wide, so that one short item is not stretched over the whole track. */
const SPAN_HOURS_MIN = 2

export type Block = { airing: Airing; left: number; width: number }
/** Half a day's airings on one line; `left`, `width` and `now` are parts of the line, 0…1. */
export type Track = { half: 'morning' | 'afternoon'; hours: string[]; blocks: Block[]; now: number | null }

const minutesOf = (instant: string): number => {
  const time = timeOf(instant)
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

const trackOf = (half: Track['half'], airings: readonly Airing[], nowMs: number): Track => {
  const starts = airings.map((airing) => Date.parse(airing.at))
  const ends = airings.map((airing) => Date.parse(airing.at) + airing.durationMs)
  const from = Math.floor(Math.min(...starts) / HOUR_MS) * HOUR_MS
  const to = Math.max(Math.ceil(Math.max(...ends) / HOUR_MS) * HOUR_MS, from + SPAN_HOURS_MIN * HOUR_MS)
  const part = (ms: number): number => (ms - from) / (to - from)
  const count = Math.round((to - from) / HOUR_MS)
  const step = Math.ceil(count / 4)
  return {
    half,
    hours: Array.from({ length: Math.floor(count / step) + 1 }, (_, i) => timeOf(from + i * step * HOUR_MS)),
    blocks: airings.map((airing, i) => ({
      airing,
      left: part(starts[i] ?? from),
      width: airing.durationMs / (to - from),
    })),
    now: nowMs >= from && nowMs <= to ? part(nowMs) : null,
  }
}

/** The day as one line for the morning and one for the afternoon; a half without airings has none. */
export const tracksOf = (airings: readonly Airing[], nowMs: number): Track[] => {
  const sorted = [...airings].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const morning = sorted.filter((airing) => minutesOf(airing.at) < NOON_MINUTES)
  const afternoon = sorted.filter((airing) => minutesOf(airing.at) >= NOON_MINUTES)
  return [
    ...(morning.length > 0 ? [trackOf('morning', morning, nowMs)] : []),
    ...(afternoon.length > 0 ? [trackOf('afternoon', afternoon, nowMs)] : []),
  ]
}
