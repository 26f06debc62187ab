import { z } from '@hono/zod-openapi'
import { idSchema, type LocalDate, localDate } from '@loa/protocol'
import { type Actor, unitsOf as rightsAt } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf, authorise } from '../access/index.ts'
import { networkPulse } from '../devices/index.ts'
import { taskSchema, tasksOf } from '../editorial/index.ts'
import { descendantsOf, unitPath } from '../org/index.ts'
import { type Airing, airingsBetween, airingsById, maySee, nextAfter, stopAiring } from '../schedule/index.ts'
import { errandSchema, presentErrands } from './errands/present.ts'
import { countWaiting, errandsOfAirings } from './errands/store.ts'
import { presentSaid, saidSchema } from './people.ts'
import { whoGoes } from './policy.ts'
import { airingSchema, type PresentedAiring, presentAirings, presentReceipts, receiptSchema } from './present.ts'
import { concerns, type Scope, scopeOf, scopeOfUnits } from './scope.ts'

const AIRINGS_SHOWN_MAX = 300

const querySchema = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  unit: idSchema.optional(),
})
const paramsSchema = z.object({ id: idSchema })
const listSchema = z.object({ airings: z.array(airingSchema) })
const detailSchema = airingSchema.extend({
  receipts: z.array(receiptSchema),
  said: z.array(saidSchema),
  errands: z.array(errandSchema),
})
const silentSchema = z.object({ name: z.string(), unitName: z.string(), since: z.string().nullable(), why: z.string() })
const dotSchema = z.object({
  state: z.enum(['reported', 'behindGateway', 'silent', 'fault', 'unknown']),
  count: z.number().int(),
})

const countedSchema = z.object({ clusters: z.number().int(), gateways: z.number().int() })

const pulseSchema = z
  .object({
    communes: z
      .array(
        z.object({
          unit: z.string(),
          name: z.string(),
          dots: z.array(dotSchema).readonly(),
          clusters: z.number().int(),
          horns: z.number().int(),
        }),
      )
      .readonly(),
    totals: z.object({
      devices: z.object({ online: z.number().int(), offline: z.number().int() }),
      behindGateway: z.object({ gatewayOnline: z.number().int(), gatewayOffline: z.number().int() }),
      total: z.number().int(),
    }),
    reconnecting: z.number().int(),
    changed: z
      .object({ since: z.string(), lost: countedSchema, back: countedSchema })
      .openapi({ description: 'Từ 5 giờ sáng gần nhất: mất kết nối đến giờ, và đã nối lại' }),
    silent: z.array(silentSchema).readonly(),
  })
  .openapi('NetworkPulse')

const todaySchema = z.object({
  now: z.string(),
  playing: airingSchema.nullable(),
  next: airingSchema.nullable().openapi({ description: 'Lượt phát kế tiếp, dù là hôm nay hay một ngày sau' }),
  remainingToday: z.number().int().min(0).openapi({ description: 'Số lượt hôm nay còn chưa tới giờ' }),
  airings: z.array(airingSchema),
  tasks: z.array(taskSchema),
  errands: z
    .object({ open: z.number().int(), mine: z.number().int() })
    .openapi({ description: 'Việc loa lưu động người này làm được: chưa ai nhận, và mình đã nhận' }),
  network: pulseSchema,
})

const unitsOf = (scope: Scope): string[] => [...new Set([...scope.below, ...scope.above])]

const listFor = async (
  ctx: Context,
  scope: Scope,
  days: { from: LocalDate; to: LocalDate },
): Promise<PresentedAiring[]> => {
  const query = { ...days, units: unitsOf(scope), limit: AIRINGS_SHOWN_MAX }
  return presentAirings(ctx, await airingsBetween(ctx.db, query), scope)
}

type Query = z.output<typeof querySchema>

