import { createRoute, z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router, refusedResponse } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { maySee } from '../policy.ts'
import { changeSession, confirmSession, createSession, endSession } from './commands.ts'
import { sessionFieldsSchema } from './model.ts'
import { changeSchema, presentAround, presentChange, presentOne, sessionSchema } from './present.ts'
import { previewSession } from './preview.ts'

const tags = ['schedule']
const params = z.object({ id: idSchema })
const wishSchema = sessionFieldsSchema.extend({ unit: idSchema, validFrom: z.iso.date() })

const shown = async (ctx: Context, actor: Actor, done: string | Refusal) =>
  isRefusal(done) ? done : presentOne(ctx, actor, done)

const readingRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/sessions',
      summary: 'Buổi phát của một đơn vị, của cấp trên và cấp dưới',
      tags,
      query: z.object({ unit: idSchema, on: z.iso.date().optional() }),
      result: z.object({ sessions: z.array(sessionSchema) }),
    },
    async ({ c, query: { unit, on } }) => {
      const actor = actorOf(c)
      const today = localDate(ctx.clock.now())
      const refused = authorise(actor, maySee, await unitPath(ctx.db, unit, today))
      return refused ?? { sessions: await presentAround(ctx, actor, { unit, on: on ?? today }) }
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/sessions/preview',
      summary: 'Lưu buổi phát như thế này thì điều gì thay đổi',
      tags,
      body: wishSchema.extend({ session: idSchema.optional() }),
      result: z.object({
        /** Always null: what would be refused is refused here too, in the same words. */
        refused: z.null(),
        detail: z.null(),
        changes: z.array(changeSchema),
        airings: z.number(),
      }),
    },
    async ({ c, body: { session, ...wish } }) => {
      const preview = await previewSession(ctx, actorOf(c), { session, wish })
      return isRefusal(preview)
        ? preview
        : { ...preview, refused: null, detail: null, changes: preview.changes.map(presentChange) }
    },
  )
}

/** Sessions: their hours, who confirmed them, and what a change would do. */
export const sessionRoutes = (router: Router, ctx: Context): void => {
  readingRoutes(router, ctx)
  endpoint(
    router,
    { method: 'post', path: '/api/sessions', summary: 'Thêm buổi phát', tags, body: wishSchema, result: sessionSchema },
    async ({ c, body }) => shown(ctx, actorOf(c), await createSession(ctx, actorOf(c), body)),
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/sessions/{id}',
      summary: 'Đổi buổi phát từ một ngày',
      tags,
      params,
      body: wishSchema,
      result: sessionSchema,
    },
    async ({ c, params: { id }, body }) => shown(ctx, actorOf(c), await changeSession(ctx, actorOf(c), id, body)),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/sessions/{id}/confirm',
      summary: 'Xác nhận buổi phát vào giờ yên tĩnh: người thứ hai',
      tags,
      params,
      result: sessionSchema,
    },
    async ({ c, params: { id } }) => shown(ctx, actorOf(c), await confirmSession(ctx, actorOf(c), id)),
  )
  router.openapi(
    createRoute({
      method: 'delete',
      path: '/api/sessions/{id}',
      summary: 'Thôi buổi phát từ một ngày',
      tags,
      request: { params, query: z.object({ from: z.iso.date() }) },
      responses: { 204: { description: 'Đã thôi' } },
    }),
    async (c) => {
      const asked = { id: c.req.valid('param').id, from: c.req.valid('query').from }
      const refused = await endSession(ctx, actorOf(c), asked)
      return refused === undefined ? c.body(null, 204) : (refusedResponse(c, refused) as never)
    },
  )
}
