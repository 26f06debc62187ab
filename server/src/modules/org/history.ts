import type { LocalDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { allEvents, allSuccessions, below, versionsInHistory, versionsOf } from './store.ts'
import {
  type Basis,
  became,
  before,
  dayBefore,
  type Fate,
  type History,
  lastDayOf,
  type Part,
  type UnitEvent,
  type UnitVersion,
} from './succession.ts'

type Named = { readonly id: string; readonly name: string }

export type FateShown = {
  readonly unit: UnitVersion
  /** The day on which `units` stood. */
  readonly on: LocalDate
  readonly units: readonly (UnitVersion & Pick<Part, 'weight' | 'exact'>)[]
  readonly events: readonly (Omit<UnitEvent, 'unit'> & {
    readonly from: readonly Named[]
    readonly to: readonly Named[]
  })[]
}

const historyOf = async (db: Db): Promise<History> => ({
  versions: await versionsInHistory(db),
  events: await allEvents(db),
  successions: await allSuccessions(db),
})

/** The day on which to look at a unit: today while it is there, its last day where it is gone, its first where it is to come. */
const dayOf = (versions: readonly UnitVersion[], today: LocalDate): LocalDate => {
  const [first] = versions
  if (first === undefined || first.from > today) return first?.from ?? today
  return lastDayOf(versions, first.id, today)
}

const versionOn = (versions: readonly UnitVersion[], on: LocalDate): UnitVersion | undefined =>
  versions.findLast(({ from }) => from <= on) ?? versions[0]

const namesIn = (history: History, units: readonly string[], on: LocalDate): readonly Named[] =>
  [...new Set(units)].map((id) => {
    const versions = history.versions.filter((version) => version.id === id)
    return { id, name: versionOn(versions, on)?.name ?? id }
  })

const eventShown = (history: History, { id, on, kind, unit, source }: UnitEvent): FateShown['events'][number] => {
  const edges = history.successions.filter(({ event }) => event === id)
  const from = edges.length === 0 && unit !== null ? [unit] : edges.map((edge) => edge.from)
  return {
    ...{ id, on, kind, source },
    from: namesIn(history, from, dayBefore(on)),
    to: namesIn(
      history,
      edges.map((edge) => edge.to),
      on,
    ),
  }
}

const shown = (history: History, about: { unit: UnitVersion; on: LocalDate; fate: Fate }): FateShown => ({
  unit: about.unit,
  on: about.on,
  units: about.fate.parts.flatMap(({ unit, weight, exact }) => {
    const versions = history.versions.filter(({ id }) => id === unit)
    const version = unit === about.unit.id ? about.unit : versionOn(versions, about.on)
    return version === undefined ? [] : [{ ...version, weight, exact }]
  }),
  events: about.fate.events.map((event) => eventShown(history, event)),
})

/** What is asked of a unit's past or future. `on` absent: today, or the day before the unit came to be. */
export type FateAsked = {
  readonly unit: string
  readonly today: LocalDate
  readonly on?: LocalDate | undefined
  readonly basis?: Basis | undefined
}

type Asking = { readonly history: History; readonly versions: readonly UnitVersion[]; readonly unit: UnitVersion }

const asking = async (db: Db, { unit, today }: FateAsked): Promise<Asking | undefined> => {
  const versions = await versionsOf(db, unit)
  const version = versionOn(versions, dayOf(versions, today))
  if (version === undefined) return undefined
  const history = await historyOf(db)
  // a village or station to which nothing happened is no part of the history, but asks about itself all the same
  const told = history.versions.some(({ id }) => id === unit)
  return {
    history: told ? history : { ...history, versions: [...history.versions, ...versions] },
    versions,
    unit: version,
  }
}

/** What became of a unit by a day. `undefined` where no such unit ever was, or where it did not yet exist on that day. */
export const fateOf = async (db: Db, asked: FateAsked): Promise<FateShown | undefined> => {
  const found = await asking(db, asked)
  const on = asked.on ?? asked.today
  if (found === undefined || (found.versions[0]?.from ?? on) > on) return undefined
  const { history, unit } = found
  const fate = became(history, unit.id, { on, ...(asked.basis === undefined ? {} : { basis: asked.basis }) })
  return shown(history, { unit, on, fate })
}

/** What a unit was before. `undefined` where no such unit ever was, or where it was gone by that day. */
export const originOf = async (db: Db, asked: FateAsked): Promise<FateShown | undefined> => {
  const found = await asking(db, asked)
  if (found === undefined) return undefined
  const { history, unit, versions } = found
  const until = dayOf(versions, asked.today)
  const on = asked.on ?? dayBefore(versions[0]?.from ?? asked.today)
  if (on > until) return undefined
  const fate = before(history, unit.id, {
    on,
    until,
    ...(asked.basis === undefined ? {} : { basis: asked.basis }),
  })
  return shown(history, { unit, on, fate })
}

/**
 * Somebody's area on another day: what the units of today were then, or will be, and everything that hung below it. This is
 * how far history is shown to a person who sees these units today.
 */
export const areaOn = async (
  db: Db,
  units: readonly string[],
  { today, on, all = false }: { today: LocalDate; on: LocalDate; all?: boolean },
): Promise<readonly string[]> => {
  if (on === today) return below(db, units, on, { all })
  const history = await historyOf(db)
  const told = new Set(history.successions.flatMap(({ from, to }) => [from, to]))
  const then = units.flatMap((unit) => {
    if (!told.has(unit)) return []
    const { parts } =
      on < today ? before(history, unit, { on, until: today }) : became(history, unit, { since: today, on })
    return parts.map((part) => part.unit)
  })
  // a unit to which nothing happened, such as a village, may have stood on that day as well
  return below(db, [...new Set([...units, ...then])], on, { all })
}

/** The day on which to look whether a person may see a unit: see `areaOn`. `undefined` where no such unit ever was. */
export const dayToLookAt = async (db: Db, unit: string, today: LocalDate): Promise<LocalDate | undefined> => {
  const versions = await versionsOf(db, unit)
  return versions.length === 0 ? undefined : dayOf(versions, today)
}
