import { type Candidate, type Instant, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { authorise } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { devicesReaching } from '../devices/index.ts'
import { descendants, type UnitRow, unitPath, unitsOn } from '../org/index.ts'
import {
  AIRING_PLANNED,
  AIRING_STOPPED,
  type AiringPlanned,
  type AiringStopped,
  ALL_STOPPED,
  type AllStopped,
} from './facts.ts'
import { type Airing, decideStop, endsWithStopAll, type Placement, type Plan, placementsOf } from './model.ts'
import { mayStop } from './policy.ts'
import {
  insertAiring,
  insertClusters,
  insertTargets,
  lockAiring,
  lockBegun,
  markStopped,
  type Target,
} from './store.ts'

/** A release as the schedule needs it: what was signed, when the last signature came, and what it was made from. */
export type Placeable = {
  readonly candidate: Candidate
  readonly issuedAt: Instant
  readonly origin: { readonly kind: string; readonly id: string }
  readonly plan: Plan
}

/** Eight versions of half an hour, begun as late as may be: nothing that began earlier can still be sounding. */
const LONGEST_AIRING_MS = 5 * 3_600_000

const airingOf = (ctx: Context, { candidate, origin }: Placeable, placement: Placement): Airing => ({
  id: ctx.ids.next(),
  release: candidate.release,
  origin,
  unit: candidate.unit,
  class: candidate.class,
  title: candidate.title,
  audience: candidate.audience,
  sounds: candidate.versions.map(({ language, sound, bytes, durationMs }) => ({
    language,
    hash: sound,
    bytes,
    durationMs,
  })),
  ...placement,
  durationMs: candidate.versions.reduce((sum, version) => sum + version.durationMs, 0),
  stoppedAt: null,
  stoppedBy: null,
  madeAt: ctx.clock.now(),
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

/** Keeps the network as it stands: later changes must not rewrite whom an airing was meant to reach. */
const captureReach = async (
  db: Db,
  airing: Airing,
  reach: Awaited<ReturnType<typeof devicesReaching>>,
): Promise<void> => {
  const communes = communesAmong(await unitsOn(db, airing.localDate))
  const targets: Target[] = reach.map(({ device, kind, unit, stands }) => {
    return { device, kind, unit, stands, commune: communes(stands) }
  })
  await insertTargets(db, airing.id, targets)
  const clusters = reach.flatMap(({ device, clusters: own }) =>
    own.map(({ id, behindGateway }) => ({ cluster: id, device, behindGateway })),
  )
  await insertClusters(db, airing.id, clusters)
}

const place = async (ctx: Context, db: Db, airing: Airing): Promise<void> => {
  if (!(await insertAiring(db, airing))) return
  const { release, at, audience } = airing
  await captureReach(db, airing, await devicesReaching(db, [...audience], airing.localDate))
  const body: AiringPlanned = { release, at, audience }
  await announce(db, { id: ctx.ids.next(), kind: AIRING_PLANNED, at: ctx.clock.now(), subject: airing.id, body })
}

/**
 * Places a release at the times of its plan. Placing it again changes nothing. A release all of whose dates are over gets
 * no airing, and the record says so.
 */
export const placeRelease = (ctx: Context, outer: Db, placeable: Placeable): Promise<void> =>
  inTransaction(outer, async (db) => {
    const { candidate, plan, issuedAt } = placeable
    const placements = placementsOf(plan, issuedAt)
    for (const placement of placements) await place(ctx, db, airingOf(ctx, placeable, placement))
    await record(db, {
      at: ctx.clock.now(),
      person: null,
      action: placements.length > 0 ? 'airing.planned' : 'airing.tooLate',
      subject: candidate.release,
      unit: candidate.unit,
      detail: { airings: placements.length },
    })
  })

type Stopping = { readonly airing: Airing; readonly by: string; readonly withAll: boolean }

const announceStop = async (ctx: Context, db: Db, { airing, by, withAll }: Stopping): Promise<void> => {
  const body: AiringStopped = { audience: airing.audience, by, withAll }
  await announce(db, { id: ctx.ids.next(), kind: AIRING_STOPPED, at: ctx.clock.now(), subject: airing.id, body })
}

const refusalToStop = async (
  db: Db,
  actor: Actor,
  options: { unit: string; now: Instant },
): Promise<Refusal | undefined> => authorise(actor, mayStop, await unitPath(db, options.unit, localDate(options.now)))

/** Stops an airing: one person, one press. Pressing again changes nothing and is no error. */
export const stopAiring = (ctx: Context, actor: Actor, id: string): Promise<Airing | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const airing = await lockAiring(db, id)
    if (airing === undefined) return refuse('input.notFound')
    const refused = await refusalToStop(db, actor, { unit: airing.unit, now })
    if (refused !== undefined) return refused
    const decided = decideStop(airing, now)
    if (isRefusal(decided)) return decided
    if (decided === 'stoppedBefore') return airing
    await markStopped(db, [id], { at: now, by: actor.person })
    await announceStop(ctx, db, { airing, by: actor.person, withAll: false })
    await record(db, { at: now, person: actor.person, action: 'airing.stopped', subject: id, unit: airing.unit })
    return { ...airing, stoppedAt: now, stoppedBy: actor.person }
  })

/**
 * Silences everything that should have started in a unit and below it. Airings heard nowhere else are stopped for good; one
 * from above goes on in other places. Returns how many were stopped for good; saying it again is allowed, and sends again.
 */
export const stopAll = (ctx: Context, actor: Actor, unit: string): Promise<{ stopped: number } | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const refused = await refusalToStop(db, actor, { unit, now })
    if (refused !== undefined) return refused
    const within = new Set(await descendants(db, unit, localDate(now)))
    const begun = await lockBegun(db, [...within], { since: now - LONGEST_AIRING_MS, now })
    const ending = begun.filter((airing) => endsWithStopAll(airing, within, now))
    await markStopped(
      db,
      ending.map(({ id }) => id),
      { at: now, by: actor.person },
    )
    const body: AllStopped = { by: actor.person }
    await announce(db, { id: ctx.ids.next(), kind: ALL_STOPPED, at: now, subject: unit, body })
    for (const airing of ending) await announceStop(ctx, db, { airing, by: actor.person, withAll: true })
    await record(db, {
      at: now,
      person: actor.person,
      action: 'airing.allStopped',
      subject: unit,
      unit,
      detail: { airings: ending.map(({ id }) => id) },
    })
    return { stopped: ending.length }
  })
