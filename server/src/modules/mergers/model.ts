import type { Instant, LocalDate } from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { foldedName, isOrganisation, type UnitKind, type UnitRow, type UnitVersion } from '../org/index.ts'
import type { PostMove } from '../people/index.ts'
import { refusalOfSession, type SessionVersion } from '../schedule/index.ts'

/** What somebody asks for: which communes end, what they become, from which day, by which resolution. */
export type Asked = {
  readonly effectiveOn: LocalDate
  readonly from: readonly string[]
  readonly to: { readonly unit: string } | { readonly name: string; readonly shortName: string }
  readonly source: string
  /** Of these communes the broadcast sessions go on in the new one; those of the others end. */
  readonly keepSessions: readonly string[]
}

/** Further ahead nobody decides; a year of four digits typed wrongly is caught. */
export const YEARS_AHEAD_MAX = 3

export type MergerRow = {
  readonly id: string
  readonly effectiveOn: LocalDate
  readonly parent: string
  readonly to: string
  readonly isNew: boolean
  readonly toName: string
  readonly toShortName: string
  readonly source: string
  readonly event: string
  readonly madeBy: string
  readonly madeAt: Instant
  readonly undoneBy: string | null
  readonly undoneAt: Instant | null
}

export type MergerState = 'planned' | 'inForce' | 'undone'

export const stateOf = (row: Pick<MergerRow, 'effectiveOn' | 'undoneBy'>, today: LocalDate): MergerState => {
  if (row.undoneBy !== null) return 'undone'
  return row.effectiveOn > today ? 'planned' : 'inForce'
}

const yearsLater = (day: LocalDate, years: number): LocalDate => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

/**
 * Only a day to come will do: loudspeakers must be told ahead, and what was aired and counted cannot change. A resolution that
 * is in force already is entered as of tomorrow, with its own date in the source.
 */
export const refusalOfDay = (on: LocalDate, today: LocalDate): Refusal | undefined => {
  if (on <= today) return refuse('merger.inPast')
  return on > yearsLater(today, YEARS_AHEAD_MAX) ? refuse('merger.tooFar') : undefined
}

/** Whether a unit stands on the day and nothing is decided about it from then on. */
export const standsOpen = (versions: readonly UnitVersion[], on: LocalDate): boolean => {
  const last = versions.at(-1)
  return last !== undefined && last.kind === 'commune' && last.to === null && last.from < on
}

/** Whether the new name is that of another commune of the province; the names of those that end are free. */
export const nameIsTaken = (name: string, others: readonly UnitRow[]): boolean =>
  others.some((unit) => foldedName(unit.name) === foldedName(name))

export type NameClash = { readonly name: string; readonly in: readonly string[] }

/** Units of one kind that bear one name below the new commune, with where each comes from. */
export const clashesAmong = (
  units: readonly (Pick<UnitRow, 'name' | 'kind'> & { readonly was: string })[],
): readonly NameClash[] =>
  [...Map.groupBy(units, ({ name, kind }) => `${kind} ${foldedName(name)}`).values()]
    .filter((same) => same.length > 1)
    .map((same) => ({ name: same[0]?.name ?? '', in: same.map(({ was }) => was) }))

export type SessionFate = {
  readonly session: SessionVersion
  readonly becomes: 'kept' | 'moved' | 'ended' | 'overlaps'
}

/**
 * What becomes of broadcast sessions: those of stations go on, the station is still there; those of a commune that is to keep
 * its sessions move, unless they would meet one that is there already; the others end.
 */
export const sessionFates = (
  sessions: readonly SessionVersion[],
  { ended, keep, there }: { ended: ReadonlySet<string>; keep: readonly string[]; there: readonly SessionVersion[] },
): readonly SessionFate[] => {
  const held = [...there]
  return sessions.map((session): SessionFate => {
    if (!ended.has(session.unit)) return { session, becomes: 'kept' }
    if (!keep.includes(session.unit)) return { session, becomes: 'ended' }
    if (refusalOfSession(session, held) !== undefined) return { session, becomes: 'overlaps' }
    held.push(session)
    return { session, becomes: 'moved' }
  })
}

export type Warning =
  | 'noOfficer'
  | 'noApprover'
  | 'leadersSeveral'
  | 'organisationsTwice'
  | 'stationsSeveral'
  | 'stationsMixed'

type WarningFacts = {
  readonly people: readonly PostMove[]
  readonly hanging: readonly { readonly kind: UnitKind }[]
  readonly technologies: readonly string[]
  /** An existing commune has its own people and stations already. */
  readonly intoExisting: boolean
}

/** Kinds of which a commune has one: two of them are joined by their own bodies, not by this. */
const ONE_EACH: readonly UnitKind[] = ['partyCommittee', 'front']

/** What the person who decides should know before; none of it stands in the way. */
export const warningsOf = ({ people, hanging, technologies, intoExisting }: WarningFacts): readonly Warning[] => {
  const roles = people.flatMap(({ becomes }) => becomes?.role ?? [])
  const has = (role: string): boolean => intoExisting || roles.includes(role as (typeof roles)[number])
  const leaders = new Set(people.flatMap(({ becomes }) => (becomes?.role === 'leader' ? [becomes.person] : [])))
  const organisations = hanging.filter(({ kind }) => isOrganisation(kind))
  const twice = ONE_EACH.some((kind) => organisations.filter((each) => each.kind === kind).length > 1)
  return [
    ...(has('officer') ? [] : (['noOfficer'] as const)),
    ...(has('approver') || has('leader') ? [] : (['noApprover'] as const)),
    ...(leaders.size > 1 ? (['leadersSeveral'] as const) : []),
    ...(twice ? (['organisationsTwice'] as const) : []),
    ...(technologies.length > 1 ? (['stationsSeveral'] as const) : []),
    ...(new Set(technologies).size > 1 ? (['stationsMixed'] as const) : []),
  ]
}
