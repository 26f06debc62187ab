import { z } from '@hono/zod-openapi'
import { idSchema, type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf, authorise } from '../access/index.ts'
import { clustersIn, devicesAt } from '../devices/index.ts'
import {
  closeUnit,
  enteredKinds,
  makeUnit,
  renameUnit,
  type UnitRow,
  unitKinds,
  unitPath,
  versionsOf,
} from '../org/index.ts'
import { whoEntersUnits } from './policy.ts'

const nameSchema = z.string().trim().min(1).max(150)
const daySchema = z.iso.date().refine((day) => day >= '1900-01-01' && day < '2200-01-01')
const sourceSchema = z.string().trim().max(300).optional()

const unitSchema = z
  .object({
    id: z.string(),
    kind: z.enum(unitKinds),
    name: z.string(),
    shortName: z.string(),
    parent: z.string().nullable(),
    population: z.number().int().nullable(),
    invented: z.boolean(),
  })
  .openapi('UnitEntered')

const present = ({ id, kind, name, shortName, parent, population, invented }: UnitRow) => ({
  ...{ id, kind, name, shortName, parent, population, invented },
})

/** What a unit is called without the word for what it is; where that is not said, its whole name. */
const sourceOr = (source: string | undefined): string =>
  source === undefined || source === '' ? 'Quản trị nhập' : source

/** Whether the actor may enter what hangs below this unit on the day. */
const mayEnter = async (
  ctx: Context,
  actor: Actor,
  { parent, on }: { parent: string; on: LocalDate },
): Promise<Refusal | undefined> => authorise(actor, whoEntersUnits, await unitPath(ctx.db, parent, on))

/** The same for a unit that is there: on the day asked, or on the first of one that is still to come. */
const mayChange = async (ctx: Context, actor: Actor, unit: string, on: LocalDate): Promise<Refusal | undefined> => {
  const versions = await versionsOf(ctx.db, unit)
  const version = versions.find(({ from, to }) => from <= on && (to === null || on < to)) ?? versions.at(-1)
  if (version?.parent == null) return refuse('input.notFound')
  return mayEnter(ctx, actor, { parent: version.parent, on: version.from > on ? version.from : on })
}

const hasDevices = async (ctx: Context, unit: string): Promise<boolean> =>
  (await devicesAt(ctx.db, [unit], { revoked: false })).length > 0 || (await clustersIn(ctx.db, [unit])).length > 0

const makeRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/units',
      summary: 'Lập một thôn, hoặc một tổ chức bên cạnh chính quyền',
      tags: ['units'],
      body: z.strictObject({
        kind: z.enum(enteredKinds),
        name: nameSchema,
        shortName: nameSchema.optional(),
        parent: idSchema,
        population: z.number().int().min(0).max(1_000_000).nullable().default(null),
        from: daySchema.optional(),
        source: sourceSchema,
      }),
      result: unitSchema,
    },
    async ({ c, body }) => {
      const actor = actorOf(c)
      const from = body.from ?? localDate(ctx.clock.now())
      const refused = await mayEnter(ctx, actor, { parent: body.parent, on: from })
      if (refused !== undefined) return refused
      const { kind, name, parent, population } = body
      const asked = { kind, name, parent, population, from, shortName: body.shortName ?? name, by: actor.person }
      const made = await inTransaction(ctx.db, (db) => makeUnit(ctx, db, { ...asked, source: sourceOr(body.source) }))
      return isRefusal(made) ? made : present(made)
    },
  )

const renameRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/units/{id}',
      summary: 'Đổi tên một thôn hoặc tổ chức từ một ngày',
      tags: ['units'],
      params: z.object({ id: idSchema }),
      body: z.strictObject({
        name: nameSchema,
        shortName: nameSchema.optional(),
        from: daySchema.optional(),
        source: sourceSchema,
      }),
      result: unitSchema,
    },
    async ({ c, params, body }) => {
      const actor = actorOf(c)
      const from = body.from ?? localDate(ctx.clock.now())
      const refused = await mayChange(ctx, actor, params.id, from)
      if (refused !== undefined) return refused
      const { name, shortName = name } = body
      const asked = { unit: params.id, name, shortName, from, source: sourceOr(body.source), by: actor.person }
      const renamed = await inTransaction(ctx.db, (db) => renameUnit(ctx, db, asked))
      return isRefusal(renamed) ? renamed : present(renamed)
    },
  )

const closeRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/units/{id}/close',
      summary: 'Kết thúc một thôn hoặc tổ chức từ một ngày; những gì đã có trước ngày đó vẫn còn',
      tags: ['units'],
      params: z.object({ id: idSchema }),
      body: z.strictObject({ on: daySchema, source: sourceSchema }),
      result: z.object({ closed: z.boolean() }),
    },
    async ({ c, params, body }) => {
      const actor = actorOf(c)
      const refused = await mayChange(ctx, actor, params.id, body.on)
      if (refused !== undefined) return refused
      if (await hasDevices(ctx, params.id)) return refuse('unit.hasDevices')
      const asked = { unit: params.id, on: body.on, source: sourceOr(body.source), by: actor.person }
      return (await inTransaction(ctx.db, (db) => closeUnit(ctx, db, asked))) ?? { closed: true }
    },
  )

export const unitRoutes = (router: Router, ctx: Context): void => {
  makeRoute(router, ctx)
  renameRoute(router, ctx)
  closeRoute(router, ctx)
}
