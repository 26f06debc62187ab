import type { Instant } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { record } from '../audit/index.ts'
import { type Plan, placementsOf } from './model.ts'
import { airingOf, place, type Signed } from './placing.ts'
import { insertStanding } from './store.ts'

/** A release as it is placed: what was signed, when the last signature came, and when it is to be heard. */
export type Placeable = Signed & { readonly issuedAt: Instant; readonly plan: Plan }

/** Places what the plan asks for. Returns how many airings it has, or, for a standing item, that it is in use. */
const placeAsPlanned = async (ctx: Context, db: Db, placeable: Placeable): Promise<number> => {
  const { plan, issuedAt, candidate } = placeable
  if (plan.when === 'standing') {
    const { role, sessions, from, to } = plan
    await insertStanding(db, { release: candidate.release, unit: candidate.unit, role, sessions, from, to, issuedAt })
    return 1
  }
  if (plan.when === 'sessions') return 0
  const placements = placementsOf(plan, issuedAt)
  for (const placement of placements) await place(ctx, db, airingOf(ctx, placeable, placement))
  return placements.length
}

/**
 * Places a release as it was planned. Placing it again changes nothing. A release all of whose dates are over gets no
 * airing, and the record says so.
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
