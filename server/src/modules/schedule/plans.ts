import { type Instant, localDate } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { record } from '../audit/index.ts'
import { type Plan, placementsOf } from './model.ts'
import { arrangeAll } from './order/arrange.ts'
import { isOpen } from './order/day.ts'
import { soughtBy } from './order/programme.ts'
import { settleSoon } from './order/settle.ts'
import { airingOf, place, type Signed } from './placing.ts'
import { runsOfPlan } from './runs.ts'
import { insertStanding, placedInSessions } from './store.ts'

/** A release as it is placed: what was signed, when the last signature came, and when it is to be heard. */
export type Placeable = Signed & { readonly issuedAt: Instant; readonly plan: Plan }

/** One airing in each session that still lies ahead and has none of this release, nor had. */
const placeInSessions = async (ctx: Context, db: Db, placeable: Placeable): Promise<number> => {
  const had = new Set(
    (await placedInSessions(db, placeable.candidate.release)).map(({ session, date }) => `${session} ${date}`),
  )
  const open = (await runsOfPlan(db, placeable.plan)).filter((run) => isOpen(run, ctx.clock.now()))
  const runs = open.filter(({ session, date }) => !had.has(`${session} ${date}`))
  const adding = soughtBy(placeable)
  const programmes = await arrangeAll(ctx, db, runs, { adding })
  return programmes.filter(({ entries }) => entries.some(({ sought, at }) => sought === adding && at !== null)).length
}

/** A standing item is used by its sessions from now on. */
const putInUse = async (ctx: Context, db: Db, placeable: Placeable): Promise<void> => {
  const { plan, issuedAt, candidate } = placeable
  if (plan.when !== 'standing') return
  const { role, sessions, from, to } = plan
  await insertStanding(db, { release: candidate.release, unit: candidate.unit, role, sessions, from, to, issuedAt })
  await settleSoon(ctx, db, sessions)
}

/** Places what the plan asks for. Returns how many airings it has, or, for a standing item, that it is in use. */
const placeAsPlanned = async (ctx: Context, db: Db, placeable: Placeable): Promise<number> => {
  const { plan, issuedAt } = placeable
  if (plan.when === 'standing') {
    await putInUse(ctx, db, placeable)
    return plan.to >= localDate(issuedAt) ? 1 : 0
  }
  if (plan.when === 'sessions') return placeInSessions(ctx, db, placeable)
  const placements = placementsOf(plan, issuedAt)
  for (const placement of placements) await place(ctx, db, airingOf(ctx, placeable, placement))
  return placements.length
}

/**
 * Places a release as it was planned. Placing it again changes nothing. A release all of whose dates are over, or for which
 * there is no room any more, gets no airing, and the record says so.
 */
export const placeRelease = (ctx: Context, outer: Db, placeable: Placeable): Promise<void> =>
  inTransaction(outer, async (db) => {
    const { candidate } = placeable
    const airings = await placeAsPlanned(ctx, db, placeable)
    await record(db, {
      at: ctx.clock.now(),
      person: null,
      action: airings > 0 ? 'airing.planned' : 'airing.tooLate',
      subject: candidate.release,
      unit: candidate.unit,
      detail: { airings },
    })
  })
