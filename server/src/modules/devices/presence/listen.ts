import {
  type Hello,
  helloSchema,
  parseAs,
  parseTopic,
  reportSchema,
  statusSchema,
  topicRoot,
  topics,
  welcomeSchema,
} from '@loa/protocol'
import type { Context } from '../../../platform/context.ts'
import { signAsServer } from '../../trust/index.ts'
import { REPORTS_PER_HOUR_MAX } from '../model.ts'
import { repeatConfig } from '../settings.ts'
import { deviceById } from '../store.ts'
import { saveHello, saveReport, saveStatus } from './store.ts'

const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload)

/** A message is a device's own only under its own topic; the broker sees to that, and we look again. */
const isOwn = (topic: string, device: string): boolean => parseTopic(topic)?.id === device

/** A device that says the same again within this time is not written down again; well under what `sweep` calls quiet. */
const SAME_AGAIN_MS = 2 * 60_000

/** What each device last said, by database: a cache, so that ten thousand devices saying "still here" cost few writes. */
const lastSaid = new WeakMap<Context['mqtt'], Map<string, { said: string; at: number }>>()

const saidBefore = ({ mqtt }: Context): Map<string, { said: string; at: number }> => {
  const known = lastSaid.get(mqtt) ?? new Map<string, { said: string; at: number }>()
  lastSaid.set(mqtt, known)
  return known
}

const onStatus = async (ctx: Context, topic: string, payload: Uint8Array): Promise<void> => {
  const status = parseAs(statusSchema, textOf(payload))
  if (status === undefined || !isOwn(topic, status.device)) return
  const now = ctx.clock.now()
  const said = JSON.stringify({ ...status, at: null })
  const before = saidBefore(ctx).get(status.device)
  if (before?.said === said && now - before.at < SAME_AGAIN_MS) return
  await saveStatus(ctx.db, status, now)
  saidBefore(ctx).set(status.device, { said, at: now })
}

/** Trusted time: the device's own nonce comes back, so that an old welcome cannot set its clock. */
const welcome = async (ctx: Context, { device, nonce }: Hello): Promise<void> => {
  const body = welcomeSchema.parse({ v: 1, kind: 'welcome', device, nonce, serverTime: ctx.clock.now() })
  const envelope = await signAsServer(ctx, ctx.db, 'welcome', JSON.stringify(body))
  await ctx.mqtt.publish(topics.ack(device), JSON.stringify(envelope))
}

const onHello = async (ctx: Context, topic: string, payload: Uint8Array): Promise<void> => {
  const hello = parseAs(helloSchema, textOf(payload))
  if (hello === undefined || !isOwn(topic, hello.device)) return
  const device = await deviceById(ctx.db, hello.device)
  if (device === undefined || device.revokedAt !== null || device.kind === 'page') return
  await welcome(ctx, hello)
  await saveHello(ctx.db, hello, ctx.clock.now())
  await repeatConfig(ctx, ctx.db, device)
}

const onReport = async (ctx: Context, topic: string, payload: Uint8Array): Promise<void> => {
  const report = parseAs(reportSchema, textOf(payload))
  if (report === undefined || !isOwn(topic, report.device)) return
  const kept = { ...report, id: ctx.ids.next(), now: ctx.clock.now(), perHourMax: REPORTS_PER_HOUR_MAX }
  await saveReport(ctx.db, kept)
}

/** Begins to take in what devices say of themselves. */
export const listenToDevices = async (ctx: Context): Promise<void> => {
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/status`, (topic, payload) => onStatus(ctx, topic, payload))
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/hello`, (topic, payload) => onHello(ctx, topic, payload))
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/report`, (topic, payload) => onReport(ctx, topic, payload))
}
