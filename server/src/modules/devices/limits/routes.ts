import { z } from '@hono/zod-openapi'
import { idSchema, localDate, spanSchema } from '@loa/protocol'
import type { Actor, UnitPath } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { announce } from '../../../platform/facts.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { descendants, unitPath } from '../../org/index.ts'
import { DEVICE_CONFIGURED, type DeviceConfigured } from '../facts.ts'
import type { DeviceRow } from '../model.ts'
import { maySee, mayShortenQuiet, mayTendDevices } from '../policy.ts'
import { devicesAt, lockDevices, saveSettings } from '../store.ts'
import { type Effect, effectOf, type Limits, saysTheSame, tally, under } from './model.ts'

/** The job that hands their configurations to the devices at a unit and below: `{ units }`. */
export const TELL = 'devices.tellUnits'

const limitsSchema = z.object({
  volumeMax: z.number().int().min(0).max(100).optional(),
  minutesPerDayMax: z.number().int().min(0).max(1440).optional(),
  quiet: z.array(spanSchema).max(8).readonly().optional(),
})

const effectSchema = z.object({
  devices: z.number().int(),
  changed: z.number().int(),
  turnedDown: z.number().int(),
  shortened: z.number().int(),
})

const tallySchema = <Value extends z.ZodType>(value: Value) =>
  z.array(z.object({ value, devices: z.number().int() })).readonly()

const standSchema = z
  .object({
    devices: z.number().int(),
    volumeMax: tallySchema(z.number().int()),
    minutesPerDayMax: tallySchema(z.number().int()),
    quiet: tallySchema(z.array(spanSchema).readonly()),
    may: z.object({ change: z.boolean(), shorten: z.boolean() }),
  })
  .openapi('UnitLimits')

const pathFor = async (ctx: Context, actor: Actor, unit: string): Promise<UnitPath | Refusal> => {
  const path = await unitPath(ctx.db, unit, localDate(ctx.clock.now()))
  return path !== undefined && maySee(actor, path) ? path : refuse('input.notFound')
}

const devicesOf = async (ctx: Context, db: Db, unit: string): Promise<readonly DeviceRow[]> =>
  devicesAt(db, await descendants(db, unit, localDate(ctx.clock.now())), { revoked: false })

/** Whether these limits may be set by the actor; taking quiet hours away is for administrators. */
const limitsFault = (actor: Actor, path: UnitPath, effect: Effect): Refusal | undefined => {
  if (!mayTendDevices(actor, path)) return refuse('access.notAllowed')
  if (effect.shortened > 0 && !mayShortenQuiet(actor, path))
    return refuse('device.quietShortened', { devices: effect.shortened })
  return undefined
}

type Asked = { readonly unit: string; readonly limits: Limits; readonly by: string }

/** Saves the limits for the devices that they change: one line in the record, one fact for each device. */
const save = async (ctx: Context, db: Db, { unit, limits, by }: Asked): Promise<void> => {
  const at = ctx.clock.now()
  const locked = await lockDevices(
    db,
    (await devicesOf(ctx, db, unit)).map(({ id }) => id),
  )
  const changed = locked.filter((device) => !saysTheSame(device, under(device, limits)))
  for (const device of changed) {
    await saveSettings(db, device.id, under(device, limits))
    const body: DeviceConfigured = { device: device.id, unit: device.unit }
    await announce(db, { id: ctx.ids.next(), kind: DEVICE_CONFIGURED, at, subject: device.id, body })
  }
  await ctx.enqueue(db, TELL, { units: [unit] })
  const detail = { ...limits, devices: changed.length }
  await record(db, { at, person: by, action: 'unit.limitsSet', subject: unit, unit, detail })
}

const setLimits = (ctx: Context, actor: Actor, { unit, limits }: Omit<Asked, 'by'>): Promise<Effect | Refusal> =>
  inTransaction(ctx.db, async (db): Promise<Effect | Refusal> => {
    const path = await pathFor({ ...ctx, db }, actor, unit)
    if (isRefusal(path)) return path
    const effect = effectOf(await devicesOf(ctx, db, unit), limits)
    const refused = limitsFault(actor, path, effect)
    if (refused !== undefined) return refused
    if (effect.changed > 0) await save(ctx, db, { unit, limits, by: actor.person })
    return effect
  })

const params = z.object({ unit: idSchema })
const path = '/api/units/{unit}/limits'

const readRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    { method: 'get', path, summary: 'Giới hạn của các thiết bị ở một đơn vị, hiện nay', params, result: standSchema },
    async ({ params: { unit }, c }) => {
      const actor = actorOf(c)
      const found = await pathFor(ctx, actor, unit)
      if (isRefusal(found)) return found
      const devices = await devicesOf(ctx, ctx.db, unit)
      return {
        devices: devices.length,
        volumeMax: tally(devices.map(({ volumeMax }) => volumeMax)),
        minutesPerDayMax: tally(devices.map(({ minutesPerDayMax }) => minutesPerDayMax)),
        quiet: tally(devices.map(({ quiet }) => quiet)),
        may: { change: mayTendDevices(actor, found), shorten: mayShortenQuiet(actor, found) },
      }
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: `${path}/preview`,
      summary: 'Đặt giới hạn như vậy thì bao nhiêu thiết bị thay đổi; chưa đặt gì',
      params,
      body: limitsSchema,
      result: effectSchema,
    },
    async ({ params: { unit }, body, c }) => {
      const found = await pathFor(ctx, actorOf(c), unit)
      return isRefusal(found) ? found : effectOf(await devicesOf(ctx, ctx.db, unit), body)
    },
  )
}

export const limitRoutes = (router: Router, ctx: Context): void => {
  readRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'put',
      path,
      summary: 'Đặt trần âm lượng, số phút mỗi ngày, giờ yên lặng cho mọi thiết bị của một đơn vị',
      params,
      body: limitsSchema,
      result: effectSchema,
    },
    ({ params: { unit }, body, c }) => setLimits(ctx, actorOf(c), { unit, limits: body }),
  )
}
