import type { NewUnit, Succession, UnitEvent, UnitKind } from '../modules/org/index.ts'
import record from './history.json' with { type: 'json' }

type Unit = {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly shortName: string
  readonly parent: string | null
  readonly population?: number
  readonly from?: string
  readonly to?: string
  readonly source: string
}
type Happened = {
  readonly id: string
  readonly on: string
  readonly kind: string
  readonly unit?: string
  readonly from?: readonly string[]
  readonly to?: string
  readonly source: string
}

const inWords: Readonly<Record<string, string>> = record.sources
const sourceOf = (key: string): string => {
  const source = inWords[key]
  if (source === undefined) throw new Error(`history.json names a source that it does not have: ${key}`)
  return source
}

const units: readonly Unit[] = record.units
const events: readonly Happened[] = record.events

/** Units of former times around the demonstration, and what Quảng Nam became: nothing of them is invented. */
export const demoFormerUnits = (): readonly NewUnit[] =>
  units.map(({ population, from, to, source, kind, ...unit }) => ({
    ...unit,
    kind: kind as UnitKind,
    population: population ?? null,
    invented: false,
    gsoCode: null,
    from: from ?? record.recordFrom,
    to: to ?? null,
    source: sourceOf(source),
  }))

/** What happened to them. */
export const demoEvents = (): readonly UnitEvent[] =>
  events.map(({ id, on, kind, unit, source }) => ({
    id,
    on,
    kind: kind as UnitEvent['kind'],
    unit: unit ?? null,
    source: sourceOf(source),
  }))

/** All of them went whole, by law. */
export const demoSuccessions = (): readonly Succession[] =>
  events.flatMap(({ id, from, to }) =>
    to === undefined
      ? []
      : (from ?? []).map(
          (unit) => ({ event: id, from: unit, to, basis: 'whole', weight: 1, quality: 'legal' }) as const,
        ),
  )
