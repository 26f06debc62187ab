import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import { namesOf } from '../../people/index.ts'
import { decide, propose, remove } from './commands.ts'
import { correctionSchema, decisionRefusal, type LexiconEntry } from './model.ts'
import { mayDecide, mayPropose } from './policy.ts'
import { entriesOf } from './store.ts'

const SHOWN_MAX = 2_000
const person = z.object({ person: z.string(), name: z.string() })
const entrySchema = z
  .object({
    id: z.string(),
    unit: z.string(),
    unitName: z.string(),
    written: z.string(),
    spoken: z.string(),
    caseSensitive: z.boolean(),
    state: z.enum(['proposed', 'inForce', 'refused', 'removed']),
    inherited: z.boolean(),
    proposedBy: person,
    proposedAt: z.string(),
    decidedBy: person.nullable(),
    decidedAt: z.string().nullable(),
    may: z.object({ decide: z.boolean(), remove: z.boolean() }),
  })
  .openapi('LexiconEntry')

type Shown = z.input<typeof entrySchema>

const pathOf = (ctx: Context, unit: string) => unitPath(ctx.db, unit, localDate(ctx.clock.now()))

const mayOf = (actor: Actor, entry: LexiconEntry, mayHere: boolean): Shown['may'] => {
  const isOwn = entry.state === 'proposed' && entry.proposedBy === actor.person
  return { decide: mayHere && decisionRefusal(entry, actor.person) === undefined, remove: mayHere || isOwn }
}

/** Entries with names; `of`: the unit for which they are looked at. */
const present = async (
  ctx: Context,
  actor: Actor,
  { entries, of }: { readonly entries: readonly LexiconEntry[]; readonly of: string },
): Promise<Shown[]> => {
  const on = localDate(ctx.clock.now())
  const units = await unitsOn(ctx.db, on, [...new Set(entries.map(({ unit }) => unit))])
  const unitNames = new Map(units.map(({ id, name }) => [id, name]))
  const people = entries.flatMap(({ proposedBy, decidedBy }) => (decidedBy ? [proposedBy, decidedBy] : [proposedBy]))
  const names = await namesOf(ctx.db, [...new Set(people)])
  const who = (id: string) => ({ person: id, name: names.get(id) ?? id })
  // asked once for a unit: of two thousand entries, one by one, everybody else's requests waited for seconds
  const decides = new Map<string, boolean>()
  for (const id of new Set(entries.map(({ unit }) => unit))) {
    decides.set(id, authorise(actor, mayDecide, await pathOf(ctx, id)) === undefined)
  }
  return entries.map(({ reason, ...entry }) => ({
    ...entry,
    unitName: unitNames.get(entry.unit) ?? entry.unit,
    inherited: entry.unit !== of,
    proposedBy: who(entry.proposedBy),
    proposedAt: localIso(entry.proposedAt),
    decidedBy: entry.decidedBy === null ? null : who(entry.decidedBy),
    decidedAt: entry.decidedAt === null ? null : localIso(entry.decidedAt),
    may: mayOf(actor, { ...entry, reason }, decides.get(entry.unit) === true),
  }))
}

const unit = z.string().min(1).max(64)
const params = z.object({ id: z.string().max(64) })

const listRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/lexicon',
      summary: 'Cách đọc riêng của đơn vị và của cấp trên',
      query: z.object({ unit }),
      result: z.object({ entries: z.array(entrySchema) }),
    },
    async ({ query, c }) => {
      const path = await pathOf(ctx, query.unit)
      const refused = authorise(actorOf(c), mayPropose, path)
      if (refused) return refused
      const entries = await entriesOf(ctx.db, path ?? [], SHOWN_MAX)
      return { entries: await present(ctx, actorOf(c), { entries, of: query.unit }) }
    },
  )

export const lexiconRoutes = (router: Router, ctx: Context): void => {
  listRoute(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/lexicon',
      summary: 'Đề nghị một cách đọc cho đơn vị; người khác đồng ý thì mới dùng',
      body: correctionSchema.extend({ unit, caseSensitive: z.boolean().default(false) }),
      result: entrySchema,
    },
    async ({ body, c }) => {
      const made = await propose(ctx, actorOf(c), body)
      if (isRefusal(made)) return made
      const [shown] = await present(ctx, actorOf(c), { entries: [made], of: body.unit })
      return shown as Shown
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/lexicon/{id}/decide',
      summary: 'Đồng ý hoặc không đồng ý một cách đọc người khác đề nghị',
      params,
      body: z.object({ accept: z.boolean(), reason: z.string().trim().max(500).nullable().default(null) }),
      result: entrySchema,
    },
    async ({ params: { id }, body, c }) => {
      const decided = await decide(ctx, actorOf(c), { id, ...body })
      if (isRefusal(decided)) return decided
      const [shown] = await present(ctx, actorOf(c), { entries: [decided], of: decided.unit })
      return shown as Shown
    },
  )
  endpoint(
    router,
    {
      method: 'delete',
      path: '/api/lexicon/{id}',
      summary: 'Bỏ một cách đọc, hoặc rút lại đề nghị',
      params,
      result: z.object({ removed: z.boolean() }),
    },
    async ({ params: { id }, c }) => (await remove(ctx, actorOf(c), id)) ?? { removed: true },
  )
}
