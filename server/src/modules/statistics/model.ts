import type { LocalDate } from '@loa/protocol'

/** The one figure of today; a figure's id says what it is, of which unit and for which days. */
export const BROADCAST_MINUTES = 'broadcast-minutes'

/** `mapOn`: the figure also holds what the communes did that had gone into this one by that day. */
export type FigureKey = {
  readonly unit: string
  readonly from: LocalDate
  readonly to: LocalDate
  readonly mapOn?: LocalDate
}

/** `broadcast-minutes.<unit>.<from>.<to>`, and the day of the map where there is one; the dot is in none of the parts. */
export const figureId = ({ unit, from, to, mapOn }: FigureKey): string =>
  [BROADCAST_MINUTES, unit, from, to, ...(mapOn === undefined ? [] : [mapOn])].join('.')

const SHAPE =
  /^broadcast-minutes\.([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.(\d{4}-\d{2}-\d{2})\.(\d{4}-\d{2}-\d{2})(?:\.(\d{4}-\d{2}-\d{2}))?$/

const isDate = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export const parseFigureId = (id: string): FigureKey | undefined => {
  const [, unit, from, to, mapOn] = SHAPE.exec(id) ?? []
  if (unit === undefined || from === undefined || to === undefined) return undefined
  if (!isDate(from) || !isDate(to) || from > to || (mapOn !== undefined && !isDate(mapOn))) return undefined
  return { unit, from, to, ...(mapOn === undefined ? {} : { mapOn }) }
}

/** The most one airing was heard anywhere in a commune. */
export type Longest = { readonly commune: string; readonly seconds: number }

/**
 * The same on the map of another day: what was heard in a commune counts for the one it went into. An airing heard in several
 * that are one now was heard once there, for as long as in the one where it was longest.
 */
export const onMap = <Row extends Longest & { readonly airing: string }>(
  rows: readonly Row[],
  becameOf: ReadonlyMap<string, string>,
): readonly Row[] => {
  const moved = rows.map((row) => ({ ...row, commune: becameOf.get(row.commune) ?? row.commune }))
  const heard = [...Map.groupBy(moved, ({ commune, airing }) => `${commune} ${airing}`).values()]
  return heard.flatMap((of) => of.toSorted((a, b) => b.seconds - a.seconds).slice(0, 1))
}

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