const list = async (ctx: Context, actor: Actor, query: Query): Promise<{ airings: PresentedAiring[] } | Refusal> => {
  const today = localDate(ctx.clock.now())
  const from = query.from ?? query.to ?? today
  const days = { from, to: query.to ?? (from > today ? from : today) }
  if (query.unit === undefined) return { airings: await listFor(ctx, await scopeOf(ctx, actor), days) }
  const refused = authorise(actor, maySee, await unitPath(ctx.db, query.unit, today))
  if (refused !== undefined) return refused
  return { airings: await listFor(ctx, await scopeOfUnits(ctx, [query.unit], today), days) }
}

const found = async (ctx: Context, actor: Actor, id: string): Promise<{ airing: Airing; scope: Scope } | Refusal> => {
  const [airing] = await airingsById(ctx.db, [id])
  const scope = await scopeOf(ctx, actor)
  return airing !== undefined && concerns(scope, airing) ? { airing, scope } : refuse('input.notFound')
}

const one = async (ctx: Context, airing: Airing, scope: Scope): Promise<PresentedAiring> => {
  const [presented] = await presentAirings(ctx, [airing], scope)
  if (presented === undefined) throw new Error(`airing ${airing.id} was not presented`)
  return presented
}

const detail = async (ctx: Context, actor: Actor, id: string) => {
  const asked = await found(ctx, actor, id)
  if (isRefusal(asked)) return asked
  const receipts = await presentReceipts(ctx, asked.airing, asked.scope)
  const said = await presentSaid(ctx, asked.airing, asked.scope)
  const errands = (await errandsOfAirings(ctx.db, [id])).filter(({ village }) => asked.scope.below.has(village))
  return {
    ...(await one(ctx, asked.airing, asked.scope)),
    ...{ receipts, said, errands: await presentErrands(ctx, actor, errands) },
  }
}

const stop = async (ctx: Context, actor: Actor, id: string): Promise<PresentedAiring | Refusal> => {
  const stopped = await stopAiring(ctx, actor, id)
  return isRefusal(stopped) ? stopped : one(ctx, stopped, await scopeOf(ctx, actor))
}

/** Errands that this person can go on. */
const waitingFor = async (ctx: Context, actor: Actor): Promise<{ open: number; mine: number }> => {
  const villages = await descendantsOf(ctx.db, rightsAt(actor, whoGoes), localDate(ctx.clock.now()))
  return countWaiting(ctx.db, villages, actor.person)
}

const today = async (ctx: Context, actor: Actor): Promise<z.input<typeof todaySchema>> => {
  const now = ctx.clock.now()
  const scope = await scopeOf(ctx, actor)
  const airings = await listFor(ctx, scope, { from: localDate(now), to: localDate(now) })
  const next = await nextAfter(ctx.db, unitsOf(scope), now)
  return {
    now: localIso(now),
    playing: airings.find(({ state }) => state === 'playing') ?? null,
    next: next === undefined ? null : await one(ctx, next, scope),
    remainingToday: airings.filter(({ state }) => state === 'planned').length,
    airings,
    tasks: await tasksOf(ctx, actor),
    errands: await waitingFor(ctx, actor),
    network: await networkPulse(ctx, [...scope.communes]),
  }
}

export const routes = (router: Router, ctx: Context): void => {
  const tags = ['broadcast']
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/airings',
      summary: 'Các lượt phát theo ngày',
      tags,
      query: querySchema,
      result: listSchema,
    },
    ({ c, query }) => list(ctx, actorOf(c), query),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/airings/{id}',
      summary: 'Một lượt phát và biên nhận',
      tags,
      params: paramsSchema,
      result: detailSchema,
    },
    ({ c, params }) => detail(ctx, actorOf(c), params.id),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/airings/{id}/stop',
      summary: 'Dừng một lượt phát',
      tags,
      params: paramsSchema,
      result: airingSchema,
    },
    ({ c, params }) => stop(ctx, actorOf(c), params.id),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/today',
      summary: 'Hôm nay: đang phát, việc chờ, mạng lưới',
      tags,
      result: todaySchema,
    },
    ({ c }) => today(ctx, actorOf(c)),
  )
}
