import { z } from '@hono/zod-openapi'
import { idSchema, type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { unitOn, unitPath } from '../org/index.ts'
import { CODE_BYTES, codeHash, codeOf } from './codes.ts'
import { CODE_VALID_MS } from './model.ts'
import { mayTendDevices } from './policy.ts'
import { insertClusters, insertCodes, insertDevices } from './store.ts'

/** Devices entered with one request: a lorry's load for a few communes, and a body far below its limit. */
const BULK_MAX = 500

/** Which unit a device of a kind stands at. */
const unitKindOf = { cluster: 'village', gateway: 'station' } as const

const wantedSchema = z.object({
  kind: z.enum(['cluster', 'gateway']),
  name: z.string().trim().min(1).max(100),
  unit: idSchema,
  horns: z.number().int().min(1).max(8).default(2),
})
type Wanted = z.infer<typeof wantedSchema>

const enteredSchema = z.object({
  devices: z
    .array(
      z.object({ device: z.string(), name: z.string(), unit: z.string(), code: z.string(), expiresAt: z.string() }),
    )
    .readonly(),
})

/** Each unit must be one the actor sees and tends, and of the kind that such a device stands at. */
const whyNot = async (
  db: Db,
  actor: Actor,
  { wanted, on }: { wanted: readonly Wanted[]; on: LocalDate },
): Promise<Refusal | undefined> => {
  for (const [unit, devices] of Map.groupBy(wanted, (each) => each.unit)) {
    const path = await unitPath(db, unit, on)
    if (path === undefined || !actor.posts.some((post) => path.includes(post.unit))) return refuse('input.notFound')
    if (!mayTendDevices(actor, path)) return refuse('access.notAllowed')
    const kind = (await unitOn(db, unit, on))?.kind
    if (devices.some((each) => unitKindOf[each.kind] !== kind)) return refuse('input.malformed', { field: 'unit' })
  }
  return undefined
}

/** Enters many devices at once, each with its code; all of them or none. One line in the record for each unit. */
const enterMany = (ctx: Context, actor: Actor, wanted: readonly Wanted[]) =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const refused = await whyNot(db, actor, { wanted, on: localDate(now) })
    if (refused !== undefined) return refused
    // the demonstration must speak whenever somebody tries it; it is reached from this machine alone and wakes nobody
    const quiet = ctx.config.demo ? { quiet: [] } : {}
    const made = wanted.map((each) => ({ ...each, id: ctx.ids.next(), code: codeOf(ctx.ids.secret(CODE_BYTES)) }))
    const expiresAt = now + CODE_VALID_MS
    await insertDevices(
      db,
      made.map(({ id, kind, name, unit }) => ({ id, kind, name, unit, invented: false, madeAt: now, ...quiet })),
    )
    const clusters = made.filter(({ kind }) => kind === 'cluster')
    await insertClusters(
      db,
      clusters.map(({ id, name, unit, horns }) => ({
        ...{ id, village: unit, name, horns, device: id, gateway: null, invented: false },
      })),
    )
    await insertCodes(
      db,
      made.map(({ id, code }) => ({ hash: codeHash(code), device: id })),
      { now, expiresAt },
    )
    for (const [unit, devices] of Map.groupBy(made, (each) => each.unit)) {
      const detail = { devices: devices.length }
      await record(db, { at: now, person: actor.person, action: 'device.manyEntered', subject: unit, unit, detail })
    }
    return made.map(({ id, name, unit, code }) => ({ device: id, name, unit, code, expiresAt: localIso(expiresAt) }))
  })

export const bulkRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/devices/bulk',
      summary: 'Thêm nhiều thiết bị một lần và lấy mã ghi danh của từng thiết bị; được tất cả hoặc không được cái nào',
      body: z.object({ devices: z.array(wantedSchema).min(1).max(BULK_MAX) }),
      result: enteredSchema,
    },
    async ({ body, c }) => {
      const devices = await enterMany(ctx, actorOf(c), body.devices)
      return isRefusal(devices) ? devices : { devices }
    },
  )
}
