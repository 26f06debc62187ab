import { type Candidate, type Instant, localDate } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { countDevices, devicesReaching } from '../devices/index.ts'
import { type UnitRow, unitsOn } from '../org/index.ts'
import { releaseById } from '../release/index.ts'
import { AIRING_PLANNED, AIRING_SUPERSEDED, type AiringPlanned, type AiringSuperseded } from './facts.ts'
import type { Airing, AiringKind } from './model.ts'
import {
  airingsById,
  airingsOfRelease,
  copyReach,
  hasReach,
  insertAiring,
  insertClusters,
  insertTargets,
  markSuperseded,
  type Target,
} from './store.ts'

/** A release as the schedule places it: what was signed, and what it was made from. */
export type Signed = {
  readonly candidate: Candidate
  readonly origin: { readonly kind: string; readonly id: string }
}

/** Where and as what an airing is placed. */
export type Place = {
  readonly at: Instant
  readonly latestStart: Instant
  readonly audience?: readonly string[]
  readonly kind?: AiringKind
  readonly session?: string
  readonly onlyDevice?: string
}

/** The airing of a release at a place; nothing is kept yet. */
export const airingOf = (ctx: Context, { candidate, origin }: Signed, place: Place): Airing => ({
  id: ctx.ids.next(),
  release: candidate.release,
  origin,
  unit: candidate.unit,
  class: candidate.class,
  title: candidate.title,
  audience: place.audience ?? candidate.audience,
  sounds: candidate.versions.map(({ language, sound, bytes, durationMs }) => ({
    language,
    hash: sound,
    bytes,
    durationMs,
  })),
  at: place.at,
  latestStart: place.latestStart,
  localDate: localDate(place.at),
  durationMs: candidate.versions.reduce((sum, version) => sum + version.durationMs, 0),
  stoppedAt: null,
  stoppedBy: null,
  madeAt: ctx.clock.now(),
  kind: place.kind ?? 'item',
  session: place.session ?? null,
  onlyDevice: place.onlyDevice ?? null,
  supersededBy: null,
  holdUntil: null,
})

/** Finds the commune of a unit: itself, or the nearest above. One look at the tree, for "play now" waits for this. */
const communesAmong = (units: readonly UnitRow[]): ((unit: string) => string | null) => {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const communeOf = (id: string): string | null => {
    const unit = byId.get(id)
    if (unit === undefined) return null
    if (unit.kind === 'commune') return id
    return unit.parent === null ? null : communeOf(unit.parent)
  }
  return communeOf
}

type Reached = {
  readonly devices: Awaited<ReturnType<typeof devicesReaching>>
  readonly communeOf: ReturnType<typeof communesAmong>
}

/** Whom audiences reach on which days, looked up once for everything that is placed in one go. */
export type Lookups = Map<string, Promise<Reached>>

const reachedBy = (db: Db, { audience, localDate: on }: Airing, known: Lookups): Promise<Reached> => {
  const key = `${on} ${audience.join(' ')}`
  const look = async (): Promise<Reached> => ({
    devices: await devicesReaching(db, [...audience], on),
    communeOf: communesAmong(await unitsOn(db, on)),
  })
  const found = known.get(key) ?? look()
  known.set(key, found)
  return found
}

/** Keeps the network as it stands: later changes must not rewrite whom an airing was meant to reach. */
const captureReach = async (db: Db, airing: Airing, known: Lookups): Promise<void> => {
  const { devices, communeOf: communes } = await reachedBy(db, airing, known)
  const reach = airing.onlyDevice === null ? devices : devices.filter(({ device }) => device === airing.onlyDevice)
  const targets: Target[] = reach.map(({ device, kind, unit, stands }) => {
    return { device, kind, unit, stands, commune: communes(stands) }
  })
  await insertTargets(db, airing.id, targets)
  const clusters = reach.flatMap(({ device, clusters: own }) =>
    own.map(({ id, behindGateway }) => ({ cluster: id, device, behindGateway })),
  )
  await insertClusters(db, airing.id, clusters)
}

/** The job that keeps the reach of an airing for many devices: `{ airing }`. */
export const CAPTURE = 'schedule.captureReach'
/** Up to so many devices the reach is kept with the airing itself; ten thousand rows and their checks take a second. */
const REACH_AT_ONCE_MAX = 400
/** By then the order is on its way; the network does not change meanwhile, and if it does, one is asked within the second. */
const CAPTURE_AFTER_MS = 1_000

/** Keeps the reach of an airing that has none yet. */
export const captureNow = (ctx: Context, payload: unknown): Promise<void> =>
  inTransaction(ctx.db, async (db) => {
    const [airing] = await airingsById(db, [(payload as { airing: string }).airing])
    if (airing !== undefined && !(await hasReach(db, airing.id))) await captureReach(db, airing, new Map())
  })

