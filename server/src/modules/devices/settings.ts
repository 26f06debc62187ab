import { configSchema, type DeviceConfig, localDate, parseAs, topics } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { signAsServer } from '../trust/index.ts'
import type { DeviceRow } from './model.ts'
import { listensOf } from './reach.ts'
import { lockDevice, saveConfig } from './store.ts'

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

const saysTheSame = (signed: DeviceConfig | undefined, content: Content): boolean => {
  if (signed === undefined) return false
  const { seq: _, issuedAt: __, ...rest } = signed
  return JSON.stringify(configSchema.partial().parse(rest)) === JSON.stringify(configSchema.partial().parse(content))
}

/**
 * The device's configuration as it is to be retained by the broker: signed anew, with a higher number, where what it says
 * has changed; the very bytes of last time where it has not. `undefined` for a device that is unknown, revoked or a page.
 */
export const currentConfig = (ctx: Context, outer: Db, id: string): Promise<string | undefined> =>
  inTransaction(outer, async (db) => {
    const device = await lockDevice(db, id)
    if (device === undefined || device.revokedAt !== null || device.kind === 'page') return undefined
    const now = ctx.clock.now()
    const content = await contentOf(db, device, now)
    if (device.config !== null && saysTheSame(bodyOf(device.config), content)) return device.config
    const seq = Math.max(device.configSeq + 1, now)
    const body = JSON.stringify(configSchema.parse({ ...content, seq, issuedAt: now }))
    const payload = JSON.stringify(await signAsServer(ctx, db, 'config', body))
    await saveConfig(db, id, { seq, payload })
    return payload
  })

/** Hands the device's configuration to the broker, retained. */
export const publishConfig = async (ctx: Context, db: Db, device: string): Promise<void> => {
  const payload = await currentConfig(ctx, db, device)
  if (payload !== undefined) await ctx.mqtt.publish(topics.config(device), payload, { retain: true })
}
