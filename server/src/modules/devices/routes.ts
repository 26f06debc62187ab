import { createRoute, z } from '@hono/zod-openapi'
import { enrolledSchema, enrolmentSchema, idSchema, localDate, spanSchema } from '@loa/protocol'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router, refusedResponse } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { descendants, unitKinds, unitOn, unitPath, unitsOn } from '../org/index.ts'
import {
  type Code,
  configure,
  deviceWithSecret,
  enrol,
  enterDevice,
  makeCode,
  replaceMachine,
  revoke,
} from './commands.ts'
import { daySchema, historyRoutes } from './history.ts'
import { shortensQuiet } from './limits/model.ts'
import type { DeviceRow } from './model.ts'
import { audienceShown, unitsSeenBy, unitsShown } from './overview.ts'
import { mayShortenQuiet, mayTendDevices } from './policy.ts'
import { type Carrier, carriersAt } from './pulse.ts'
import { deviceById } from './store.ts'

const countsSchema = z.object({ devices: z.number().int(), behindGateway: z.number().int() })

const unitSchema = z
  .object({
    id: z.string(),
    kind: z.enum(unitKinds),
    name: z.string(),
    shortName: z.string(),
    parent: z.string().nullable(),
    population: z.number().int().nullable(),
    invented: z.boolean(),
    technology: z.enum(['wireless', 'wired', 'ip', 'mixed']).optional(),
    villages: z.array(z.string()).readonly().optional(),
    clusters: countsSchema,
    horns: z.number().int(),
  })
  .openapi('Unit')

const audienceSchema = z
  .object({
    units: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
    clusters: countsSchema,
    gateways: z.number().int(),
    people: z.number().int().nullable(),
    wider: z
      .array(z.object({ station: z.string(), name: z.string(), villages: z.array(z.string()).readonly() }))
      .readonly(),
    languagesWanted: z.array(z.string()).readonly(),
  })
  .openapi('Audience')

const networkRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/units',
      summary:
        'Đơn vị, thôn và đài mà tôi được thấy; on: cây đơn vị của một ngày khác; all=1: cả các tổ chức bên cạnh chính quyền',
      query: z.object({ on: daySchema.optional(), all: z.literal('1').optional() }),
      result: z.object({ units: z.array(unitSchema).readonly() }),
    },
    async ({ query, c }) => ({
      units: await unitsShown(ctx, actorOf(c), { day: query.on, all: query.all === '1' }),
    }),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/audience',
      summary: 'Ai sẽ nghe: cụm loa, dân số, và những thôn nghe kèm',
      body: z.object({ units: z.array(idSchema).max(500) }),
      result: audienceSchema,
    },
    ({ body, c }) => audienceShown(ctx, actorOf(c), [...new Set(body.units)]),
  )
}

const deviceSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['cluster', 'gateway']),
    name: z.string(),
    unit: z.string(),
    unitName: z.string(),
    online: z.boolean(),
    since: z.string().nullable(),
    seenAt: z.string().nullable(),
    playing: z.string().nullable(),
    volume: z.number(),
    volumeMax: z.number(),
    minutesPerDayMax: z.number(),
    quiet: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
    clusters: z.number().int(),
    horns: z.number().int(),
    enrolled: z.boolean(),
    revoked: z.boolean(),
    invented: z.boolean(),
  })
  .openapi('Device')

const isoOrNull = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : localIso(at)

const presentDevice = ({ device, presence, clusters }: Carrier, unitName: string): z.input<typeof deviceSchema> => ({
  id: device.id,
  kind: device.kind === 'gateway' ? 'gateway' : 'cluster',
  name: device.name,
  unit: device.unit,
  unitName,
  online: presence?.online ?? false,
  since: isoOrNull(presence?.since),
  seenAt: isoOrNull(presence?.seenAt),
  playing: presence?.playing ?? null,
  volume: device.volume,
  volumeMax: device.volumeMax,
  minutesPerDayMax: device.minutesPerDayMax,
  quiet: device.quiet,
  clusters: clusters.length,
  horns: clusters.reduce((sum, { horns }) => sum + horns, 0),
  enrolled: device.enrolledAt !== null,
  revoked: device.revokedAt !== null,
  invented: device.invented,
})

