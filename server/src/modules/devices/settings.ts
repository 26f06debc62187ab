import { configSchema, type DeviceConfig, type LocalDate, localDate, parseAs, topics } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { descendantsOf } from '../org/index.ts'
import { serverSigner } from '../trust/index.ts'
import type { DeviceRow } from './model.ts'
import { type Listens, listensOfMany } from './reach.ts'
import { devicesAt, lockDevices, saveConfigs } from './store.ts'

const bodyOf = (payload: string): DeviceConfig | undefined => {
  const envelope = JSON.parse(payload) as { body: string }
  return parseAs(configSchema, envelope.body)
}

type Content = Omit<DeviceConfig, 'seq' | 'issuedAt'>

const contentOf = (device: DeviceRow, listens: readonly Listens[]): Content => ({
  v: 1,
  device: device.id,
  listens: listens.map((each) => ({ ...each })),
  quiet: device.quiet.map((span) => ({ ...span })),
  minutesPerDayMax: device.minutesPerDayMax,
  volume: device.volume,
  volumeMax: device.volumeMax,
})

const saysTheSame = (signed: DeviceConfig | undefined, content: Content): boolean => {
  if (signed === undefined) return false
  const { seq: _, issuedAt: __, ...rest } = signed
  return JSON.stringify(configSchema.partial().parse(rest)) === JSON.stringify(configSchema.partial().parse(content))
}

/** Configurations by device, and which of them are newly signed. */
type Reckoned = { readonly payloads: Map<string, string>; readonly changed: readonly Signed[] }
type Signed = { readonly device: string; readonly seq: number; readonly payload: string }

const reckon = async (ctx: Context, db: Db, devices: readonly DeviceRow[]): Promise<Reckoned> => {
  const now = ctx.clock.now()
  const listens = await listensOfMany(db, devices, localDate(now))
  const payloads = new Map<string, string>()
  const changed: Signed[] = []
  const sign = await serverSigner(ctx, db)
  for (const device of devices) {
    const content = contentOf(device, listens.get(device.id) ?? [])
    if (device.config !== null && saysTheSame(bodyOf(device.config), content)) payloads.set(device.id, device.config)
    else {
      const seq = Math.max(device.configSeq + 1, now)
      const payload = JSON.stringify(
        sign('config', JSON.stringify(configSchema.parse({ ...content, seq, issuedAt: now }))),
      )
      payloads.set(device.id, payload)
      changed.push({ device: device.id, seq, payload })
    }
  }
  return { payloads, changed }
}

const inUse = ({ revokedAt, kind }: DeviceRow): boolean => revokedAt === null && kind !== 'page'

/**
 * The devices' configurations as they are to be retained by the broker: signed anew, with a higher number, where what one
 * says has changed; the very bytes of last time where it has not, for a device takes equal bytes for what it knows already.
 * Unknown and revoked devices, and pages, are left out.
 */
const currentConfigs = (ctx: Context, outer: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  inTransaction(outer, async (db) => {
    const devices = (await lockDevices(db, ids)).filter(inUse)
    if (devices.length === 0) return new Map()
    const { payloads, changed } = await reckon(ctx, db, devices)
    if (changed.length > 0) await saveConfigs(db, changed)
    return payloads
  })

/** The local day on which each device's configuration was last looked at, by connection to the broker: a cache. */
const lookedAt = new WeakMap<Context['mqtt'], Map<string, LocalDate>>()
const lookedAtOf = ({ mqtt }: Context): Map<string, LocalDate> => {
  const known = lookedAt.get(mqtt) ?? new Map<string, LocalDate>()
  lookedAt.set(mqtt, known)
  return known
}

/**
 * Hands their configurations to devices that have just connected, retained, in case the broker has lost them. One that was
 * signed or looked at today holds today: what a device listens to changes at midnight, and every change of settings is signed at
 * once. Those looked at for the first time today are reckoned together, and signed only where they say something new: after a
 * power cut at midnight ten thousand devices cost a few dozen looks at the town, and no signature.
 */
export const repeatConfigs = async (ctx: Context, db: Db, devices: readonly DeviceRow[]): Promise<void> => {
  const today = localDate(ctx.clock.now())
  const looked = lookedAtOf(ctx)
  const holds = ({ id, config }: DeviceRow): boolean => config !== null && looked.get(id) === today
  const unknown = devices.filter((device) => inUse(device) && !holds(device)).map(({ id }) => id)
  const fresh = unknown.length === 0 ? new Map<string, string>() : await currentConfigs(ctx, db, unknown)
  for (const id of fresh.keys()) looked.set(id, today)
  const sent = await Promise.allSettled(
    devices.filter(inUse).map(async ({ id, config }) => {
      const payload = fresh.get(id) ?? config
      if (payload !== null) await ctx.mqtt.publish(topics.config(id), payload, { retain: true })
    }),
  )
  const failed = sent.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** Hands the device's configuration to the broker, retained. */
export const publishConfig = async (ctx: Context, db: Db, device: string): Promise<void> => {
  const payload = (await currentConfigs(ctx, db, [device])).get(device)
  if (payload !== undefined) await ctx.mqtt.publish(topics.config(device), payload, { retain: true })
}

/**
 * Hands their configuration to all devices at and below the units, as the tree stands today: what hangs where has changed, or
 * will. One that the broker does not take now gets it when it next connects.
 */
export const tellDevicesAt = async (ctx: Context, units: readonly string[]): Promise<void> => {
  const inside = await descendantsOf(ctx.db, units, localDate(ctx.clock.now()))
  for (const { id, enrolledAt } of await devicesAt(ctx.db, inside, { revoked: false })) {
    // one that was never enrolled is told when it enrols
    if (enrolledAt !== null) await publishConfig(ctx, ctx.db, id)
  }
}
