import type { Fact } from '../../kernel/fact.ts'
import type { Context, Db } from '../../platform/context.ts'
import { releaseById } from '../release/index.ts'
import { planSchema } from './model.ts'
import { placeRelease } from './plans.ts'
import { insertPlan, type PlanRow, planOf } from './store.ts'

/** Keeps when a proposed release is to be heard: it is placed so once enough people have signed it. */
export const planRelease = (db: Db, row: PlanRow): Promise<void> => insertPlan(db, row)

/** A release that enough people have signed is placed at the times its author planned. */
export const onIssued = async (fact: Fact, ctx: Context): Promise<void> => {
  const release = await releaseById(ctx.db, fact.subject)
  if (release === undefined || release.issuedAt === null) throw new Error(`issued release ${fact.subject} is not there`)
  const { candidate, issuedAt, origin } = release
  const plan = planSchema.safeParse(await planOf(ctx.db, fact.subject))
  if (!plan.success) return // of an origin that plans its airings itself
  await placeRelease(ctx, ctx.db, { candidate, issuedAt, origin, plan: plan.data })
}
