import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import { localIso } from '../../kernel/instant.ts'
import type { Context } from '../../platform/context.ts'
import { deviceById, namesOfDevices } from '../devices/index.ts'
import { communeOf, unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { type Airing, type Reach, reachOf, stateOf } from '../schedule/index.ts'
import { type Heard, type Said, summarise } from './model.ts'
import { type ByPeople, heardByPeople, mobileSchema, peopleSchema } from './people.ts'
import { type Scope, standsWithin } from './scope.ts'
import { type ReceiptRow, receiptsOfAiring, saidOf } from './store.ts'

const whole = z.number().int().min(0)
const tally = { total: whole, partial: whole, silent: whole, unknown: whole }

const heardSchema = z
  .object({
    clusters: z.object({
      total: z.number().int(),
      devices: z.object({ ...tally, reported: whole }),
      behindGateway: z.object({ ...tally, gatewayReported: whole }),
    }),
    gateways: z.object({ ...tally, reported: whole }),
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
    audience: z.array(z.object({ id: z.string(), name: z.string() })),
    at: z.string(),
    latestStart: z.string(),
    durationMs: z.number().int(),
    state: z.enum(['planned', 'playing', 'over', 'stopped']),
    stoppedBy: personSchema.nullable(),
    sounds: z.array(z.object({ language: z.string(), hash: z.string(), durationMs: z.number().int() })),
    heard: heardSchema,
    people: peopleSchema,
    mobile: mobileSchema,
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
    extra: z.boolean().openapi({ description: 'Thiết bị không thuộc các cụm mà lượt phát nhắm tới: không được đếm' }),
  })
  .openapi('Receipt')

/** The notice an airing came from; null where something else made its release. */
export const noticeOf = ({ origin }: Pick<Airing, 'origin'>): string | null =>
  origin.kind === 'notice' ? (origin.id.split('.')[0] ?? null) : null

const presentOne = (
  airing: Airing,
  facts: { now: number; names: ReadonlyMap<string, string>; heard: Heard; byPeople: ByPeople },
): PresentedAiring => {
  const { names, heard, byPeople, now } = facts
  const { stoppedBy } = airing
  return {
    id: airing.id,
    notice: noticeOf(airing),
    release: airing.release,
    title: airing.title,
    class: airing.class,
    unit: airing.unit,
    unitName: names.get(airing.unit) ?? airing.unit,
    audience: airing.audience.map((id) => ({ id, name: names.get(id) ?? id })),
    at: localIso(airing.at),
    latestStart: localIso(airing.latestStart),
    durationMs: airing.durationMs,
    state: stateOf(airing, now),
    stoppedBy: stoppedBy === null ? null : { person: stoppedBy, name: names.get(stoppedBy) ?? stoppedBy },
    sounds: airing.sounds.map(({ language, hash, durationMs }) => ({ language, hash, durationMs })),
    heard,
    people: byPeople.people,
    mobile: byPeople.mobile,
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
  const byPeople = await heardByPeople(ctx, ids, scope)
  const units = await unitsOn(ctx.db, localDate(now), [
    ...new Set(airings.flatMap(({ unit, audience }) => [unit, ...audience])),
  ])
  const people = await namesOf(
    ctx.db,
    airings.flatMap(({ stoppedBy }) => stoppedBy ?? []),
  )
  const names = new Map([...people, ...units.map(({ id, name }) => [id, name] as const)])
  return airings.map((airing) => {
    const reached = (reach.get(airing.id) ?? []).filter((each) => standsWithin(scope, each))
    const heard = summarise(airing.at, reached, said.get(airing.id) ?? [])
    return presentOne(airing, { now, names, heard, byPeople: byPeople(airing.id) })
  })
}

const iso = (at: number | null): string | null => (at === null ? null : localIso(at))

type Names = { readonly devices: ReadonlyMap<string, string>; readonly units: ReadonlyMap<string, string> }

/** A device of an airing; `extra`: one that played it although it was not among those it was meant to reach. */
type Shown = Reach & { readonly extra: boolean }

const presentReceipt = (
  reach: Shown,
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
  extra: reach.extra,
})

/** Clusters and gateways that said something of an airing without being among its targets; pages never. */
const extrasOf = async (ctx: Context, airing: Airing, devices: readonly string[]): Promise<Shown[]> => {
  const shown: Shown[] = []
  for (const id of devices) {
    const device = await deviceById(ctx.db, id)
    if (device === undefined || device.kind === 'page') continue
    const { kind, unit } = device
    const commune = (await communeOf(ctx.db, unit, airing.localDate))?.id ?? null
    shown.push({ airing: airing.id, device: id, kind, unit, stands: unit, commune, own: 0, behind: 0, extra: true })
  }
  return shown
}

/**
 * One line for each receipt, and one, `unknown`, for each device that was to be reached and has said nothing; those of
 * other devices come last.
 */
export const presentReceipts = async (
  ctx: Context,
  airing: Airing,
  scope: Scope,
): Promise<z.input<typeof receiptSchema>[]> => {
  const reached = (await reachOf(ctx.db, [airing.id])).map((each): Shown => ({ ...each, extra: false }))
  const receipts = Map.groupBy(await receiptsOfAiring(ctx.db, airing.id), ({ device }) => device)
  const targets = new Set(reached.map(({ device }) => device))
  const others = [...receipts.keys()].filter((device) => !targets.has(device))
  const extras = await extrasOf(ctx, airing, others.sort())
  const shown = [...reached, ...extras].filter((each) => standsWithin(scope, each))
  const units = await unitsOn(ctx.db, airing.localDate, [...new Set(shown.map(({ stands }) => stands))])
  const names: Names = {
    devices: await namesOfDevices(
      ctx.db,
      shown.map(({ device }) => device),
    ),
    units: new Map(units.map(({ id, name }) => [id, name])),
  }
  return shown.flatMap((each) => {
    const own = receipts.get(each.device)
    return own === undefined
      ? [presentReceipt(each, undefined, names)]
      : own.map((receipt) => presentReceipt(each, receipt, names))
  })
}
