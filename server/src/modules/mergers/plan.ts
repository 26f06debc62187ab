import { instantOf, type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { authorise } from '../access/index.ts'
import { devicesReaching, type ReachedDevice } from '../devices/index.ts'
import {
  hangingFrom,
  stationsOn,
  type UnitRow,
  unitPath,
  unitsOn,
  versionsOf,
  villagesOfStations,
} from '../org/index.ts'
import { movesOf, type PostMove, postsHeldFrom } from '../people/index.ts'
import { type Airing, airingsBetween, type StandingRole, sessionsOf, standingsLostWith } from '../schedule/index.ts'
import {
  type Asked,
  clashesAmong,
  type NameClash,
  nameIsTaken,
  refusalOfDay,
  type SessionFate,
  sessionFates,
  standsOpen,
  type Warning,
  warningsOf,
} from './model.ts'
import { whoMerges } from './policy.ts'
import { takenAmong } from './store.ts'

/** Airings that are looked at for what must be approved again; a commune has a few each day. */
const AIRINGS_MAX = 500
const YEAR_MS = 366 * 86_400_000

/** A merger that may be made: everything has been looked at, nothing is written. */
export type Checked = {
  readonly on: LocalDate
  readonly parent: string
  /** The communes that end, as they are today. */
  readonly gone: readonly UnitRow[]
  /** The existing commune that takes them in; `undefined` where a new one is made. */
  readonly into: UnitRow | undefined
  readonly toName: string
  readonly toShortName: string
  /** Communes whose sessions go on. */
  readonly keepSessions: readonly string[]
}

const notFree = async (db: Db, units: readonly UnitRow[], days: { on: LocalDate; today: LocalDate }) => {
  const taken = await takenAmong(
    db,
    units.map(({ id }) => id),
    days.today,
  )
  for (const unit of units) {
    if (taken.includes(unit.id) || !standsOpen(await versionsOf(db, unit.id), days.on)) return unit
  }
  return undefined
}

/** The communes asked for, of one province whose administrator asks. */
const communesAsked = async (
  db: Db,
  { actor, ids, today }: { actor: Actor; ids: readonly string[]; today: LocalDate },
): Promise<readonly UnitRow[] | Refusal> => {
  for (const id of ids) {
    const path = await unitPath(db, id, today)
    const refused = authorise(actor, whoMerges, path)
    if (refused !== undefined) return refused
  }
  const units = await unitsOn(db, today, ids)
  const parents = new Set(units.map(({ parent }) => parent))
  if (units.some(({ kind }) => kind !== 'commune') || parents.size !== 1 || parents.has(null)) {
    return refuse('merger.notTogether')
  }
  const above = await unitPath(db, [...parents][0] ?? '', today)
  return authorise(actor, whoMerges, above) ?? units
}

/** Whether the merger may be made. Refused with what stands in the way; a commune of another province is not there at all. */
export const check = async (ctx: Context, db: Db, actor: Actor, asked: Asked): Promise<Checked | Refusal> => {
  const today = localDate(ctx.clock.now())
  const { effectiveOn: on, to } = asked
  const early = refusalOfDay(on, today)
  if (early !== undefined) return early
  const into = 'unit' in to ? to.unit : undefined
  const gone = [...new Set(asked.from)].filter((id) => id !== into)
  if (gone.length < (into === undefined ? 2 : 1)) return refuse('merger.tooFew')
  const ids = into === undefined ? gone : [...gone, into]
  const units = await communesAsked(db, { actor, ids, today })
  if (isRefusal(units)) return units
  const taken = await notFree(db, units, { on, today })
  if (taken !== undefined) return refuse('merger.overlaps', { name: taken.name })
  const intoUnit = units.find(({ id }) => id === into)
  const parent = units[0]?.parent ?? ''
  const named = intoUnit ?? ('unit' in to ? { name: '', shortName: '' } : to)
  const others = (await unitsOn(db, on)).filter((unit) => unit.kind === 'commune' && !ids.includes(unit.id))
  if (nameIsTaken(named.name, others)) return refuse('merger.nameTaken')
  return {
    ...{ on, parent, into: intoUnit, gone: units.filter(({ id }) => id !== into) },
    ...{ toName: named.name, toShortName: named.shortName, keepSessions: asked.keepSessions },
  }
}

export type StationMoved = {
  readonly id: string
  readonly name: string
  readonly technology: string
  readonly was: string
  readonly villages: number
}
export type NoticeLost = {
  readonly notice: string | null
  readonly release: string
  readonly title: string
  /** When it would have been heard first; `null` for a standing item. */
  readonly first: number | null
  readonly times: number
  /** What a standing item is used as, and until when. */
  readonly standing: { readonly role: StandingRole; readonly to: LocalDate } | null
}

/** Everything that a merger brings, before it is made. */
export type Plan = {
  readonly hanging: readonly (UnitRow & { readonly was: string })[]
  readonly stations: readonly StationMoved[]
  readonly devices: readonly ReachedDevice[]
  readonly people: readonly PostMove[]
  readonly sessions: readonly SessionFate[]
  readonly notices: readonly NoticeLost[]
  readonly nameClashes: readonly NameClash[]
  readonly warnings: readonly Warning[]
}

const stationsAmong = async (db: Db, hanging: Plan['hanging'], today: LocalDate): Promise<readonly StationMoved[]> => {
  const ids = hanging.flatMap(({ id, kind }) => (kind === 'station' ? [id] : []))
  const technologies = new Map((await stationsOn(db, today, ids)).map(({ id, technology }) => [id, technology]))
  const villages = Map.groupBy(await villagesOfStations(db, ids, today), ({ station }) => station)
  return hanging.flatMap(({ id, kind, name, was }) =>
    kind === 'station'
      ? [{ id, name, was, technology: technologies.get(id) ?? 'mixed', villages: villages.get(id)?.length ?? 0 }]
      : [],
  )
}

type Origin = { readonly kind: string; readonly id: string }
const noticeOf = (origin: Origin | undefined): string | null =>
  origin?.kind === 'notice' ? (origin.id.split('.')[0] ?? null) : null

/** Approved items that a unit was to hear which will be gone: people signed that very audience, and nobody can rewrite it. */
const noticesAmong = async (db: Db, { gone, on }: Checked): Promise<readonly NoticeLost[]> => {
  const units = gone.map(({ id }) => id)
  const until = localDate(instantOf(on, '00:00') + YEAR_MS)
  const airings = await airingsBetween(db, { from: on, to: until, units, limit: AIRINGS_MAX })
  // what a standing item is placed as in the coming days is that item, however often
  const standing = await standingsLostWith(db, units, on)
  const known = new Set(standing.map(({ release }) => release))
  const lost = airings.filter(
    ({ audience, stoppedAt, release }) =>
      stoppedAt === null && !known.has(release) && audience.some((unit) => units.includes(unit)),
  )
  return [
    ...[...Map.groupBy(lost, ({ release }) => release)].map(([release, of]) => noticeLost(release, of)),
    ...standing.map(({ release, origin, title, role, to }) => ({
      ...{ notice: noticeOf(origin), release, title, first: null, times: 0, standing: { role, to } },
    })),
  ]
}

const noticeLost = (release: string, of: readonly Airing[]): NoticeLost => ({
  notice: noticeOf(of[0]?.origin),
  release,
  title: of[0]?.title ?? '',
  first: Math.min(...of.map(({ at }) => at)),
  times: of.length,
  standing: null,
})

const sessionsAmong = async (
  db: Db,
  { gone, into, on, keepSessions }: Checked,
  stations: readonly StationMoved[],
): Promise<readonly SessionFate[]> => {
  const ended = gone.map(({ id }) => id)
  const sessions = await sessionsOf(db, [...ended, ...stations.map(({ id }) => id)], on)
  const there = into === undefined ? [] : await sessionsOf(db, [into.id], on)
  return sessionFates(sessions, { ended: new Set(ended), keep: keepSessions, there })
}

/** Looks at everything that the merger touches. */
export const planOf = async (ctx: Context, db: Db, checked: Checked): Promise<Plan> => {
  const { gone, into, on, toName } = checked
  const today = localDate(ctx.clock.now())
  const ids = gone.map(({ id }) => id)
  const nameOf = new Map(gone.map(({ id, name }) => [id, name]))
  const below = (await hangingFrom(db, ids, on)).map((unit) => ({ ...unit, was: nameOf.get(unit.parent ?? '') ?? '' }))
  const already = into === undefined ? [] : await hangingFrom(db, [into.id], on)
  const stations = await stationsAmong(db, below, today)
  const own = await stationsOn(
    db,
    today,
    already.map(({ id }) => id),
  )
  const there = into === undefined ? [] : await postsHeldFrom(db, [into.id], on)
  const people = movesOf(await postsHeldFrom(db, ids, on), { to: into?.id ?? '', on, there })
  const technologies = [...stations, ...own].map(({ technology }) => technology)
  const all = [...below, ...already.map((unit) => ({ ...unit, was: toName }))]
  return {
    ...{ hanging: below, stations, people },
    devices: await devicesReaching(db, ids, today),
    sessions: await sessionsAmong(db, checked, stations),
    notices: await noticesAmong(db, checked),
    nameClashes: clashesAmong(all),
    warnings: warningsOf({ people, hanging: all, technologies, intoExisting: into !== undefined }),
  }
}