const devicesShown = async (ctx: Context, actor: Actor, unit: string | undefined) => {
  const on = localDate(ctx.clock.now())
  const seen = new Set(await unitsSeenBy(ctx.db, actor, on))
  if (unit !== undefined && !seen.has(unit)) return refuse('input.notFound')
  const wanted = unit === undefined ? [...seen] : await descendants(ctx.db, unit, on)
  const names = new Map((await unitsOn(ctx.db, on, wanted)).map(({ id, name }) => [id, name]))
  const carriers = await carriersAt(ctx, wanted, { revoked: true })
  return { devices: carriers.map((carrier) => presentDevice(carrier, names.get(carrier.device.unit) ?? '')) }
}

/** A device the actor may tend; one of another commune does not exist for them. */
const tended = async (ctx: Context, actor: Actor, id: string): Promise<DeviceRow | Refusal> => {
  const device = await deviceById(ctx.db, id)
  if (device === undefined || device.kind === 'page') return refuse('input.notFound')
  const refused = await mayNotTend(ctx, actor, device.unit)
  return refused ?? device
}

const mayNotTend = async (ctx: Context, actor: Actor, unit: string): Promise<Refusal | undefined> => {
  const path = await unitPath(ctx.db, unit, localDate(ctx.clock.now()))
  if (path === undefined || !actor.posts.some((post) => path.includes(post.unit))) return refuse('input.notFound')
  return mayTendDevices(actor, path) ? undefined : refuse('access.notAllowed')
}

const codeSchema = z.object({
  code: z.string(),
  expiresAt: z.string(),
  url: z.string().openapi({ description: 'Để in thành mã QR: địa chỉ máy chủ và mã ghi danh trong một' }),
})

/** A code as it leaves the server; the address is the one the technician uses, since that is what can be reached from there. */
const presentCode = ({ code, expiresAt }: Code, c: HonoContext): z.input<typeof codeSchema> => ({
  code,
  expiresAt: localIso(expiresAt),
  url: `${new URL(c.req.url).origin}/ghep#${code}`,
})
const idParam = z.object({ id: idSchema })

/** Which unit a device of a kind stands at. */
const unitKindOf = { cluster: 'village', gateway: 'station' } as const

const enterRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/devices',
      summary: 'Thêm một thiết bị và lấy mã ghi danh',
      body: z.object({
        kind: z.enum(['cluster', 'gateway']),
        name: z.string().trim().min(1).max(100),
        unit: idSchema,
        horns: z.number().int().min(1).max(8).default(2),
      }),
      result: codeSchema.extend({ device: z.string() }),
    },
    async ({ body, c }) => {
      const actor = actorOf(c)
      const refused = await mayNotTend(ctx, actor, body.unit)
      if (refused !== undefined) return refused
      const unit = await unitOn(ctx.db, body.unit, localDate(ctx.clock.now()))
      if (unit?.kind !== unitKindOf[body.kind]) return refuse('input.malformed', { field: 'unit' })
      const { device, code, expiresAt } = await enterDevice(ctx, { ...body, by: actor.person })
      return { device, ...presentCode({ code, expiresAt }, c) }
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/devices/{id}/code',
      summary: 'Lấy mã ghi danh mới; mã cũ chưa dùng hết hiệu lực',
      params: idParam,
      result: codeSchema,
    },
    async ({ params, c }) => {
      const actor = actorOf(c)
      const device = await tended(ctx, actor, params.id)
      if (isRefusal(device)) return device
      const made = await makeCode(ctx, device.id, actor.person)
      return isRefusal(made) ? made : presentCode(made, c)
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/devices/{id}/replace',
      summary: 'Thay máy hỏng: khóa của máy cũ hết hiệu lực ngay; vị trí, cụm loa và lịch sử giữ nguyên',
      params: idParam,
      body: z.object({ note: z.string().trim().max(300).default('') }),
      result: codeSchema,
    },
    async ({ params, body, c }) => {
      const actor = actorOf(c)
      const device = await tended(ctx, actor, params.id)
      if (isRefusal(device)) return device
      const made = await replaceMachine(ctx, { id: device.id, note: body.note, by: actor.person })
      return isRefusal(made) ? made : presentCode(made, c)
    },
  )
}

