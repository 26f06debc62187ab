import type { LocalDate } from '@loa/protocol'

/** The one figure of today; a figure's id says what it is, of which unit and for which days. */
export const BROADCAST_MINUTES = 'broadcast-minutes'

export type FigureKey = { readonly unit: string; readonly from: LocalDate; readonly to: LocalDate }

/** `broadcast-minutes.<unit>.<from>.<to>`; the dot is in none of the parts. */
export const figureId = ({ unit, from, to }: FigureKey): string => `${BROADCAST_MINUTES}.${unit}.${from}.${to}`

const SHAPE = /^broadcast-minutes\.([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.(\d{4}-\d{2}-\d{2})\.(\d{4}-\d{2}-\d{2})$/

const isDate = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export const parseFigureId = (id: string): FigureKey | undefined => {
  const [, unit, from, to] = SHAPE.exec(id) ?? []
  if (unit === undefined || from === undefined || to === undefined) return undefined
  return isDate(from) && isDate(to) && from <= to ? { unit, from, to } : undefined
}

/** The most one airing was heard anywhere in a commune. */
export type Longest = { readonly commune: string; readonly seconds: number }

export type Minutes = { readonly minutes: number; readonly airings: number }

/**
 * Minutes of broadcasting by commune: each airing counts once, with the longest time any device of the commune really wrote
 * to its output. One decimal, rounded once, at the end.
 */
export const minutesByCommune = (
  communes: readonly string[],
  rows: readonly Longest[],
): ReadonlyMap<string, Minutes> => {
  const byCommune = Map.groupBy(rows, ({ commune }) => commune)
  return new Map(
    communes.map((commune) => {
      const own = byCommune.get(commune) ?? []
      const seconds = own.reduce((sum, row) => sum + row.seconds, 0)
      return [commune, { minutes: Math.round(seconds / 6) / 10, airings: own.length }]
    }),
  )
}
