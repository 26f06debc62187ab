import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createRoute, z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Actor, unitsOf } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router, refusedResponse } from '../../platform/http.ts'
import { historyOf } from '../audit/index.ts'
import { unitPath, unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { choosePassword, holderOf, signIn, signOut } from './commands.ts'
import { SESSION_MS } from './model.ts'
import { mayReadEntry, mayReadSomeAudit, opensWithOneTime, opensWithoutSignIn } from './policy.ts'
import { staffRoutes } from './staff-routes.ts'
import { accountsOf } from './store.ts'
import { actorOf } from './who.ts'

export const COOKIE = 'loa_session'

const meSchema = z
  .object({
    person: z.string(),
    name: z.string(),
    languages: z.array(z.string()),
    posts: z.array(z.object({ unit: z.string(), unitName: z.string(), role: z.string(), title: z.string() })),
    units: z.array(z.string()),
    approves: z.array(z.string()),
    demo: z.boolean(),
    mustChoosePassword: z.boolean(),
  })
  .openapi('Me')

const presentMe = async (
  ctx: Context,
  actor: Actor,
  mustChoosePassword: boolean,
): Promise<z.input<typeof meSchema>> => {
  const on = localDate(ctx.clock.now())
  const units = await unitsOn(
    ctx.db,
    on,
    actor.posts.map(({ unit }) => unit),
  )
  const names = new Map(units.map(({ id, name }) => [id, name]))
  return {
    person: actor.person,
    name: actor.name,
    languages: [...actor.languages],
    posts: actor.posts.map(({ unit, role, title }) => ({ unit, unitName: names.get(unit) ?? unit, role, title })),
    units: [...new Set(unitsOf(actor, ['officer']))],
    approves: [...new Set(unitsOf(actor, ['approver', 'leader']))],
    demo: ctx.config.demo,
    mustChoosePassword,
  }
}

/** The session token a request carries: a browser's cookie, or a program's bearer token. */
const tokenOf = (c: HonoContext): string | undefined => {
  const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '')
  return bearer?.[1] ?? getCookie(c, COOKIE)
}

/** The address of the other end; requests that a test makes without a socket count as one address of their own. */
export const addressOf = (c: HonoContext): string => {
  try {
    const { address = '' } = getConnInfo(c).remote
    return isIP(address) > 0 ? address : 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Fills the Actor, and lets nobody on who is not signed in except where `opensWithoutSignIn` says so. */
const identify =
  (ctx: Context): MiddlewareHandler =>
  async (c, next) => {
    if (opensWithoutSignIn(c.req.method, c.req.path)) return next()
    const token = tokenOf(c)
    const holder = token === undefined ? undefined : await holderOf(ctx, token)
    if (holder === undefined) return refusedResponse(c, refuse('access.signInRequired'))
    if (holder.mustChoose && !opensWithOneTime(c.req.method, c.req.path))
      return refusedResponse(c, refuse('access.passwordMustChange'))
    c.set('actor', holder.actor)
    c.set('mustChoose', holder.mustChoose)
    return next()
  }

const sessionRoutes = (router: Router, ctx: Context): void => {
  const secure = ctx.config.tls !== undefined
  const cookie = { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/session',
      summary: 'Đăng nhập',
      body: z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
      result: z.object({ token: z.string(), me: meSchema }),
    },
    async ({ body, c }) => {
      const signed = await signIn(ctx, { ...body, address: addressOf(c), oldToken: tokenOf(c) })
      if (isRefusal(signed)) return signed
      const holder = await holderOf(ctx, signed.token)
      if (holder === undefined) throw new Error(`account of nobody: ${signed.person}`)
      setCookie(c, COOKIE, signed.token, { ...cookie, maxAge: SESSION_MS / 1000 })
      return { token: signed.token, me: await presentMe(ctx, holder.actor, holder.mustChoose) }
    },
  )
  router.openapi(
    createRoute({
      method: 'delete',
      path: '/api/session',
      summary: 'Đăng xuất',
      responses: { 204: { description: 'Đã đăng xuất' } },
    }),
    async (c) => {
      const token = tokenOf(c)
      if (token !== undefined) await signOut(ctx, token)
      deleteCookie(c, COOKIE, cookie)
      return c.body(null, 204)
    },
  )
  endpoint(
    router,
    { method: 'get', path: '/api/me', summary: 'Tôi là ai, giữ chức vụ gì', result: meSchema },
    ({ c }) => presentMe(ctx, actorOf(c), c.get('mustChoose') === true),
  )
}

const passwordRoutes = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/password',
      summary: 'Đổi mật khẩu của tôi',
      body: z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
      result: z.object({ me: meSchema }),
    },
    async ({ body, c }) => {
      const actor = actorOf(c)
      const [account] = await accountsOf(ctx.db, [actor.person])
      if (account === undefined) throw new Error(`session of somebody without an account: ${actor.person}`)
      const { username } = account
      const asked = { ...body, person: actor.person, username, address: addressOf(c), token: tokenOf(c) }
      const refused = await choosePassword(ctx, asked)
      return refused ?? { me: await presentMe(ctx, actor, false) }
    },
  )

const entrySchema = z
  .object({
    number: z.number().int(),
    at: z.string(),
    person: z.object({ person: z.string(), name: z.string() }).nullable(),
    action: z.string(),
    subject: z.string(),
    unit: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEntry')

const readableHistory = async (ctx: Context, actor: Actor, subject: string) => {
  const on = localDate(ctx.clock.now())
  const root = (await unitsOn(ctx.db, on)).filter(({ parent }) => parent === null).map(({ id }) => id)
  const entries = await historyOf(ctx.db, subject)
  const paths = new Map<string, readonly string[]>()
  for (const { unit } of entries) {
    // a unit that is no more is read by the root's people
    if (unit !== null && !paths.has(unit)) paths.set(unit, (await unitPath(ctx.db, unit, on)) ?? root)
  }
  return entries.filter((entry) => mayReadEntry(actor, entry, { path: paths.get(entry.unit ?? '') ?? [], root }))
}

const auditRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/audit',
      summary: 'Nhật ký: ai đã làm gì với một đối tượng',
      query: z.object({ subject: z.string().min(1).max(100) }),
      result: z.object({ entries: z.array(entrySchema) }),
    },
    async ({ query, c }) => {
      const actor = actorOf(c)
      if (!mayReadSomeAudit(actor)) return refuse('access.notAllowed')
      const entries = await readableHistory(ctx, actor, query.subject)
      const names = await namesOf(
        ctx.db,
        entries.flatMap(({ person }) => person ?? []),
      )
      return {
        entries: entries.map(({ number, at, person, action, subject, unit, detail }) => ({
          number,
          at: localIso(at),
          person: person === null ? null : { person, name: names.get(person) ?? person },
          action,
          subject,
          unit,
          detail: { ...detail },
        })),
      }
    },
  )
}

export const accessRoutes = (router: Router, ctx: Context): void => {
  router.use('/api/*', identify(ctx))
  sessionRoutes(router, ctx)
  passwordRoutes(router, ctx)
  staffRoutes(router, ctx)
  auditRoutes(router, ctx)
}
