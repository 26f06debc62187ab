import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { type Basis, dayToLookAt, type FateShown, fateOf, originOf, unitKinds } from '../org/index.ts'
import { unitsSeenThen } from './overview.ts'

/** A day of administrative history. Older or later ones are typing mistakes. */
export const daySchema = z.iso.date().refine((day) => day >= '1900-01-01' && day < '2200-01-01')

const versionSchema = z.object({
  id: z.string(),
  kind: z.enum(unitKinds),
  name: z.string(),
  shortName: z.string(),
  parent: z.string().nullable(),
  population: z.number().int().nullable(),
  invented: z.boolean(),
  gsoCode: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable(),
  source: z.string(),
})
const namedSchema = z.array(z.object({ id: z.string(), name: z.string() })).readonly()

const fateSchema = z
  .object({
    unit: versionSchema,
    on: z.string(),
    units: z.array(versionSchema.extend({ weight: z.number().nullable(), exact: z.boolean() })).readonly(),
    events: z
      .array(
        z.object({
          id: z.string(),
          on: z.string(),
          kind: z.enum(['merge', 'split', 'transfer', 'rename', 'abolish', 'establish']),
          source: z.string(),
          from: namedSchema,
          to: namedSchema,
        }),
      )
      .readonly(),
  })
  .openapi('UnitFate')

const present = ({ id, kind, name, shortName, ...unit }: FateShown['unit']): z.input<typeof versionSchema> => ({
  id,
  kind,
  name,
  shortName,
  parent: unit.parent,
  population: unit.population,
  invented: unit.invented,
  gsoCode: unit.gsoCode,
  from: unit.from,
  to: unit.to,
  source: unit.source,
})

const presentFate = ({ unit, on, units, events }: FateShown): z.input<typeof fateSchema> => ({
  unit: present(unit),
  on,
  units: units.map(({ weight, exact, ...each }) => ({ ...present(each), weight, exact })),
  events: events.map(({ id, on: day, kind, source, from, to }) => ({ id, on: day, kind, source, from, to })),
})

type Asked = { readonly id: string; readonly on?: string | undefined; readonly basis?: Basis | undefined }

/** Tells a unit's past or future to whoever sees that unit, or sees today what it became; for others it does not exist. */
const told = async (
  ctx: Context,
  actor: Actor,
  { tell, id, ...asked }: Asked & { tell: typeof fateOf },
): Promise<z.input<typeof fateSchema> | Refusal> => {
  const today = localDate(ctx.clock.now())
  const day = await dayToLookAt(ctx.db, id, today)
  if (day === undefined) return refuse('input.notFound')
  const seen = await unitsSeenThen(ctx.db, actor, { today, on: day, all: true })
  if (!seen.includes(id)) return refuse('input.notFound')
  const fate = await tell(ctx.db, { ...asked, unit: id, today })
  return fate === undefined ? refuse('input.malformed', { field: 'on' }) : presentFate(fate)
}

const params = z.object({ id: idSchema })
const query = z.object({
  on: daySchema.optional(),
  basis: z.enum(['population', 'area', 'household', 'facility']).optional(),
})

export const historyRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/units/{id}/became',
      summary: 'Đơn vị này đã thành những đơn vị nào; on: tính đến ngày nào, mặc định hôm nay',
      params,
      query,
      result: fateSchema,
    },
    (asked) => told(ctx, actorOf(asked.c), { ...asked.params, ...asked.query, tell: fateOf }),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/units/{id}/before',
      summary: 'Đơn vị này trước đây là những đơn vị nào; on: vào ngày nào, mặc định hôm trước ngày thành lập',
      params,
      query,
      result: fateSchema,
    },
    (asked) => told(ctx, actorOf(asked.c), { ...asked.params, ...asked.query, tell: originOf }),
  )
}
