import { createRoute, z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Context as HonoContext } from 'hono'
import type { Actor } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { type Router, refusedResponse } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { namesOfDevices } from '../../devices/index.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import { type Airing, airingsBetween, airingsById, maySee, reachOf } from '../../schedule/index.ts'
import { presentAirings } from '../present.ts'
import { concerns, type Scope, scopeOf, scopeOfUnits, standsWithin } from '../scope.ts'
import { receiptsOfAiring } from '../store.ts'
import { csvOf } from './csv.ts'
import { clustersOfAiring } from './store.ts'
import { airingsTable, type ClusterLine, clustersTable, countingOf, say } from './tables.ts'

/** A year of a busy commune; more is asked for in parts, so that no table is cut off without a word. */
const AIRINGS_MAX = 5_000
const DAYS_MAX = 366
const DAY_MS = 86_400_000

type File = { readonly name: string; readonly text: string; readonly subject: string; readonly rows: number }

const querySchema = z.strictObject({ from: z.iso.date(), to: z.iso.date(), unit: idSchema.optional() })
type Query = z.output<typeof querySchema>

const scopeFor = async (ctx: Context, actor: Actor, unit: string | undefined): Promise<Scope | Refusal> => {
  if (unit === undefined) return scopeOf(ctx, actor)
  const today = localDate(ctx.clock.now())
  return authorise(actor, maySee, await unitPath(ctx.db, unit, today)) ?? scopeOfUnits(ctx, [unit], today)
}

/** Every airing of the days that is the reader's business, oldest first as in a book. */
const airingsFile = async (ctx: Context, actor: Actor, { from, to, unit }: Query): Promise<File | Refusal> => {
  if (from > to) return refuse('input.malformed', { field: 'to' })
  if (Date.parse(to) - Date.parse(from) >= DAYS_MAX * DAY_MS) return refuse('export.tooLong')
  const scope = await scopeFor(ctx, actor, unit)
  if (isRefusal(scope)) return scope
  const units = [...new Set([...scope.below, ...scope.above])]
  const airings = await airingsBetween(ctx.db, { from, to, units, limit: AIRINGS_MAX + 1 })
  if (airings.length > AIRINGS_MAX) return refuse('export.tooLong')
  const rows = await presentAirings(ctx, airings.toReversed(), scope)
  const name = say('list.name', { from, to })
  return { name, text: csvOf(airingsTable(rows)), subject: unit ?? actor.person, rows: rows.length }
}

/** Each cluster of an airing that stands where the reader may look, with the receipt that counts for it. */
const linesOf = async ({ db }: Context, airing: Airing, scope: Scope): Promise<ClusterLine[]> => {
  const reached = (await reachOf(db, [airing.id])).filter((each) => standsWithin(scope, each))
  const devices = new Set(reached.map(({ device }) => device))
  const receipts = Map.groupBy(await receiptsOfAiring(db, airing.id), ({ device }) => device)
  const names = await namesOfDevices(db, [...devices])
  const units = new Map((await unitsOn(db, airing.localDate)).map((unit) => [unit.id, unit]))
  return (await clustersOfAiring(db, airing.id))
    .filter(({ device }) => devices.has(device))
    .map((cluster): ClusterLine => {
      const own = receipts.get(cluster.device) ?? []
      const village = units.get(cluster.village)
      return {
        cluster,
        villageName: village?.name ?? cluster.village,
        communeName: units.get(village?.parent ?? '')?.name ?? '',
        deviceName: names.get(cluster.device) ?? cluster.device,
        receipt: countingOf(own),
        receipts: own.length,
      }
    })
}

const clustersFile = async (ctx: Context, actor: Actor, id: string): Promise<File | Refusal> => {
  const [airing] = await airingsById(ctx.db, [id])
  const scope = await scopeOf(ctx, actor)
  if (airing === undefined || !concerns(scope, airing)) return refuse('input.notFound')
  const lines = await linesOf(ctx, airing, scope)
  const time = localIso(airing.at).slice(11, 16).replace(':', 'h')
  const name = say('clusters.name', { date: airing.localDate, time })
  return { name, text: csvOf(clustersTable(lines)), subject: id, rows: lines.length }
}

/** Hands the file out, and records who took what; names and times of many people leave the system here. */
const handOut = async (ctx: Context, c: HonoContext, file: File | Refusal): Promise<Response> => {
  if (isRefusal(file)) return refusedResponse(c, file)
  const actor = actorOf(c)
  const unit = actor.posts[0]?.unit
  await record(ctx.db, {
    ...{ at: ctx.clock.now(), person: actor.person, action: 'airings.exported', subject: file.subject },
    ...(unit === undefined ? {} : { unit }),
    detail: { file: file.name, rows: file.rows },
  })
  return c.body(file.text, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${file.name}.csv"`,
  })
}

const answers = {
  200: { description: 'Bảng CSV, UTF-8', content: { 'text/csv': { schema: z.string() } } },
  default: { description: 'Từ chối' },
} as const

export const exportRoutes = (router: Router, ctx: Context): void => {
  const tags = ['broadcast']
  router.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/airings.csv', summary: 'Các lượt phát thành bảng tính', tags },
      request: { query: querySchema },
      responses: answers,
    }),
    async (c) => {
      const asked = c as unknown as HonoContext
      return (await handOut(ctx, asked, await airingsFile(ctx, actorOf(asked), c.req.valid('query')))) as never
    },
  )
  router.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/airings/{id}/clusters.csv', summary: 'Một lượt phát theo từng cụm loa', tags },
      request: { params: z.object({ id: idSchema }) },
      responses: answers,
    }),
    async (c) => {
      const asked = c as unknown as HonoContext
      return (await handOut(ctx, asked, await clustersFile(ctx, actorOf(asked), c.req.valid('param').id))) as never
    },
  )
}
