import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { communesWithin, formerUnitsOf, unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { concerns, longestByCommune, type Scope, scopeOf } from '../receipts/index.ts'
import { airingsById } from '../schedule/index.ts'
import { figureId, minutesByCommune, onMap } from './model.ts'
import { outsideStep, type Step, stepOf } from './steps.ts'
import { type Link, type TraceKind, walkFrom } from './walk.ts'
import { say } from './words.ts'

/** Longer periods are asked for year by year. */
const DAYS_MAX = 366
const DAY_MS = 86_400_000
/** Airings of a figure walked in one answer; the command line walks them all. */
const RECEIPTS_MAX = 30

/** Communes as they are today, with what those did that went into them; or each as it then was. */
const periodSchema = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  map: z.enum(['now', 'then']).default('now'),
})
const rowSchema = z.object({
  unit: z.string(),
  name: z.string(),
  minutes: z.number(),
  airings: z.number().int(),
  figureId: z.string(),
})
const figureSchema = z.object({ figure: z.string(), rows: z.array(rowSchema) })
const kindSchema = z.enum(['errand', 'receipt', 'airing', 'release', 'notice', 'figure'])
const traceParams = z.object({ kind: kindSchema, id: z.string().max(200) })
const stepSchema = z.object({
  kind: z.string(),
  id: z.string(),
  at: z.string().nullable(),
  what: z.string(),
  who: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
const traceSchema = z.object({ steps: z.array(stepSchema) })

type Period = z.output<typeof periodSchema>

type Wanted = { readonly communes: readonly string[]; readonly from: string; readonly to: string }
type Row = z.input<typeof rowSchema>

/** Each commune as it was in the period, for itself. */
const rowsThen = async (ctx: Context, { communes, from, to }: Wanted): Promise<Row[]> => {
  const units = await communesWithin(ctx.db, communes, { from, to })
  const ids = units.map(({ id }) => id)
  const minutes = minutesByCommune(ids, await longestByCommune(ctx.db, { from, to, communes: ids }))
  return units.map(({ id, name }) => {
    const found = minutes.get(id) ?? { minutes: 0, airings: 0 }
    return { unit: id, name, ...found, figureId: figureId({ unit: id, from, to }) }
  })
}

/** The communes of today, each with what was heard in those that have gone into it. */
const rowsNow = async (ctx: Context, { communes, from, to }: Wanted): Promise<Row[]> => {
  const today = localDate(ctx.clock.now())
  const units = (await unitsOn(ctx.db, today, communes)).filter(({ kind }) => kind === 'commune')
  const becameOf = new Map<string, string>()
  for (const { id } of units) for (const each of await formerUnitsOf(ctx.db, [id], today)) becameOf.set(each, id)
  const ids = units.map(({ id }) => id)
  const heard = await longestByCommune(ctx.db, { from, to, communes: [...ids, ...becameOf.keys()] })
  const minutes = minutesByCommune(ids, onMap(heard, becameOf))
  // a figure that is a commune's own is the same on every map
  const gathered = new Set(heard.flatMap(({ commune }) => becameOf.get(commune) ?? []))
  return units.map(({ id, name }) => {
    const found = minutes.get(id) ?? { minutes: 0, airings: 0 }
    const key = { unit: id, from, to, ...(gathered.has(id) ? { mapOn: today } : {}) }
    return { unit: id, name, ...found, figureId: figureId(key) }
  })
}

const figures = async (
  ctx: Context,
  actor: Actor,
  { from, to, map }: Period,
): Promise<z.input<typeof figureSchema> | Refusal> => {
  if (from > to) return refuse('input.malformed', { field: 'to' })
  if (Date.parse(to) - Date.parse(from) >= DAYS_MAX * DAY_MS) return refuse('input.malformed', { field: 'from' })
  const { communes } = await scopeOf(ctx, actor)
  const wanted = { communes: [...communes], from, to }
  const rows = map === 'then' ? await rowsThen(ctx, wanted) : await rowsNow(ctx, wanted)
  return { figure: say('figure.broadcast-minutes'), rows }
}

/** Whether a link is the reader's to see: a figure of their commune, a device there, or something of their own unit. */
const maySeeLink = async (ctx: Context, scope: Scope, link: Link): Promise<boolean> => {
  switch (link.kind) {
    case 'figure':
      return scope.communes.has(link.figure.unit)
    case 'errand':
      return scope.below.has(link.errand.village)
    case 'word':
      return scope.below.has(link.said.village)
    case 'receipt':
    case 'airing': {
      const [airing] = link.kind === 'airing' ? [link.airing] : await airingsById(ctx.db, [link.receipt.airing])
      return airing !== undefined && concerns(scope, airing)
    }
    case 'issued':
    case 'signature':
    case 'release':
      return scope.below.has(link.release.candidate.unit)
    case 'draft':
      return scope.below.has(link.notice.unit)
    case 'decision':
    case 'revision':
    case 'more':
      return true // never first, and never without the draft or the figure they belong to
  }
}

/** What was said and done in other villages about an airing that was heard here too: that it is there is not told. */
const isOfOtherVillage = (scope: Scope, link: Link): boolean =>
  (link.kind === 'errand' && !scope.below.has(link.errand.village)) ||
  (link.kind === 'word' && !scope.below.has(link.said.village))

/** Links that belong together are seen together: what lies behind something of another unit is left out as a whole. */
const visibleSteps = async (ctx: Context, scope: Scope, links: readonly Link[]): Promise<Step[]> => {
  const owners = new Map(links.flatMap((link) => (link.kind === 'draft' ? [[link.notice.id, link] as const] : [])))
  const steps: Step[] = []
  for (const link of links) {
    const judged = link.kind === 'decision' || link.kind === 'revision' ? (owners.get(link.notice) ?? link) : link
    if (await maySeeLink(ctx, scope, judged)) steps.push(stepOf(link))
    else if (steps.length === 0) return []
    else if (steps.at(-1) !== outsideStep) steps.push(outsideStep)
  }
  return steps
}

const trace = async (
  ctx: Context,
  actor: Actor,
  asked: { kind: TraceKind; id: string },
): Promise<z.input<typeof traceSchema> | Refusal> => {
  const scope = await scopeOf(ctx, actor)
  const walked = await walkFrom(ctx.db, asked.kind, { id: asked.id, receiptsMax: RECEIPTS_MAX })
  const links = asked.kind === 'errand' ? walked : walked.filter((link) => !isOfOtherVillage(scope, link))
  const steps = await visibleSteps(ctx, scope, links)
  if (steps.length === 0) return refuse('input.notFound')
  const names = await namesOf(
    ctx.db,
    steps.flatMap(({ who }) => who ?? []),
  )
  return {
    steps: steps.map(({ kind, id, at, what, who, details }) => ({
      kind,
      id,
      at: at === null ? null : localIso(at),
      what,
      who: who === null ? null : (names.get(who) ?? who),
      details,
    })),
  }
}

export const routes = (router: Router, ctx: Context): void => {
  const tags = ['statistics']
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/figures/broadcast-minutes',
      summary: 'Phút phát sóng theo xã',
      tags,
      query: periodSchema,
      result: figureSchema,
    },
    ({ c, query }) => figures(ctx, actorOf(c), query),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/trace/{kind}/{id}',
      summary: 'Lần ngược một con số, một biên nhận… về tới bản soạn',
      tags,
      params: traceParams,
      result: traceSchema,
    },
    ({ c, params }) => trace(ctx, actorOf(c), params),
  )
}
