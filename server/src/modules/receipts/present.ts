import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import { localIso } from '../../kernel/instant.ts'
import type { Context } from '../../platform/context.ts'
import { namesOfDevices } from '../devices/index.ts'
import { unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { type Airing, type Reach, reachOf, stateOf } from '../schedule/index.ts'
import { type Heard, type Said, summarise } from './model.ts'
import { type Scope, standsWithin } from './scope.ts'
import { type ReceiptRow, receiptsOfAiring, saidOf } from './store.ts'

const tally = { total: z.number().int(), silent: z.number().int(), unknown: z.number().int() }

const heardSchema = z
  .object({
    clusters: z.object({
      total: z.number().int(),
      devices: z.object({ ...tally, reported: z.number().int() }),
      behindGateway: z.object({ ...tally, gatewayReported: z.number().int() }),
    }),
    gateways: z.object({ ...tally, reported: z.number().int() }),
    firstSoundMs: z.number().int().nullable(),
  })
  .openapi('Heard')

const personSchema = z.object({ person: z.string(), name: z.string() })

export const airingSchema = z
  .object({
    id: z.string(),
    notice: z.string().nullable(),
    release: z.string(),
    title: z.string(),
    class: z.enum(['normal', 'priority', 'emergency', 'drill']),
    unit: z.string(),
    unitName: z.string(),
    at: z.string(),
    latestStart: z.string(),
    durationMs: z.number().int(),
    state: z.enum(['planned', 'playing', 'over', 'stopped']),
    stoppedBy: personSchema.nullable(),
    sounds: z.array(z.object({ language: z.string(), hash: z.string(), durationMs: z.number().int() })),
    heard: heardSchema,
  })
  .openapi('Airing')

export type PresentedAiring = z.input<typeof airingSchema>

export const receiptSchema = z
  .object({
    id: z.string().nullable(),
    device: z.string(),
    deviceName: z.string(),
    kind: z.enum(['cluster', 'gateway']),
    unit: z.string(),
    unitName: z.string(),
    clusters: z.number().int(),
    outcome: z.enum(['completed', 'interrupted', 'stopped', 'preempted', 'silent', 'unknown']),
    reason: z.string().nullable(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    clockTrusted: z.boolean(),
    secondsWritten: z.number(),
    levelDbfs: z.number().nullable(),
    volume: z.number().nullable(),
    receivedAt: z.string().nullable(),
  })
  .openapi('Receipt')

/** The notice an airing came from; null where something else made its release. */
export const noticeOf = ({ origin }: Pick<Airing, 'origin'>): string | null =>
  origin.kind === 'notice' ? (origin.id.split('.')[0] ?? null) : null

const presentOne = (
  airing: Airing,
  facts: { now: number; names: ReadonlyMap<string, string>; heard: Heard },
): PresentedAiring => {
  const { names, heard, now } = facts
  const { stoppedBy } = airing
  return {
    id: airing.id,
    notice: noticeOf(airing),
    release: airing.release,
    title: airing.title,
    class: airing.class,
    unit: airing.unit,
    unitName: names.get(airing.unit) ?? airing.unit,
    at: localIso(airing.at),
    latestStart: localIso(airing.latestStart),
    durationMs: airing.durationMs,
    state: stateOf(airing, now),
    stoppedBy: stoppedBy === null ? null : { person: stoppedBy, name: names.get(stoppedBy) ?? stoppedBy },
    sounds: airing.sounds.map(({ language, hash, durationMs }) => ({ language, hash, durationMs })),
    heard,
  }
}

/** Airings as they leave the server, each with how it was heard where the reader may look. */
export const presentAirings = async (
  ctx: Context,
  airings: readonly Airing[],
  scope: Scope,
): Promise<PresentedAiring[]> => {
  const now = ctx.clock.now()
  const ids = airings.map(({ id }) => id)
  const reach = Map.groupBy(await reachOf(ctx.db, ids), ({ airing }) => airing)
  const said: Map<string, Said[]> = Map.groupBy(await saidOf(ctx.db, ids), ({ airing }) => airing)
  const units = await unitsOn(ctx.db, localDate(now), [...new Set(airings.map(({ unit }) => unit))])
  const people = await namesOf(
    ctx.db,
    airings.flatMap(({ stoppedBy }) => stoppedBy ?? []),
  )
  const names = new Map([...people, ...units.map(({ id, name }) => [id, name] as const)])
  return airings.map((airing) => {
    const reached = (reach.get(airing.id) ?? []).filter((each) => standsWithin(scope, each))
    const heard = summarise(airing.at, reached, said.get(airing.id) ?? [])
    return presentOne(airing, { now, names, heard })
  })
}

const iso = (at: number | null): string | null => (at === null ? null : localIso(at))

type Names = { readonly devices: ReadonlyMap<string, string>; readonly units: ReadonlyMap<string, string> }

const presentReceipt = (
  reach: Reach,
  receipt: ReceiptRow | undefined,
  names: Names,
): z.input<typeof receiptSchema> => ({
  id: receipt?.id ?? null,
  device: reach.device,
  deviceName: names.devices.get(reach.device) ?? reach.device,
  kind: reach.kind,
  unit: reach.stands,
  unitName: names.units.get(reach.stands) ?? reach.stands,
  clusters: reach.own + reach.behind,
  outcome: receipt?.outcome ?? 'unknown',
  reason: receipt?.reason ?? null,
  startedAt: iso(receipt?.startedAt ?? null),
  endedAt: iso(receipt?.endedAt ?? null),
  clockTrusted: receipt?.clockTrusted ?? false,
  secondsWritten: receipt?.secondsWritten ?? 0,
  levelDbfs: receipt?.levelDbfs ?? null,
  volume: receipt?.volume ?? null,
  receivedAt: iso(receipt?.receivedAt ?? null),
})

/** One line for each receipt, and one, `unknown`, for each device that was to be reached and has said nothing. */
export const presentReceipts = async (
  ctx: Context,
  airing: Airing,
  scope: Scope,
): Promise<z.input<typeof receiptSchema>[]> => {
  const reached = (await reachOf(ctx.db, [airing.id])).filter((each) => standsWithin(scope, each))
  const receipts = Map.groupBy(await receiptsOfAiring(ctx.db, airing.id), ({ device }) => device)
  const units = await unitsOn(ctx.db, airing.localDate, [...new Set(reached.map(({ stands }) => stands))])
  const names: Names = {
    devices: await namesOfDevices(
      ctx.db,
      reached.map(({ device }) => device),
    ),
    units: new Map(units.map(({ id, name }) => [id, name])),
  }
  return reached.flatMap((each) => {
    const own = receipts.get(each.device)
    return own === undefined
      ? [presentReceipt(each, undefined, names)]
      : own.map((receipt) => presentReceipt(each, receipt, names))
  })
}
