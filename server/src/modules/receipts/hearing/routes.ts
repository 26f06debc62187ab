import { createRoute, z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Context as HonoContext } from 'hono'
import { type Actor, unitsOf } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router, refusedResponse } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { descendantsOf, unitPath, unitsOn } from '../../org/index.ts'
import { namesOf } from '../../people/index.ts'
import { airingsById, maySee } from '../../schedule/index.ts'
import { whoAsks } from '../policy.ts'
import { scopeOf, scopeOfUnits } from '../scope.ts'
import { endLink, makeLink } from './commands.ts'
import { linkState, wordSchema } from './model.ts'
import { type ListedLink, latestWords, linksIn } from './store.ts'

const LINKS_SHOWN_MAX = 500
const WORDS_SHOWN_MAX = 300
/** What people said is read for a week; the pages of the airings keep it for good. */
const WORDS_SHOWN_MS = 7 * 86_400_000

const linkSchema = z
  .object({
    id: z.string(),
    village: z.string(),
    villageName: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    expiresOn: z.string(),
    state: z.enum(['live', 'expired', 'revoked']),
    madeAt: z.string(),
    madeBy: z.object({ person: z.string(), name: z.string() }),
    lastWordAt: z.string().nullable(),
    may: z.object({ end: z.boolean() }),
  })
  .openapi('HearingLink')

const wordRowSchema = z
  .object({
    airing: z.string(),
    title: z.string(),
    at: z.string(),
    village: z.string(),
    villageName: z.string(),
    name: z.string(),
    word: wordSchema,
    saidAt: z.string(),
    earlier: z.number().int().openapi({ description: 'Số lần bấm khác trước đó của cùng người về lượt phát này' }),
  })
  .openapi('HearingWord')

const unitQuery = z.strictObject({ unit: idSchema.optional() })
const newLinkSchema = z.strictObject({
  village: idSchema,
  name: z.string().trim().min(1).max(100),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 .()-]{6,18}$/)
    .nullable(),
  expiresOn: z.iso.date(),
})

/** Units whose villages are asked for: those of a unit the reader may see, or of all their posts. */
const villagesFor = async (ctx: Context, actor: Actor, unit: string | undefined): Promise<string[] | Refusal> => {
  if (unit === undefined) return [...(await scopeOf(ctx, actor)).below]
  const today = localDate(ctx.clock.now())
  const refused = authorise(actor, maySee, await unitPath(ctx.db, unit, today))
  return refused ?? [...(await scopeOfUnits(ctx, [unit], today)).below]
}

const namesOfVillages = async ({ db, clock }: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await unitsOn(db, localDate(clock.now()), ids)).map(({ id, name }) => [id, name]))

/** A telephone number is for those who hand the links out; whoever only reads does not need it. */
const presentLinks = async (ctx: Context, actor: Actor, rows: readonly ListedLink[]) => {
  const now = ctx.clock.now()
  const asks = new Set(await descendantsOf(ctx.db, unitsOf(actor, whoAsks), localDate(now)))
  const villages = await namesOfVillages(
    ctx,
    rows.map(({ village }) => village),
  )
  const people = await namesOf(
    ctx.db,
    rows.map(({ madeBy }) => madeBy),
  )
  return rows.map((row): z.input<typeof linkSchema> => {
    const state = linkState(row, now)
    return {
      ...{ id: row.id, village: row.village, name: row.name, expiresOn: row.expiresOn, state },
      villageName: villages.get(row.village) ?? row.village,
      phone: asks.has(row.village) ? row.phone : null,
      madeAt: localIso(row.madeAt),
      madeBy: { person: row.madeBy, name: people.get(row.madeBy) ?? row.madeBy },
      lastWordAt: row.lastAt === null ? null : localIso(row.lastAt),
      may: { end: state === 'live' && asks.has(row.village) },
    }
  })
}

const listLinks = async (ctx: Context, actor: Actor, unit: string | undefined) => {
  const villages = await villagesFor(ctx, actor, unit)
  if (isRefusal(villages)) return villages
  const bounds = { today: localDate(ctx.clock.now()), limit: LINKS_SHOWN_MAX }
  return { links: await presentLinks(ctx, actor, await linksIn(ctx.db, villages, bounds)) }
}

const listWords = async (ctx: Context, actor: Actor, unit: string | undefined) => {
  const villages = await villagesFor(ctx, actor, unit)
  if (isRefusal(villages)) return villages
  const bounds = { since: ctx.clock.now() - WORDS_SHOWN_MS, limit: WORDS_SHOWN_MAX }
  const rows = await latestWords(ctx.db, villages, bounds)
  const airings = new Map(
    (await airingsById(ctx.db, [...new Set(rows.map(({ airing }) => airing))])).map((airing) => [airing.id, airing]),
  )
  const names = await namesOfVillages(
    ctx,
    rows.map(({ village }) => village),
  )
  return {
    words: rows.flatMap(({ airing: id, village, name, word, at, earlier }): z.input<typeof wordRowSchema>[] => {
      const airing = airings.get(id)
      if (airing === undefined) return []
      const villageName = names.get(village) ?? village
      const { title } = airing
      return [
        { airing: id, title, at: localIso(airing.at), village, villageName, name, word, saidAt: localIso(at), earlier },
      ]
    }),
  }
}

/** The address a browser used to reach us: what a telephone in the same network can reach too. */
const addressOfPage = (ctx: Context, c: HonoContext, token: string): string => {
  const { host } = new URL(c.req.url)
  return `${ctx.config.tls === undefined ? 'http' : 'https'}://${c.req.header('host') ?? host}/nghe/${token}`
}

const tags = ['hearing']

const listRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/hearing-links',
      summary: 'Liên kết để người ở thôn báo nghe rõ hay không',
      tags,
      query: unitQuery,
      result: z.object({ links: z.array(linkSchema) }),
    },
    ({ c, query }) => listLinks(ctx, actorOf(c), query.unit),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/hearing-words',
      summary: 'Người ở thôn đã báo gì trong bảy ngày qua',
      tags,
      query: unitQuery,
      result: z.object({ words: z.array(wordRowSchema) }),
    },
    ({ c, query }) => listWords(ctx, actorOf(c), query.unit),
  )
}

export const hearingRoutes = (router: Router, ctx: Context): void => {
  listRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/hearing-links',
      summary: 'Cấp một liên kết; mã trong liên kết chỉ hiện một lần',
      tags,
      body: newLinkSchema,
      result: z.object({ id: z.string(), url: z.string(), token: z.string() }),
    },
    async ({ c, body }) => {
      const made = await makeLink(ctx, actorOf(c), body)
      return isRefusal(made) ? made : { ...made, url: addressOfPage(ctx, c, made.token) }
    },
  )
  const path = '/api/hearing-links/{id}'
  const params = z.object({ id: idSchema })
  router.openapi(
    createRoute({
      ...{ method: 'delete', path, summary: 'Ngừng một liên kết', tags, request: { params } },
      responses: { 204: { description: 'Đã ngừng' } },
    }),
    async (c) => {
      const refused = await endLink(ctx, actorOf(c as unknown as HonoContext), c.req.valid('param').id)
      return refused === undefined
        ? c.body(null, 204)
        : (refusedResponse(c as unknown as HonoContext, refused) as never)
    },
  )
}