/** Many devices are not kept waiting until all of them are written down: the order goes out first. */
const capture = async (ctx: Context, db: Db, airing: Airing, known: Lookups): Promise<void> => {
  const many = airing.onlyDevice === null && (await countDevices(db)) > REACH_AT_ONCE_MAX
  if (many) await ctx.enqueue(db, CAPTURE, { airing: airing.id }, { afterMs: CAPTURE_AFTER_MS })
  else await captureReach(db, airing, known)
}

const announcePlanned = (ctx: Context, db: Db, { id, release, at, audience }: Airing): Promise<void> => {
  const body: AiringPlanned = { release, at, audience }
  return announce(db, { id: ctx.ids.next(), kind: AIRING_PLANNED, at: ctx.clock.now(), subject: id, body })
}

/** Keeps an airing with whom it is to reach, and says so; `false` where the release has one at that time already. */
export const place = async (ctx: Context, db: Db, airing: Airing, known: Lookups = new Map()): Promise<boolean> => {
  if (!(await insertAiring(db, airing))) return false
  await capture(ctx, db, airing, known)
  await announcePlanned(ctx, db, airing)
  return true
}

const announceSuperseded = (ctx: Context, db: Db, { id, audience }: Airing, by: string): Promise<void> => {
  const body: AiringSuperseded = { audience, by }
  return announce(db, { id: ctx.ids.next(), kind: AIRING_SUPERSEDED, at: ctx.clock.now(), subject: id, body })
}

/** Where an airing is moved to. */
export type Move = {
  readonly airing: Airing
  readonly at: Instant
  readonly latestStart: Instant
  readonly holdUntil?: Instant | null
}

/** Moves an airing: another one takes its place, for whom it was meant to reach. Returns the new one. */
export const moveAiring = async (
  ctx: Context,
  db: Db,
  { airing, at, latestStart, holdUntil }: Move,
): Promise<Airing> => {
  const moved: Airing = {
    ...airing,
    ...{ id: ctx.ids.next(), at, latestStart, localDate: localDate(at), madeAt: ctx.clock.now() },
    holdUntil: holdUntil === undefined ? airing.holdUntil : holdUntil,
  }
  if (!(await insertAiring(db, moved))) throw new Error(`release ${airing.release} is placed twice at ${at}`)
  await copyReach(db, airing.id, moved.id)
  // that of the old one may not have been written down yet
  if (!(await hasReach(db, moved.id))) await capture(ctx, db, moved, new Map())
  await markSuperseded(db, [{ airing: airing.id, by: moved.id }])
  await announceSuperseded(ctx, db, airing, moved.id)
  await announcePlanned(ctx, db, moved)
  return moved
}

/** Takes airings off the programme: nothing takes their place. */
export const takeOff = async (ctx: Context, db: Db, airings: readonly Airing[]): Promise<void> => {
  if (airings.length === 0) return
  await markSuperseded(
    db,
    airings.map(({ id }) => ({ airing: id, by: id })),
  )
  for (const airing of airings) await announceSuperseded(ctx, db, airing, airing.id)
}

/** Puts back what was taken off. */
export const putBack = async (ctx: Context, db: Db, airings: readonly Airing[]): Promise<void> => {
  await markSuperseded(
    db,
    airings.map(({ id }) => ({ airing: id, by: null })),
  )
  for (const airing of airings) await announcePlanned(ctx, db, airing)
}

export type Once = {
  readonly release: string
  readonly at: Instant
  readonly latestStart: Instant
  /** Within what was approved. */
  readonly audience: readonly string[]
  /** For this device alone, which must be among those the audience reaches; it is told by an order, so `at` is now. */
  readonly onlyDevice?: string
}

/**
 * Places an issued release once, outside of every session: a chime, a test tone. Returns the airing; where the release has
 * one at that instant already, that one. Whether devices may play it is what was signed and for them to judge.
 */
export const placeOnce = (ctx: Context, outer: Db, once: Once): Promise<string> =>
  inTransaction(outer, async (db) => {
    const release = await releaseById(db, once.release)
    if (release === undefined || release.issuedAt === null) throw new Error(`release ${once.release} is not issued`)
    const { at, latestStart, audience, onlyDevice } = once
    const where = {
      at,
      latestStart,
      audience,
      kind: 'chime',
      ...(onlyDevice === undefined ? {} : { onlyDevice }),
    } as const
    const airing = airingOf(ctx, release, where)
    if (!(await place(ctx, db, airing))) {
      const there = (await airingsOfRelease(db, once.release)).find((each) => each.at === at)
      if (there === undefined) throw new Error(`release ${once.release} could not be placed`)
      return there.id
    }
    await record(db, {
      at: ctx.clock.now(),
      person: null,
      action: 'airing.planned',
      subject: airing.id,
      unit: airing.unit,
      detail: { release: once.release, ...(onlyDevice === undefined ? {} : { onlyDevice }) },
    })
    return airing.id
  })
