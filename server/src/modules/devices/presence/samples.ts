import type { Instant, Status } from '@loa/protocol'
import type { Context } from '../../../platform/context.ts'
import { insertSamples } from './store.ts'

export type Sampled = {
  readonly at: Instant
  readonly online: boolean
  readonly onMains: boolean | undefined
  readonly signalDbm: number | undefined
}

/** A day of hourly samples shows how a link and a supply behave. */
const EVERY_MS = 3_600_000
/** A device whose line comes and goes is drawn no finer than this. */
const APART_MS = 60_000
/** A change of the signal that a person would look into, dB. */
const SIGNAL_STEP_DB = 10

/** Whether what a device says now is to be kept: once an hour, and where something changed that matters. */
export const isWorthASample = (last: Sampled | undefined, next: Sampled): boolean => {
  if (last === undefined || next.at - last.at >= EVERY_MS || next.at < last.at) return true
  // whoever is gone says nothing more: what is not kept now would never be known
  if (last.online && !next.online) return true
  if (next.at - last.at < APART_MS) return false
  if (next.online !== last.online || next.onMains !== last.onMains) return true
  if (next.signalDbm === undefined || last.signalDbm === undefined) return false
  return Math.abs(next.signalDbm - last.signalDbm) >= SIGNAL_STEP_DB
}

/** The last sample of each device: a cache, so that most statuses cost no question. */
const lastSamples = new WeakMap<Context['mqtt'], Map<string, Sampled>>()

/** Keeps what statuses measured where it is worth it; each device stands once among them. */
export const keepSamples = async (ctx: Context, statuses: readonly Status[], now: Instant): Promise<void> => {
  const known = lastSamples.get(ctx.mqtt) ?? new Map<string, Sampled>()
  lastSamples.set(ctx.mqtt, known)
  const worth = statuses.flatMap((status) => {
    const { telemetry, online, device } = status
    const sampled = { at: now, online, onMains: telemetry?.onMains, signalDbm: telemetry?.signalDbm }
    return isWorthASample(known.get(device), sampled) ? [{ status, sampled }] : []
  })
  if (worth.length === 0) return
  await insertSamples(
    ctx.db,
    worth.map(({ status }) => status),
    now,
  )
  for (const { status, sampled } of worth) known.set(status.device, sampled)
}
