import {
  type Hello,
  helloSchema,
  parseAs,
  parseTopic,
  type Report,
  reportSchema,
  type Status,
  statusSchema,
  topicRoot,
  topics,
  welcomeSchema,
} from '@loa/protocol'
import type { Context } from '../../../platform/context.ts'
import { gather, inRounds } from '../../../platform/gather.ts'
import { serverSigner } from '../../trust/index.ts'
import { REPORTS_PER_HOUR_MAX } from '../model.ts'
import { repeatConfigs } from '../settings.ts'
import { devicesById } from '../store.ts'
import { lookForDoubles } from './doubles.ts'
import { keepSamples } from './samples.ts'
import { saveHellos, saveReports, saveStatuses } from './store.ts'

const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload)

/** A message is a device's own only under its own topic; the broker sees to that, and we look again. */
const isOwn = (topic: string, device: string): boolean => parseTopic(topic)?.id === device

/** PostgreSQL cannot hold NUL in text, and half a surrogate pair is no character: one such message would lose all that came with it. */
const isStorable = (said: object): boolean =>
  Object.values(said).every((each) => typeof each !== 'string' || (!each.includes('\0') && each.isWellFormed()))

/** A device that says the same again within this time is not written down again; well under what `sweep` calls quiet. */
const SAME_AGAIN_MS = 2 * 60_000

/** What each device last said, by database: a cache, so that ten thousand devices saying "still here" cost few writes. */
const lastSaid = new WeakMap<Context['mqtt'], Map<string, { said: string; at: number }>>()

const saidBefore = ({ mqtt }: Context): Map<string, { said: string; at: number }> => {
  const known = lastSaid.get(mqtt) ?? new Map<string, { said: string; at: number }>()
  lastSaid.set(mqtt, known)
  return known
}

/** Statuses that came together, each device's in its order, in one statement; what says nothing new is not written. */
const takeStatuses = async (ctx: Context, statuses: readonly Status[]): Promise<void> => {
  const now = ctx.clock.now()
  const known = saidBefore(ctx)
  for (const round of inRounds(statuses, ({ device }) => device)) {
    const news = round.flatMap((status) => {
      // measures waver: only a change from mains to battery is news
      const said = JSON.stringify({ ...status, at: null, telemetry: status.telemetry?.onMains ?? null })
      const before = known.get(status.device)
      return before?.said === said && now - before.at < SAME_AGAIN_MS ? [] : [{ status, said }]
    })
    if (news.length === 0) continue
    const fresh = news.map(({ status }) => status)
    await saveStatuses(ctx.db, fresh, now)
    await keepSamples(ctx, fresh, now)
    for (const { status, said } of news) known.set(status.device, { said, at: now })
  }
}

/** Trusted time: the device's own nonce comes back, so that an old welcome cannot set its clock. */
const welcome = async (ctx: Context, hellos: readonly Hello[]): Promise<void> => {
  const sign = await serverSigner(ctx, ctx.db)
  const sent = await Promise.allSettled(
    hellos.map(({ device, nonce }) => {
      const body = welcomeSchema.parse({ v: 1, kind: 'welcome', device, nonce, serverTime: ctx.clock.now() })
      return ctx.mqtt.publish(topics.ack(device), JSON.stringify(sign('welcome', JSON.stringify(body))))
    }),
  )
  const failed = sent.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** Hellos that came together: after a power cut that is everybody's. Each is answered, written down and configured. */
const takeHellos = async (ctx: Context, hellos: readonly Hello[]): Promise<void> => {
  const found = await devicesById(ctx.db, [...new Set(hellos.map(({ device }) => device))])
  const devices = new Map(
    found.filter(({ revokedAt, kind }) => revokedAt === null && kind !== 'page').map((each) => [each.id, each]),
  )
  const known = hellos.filter(({ device }) => devices.has(device))
  if (known.length === 0) return
  const write = async (): Promise<void> => {
    for (const round of inRounds(known, ({ device }) => device)) {
      await saveHellos(ctx.db, round, ctx.clock.now())
      await lookForDoubles(ctx, round)
    }
  }
  // an answer the broker does not take in time keeps nobody else from what they are owed
  const done = await Promise.allSettled([
    welcome(ctx, known),
    write(),
    repeatConfigs(ctx, ctx.db, [...devices.values()]),
  ])
  const failed = done.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

const takeReports = async (ctx: Context, reports: readonly Report[]): Promise<void> => {
  const kept = reports.map((report) => ({ ...report, id: ctx.ids.next() }))
  for (const round of inRounds(kept, ({ device }) => device))
    await saveReports(ctx.db, round, { now: ctx.clock.now(), perHourMax: REPORTS_PER_HOUR_MAX })
}

/** Messages of one kind taken in together. One statement of this size takes a few milliseconds. */
const TOGETHER = 250

/** A handler that reads a message of a shape, sees to it that it is the device's own, and hands it on with those beside it. */
const reading = <T extends { readonly device: string }>(
  schema: Parameters<typeof parseAs<T>>[0],
  take: (all: readonly T[]) => Promise<void>,
): ((topic: string, payload: Uint8Array) => Promise<void>) => {
  const push = gather(take)
  return async (topic, payload) => {
    const said = parseAs(schema, textOf(payload))
    if (said !== undefined && isOwn(topic, said.device) && isStorable(said)) await push(said)
  }
}

/** Begins to take in what devices say of themselves. */
export const listenToDevices = async (ctx: Context): Promise<void> => {
  const together = { together: TOGETHER }
  const statuses = reading(statusSchema, (all) => takeStatuses(ctx, all))
  const hellos = reading(helloSchema, (all) => takeHellos(ctx, all))
  const reports = reading(reportSchema, (all) => takeReports(ctx, all))
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/status`, statuses, together)
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/hello`, hellos, together)
  await ctx.mqtt.subscribe(`${topicRoot}/up/+/report`, reports, together)
}
