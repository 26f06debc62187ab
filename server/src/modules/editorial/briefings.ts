import { z } from '@hono/zod-openapi'
import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf, authorise } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { descendantsOf, unitPath, unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { whoBriefs } from './policy.ts'
import { insertBriefing, listBriefings } from './store.ts'

const BRIEFINGS_SHOWN_MAX = 200

type Held = { readonly unit: string; readonly heldOn: LocalDate; readonly listeners: number }

/**
 * Records that an oral briefing took place: where, when, before how many. What it was about is never asked for; matter
 * that bears a secrecy mark goes by word of mouth only (F22).
 */
export const recordBriefing = async (ctx: Context, actor: Actor, held: Held): Promise<{ id: string } | Refusal> => {
  const now = ctx.clock.now()
  const refused = authorise(actor, whoBriefs, await unitPath(ctx.db, held.unit, localDate(now)))
  if (refused) return refused
  if (held.heldOn > localDate(now)) return refuse('input.malformed', { field: 'body.heldOn' })
  return inTransaction(ctx.db, async (db) => {
    const id = ctx.ids.next()
    await insertBriefing(db, { ...held, id, heldBy: actor.person, madeAt: now })
    await record(db, { at: now, person: actor.person, action: 'briefing.recorded', subject: id, unit: held.unit })
    return { id }
  })
}

const briefingSchema = z.object({
  id: z.string(),
  unit: z.string(),
  unitName: z.string(),
  heldOn: z.string(),
  heldBy: z.object({ person: z.string(), name: z.string() }),
  listeners: z.number(),
})

const briefingsFor = async (ctx: Context, actor: Actor) => {
  const on = localDate(ctx.clock.now())
  const units = await descendantsOf(
    ctx.db,
    actor.posts.map(({ unit }) => unit),
    on,
  )
  const rows = await listBriefings(ctx.db, units, BRIEFINGS_SHOWN_MAX)
  const people = await namesOf(
    ctx.db,
    rows.map(({ heldBy }) => heldBy),
  )
  const places = new Map((await unitsOn(ctx.db, on, units)).map(({ id, name }) => [id, name]))
  return rows.map(({ id, unit, heldOn, heldBy, listeners }) => ({
    ...{ id, unit, heldOn, listeners },
    unitName: places.get(unit) ?? unit,
    heldBy: { person: heldBy, name: people.get(heldBy) ?? heldBy },
  }))
}

export const briefingRoutes = (router: Router, ctx: Context): void => {
  const path = '/api/oral-briefings'
  endpoint(
    router,
    {
      method: 'post',
      path,
      summary: 'Ghi nhận một buổi phổ biến miệng; không ghi nội dung',
      body: z.strictObject({
        unit: z.string().min(1).max(64),
        heldOn: z.iso.date(),
        listeners: z.number().int().min(0).max(100_000),
      }),
      result: z.object({ id: z.string() }),
    },
    ({ body, c }) => recordBriefing(ctx, actorOf(c), body),
  )
  endpoint(
    router,
    {
      method: 'get',
      path,
      summary: 'Các buổi phổ biến miệng',
      result: z.object({ briefings: z.array(briefingSchema) }),
    },
    async ({ c }) => ({ briefings: await briefingsFor(ctx, actorOf(c)) }),
  )
}
