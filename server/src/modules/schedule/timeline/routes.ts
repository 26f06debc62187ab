import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { decideCollision, previewOrder, reorder } from '../order/commands.ts'
import { changesOf, type Programme } from '../order/programme.ts'
import { maySee } from '../policy.ts'
import { addDays } from '../sessions/model.ts'
import { changeSchema, presentChange } from '../sessions/present.ts'
import { loadTimeline } from './load.ts'
import { daySchema, presentTimeline } from './present.ts'

const tags = ['schedule']
/** Two weeks: what a manifest holds. */
const DAYS_MAX = 14

const spanSchema = z.object({ unit: idSchema, from: z.iso.date(), to: z.iso.date() })

const orderingSchema = z.strictObject({
  unit: idSchema,
  date: z.iso.date(),
  session: idSchema,
  order: z.array(idSchema).max(500),
  basedOn: z.string().max(64),
})

const timeline = async (ctx: Context, actor: Actor, span: z.output<typeof spanSchema>) => {
  const { unit, from, to } = span
  if (to < from || to > addDays(from, DAYS_MAX - 1)) return refuse('input.malformed', { field: 'query.to' })
  const refused = authorise(actor, maySee, await unitPath(ctx.db, unit, localDate(ctx.clock.now())))
  if (refused !== undefined) return refused
  const loaded = await loadTimeline(ctx, actor, span)
  return { now: localIso(loaded.now), days: await presentTimeline(ctx, actor, loaded) }
}

const whatChanges = (programme: Programme | Refusal) =>
  isRefusal(programme)
    ? programme
    : { changes: changesOf(programme).map(presentChange), overfullMs: programme.overfullMs }

const orderRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/running-order/preview',
      summary: 'Sắp lại thứ tự như thế này thì điều gì thay đổi',
      tags,
      body: orderingSchema,
      result: z.object({ changes: z.array(changeSchema), overfullMs: z.number() }),
    },
    async ({ c, body }) => whatChanges(await previewOrder(ctx, actorOf(c), body)),
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/running-order',
      summary: 'Sắp lại thứ tự phát của một buổi',
      tags,
      body: orderingSchema,
      result: daySchema,
    },
    async ({ c, body }) => {
      const actor = actorOf(c)
      const done = await reorder(ctx, actor, body)
      if (isRefusal(done)) return done
      const { unit, date } = body
      const shown = await timeline(ctx, actor, { unit, from: date, to: date })
      if (isRefusal(shown)) return shown
      const [day] = shown.days
      return day ?? refuse('input.notFound')
    },
  )
}

/** What is planned, day by day; its order; and what is to be decided about it. */
export const timelineRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/timeline',
      summary: 'Lịch phát của một đơn vị, nhiều nhất 14 ngày',
      tags,
      query: spanSchema,
      result: z.object({ now: z.string(), days: z.array(daySchema) }),
    },
    ({ c, query }) => timeline(ctx, actorOf(c), query),
  )
  orderRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/collisions/decide',
      summary: 'Hai tin ưu tiên trùng giờ: xã quyết định tin nào phát trước',
      tags,
      body: z.strictObject({ first: idSchema, second: idSchema }),
      result: z.object({ airing: z.string(), at: z.string() }),
    },
    async ({ c, body }) => {
      const decided = await decideCollision(ctx, actorOf(c), body)
      return isRefusal(decided) ? decided : { airing: decided.airing, at: localIso(decided.at) }
    },
  )
}
