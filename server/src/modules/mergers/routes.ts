import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import { type Actor, may } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { unitPath } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { makeMerger, undoMerger } from './commands.ts'
import { type MergerRow, stateOf } from './model.ts'
import { type Checked, check, type Plan, planOf } from './plan.ts'
import { whoMerges } from './policy.ts'
import { fromsOf, mergersOf } from './store.ts'

/** Mergers shown in one list; a province has a handful in a decade. */
const SHOWN_MAX = 100
/** Communes in one merger: the largest of 2025 joined about a dozen. */
const COMMUNES_MAX = 40

const text = (max: number) => z.string().trim().min(1).max(max)
const askedSchema = z.strictObject({
  effectiveOn: z.iso.date(),
  from: z.array(idSchema).min(1).max(COMMUNES_MAX),
  to: z.union([z.strictObject({ unit: idSchema }), z.strictObject({ name: text(100), shortName: text(100) })]),
  source: text(300),
  keepSessions: z.array(idSchema).max(COMMUNES_MAX).default([]),
})

const named = z.object({ id: z.string(), name: z.string() })
const mergerSchema = z
  .object({
    id: z.string(),
    effectiveOn: z.string(),
    from: z.array(named),
    to: z.object({ id: z.string().nullable(), name: z.string(), shortName: z.string() }),
    isNew: z.boolean(),
    source: z.string(),
    state: z.enum(['planned', 'inForce', 'undone']),
    madeBy: z.object({ person: z.string(), name: z.string() }),
    madeAt: z.string(),
    undoneBy: z.object({ person: z.string(), name: z.string() }).nullable(),
    undoneAt: z.string().nullable(),
    may: z.object({ undo: z.boolean() }),
  })
  .openapi('Merger')

const previewSchema = z
  .object({
    to: z.object({ id: z.string().nullable(), name: z.string() }),
    units: z.array(
      z.object({ id: z.string(), name: z.string(), kind: z.string(), was: z.string(), becomes: z.string() }),
    ),
    stations: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        technology: z.string(),
        was: z.string(),
        villages: z.number().int(),
      }),
    ),
    devices: z.object({
      clusters: z.number().int(),
      behindGateway: z.number().int(),
      listensChange: z.number().int(),
    }),
    people: z.array(
      z.object({
        person: z.string(),
        name: z.string(),
        role: z.string(),
        title: z.string(),
        was: z.string(),
        becomes: z.string(),
      }),
    ),
    sessions: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        was: z.string(),
        from: z.string(),
        to: z.string(),
        becomes: z.enum(['kept', 'moved', 'ended', 'overlaps']),
      }),
    ),
    notices: z.array(
      z.object({
        id: z.string().nullable(),
        release: z.string(),
        title: z.string(),
        why: z.enum(['audienceGone']),
        first: z.string().nullable(),
        times: z.number().int(),
        standing: z
          .object({ role: z.enum(['opening', 'closing', 'fallback', 'chime']), to: z.iso.date() })
          .nullable()
          .openapi({ description: 'Với nhạc dùng thường xuyên: dùng làm gì, đến hết ngày nào; first khi đó là null' }),
      }),
    ),
    nameClashes: z.array(z.object({ name: z.string(), in: z.array(z.string()).readonly() })),
    warnings: z.array(z.string()),
  })
  .openapi('MergerPreview')

const presentPreview = async (ctx: Context, checked: Checked, plan: Plan): Promise<z.input<typeof previewSchema>> => {
  const { gone, into, toName } = checked
  const nameOf = new Map(gone.map(({ id, name }) => [id, name]))
  const names = await namesOf(
    ctx.db,
    plan.people.map(({ post }) => post.person),
  )
  const carried = plan.devices.flatMap(({ clusters }) => clusters)
  return {
    to: { id: into?.id ?? null, name: toName },
    units: [
      ...gone.map(({ id, name, kind }) => ({ id, name, kind, was: name, becomes: toName })),
      ...plan.hanging.map(({ id, name, kind, was }) => ({ id, name, kind, was, becomes: toName })),
    ],
    stations: plan.stations.map(({ id, name, technology, was, villages }) => ({ id, name, technology, was, villages })),
    devices: {
      clusters: carried.filter(({ behindGateway }) => !behindGateway).length,
      behindGateway: carried.filter(({ behindGateway }) => behindGateway).length,
      listensChange: plan.devices.length,
    },
    people: plan.people.map(({ post, becomes }) => ({
      ...{ person: post.person, name: names.get(post.person) ?? post.person, role: post.role, title: post.title },
      was: nameOf.get(post.unit) ?? post.unit,
      becomes: becomes === null ? 'ends' : toName,
    })),
    sessions: plan.sessions.map(({ session, becomes }) => ({
      ...{ id: session.session, name: session.name, from: session.from, to: session.to, becomes },
      was: nameOf.get(session.unit) ?? plan.stations.find(({ id }) => id === session.unit)?.name ?? '',
    })),
    notices: plan.notices.map(({ notice, release, title, first, times, standing }) => ({
      ...{ id: notice, release, title, times, standing },
      why: 'audienceGone' as const,
      first: first === null ? null : localIso(first),
    })),
    nameClashes: plan.nameClashes.map(({ name, in: places }) => ({ name, in: places })),
    warnings: [...plan.warnings],
  }
}

