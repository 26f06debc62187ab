import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { QUERY_MAX, wantedOf } from '../../kernel/words.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { unitsOn } from '../org/index.ts'
import { scopeOf } from '../receipts/index.ts'
import { hitsOf } from './finders.ts'
import { type Hit, type Kind, kinds } from './model.ts'

/** Found things of each kind: a list that is read while typing, not a register. */
const MOST_USUAL = 5
const MOST_MAX = 20

const hitSchema = z.object({
  id: z.string(),
  title: z.string(),
  where: z.string(),
  at: z.string().nullable(),
  to: z.string(),
  note: z.string().nullable(),
})

const resultSchema = z
  .object({ groups: z.array(z.object({ kind: z.enum(kinds), hits: z.array(hitSchema) })) })
  .openapi('Found')

const present = (kind: Kind, hits: readonly Hit[]) => ({
  kind,
  hits: hits.map(({ id, title, where, at, to, note }) => ({
    ...{ id, title, where, at: at === null ? null : localIso(at), to, note },
  })),
})

const search = async (
  ctx: Context,
  actor: Actor,
  { q, limit }: { q: string; limit: number },
): Promise<z.input<typeof resultSchema>> => {
  const wanted = wantedOf(q, limit)
  if (wanted === undefined) return { groups: [] }
  const on = localDate(ctx.clock.now())
  const scope = await scopeOf(ctx, actor)
  const looking = { actor, on, scope, units: [...scope.below] }
  const names = new Map((await unitsOn(ctx.db, on, [...scope.below, ...scope.above])).map(({ id, name }) => [id, name]))
  const nameOf = (unit: string): string => names.get(unit) ?? unit
  const found = await Promise.all(
    kinds.map(async (kind) => present(kind, await hitsOf(ctx.db, kind, { wanted, looking, nameOf }))),
  )
  return { groups: found.filter(({ hits }) => hits.length > 0) }
}

export const searchRoutes = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/search',
      summary: 'Tìm tin, lượt phát, khung giờ, đơn vị, cụm loa, phiếu kỹ thuật và người, trong phạm vi tôi được thấy',
      query: z.object({
        q: z.string().max(QUERY_MAX * 10),
        limit: z.coerce.number().int().min(1).max(MOST_MAX).default(MOST_USUAL),
      }),
      result: resultSchema,
    },
    ({ query, c }) => search(ctx, actorOf(c), query),
  )