const settingsSchema = z.object({
  volume: z.number().int().min(0).max(100),
  volumeMax: z.number().int().min(0).max(100),
  minutesPerDayMax: z.number().int().min(0).max(1440),
  quiet: z.array(spanSchema).max(8).readonly(),
})

const tendRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/devices',
      summary: 'Thiết bị, đang nối mạng hay không',
      query: z.object({ unit: idSchema.optional() }),
      result: z.object({ devices: z.array(deviceSchema) }),
    },
    ({ query, c }) => devicesShown(ctx, actorOf(c), query.unit),
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/devices/{id}/config',
      summary: 'Đặt âm lượng, số phút mỗi ngày và giờ yên tĩnh',
      params: idParam,
      body: settingsSchema.partial(),
      result: settingsSchema,
    },
    async ({ params, body, c }) => {
      const actor = actorOf(c)
      const device = await tended(ctx, actor, params.id)
      if (isRefusal(device)) return device
      if (body.quiet !== undefined && shortensQuiet(device.quiet, body.quiet)) {
        const path = (await unitPath(ctx.db, device.unit, localDate(ctx.clock.now()))) ?? []
        if (!mayShortenQuiet(actor, path)) return refuse('device.quietShortened', { devices: 1 })
      }
      const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
      return configure(ctx, { id: device.id, change, by: actor.person })
    },
  )
  router.openapi(
    createRoute({
      method: 'post',
      path: '/api/devices/{id}/revoke',
      summary: 'Thu hồi một thiết bị vĩnh viễn',
      request: { params: idParam },
      responses: { 204: { description: 'Đã thu hồi' } },
    }),
    async (c) => {
      const actor = actorOf(c)
      const device = await tended(ctx, actor, c.req.valid('param').id)
      const refused = isRefusal(device) ? device : await revoke(ctx, device.id, actor.person)
      return refused === undefined ? c.body(null, 204) : (refusedResponse(c, refused) as never)
    },
  )
}

/** A device as it shows itself: `Authorization: Bearer <device>.<secret>`. */
const shownDevice =
  (ctx: Context): MiddlewareHandler =>
  async (c, next) => {
    const shown = /^Bearer ([A-Za-z0-9_.-]{3,150})$/.exec(c.req.header('authorization') ?? '')?.[1]
    const device = shown === undefined ? undefined : await deviceWithSecret(ctx.db, shown)
    if (device === undefined) return refusedResponse(c, refuse('device.notEnrolled'))
    c.set('device', device)
    return next()
  }

/** Which device asks, on a route under `/api/device/`. Throws elsewhere: a bug, not a refusal. */
export const deviceOf = (c: HonoContext): string => {
  const device = c.get('device') as string | undefined
  if (device === undefined) throw new Error(`${c.req.path} asks for a device but is not under /api/device/`)
  return device
}

export const deviceRoutes = (router: Router, ctx: Context): void => {
  networkRoutes(router, ctx)
  historyRoutes(router, ctx)
  enterRoutes(router, ctx)
  tendRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/enrolments',
      summary: 'Ghi danh: thiết bị đổi mã một lần lấy khóa tin cậy và mật khẩu của riêng nó',
      body: enrolmentSchema,
      result: enrolledSchema,
    },
    ({ body }) => enrol(ctx, body),
  )
  router.use('/api/device/*', shownDevice(ctx))
}
