import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor, Role } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { textOfDocument } from '../../../platform/documents.ts'
import { endpoint, type Router, reply } from '../../../platform/http.ts'
import { openLanes } from '../../../platform/turns.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { cleanText, refuseClassified } from '../../voicing/index.ts'
import { placesNamed } from './named.ts'
import { proposeAside } from './proposing.ts'

/** Who writes notices may have one proposed. */
const mayDraft: readonly Role[] = ['officer', 'approver', 'leader']
/** Ten pages. A longer paper is no notice: somebody who has read it takes what matters. */
export const DISPATCH_CHARACTERS_MAX = 30_000
/** One file of a person at a time. */
const lane = openLanes({ running: 1, waiting: 2 })
/** Two files of everybody's together: each may take a quarter of a gigabyte. */
const reading = openLanes({ running: 2, waiting: 20 })

const span = z.object({ from: z.number().int(), to: z.number().int() })
const proposalSchema = z
  .object({
    /** As it was cleaned: offsets are offsets in this text. */
    text: z.string(),
    title: z.string(),
    sentences: z.array(
      z.object({
        text: z.string(),
        sources: z.array(span),
        why: z.array(z.string()),
        chosen: z.boolean(),
      }),
    ),
    places: z.array(span.extend({ unit: z.string(), name: z.string(), was: z.string().optional(), sure: z.boolean() })),
    marks: z.array(span.extend({ kind: z.string(), text: z.string() })),
    parts: z.array(span.extend({ kind: z.string() })),
  })
  .openapi('DispatchProposal')

const allowed = async (ctx: Context, actor: Actor, unit: string): Promise<Refusal | undefined> =>
  authorise(actor, mayDraft, await unitPath(ctx.db, unit, localDate(ctx.clock.now())))

const proposalOf = async (
  ctx: Context,
  actor: Actor,
  { unit, text }: { readonly unit: string; readonly text: string },
): Promise<z.input<typeof proposalSchema> | Refusal> => {
  const refused = await allowed(ctx, actor, unit)
  if (refused) return refused
  if (text.length > DISPATCH_CHARACTERS_MAX) return refuse('document.tooLong')
  const classified = await refuseClassified(ctx, { unit, person: actor.person, texts: [text] })
  if (classified) return classified
  const clean = cleanText(text, DISPATCH_CHARACTERS_MAX)
  if (isRefusal(clean)) return clean
  const { title, sentences, places, marks, parts } = await proposeAside(
    clean,
    await placesNamed(ctx.db, { unit, text: clean, on: localDate(ctx.clock.now()) }),
  )
  return {
    text: clean,
    title,
    sentences: sentences.map((each) => ({ ...each, sources: spans(each.sources), why: [...each.why] })),
    places: [...places],
    marks: [...marks],
    parts: [...parts],
  }
}

const spans = (of: readonly { readonly from: number; readonly to: number }[]) =>
  of.map(({ from, to }) => ({ from, to }))

const fileRoute = (router: Router, ctx: Context): void => {
  router.openAPIRegistry.registerPath({
    method: 'post',
    path: '/api/dispatch-texts',
    summary: 'Chữ trong một tệp công văn (DOCX, PDF, TXT), tối đa 10 MB; không lưu lại',
    request: {
      query: z.object({ unit: z.string() }),
      body: { content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } } },
    },
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: z.object({ text: z.string() }) } } },
    },
  })
  router.post('/api/dispatch-texts', async (c) => {
    const actor = actorOf(c)
    const unit = c.req.query('unit') ?? ''
    const refused = await allowed(ctx, actor, unit)
    if (refused) return reply(c, refused)
    const text = await lane(actor.person, async () => {
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return reading('', () => textOfDocument(bytes))
    })
    if (isRefusal(text)) return reply(c, text)
    if (text.length > DISPATCH_CHARACTERS_MAX) return reply(c, refuse('document.tooLong'))
    const classified = await refuseClassified(ctx, { unit, person: actor.person, texts: [text] })
    return reply(c, classified ?? { text })
  })
}

export const dispatchRoutes = (router: Router, ctx: Context): void => {
  fileRoute(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/dispatches',
      summary: 'Từ công văn thành lời: đề xuất bản nháp từ chính các câu của công văn; không lưu lại',
      body: z.object({ unit: z.string().min(1).max(64), text: z.string().max(200_000) }),
      result: proposalSchema,
    },
    ({ body, c }) => lane(actorOf(c).person, () => proposalOf(ctx, actorOf(c), body)),
  )
}
