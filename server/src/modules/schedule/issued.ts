import type { Fact } from '../../kernel/fact.ts'
import type { Context } from '../../platform/context.ts'
import { planOfOrigin } from '../editorial/index.ts'
import { releaseById } from '../release/index.ts'
import { placeRelease } from './commands.ts'
import { planSchema } from './model.ts'

/** A release that enough people have signed is placed at the times its author planned. */
export const onIssued = async (fact: Fact, ctx: Context): Promise<void> => {
  const release = await releaseById(ctx.db, fact.subject)
  if (release === undefined || release.issuedAt === null) throw new Error(`issued release ${fact.subject} is not there`)
  const { candidate, issuedAt, origin } = release
  const plan = planSchema.safeParse(await planOfOrigin(ctx.db, origin))
  if (!plan.success) return // of an origin that plans its airings itself
  await placeRelease(ctx, ctx.db, { candidate, issuedAt, origin, plan: plan.data })
}
