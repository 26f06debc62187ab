import { z } from '@hono/zod-openapi'
import { classSchema, idSchema } from '@loa/protocol'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf } from '../../access/index.ts'
import { airtimeRule, repeatRules, setAirtimeRule, setRepeatRules, suggestedPlan } from './commands.ts'
import { purposeSchema, repeatRulesSchema } from './model.ts'

const tags = ['schedule']
const params = z.object({ unit: idSchema })
const inheritedFrom = z.object({ id: z.string(), name: z.string() }).nullable()
const repeatsSchema = z.object({ rules: repeatRulesSchema, inheritedFrom })
const airtimeSchema = z.strictObject({
  purposes: z
    .array(purposeSchema)
    .max(5)
    .transform((purposes) => [...new Set(purposes)]),
  minutesPerDay: z.number().int().min(0).max(120),
})

const repeatRoutes = (router: Router, ctx: Context): void => {
  const path = '/api/units/{unit}/repeat-rules'
  endpoint(
    router,
    { method: 'get', path, summary: 'Mức độ lặp lại theo loại tin', tags, params, result: repeatsSchema },
    async ({ c, params: { unit } }) => {
      const held = await repeatRules(ctx, actorOf(c), unit)
      return isRefusal(held) ? held : { ...held, rules: [...held.rules] }
    },
  )
  endpoint(
    router,
    {
      method: 'put',
      path,
      summary: 'Đặt mức độ lặp lại theo loại tin',
      tags,
      params,
      body: z.strictObject({ rules: repeatRulesSchema }),
      result: repeatsSchema,
    },
    async ({ c, params: { unit }, body: { rules } }) => {
      const refused = await setRepeatRules(ctx, actorOf(c), { unit, rules })
      return refused ?? { rules, inheritedFrom: null }
    },
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/units/{unit}/suggested-plan',
      summary: 'Buổi và ngày gợi ý cho một loại tin',
      tags,
      params,
      query: z.object({ class: classSchema, from: z.iso.date() }),
      result: z.object({ sessions: z.array(z.string()).readonly(), dates: z.array(z.string()).readonly() }),
    },
    ({ c, params: { unit }, query }) => suggestedPlan(ctx, actorOf(c), { unit, ...query }),
  )
}

/** Rules that a unit sets for itself and everything below: how often things are said, and what time others may have. */
export const ruleRoutes = (router: Router, ctx: Context): void => {
  repeatRoutes(router, ctx)
  const path = '/api/units/{unit}/airtime-rule'
  const result = airtimeSchema.extend({ inheritedFrom })
  endpoint(
    router,
    { method: 'get', path, summary: 'Thời lượng phát hộ', tags, params, result },
    async ({ c, params: { unit } }) => {
      const held = await airtimeRule(ctx, actorOf(c), unit)
      return isRefusal(held) ? held : { ...held, purposes: [...held.purposes] }
    },
  )
  endpoint(
    router,
    { method: 'put', path, summary: 'Đặt thời lượng phát hộ', tags, params, body: airtimeSchema, result },
    async ({ c, params: { unit }, body }) => {
      const refused = await setAirtimeRule(ctx, actorOf(c), { unit, rule: body })
      return refused ?? { ...body, inheritedFrom: null }
    },
  )
}
