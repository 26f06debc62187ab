import { configSchema, type DeviceConfig, localDate, parseAs, topics } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { descendantsOf } from '../org/index.ts'
import { signAsServer } from '../trust/index.ts'
import type { DeviceRow } from './model.ts'
import { listensOf } from './reach.ts'
import { devicesAt, lockDevice, saveConfig } from './store.ts'

const bodyOf = (payload: string): DeviceConfig | undefined => {
  const envelope = JSON.parse(payload) as { body: string }
  return parseAs(configSchema, envelope.body)
}

type Content = Omit<DeviceConfig, 'seq' | 'issuedAt'>

const contentOf = async (db: Db, device: DeviceRow, now: number): Promise<Content> => ({
  v: 1,
  device: device.id,
  listens: (await listensOf(db, device.id, localDate(now))).map((each) => ({ ...each })),
  quiet: device.quiet.map((span) => ({ ...span })),
  minutesPerDayMax: device.minutesPerDayMax,
  volume: device.volume,
  volumeMax: device.volumeMax,
})

const saysTheSame = (signed: DeviceConfig | undefined, content: Content, now: number): boolean => {
  if (signed === undefined || localDate(signed.issuedAt) !== localDate(now)) return false
  const { seq: _, issuedAt: __, ...rest } = signed
  return JSON.stringify(configSchema.partial().parse(rest)) === JSON.stringify(configSchema.partial().parse(content))
}

/**
 * The device's configuration as it is to be retained by the broker: signed anew, with a higher number, where what it says
 * has changed or the day has; the very bytes of last time where neither has. `undefined` for a device that is unknown, revoked or a page.
 */
export const currentConfig = (ctx: Context, outer: Db, id: string): Promise<string | undefined> =>
  inTransaction(outer, async (db) => {
    const device = await lockDevice(db, id)
    if (device === undefined || device.revokedAt !== null || device.kind === 'page') return undefined
    const now = ctx.clock.now()
    const content = await contentOf(db, device, now)
    if (device.config !== null && saysTheSame(bodyOf(device.config), content, now)) return device.config
    const seq = Math.max(device.configSeq + 1, now)
    const body = JSON.stringify(configSchema.parse({ ...content, seq, issuedAt: now }))
    const payload = JSON.stringify(await signAsServer(ctx, db, 'config', body))
    await saveConfig(db, id, { seq, payload })
    return payload
  })

/**
 * The configuration for a device that has just connected. What was signed today holds today: units change at midnight, and
 * every change of settings is signed at once. So a thousand devices that come back together cost no thousand reckonings.
 */
const configOnConnecting = async (ctx: Context, db: Db, device: DeviceRow): Promise<string | undefined> => {
  const signed = device.config === null ? undefined : bodyOf(device.config)
  const isToday = signed !== undefined && localDate(signed.issuedAt) === localDate(ctx.clock.now())
  return isToday && device.config !== null ? device.config : currentConfig(ctx, db, device.id)
}

/** Hands its configuration to a device that has just connected, retained, in case the broker has lost it. */
export const repeatConfig = async (ctx: Context, db: Db, device: DeviceRow): Promise<void> => {
  const payload = await configOnConnecting(ctx, db, device)
  if (payload !== undefined) await ctx.mqtt.publish(topics.config(device.id), payload, { retain: true })
}

/** Hands the device's configuration to the broker, retained. */
export const publishConfig = async (ctx: Context, db: Db, device: string): Promise<void> => {
  const payload = await currentConfig(ctx, db, device)
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
