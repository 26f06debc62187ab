import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf } from '../../access/index.ts'
import { devicesById, maySeeDevices, mayTendDevices, openTicketsOf, unitsSeenBy } from '../../devices/index.ts'
import { descendants, unitOn, unitPath, unitsOn } from '../../org/index.ts'
import { chimeFor, hourRefusal, playTestTone, setRule } from './commands.ts'
import { type AskedOfTest, sayingOf } from './heard.ts'
import { ruleFor, whyNot } from './model.ts'
import { rulesOf, type TestRow, testsOf } from './store.ts'

/** A province has some tens of communes, and one test each a day. */
const TESTS_MAX = 200
/** Shown of one test; the counts are whole. */
const LISTED_MAX = 500
/** Where nobody has set an hour: after the morning session of most stations. */
const TIME_PROPOSED = '07:30'

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const ruleSchema = z.object({
  enabled: z.boolean(),
  time: timeSchema,
  release: z.object({ id: z.string(), title: z.string() }).nullable(),
  inheritedFrom: z.string().nullable(),
  may: z.object({ edit: z.boolean() }),
})

const listedSchema = z.object({
  device: z.string(),
  kind: z.enum(['cluster', 'gateway']),
  name: z.string(),
  cluster: z.string().nullable(),
  behindGateway: z.number().int(),
  unit: z.string(),
  unitName: z.string(),
  why: z.enum(['neverEnrolled', 'offline', 'silent', 'noAnswer']),
  reason: z.string().nullable(),
  ticket: z.string().nullable(),
})

const testSchema = z.object({
  airing: z.string(),
  at: z.string(),
  unit: z.string(),
  unitName: z.string(),
  state: z.enum(['planned', 'waiting', 'listed']),
  sounded: z.number().int(),
  gatewaySounded: z.number().int(),
  notSounded: z.array(listedSchema),
  unknown: z.number().int().openapi({ description: 'Cụm loa sau bộ chuyển tiếp mà bộ chuyển tiếp không phát' }),
})

type TestShown = z.input<typeof testSchema>

/** The path of a unit the actor may look at; else it does not exist for them. */
const seenPath = async (ctx: Context, actor: Actor, unit: string): Promise<readonly string[] | Refusal> => {
  const path = await unitPath(ctx.db, unit, localDate(ctx.clock.now()))
  return path === undefined || !maySeeDevices(actor, path) ? refuse('input.notFound') : path
}

const ruleShown = async (ctx: Context, actor: Actor, unit: string): Promise<z.input<typeof ruleSchema> | Refusal> => {
  const path = await seenPath(ctx, actor, unit)
  if (isRefusal(path)) return path
  const rule = ruleFor(path, await rulesOf(ctx.db, path))
  const chime = await chimeFor(ctx, ctx.db, unit)
  return {
    enabled: rule?.enabled ?? false,
    time: rule?.time ?? TIME_PROPOSED,
    release: chime === undefined ? null : { id: chime.release, title: chime.title },
    inheritedFrom: rule === undefined || rule.unit === unit ? null : rule.unit,
    may: { edit: mayTendDevices(actor, path) },
  }
}

type Named = { readonly units: ReadonlyMap<string, string>; readonly tickets: ReadonlyMap<string, string> }

const presentMissing = (asked: AskedOfTest, { units, tickets }: Named): TestShown['notSounded'] => {
  const why = whyNot(asked)
  if (why === undefined) return []
  const { device, clusters } = asked.carrier
  return [
    {
      device: device.id,
      kind: device.kind === 'gateway' ? 'gateway' : 'cluster',
      name: device.name,
      cluster: clusters.find((cluster) => cluster.device === device.id)?.id ?? null,
      behindGateway: asked.reach.behind,
      unit: device.unit,
      unitName: units.get(device.unit) ?? device.unit,
      why,
      reason: asked.reason,
      ticket: tickets.get(device.id) ?? null,
    },
  ]
}

const stateOf = ({ at, lookedAt }: TestRow, now: number): TestShown['state'] =>
  lookedAt !== null ? 'listed' : at > now ? 'planned' : 'waiting'

