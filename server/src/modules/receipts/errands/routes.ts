import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { maySee } from '../../schedule/index.ts'
import { scopeOf, scopeOfUnits } from '../scope.ts'
import { dismissErrand, finishErrand, takeErrand } from './commands.ts'
import type { ErrandState } from './model.ts'
import { errandSchema, type PresentedErrand, presentErrands } from './present.ts'
import { errandById, errandsIn } from './store.ts'

const ERRANDS_SHOWN_MAX = 300

const paramsSchema = z.object({ id: idSchema })
const querySchema = z.strictObject({
  unit: idSchema.optional(),
  state: z.enum(['open', 'taken', 'done', 'dismissed']).optional(),
})
const listSchema = z.object({ errands: z.array(errandSchema) })
const instantSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const doneSchema = z.strictObject({
  startedAt: instantSchema,
  endedAt: instantSchema,
  listeners: z.number().int().min(0).max(1_000_000_000).nullable(),
  note: z.string().trim().max(500),
})
const dismissSchema = z.strictObject({ reason: z.string().trim().min(1).max(300) })

const list = async (
  ctx: Context,
  actor: Actor,
  { unit, state }: { unit?: string | undefined; state?: ErrandState | undefined },
): Promise<{ errands: PresentedErrand[] } | Refusal> => {
  const today = localDate(ctx.clock.now())
  if (unit !== undefined) {
    const refused = authorise(actor, maySee, await unitPath(ctx.db, unit, today))
    if (refused !== undefined) return refused
  }
  const { below } = unit === undefined ? await scopeOf(ctx, actor) : await scopeOfUnits(ctx, [unit], today)
  const rows = await errandsIn(ctx.db, [...below], { state, limit: ERRANDS_SHOWN_MAX })
  return { errands: await presentErrands(ctx, actor, rows) }
}

const shown = async (
  ctx: Context,
  actor: Actor,
  changed: { errand: string } | Refusal,
): Promise<PresentedErrand | Refusal> => {
  if (isRefusal(changed)) return changed
  const row = await errandById(ctx.db, changed.errand)
  const [presented] = row === undefined ? [] : await presentErrands(ctx, actor, [row])
  return presented ?? refuse('input.notFound')
}

export const errandRoutes = (router: Router, ctx: Context): void => {
  const tags = ['hearing']
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/errands',
      summary: 'Việc cho loa lưu động: nơi chưa nghe được',
      tags,
      query: querySchema,
      result: listSchema,
    },
    ({ c, query }) => list(ctx, actorOf(c), query),
  )
  const about = { method: 'post', tags, params: paramsSchema, result: errandSchema } as const
  endpoint(
    router,
    { ...about, path: '/api/errands/{id}/take', summary: 'Nhận một việc loa lưu động' },
    async ({ c, params }) => shown(ctx, actorOf(c), await takeErrand(ctx, actorOf(c), params.id)),
  )
  endpoint(
    router,
    { ...about, path: '/api/errands/{id}/done', summary: 'Ghi nhận đã phát bằng loa lưu động', body: doneSchema },
    async ({ c, params, body }) => shown(ctx, actorOf(c), await finishErrand(ctx, actorOf(c), params.id, body)),
  )
  endpoint(
    router,
    { ...about, path: '/api/errands/{id}/dismiss', summary: 'Không cần đi nữa, kèm lý do', body: dismissSchema },
    async ({ c, params, body }) => shown(ctx, actorOf(c), await dismissErrand(ctx, actorOf(c), params.id, body.reason)),
  )
}
