import { type Instant, localDate } from '@loa/protocol'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { addDays, datesBetween, runsOn } from '../sessions/model.ts'
import { versionsOf } from '../sessions/store.ts'
import { sessionsWithStanding } from '../store.ts'
import { arrange } from './arrange.ts'
import { isOpen, loadDays } from './day.ts'
import { changesNothing, programmeOf } from './programme.ts'

/** The job that gives sessions their opening, closing and fallback: `{ sessions }`. */
export const SETTLE = 'schedule.settle'
type Settle = { readonly sessions: readonly string[] }

/** As far ahead as a manifest reaches: a device without a connection has them too. */
const DAYS_AHEAD = 14
/** A day comes into the window once a day: looking every quarter of an hour is often enough. */
const LOOK_MS = 15 * 60_000

/** Has the sessions looked at soon, in the caller's transaction. */
export const settleSoon = async (ctx: Context, db: Db, sessions: readonly string[]): Promise<void> => {
  const payload: Settle = { sessions: [...new Set(sessions)].sort() }
  if (sessions.length > 0) await ctx.enqueue(db, SETTLE, payload)
}

/** Places what standing items ask for in the coming two weeks, and takes off what they no longer ask for. Again changes nothing. */
export const settle = async (ctx: Context, payload: unknown): Promise<void> => {
  const { sessions } = payload as Settle
  const now = ctx.clock.now()
  const today = localDate(now)
  const dates = datesBetween(today, addDays(today, DAYS_AHEAD))
  const runs = runsOn(await versionsOf(ctx.db, sessions), dates).filter((run) => isOpen(run, now))
  for (const day of await loadDays(ctx.db, runs)) {
    if (changesNothing(programmeOf(day, now))) continue
    await inTransaction(ctx.db, (db) => arrange(ctx, db, day.run))
  }
}

/** When sessions were last looked at, by context. */
const looked = new WeakMap<Context, Instant>()

/** A new day has come into the window now and then: its sessions are settled. */
export const settleNow = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  const before = looked.get(ctx)
  if (before !== undefined && now < before + LOOK_MS) return
  looked.set(ctx, now)
  const today = localDate(now)
  await settleSoon(ctx, ctx.db, await sessionsWithStanding(ctx.db, { from: today, to: addDays(today, DAYS_AHEAD) }))
}
