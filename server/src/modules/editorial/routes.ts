import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { recordsBelow } from '../org/index.ts'
import { composeAhead } from '../voicing/index.ts'
import { briefingRoutes } from './briefings.ts'
import { createNotice, noticeFor, saveNotice } from './commands.ts'
import { dispatchRoutes } from './dispatch/routes.ts'
import { draftSchema } from './draft.ts'
import { airingOf } from './lengths.ts'
import { type LoadedNotice, loadNotices } from './load.ts'
import { noticeSchema, noticeWithHistorySchema, presentNotices, presentWithHistory } from './present.ts'
import { approveNotice, checkVersion, returnNotice, submitNotice, withdrawNotice } from './review.ts'
import { listNotices } from './store.ts'

const NOTICES_SHOWN_MAX = 100
/** So long a notice that was taken back still stands in the list, for whoever wants it after all; then only under its state. */
const WITHDRAWN_SHOWN_MS = 86_400_000

const params = z.object({ id: idSchema })
const revision = z.number().int().min(1)

/** What was saved may be submitted in a moment: its sounds are made meanwhile. */
const prepareSounds = (ctx: Context, { unit, current }: LoadedNotice): void => {
  for (const { read } of current.versions) {
    if (read !== null) composeAhead(ctx, airingOf(unit, current, read))
  }
}

/** The notice as it now stands after a save, or why nothing changed. */
const saved = async (ctx: Context, actor: Actor, id: string, done: unknown) => {
  const standing = await nowStanding(ctx, actor, id, done)
  const notice = isRefusal(standing) ? standing : await noticeFor(ctx, actor, id)
  if (!isRefusal(notice)) prepareSounds(ctx, notice)
  return standing
}

/** The notice as it now stands, or why nothing changed. */
const nowStanding = async (ctx: Context, actor: Actor, id: string, done: unknown) => {
  if (isRefusal(done)) return done
  const notice = await noticeFor(ctx, actor, id)
  if (isRefusal(notice)) return notice
  const [presented] = await presentNotices(ctx, actor, [notice])
  if (presented === undefined) throw new Error(`notice ${id} was loaded and not presented`)
  return presented
}

const readingRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/notices',
      summary: 'Tin của các đơn vị tôi phụ trách, mới nhất trước',
      query: z.object({
        state: z.enum(['draft', 'submitted', 'returned', 'approved', 'withdrawn']).optional(),
        unit: idSchema.optional(),
      }),
      result: z.object({ notices: z.array(noticeSchema) }),
    },
    async ({ query, c }) => {
      const actor = actorOf(c)
      const on = localDate(ctx.clock.now())
      const own = await recordsBelow(
        ctx.db,
        actor.posts.map(({ unit }) => unit),
        on,
      )
      const wanted = query.unit === undefined ? own : await recordsBelow(ctx.db, [query.unit], on)
      const units = wanted.filter((unit) => own.includes(unit))
      const states = query.state === undefined ? undefined : [query.state]
      const withdrawnSince = ctx.clock.now() - WITHDRAWN_SHOWN_MS
      const rows = await listNotices(ctx.db, { units, states, withdrawnSince, limit: NOTICES_SHOWN_MAX })
      return { notices: await presentNotices(ctx, actor, await loadNotices(ctx, ctx.db, rows)) }
    },
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/notices/{id}',
      summary: 'Một tin, các bản đã gửi và các quyết định',
      params,
      result: noticeWithHistorySchema,
    },
    async ({ params: { id }, c }) => {
      const notice = await noticeFor(ctx, actorOf(c), id)
      return isRefusal(notice) ? notice : presentWithHistory(ctx, actorOf(c), notice)
    },
  )
}

const writingRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/notices',
      summary: 'Bắt đầu một tin',
      body: draftSchema.extend({ unit: idSchema }),
      result: noticeSchema,
    },
    async ({ body: { unit, ...draft }, c }) => {
      const made = await createNotice(ctx, actorOf(c), unit, draft)
      return isRefusal(made) ? made : saved(ctx, actorOf(c), made, undefined)
    },
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/notices/{id}',
      summary: 'Lưu bản tiếp theo',
      params,
      body: draftSchema.extend({ basedOn: revision }),
      result: noticeSchema,
    },
    async ({ params: { id }, body: { basedOn, ...draft }, c }) =>
      saved(ctx, actorOf(c), id, await saveNotice(ctx, actorOf(c), { id, basedOn, draft })),
  )
}

type Decision = { readonly verb: string; readonly summary: string }

const decisionRoutes = (router: Router, ctx: Context): void => {
  const decision = <Body extends z.ZodType>(
    { verb, summary }: Decision,
    body: Body,
    command: (actor: Actor, id: string, said: z.output<Body>) => Promise<'done' | Refusal>,
  ): void =>
    endpoint(
      router,
      { method: 'post', path: `/api/notices/{id}/${verb}`, summary, params, body, result: noticeSchema },
      async ({ params: { id }, body: said, c }) =>
        // the endpoint has a body, so it is there; the types know that only where the schema is spelled out
        nowStanding(ctx, actorOf(c), id, await command(actorOf(c), id, said as z.output<Body>)),
    )
  decision({ verb: 'submit', summary: 'Gửi duyệt' }, z.object({ revision }), (actor, id, said) =>
    submitNotice(ctx, actor, id, said.revision),
  )
  decision(
    { verb: 'return', summary: 'Trả lại, nêu lý do' },
    z.object({ revision, reason: z.string().max(2000) }),
    (actor, id, said) => returnNotice(ctx, actor, { id, ...said }),
  )
  decision(
    { verb: 'check', summary: 'Đã kiểm tra bản tiếng dân tộc' },
    z.object({ revision, language: z.string().max(40) }),
    (actor, id, said) => checkVersion(ctx, actor, { id, ...said }),
  )
  decision({ verb: 'approve', summary: 'Duyệt' }, z.object({ revision }), (actor, id, said) =>
    approveNotice(ctx, actor, id, said.revision),
  )
  // taking back says nothing but who and what: no body is asked for
  endpoint(
    router,
    { method: 'post', path: '/api/notices/{id}/withdraw', summary: 'Rút lại', params, result: noticeSchema },
    async ({ params: { id }, c }) => nowStanding(ctx, actorOf(c), id, await withdrawNotice(ctx, actorOf(c), id)),
  )
}

export const editorialRoutes = (router: Router, ctx: Context): void => {
  readingRoutes(router, ctx)
  writingRoutes(router, ctx)
  decisionRoutes(router, ctx)
  briefingRoutes(router, ctx)
  dispatchRoutes(router, ctx)
}
