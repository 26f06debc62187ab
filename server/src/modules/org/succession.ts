import { instantOf, type LocalDate, localDate } from '@loa/protocol'
import type { UnitRow } from './model.ts'

/** One version of a unit, `[from, to)`; `to` is `null` where no end is known. */
export type UnitVersion = UnitRow & {
  readonly gsoCode: string | null
  readonly from: LocalDate
  readonly to: LocalDate | null
  /** Where these facts come from, in words. */
  readonly source: string
}

export type UnitEventKind = 'merge' | 'split' | 'transfer' | 'rename' | 'abolish' | 'establish'

/** Something that the law did to units. `on`: the first day on which the new state holds. */
export type UnitEvent = {
  readonly id: string
  readonly on: LocalDate
  readonly kind: UnitEventKind
  /** Whom an event without successors concerns. */
  readonly unit: string | null
  readonly source: string
}

/** What a part is measured by, where a unit did not go whole. */
export type Basis = 'population' | 'area' | 'household' | 'facility'

/** Which part of `from` went to `to`, `0 < weight ≤ 1`; `to` is `from` for the part that stayed. */
export type Succession = {
  readonly event: string
  readonly from: string
  readonly to: string
  readonly basis: Basis | 'whole'
  readonly weight: number
  readonly quality: 'legal' | 'measured' | 'estimated'
}

export type History = {
  readonly versions: readonly UnitVersion[]
  readonly events: readonly UnitEvent[]
  readonly successions: readonly Succession[]
}

/**
 * Where something of a unit is. `weight`: how much of the unit, `null` where nobody has measured it; `exact`: nothing about it
 * is estimated, so a figure of the unit may be carried over as it is.
 */
export type Part = { readonly unit: string; readonly weight: number | null; readonly exact: boolean }

/** Parts, and the events on the way in the order in which they happened. */
export type Fate = { readonly parts: readonly Part[]; readonly events: readonly UnitEvent[] }

export const dayBefore = (day: LocalDate): LocalDate => localDate(instantOf(day, '00:00') - 1)

const isAlive = ({ from, to }: UnitVersion, on: LocalDate): boolean => from <= on && (to === null || on < to)

/** The tree on a day: every unit as it then was, each with its parent of that day. */
export const treeOn = (versions: readonly UnitVersion[], on: LocalDate): ReadonlyMap<string, UnitVersion> =>
  new Map(versions.filter((version) => isAlive(version, on)).map((version) => [version.id, version]))

type Step = { readonly event: UnitEvent; readonly edges: ReadonlyMap<string, readonly Succession[]> }

const byDay = (a: UnitEvent, b: UnitEvent): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1)

/** Events after `since`, up to and on `until`, with what they did to each unit; in order. */
const stepsOf = (history: History, { since, until }: { since: LocalDate; until: LocalDate }): readonly Step[] => {
  const ofEvent = Map.groupBy(history.successions, ({ event }) => event)
  return history.events
    .filter(({ on }) => on > since && on <= until)
    .sort(byDay)
    .map((event) => ({ event, edges: Map.groupBy(ofEvent.get(event.id) ?? [], ({ from }) => from) }))
}

/** Where one part goes in one step; its parts are unknown where they were measured by something else than asked. */
const moved = (part: Part, edges: readonly Succession[], basis: Basis): readonly Part[] => {
  const usable = edges.filter((edge) => edge.basis === 'whole' || edge.basis === basis)
  if (usable.length === 0) return edges.map(({ to }) => ({ unit: to, weight: null, exact: false }))
  return usable.map((edge) => ({
    unit: edge.to,
    weight: part.weight === null ? null : part.weight * edge.weight,
    exact: part.exact && edge.basis === 'whole',
  }))
}

/** A unit each. What was divided and came together again at one place is whole again: the weights cancel. */
const gathered = (parts: readonly Part[]): readonly Part[] => {
  const units = [...Map.groupBy(parts, ({ unit }) => unit)]
  return units.map(([unit, of]) => {
    const known = of.every(({ weight }) => weight !== null)
    if (known && units.length === 1) return { unit, weight: 1, exact: true }
    const weight = known ? of.reduce((sum, part) => sum + (part.weight ?? 0), 0) : null
    return { unit, weight, exact: of.every(({ exact }) => exact) }
  })
}

type Asked = {
  /** The unit as it was on this day; its whole life where absent. */
  readonly since?: LocalDate
  readonly on: LocalDate
  readonly basis?: Basis
}

const BEGINNING = '0001-01-01'

/** What was abolished without a successor lives on in what was below it on its last day. How much in which is not known. */
const membersOf = (history: History, unit: string, day: LocalDate): readonly Part[] =>
  history.versions
    .filter((version) => version.parent === unit && isAlive(version, dayBefore(day)))
    .map(({ id }) => ({ unit: id, weight: null, exact: false }))

/**
 * What became of a unit by a day, events composed in the order in which they happened. A unit to which nothing happened is
 * itself. An abolished district is what its communes became.
 */