const presentTest = async (ctx: Context, test: TestRow): Promise<TestShown> => {
  const now = ctx.clock.now()
  const { asked } = test.at > now ? { asked: [] } : await sayingOf(ctx, test.airing)
  const open = await openTicketsOf(
    ctx.db,
    asked.map(({ device }) => device),
    ['offline', 'chime'],
  )
  const names = await unitsOn(ctx.db, localDate(now), [test.unit, ...asked.map(({ carrier }) => carrier.device.unit)])
  const units = new Map(names.map(({ id, name }) => [id, name]))
  const named = { units, tickets: new Map(open.map(({ device, id }) => [device, id])) }
  const clusters = (of: (asked: AskedOfTest) => number, sounded: boolean): number =>
    asked.filter(({ said }) => (said === 'sounded') === sounded).reduce((sum, each) => sum + of(each), 0)
  return {
    airing: test.airing,
    at: localIso(test.at),
    unit: test.unit,
    unitName: units.get(test.unit) ?? test.unit,
    state: stateOf(test, now),
    sounded: clusters(({ reach }) => reach.own, true),
    gatewaySounded: clusters(({ reach }) => reach.behind, true),
    notSounded: asked.flatMap((each) => presentMissing(each, named)).slice(0, LISTED_MAX),
    unknown: clusters(({ reach }) => reach.behind, false),
  }
}

const testsShown = async (
  ctx: Context,
  actor: Actor,
  asked: { unit?: string | undefined; date?: string | undefined },
) => {
  const on = localDate(ctx.clock.now())
  const seen = await unitsSeenBy(ctx.db, actor, on)
  if (asked.unit !== undefined && !seen.includes(asked.unit)) return refuse('input.notFound')
  const units = asked.unit === undefined ? seen : await descendants(ctx.db, asked.unit, on)
  const rows = await testsOf(ctx.db, { units, day: asked.date ?? on, max: TESTS_MAX })
  const tests: TestShown[] = []
  for (const row of rows) tests.push(await presentTest(ctx, row))
  return { tests }
}

const ruleRoutes = (router: Router, ctx: Context): void => {
  const params = z.object({ unit: idSchema })
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/units/{unit}/functional-test',
      summary: 'Chuông thử hằng ngày của đơn vị: giờ, tiếng chuông, thừa hưởng từ đâu',
      params,
      result: ruleSchema,
    },
    (asked) => ruleShown(ctx, actorOf(asked.c), asked.params.unit),
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/units/{unit}/functional-test',
      summary: 'Đặt chuông thử hằng ngày cho một xã hoặc cả tỉnh',
      params,
      body: z.object({ enabled: z.boolean(), time: timeSchema }),
      result: ruleSchema,
    },
    async (asked) => {
      const actor = actorOf(asked.c)
      const { unit } = asked.params
      const path = await seenPath(ctx, actor, unit)
      if (isRefusal(path)) return path
      if (!mayTendDevices(actor, path)) return refuse('access.notAllowed')
      const kind = (await unitOn(ctx.db, unit, localDate(ctx.clock.now())))?.kind
      if (kind !== 'commune' && kind !== 'province') return refuse('input.malformed', { field: 'unit' })
      const rule = { unit, ...asked.body }
      const outside = await hourRefusal(ctx, rule)
      if (outside) return outside
      await setRule(ctx, rule, actor.person)
      return ruleShown(ctx, actor, unit)
    },
  )
}

export const functionalRoutes = (router: Router, ctx: Context): void => {
  ruleRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/functional-tests',
      summary: 'Chuông thử của một ngày: bao nhiêu cụm kêu, cụm nào không kêu và vì sao',
      query: z.object({ unit: idSchema.optional(), date: z.iso.date().optional() }),
      result: z.object({ tests: z.array(testSchema) }),
    },
    ({ query, c }) => testsShown(ctx, actorOf(c), query),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/devices/{id}/test-tone',
      summary: 'Phát tiếng chuông đã duyệt trên một thiết bị, ngay bây giờ',
      params: z.object({ id: idSchema }),
      result: z.object({ airing: z.string() }),
    },
    async ({ params, c }) => {
      const actor = actorOf(c)
      const [device] = await devicesById(ctx.db, [params.id])
      if (device === undefined) return refuse('input.notFound')
      const path = await seenPath(ctx, actor, device.unit)
      if (isRefusal(path)) return path
      if (!mayTendDevices(actor, path)) return refuse('access.notAllowed')
      return playTestTone(ctx, device, actor.person)
    },
  )
}