type Shown = z.input<typeof mergerSchema>

/** Mergers as they are shown, for whoever has a post at one of their communes or above. */
const present = async (ctx: Context, actor: Actor, rows: readonly MergerRow[]): Promise<Shown[]> => {
  const { db } = ctx
  const today = localDate(ctx.clock.now())
  const froms = Map.groupBy(
    await fromsOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ merger }) => merger,
  )
  const people = await namesOf(
    db,
    rows.flatMap(({ madeBy, undoneBy }) => [madeBy, ...(undoneBy === null ? [] : [undoneBy])]),
  )
  const who = (person: string) => ({ person, name: people.get(person) ?? person })
  const shown: Shown[] = []
  for (const row of rows) {
    const from = froms.get(row.id) ?? []
    const above = (await unitPath(db, row.parent, today)) ?? [row.parent]
    const concerned = [...above, row.to, ...from.map(({ unit }) => unit)]
    if (!actor.posts.some(({ unit }) => concerned.includes(unit))) continue
    const state = stateOf(row, today)
    shown.push({
      id: row.id,
      effectiveOn: row.effectiveOn,
      from: from.map(({ unit, name }) => ({ id: unit, name })),
      to: { id: state === 'undone' && row.isNew ? null : row.to, name: row.toName, shortName: row.toShortName },
      isNew: row.isNew,
      source: row.source,
      state,
      madeBy: who(row.madeBy),
      madeAt: localIso(row.madeAt),
      undoneBy: row.undoneBy === null ? null : who(row.undoneBy),
      undoneAt: row.undoneAt === null ? null : localIso(row.undoneAt),
      may: { undo: state === 'planned' && may(actor, whoMerges, above) },
    })
  }
  return shown
}

const one = async (ctx: Context, actor: Actor, row: MergerRow | Refusal): Promise<Shown | Refusal> => {
  if (isRefusal(row)) return row
  const [shown] = await present(ctx, actor, [row])
  if (shown === undefined) throw new Error(`merger ${row.id} is hidden from who made it`)
  return shown
}

export const mergerRoutes = (router: Router, ctx: Context): void => {
  const tags = ['mergers']
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/mergers',
      summary: 'Các lần sắp xếp xã, mới nhất trước',
      tags,
      result: z.object({ mergers: z.array(mergerSchema) }),
    },
    async ({ c }) => ({ mergers: await present(ctx, actorOf(c), await mergersOf(ctx.db, SHOWN_MAX)) }),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/mergers/preview',
      summary: 'Xem trước mọi việc sẽ xảy ra khi sắp xếp; chưa ghi gì',
      tags,
      body: askedSchema,
      result: previewSchema,
    },
    async ({ c, body }) => {
      const checked = await check(ctx, ctx.db, actorOf(c), body)
      return isRefusal(checked) ? checked : presentPreview(ctx, checked, await planOf(ctx, ctx.db, checked))
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/mergers',
      summary: 'Sắp xếp các xã từ một ngày sắp tới; trước ngày đó không có gì thay đổi',
      tags,
      body: askedSchema,
      result: mergerSchema,
    },
    async ({ c, body }) => one(ctx, actorOf(c), await makeMerger(ctx, actorOf(c), body)),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/mergers/{id}/undo',
      summary: 'Hủy việc sắp xếp trước ngày có hiệu lực: mọi thứ trở lại đúng như cũ',
      tags,
      params: z.object({ id: idSchema }),
      result: mergerSchema,
    },
    async ({ c, params }) => one(ctx, actorOf(c), await undoMerger(ctx, actorOf(c), params.id)),
  )
}
