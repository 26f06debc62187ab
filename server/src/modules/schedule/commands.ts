import { type Instant, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { authorise } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { descendants, unitPath } from '../org/index.ts'
import { AIRING_STOPPED, type AiringStopped, ALL_STOPPED, type AllStopped } from './facts.ts'
import { type Airing, decideStop, endsWithStopAll } from './model.ts'
import { mayStop } from './policy.ts'
import { lockAiring, lockBegun, markStopped } from './store.ts'

/** Eight versions of half an hour, begun as late as may be: nothing that began earlier can still be sounding. */
const LONGEST_AIRING_MS = 5 * 3_600_000

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

/** The airing that stands for this one now: whoever presses on what was moved meanwhile means what took its place. */
const lockStanding = async (db: Db, id: string): Promise<Airing | undefined> => {
  const airing = await lockAiring(db, id)
  const next = airing?.supersededBy ?? id
  return airing === undefined || next === id ? airing : lockStanding(db, next)
}

/** Stops an airing: one person, one press. Pressing again changes nothing and is no error. */
export const stopAiring = (ctx: Context, actor: Actor, asked: string): Promise<Airing | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const airing = await lockStanding(db, asked)
    if (airing === undefined) return refuse('input.notFound')
    const { id } = airing
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