export const became = (history: History, unit: string, { since, on, basis = 'population' }: Asked): Fate => {
  const passed: UnitEvent[] = []
  let parts: readonly Part[] = [{ unit, weight: 1, exact: true }]
  const steps = Map.groupBy(stepsOf(history, { since: since ?? BEGINNING, until: on }), ({ event }) => event.on)
  for (const [day, ofDay] of steps) {
    const goes = (part: Part): readonly Part[] => {
      const ended = ofDay.find(({ event }) => event.kind === 'abolish' && event.unit === part.unit)
      if (ended !== undefined) {
        passed.push(ended.event)
        return membersOf(history, part.unit, day).flatMap(goes)
      }
      const step = ofDay.find(({ edges }) => edges.has(part.unit))
      if (step === undefined) return [part]
      passed.push(step.event)
      return moved(part, step.edges.get(part.unit) ?? [], basis)
    }
    parts = gathered(parts.flatMap(goes))
  }
  const alive = treeOn(history.versions, on)
  return { parts: parts.filter((part) => alive.has(part.unit)), events: [...new Set(passed)].sort(byDay) }
}

/** Units from which something came to the unit, as they were on the day `on`, which lies before `until`. */
const sourcesOf = (history: History, unit: string, period: { on: LocalDate; until: LocalDate }): readonly string[] => {
  let units: readonly string[] = [unit]
  const steps = Map.groupBy(stepsOf(history, { since: period.on, until: period.until }), ({ event }) => event.on)
  for (const ofDay of [...steps.values()].toReversed()) {
    const all = ofDay.flatMap(({ edges }) => [...edges.values()].flat())
    // whoever took something in may have been there before; who was not falls out at the end
    units = [...new Set([...units, ...all.filter(({ to }) => units.includes(to)).map(({ from }) => from)])]
  }
  const alive = treeOn(history.versions, period.on)
  return units.filter((id) => alive.has(id))
}

/** The last day up to `until` on which the unit exists; `until` itself where it never did. */
export const lastDayOf = (versions: readonly UnitVersion[], unit: string, until: LocalDate): LocalDate =>
  versions
    .filter(({ id, from }) => id === unit && from <= until)
    .map(({ to }) => (to === null || to > until ? until : dayBefore(to)))
    .reduce((last, day) => (last !== undefined && last > day ? last : day), undefined as LocalDate | undefined) ?? until

/**
 * What a unit was before: the units of the day `on` of which it took over something by `until`, each with the part that was
 * taken over (its own part, not what it makes up of the new unit: that needs its people or area, and is always an estimate).
 */
export const before = (history: History, unit: string, asked: Asked & { readonly until: LocalDate }): Fate => {
  const until = lastDayOf(history.versions, unit, asked.until)
  const { on } = asked
  const fates = sourcesOf(history, unit, { on, until }).map((source) => ({
    source,
    fate: became(history, source, { ...asked, since: on, on: until }),
  }))
  const parts = fates.flatMap(({ source, fate }) =>
    fate.parts.filter((part) => part.unit === unit).map((part) => ({ ...part, unit: source })),
  )
  return { parts, events: [...new Set(fates.flatMap(({ fate }) => fate.events))].sort(byDay) }
}

/** What is wrong with a history, in words; empty where all is well. Data that people type is held against this before it is used. */
export const faultsIn = (history: History): readonly string[] => {
  const { versions, events, successions } = history
  const known = new Map(events.map((event) => [event.id, event]))
  const alive = (unit: string, on: LocalDate): boolean =>
    versions.some((version) => version.id === unit && isAlive(version, on))
  const stayed = new Set(successions.filter(({ from, to }) => from === to).map(({ event, from }) => `${event} ${from}`))
  const ofEdge = ({ event, from, to }: Succession): readonly string[] => {
    const on = known.get(event)?.on
    if (on === undefined) return [`${event}: no such event`]
    return [
      ...(alive(from, dayBefore(on)) ? [] : [`${event}: ${from} is not there the day before`]),
      ...(stayed.has(`${event} ${from}`) || !alive(from, on)
        ? []
        : [`${event}: ${from} is still there, but no part of it stayed`]),
      ...(alive(to, on) ? [] : [`${event}: ${to} is not there on the day`]),
    ]
  }
  const sums = [...Map.groupBy(successions, ({ event, from, basis }) => `${event}: ${from} by ${basis}`)]
    .filter(([, of]) => Math.abs(of.reduce((sum, { weight }) => sum + weight, 0) - 1) > 1e-9)
    .map(([which]) => `${which} does not add up to 1`)
  const gone = new Set([...successions.map(({ from }) => from), ...events.flatMap(({ unit }) => unit ?? [])])
  const lost = versions
    .filter(({ id, to }) => to !== null && !gone.has(id) && !alive(id, to))
    .map(({ id }) => `${id} ends and nothing says why`)
  return [...successions.flatMap(ofEdge), ...sums, ...lost]
}
