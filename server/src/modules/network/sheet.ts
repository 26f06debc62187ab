import { z } from '@hono/zod-openapi'
import { localDate, telemetrySchema } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import {
  type Carrier,
  type ClusterRow,
  carriersOf,
  clusterById,
  clusterState,
  deviceById,
  isClockFarOff,
  maySeeDevices,
  mayTendDevices,
  partsOf,
  presentTickets,
  samplesOf,
  ticketSchema,
  ticketsOfDevice,
} from '../devices/index.ts'
import { communeOf, unitOn, unitPath } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { airingsOfDevice, type DeviceAiring } from '../receipts/index.ts'

const DAY_MS = 86_400_000
/** A day of samples, two a minute at most where a line comes and goes: of such a one the last half day and more. */
const SAMPLES_MAX = 1_500
const AIRINGS_MAX = 100
const TICKETS_MAX = 20
const PARTS_MAX = 50

const unitSchema = z.object({ id: z.string(), name: z.string() })
const personSchema = z.object({ person: z.string(), name: z.string() })

const deviceSchema = z.object({
  id: z.string(),
  kind: z.enum(['cluster', 'gateway']),
  name: z.string(),
  enrolled: z.boolean(),
  revoked: z.boolean(),
  replacingSince: z.string().nullable(),
  online: z.boolean(),
  since: z.string().nullable(),
  seenAt: z.string().nullable(),
  playing: z.string().nullable(),
  volume: z.number().int(),
  volumeMax: z.number().int(),
  quiet: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  minutesPerDayMax: z.number().int(),
  program: z.string(),
  epoch: z.number().int(),
  clock: z.enum(['trusted', 'doubted', 'unknown']),
  telemetry: telemetrySchema.nullable(),
  samples: z.array(
    z.object({
      at: z.string(),
      online: z.boolean(),
      signalDbm: z.number().nullable(),
      powerVolts: z.number().nullable(),
      onMains: z.boolean().nullable(),
      temperatureC: z.number().nullable(),
    }),
  ),
})

export const sheetSchema = z
  .object({
    cluster: z.object({ id: z.string(), name: z.string(), behindGateway: z.boolean(), invented: z.boolean() }),
    state: z.enum(['reported', 'behindGateway', 'silent', 'fault', 'unknown']),
    village: unitSchema,
    commune: unitSchema.nullable(),
    horns: z.number().int(),
    device: deviceSchema.nullable(),
    airings: z.array(
      z.object({
        airing: z.string(),
        title: z.string(),
        at: z.string(),
        outcome: z.enum(['completed', 'interrupted', 'stopped', 'preempted', 'silent', 'unknown', 'pending']),
        reason: z.string().nullable(),
        startedAt: z.string().nullable(),
        secondsWritten: z.number(),
        levelDbfs: z.number().nullable(),
      }),
    ),
    tickets: z.array(ticketSchema),
    parts: z.array(
      z.object({
        epoch: z.number().int(),
        installedAt: z.string(),
        removedAt: z.string().nullable(),
        by: personSchema.nullable(),
        program: z.string(),
        note: z.string(),
      }),
    ),
    may: z.object({ tend: z.boolean() }),
  })
  .openapi('ClusterSheet')

type SheetShown = z.input<typeof sheetSchema>

const isoOrNull = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : localIso(at)

const presentAiring = (airing: DeviceAiring, now: number): SheetShown['airings'][number] => ({
  airing: airing.airing,
  title: airing.title,
  at: localIso(airing.at),
  // a device that may still be playing has not failed to answer
  outcome: airing.outcome ?? (airing.latestEnd > now && airing.stoppedAt === null ? 'pending' : 'unknown'),
  reason: airing.reason,
  startedAt: isoOrNull(airing.startedAt),
  secondsWritten: airing.secondsWritten ?? 0,
  levelDbfs: airing.levelDbfs,
})

const clockOf = (presence: Carrier['presence']): 'trusted' | 'doubted' | 'unknown' => {
  if (presence === undefined) return 'unknown'
  return presence.clockTrusted && !isClockFarOff(presence.telemetry) ? 'trusted' : 'doubted'
}

const presentDevice = async (
  ctx: Context,
  { device, presence }: Carrier,
): Promise<NonNullable<SheetShown['device']>> => {
  const since = ctx.clock.now() - DAY_MS
  const samples = await samplesOf(ctx.db, { device: device.id, since, max: SAMPLES_MAX })
  return {
    id: device.id,
    kind: device.kind === 'gateway' ? 'gateway' : 'cluster',
    name: device.name,
    enrolled: device.enrolledAt !== null,
    revoked: device.revokedAt !== null,
    replacingSince: isoOrNull(device.replacingSince),
    online: presence?.online ?? false,
    since: isoOrNull(presence?.since),
    seenAt: isoOrNull(presence?.seenAt),
    playing: presence?.playing ?? null,
    volume: device.volume,
    volumeMax: device.volumeMax,
    quiet: device.quiet,
    minutesPerDayMax: device.minutesPerDayMax,
    program: presence?.program ?? '',
    epoch: device.epoch,
    clock: clockOf(presence),
    telemetry: presence?.telemetry ?? null,
    samples: samples.map(({ at, online, signalDbm, powerVolts, onMains, temperatureC }) => ({
      at: localIso(at),
      online,
      signalDbm,
      powerVolts,
      onMains,
      temperatureC,
    })),
  }
}

const presentParts = async (ctx: Context, device: string): Promise<SheetShown['parts']> => {
  const parts = await partsOf(ctx.db, device, PARTS_MAX)
  const names = await namesOf(
    ctx.db,
    parts.flatMap(({ removedBy }) => removedBy ?? []),
  )
  return parts.map(({ epoch, installedAt, removedAt, removedBy, program, note }) => ({
    epoch,
    installedAt: localIso(installedAt),
    removedAt: isoOrNull(removedAt),
    by: removedBy === null ? null : { person: removedBy, name: names.get(removedBy) ?? removedBy },
    program,
    note,
  }))
}

type Carried = Pick<SheetShown, 'state' | 'device' | 'airings' | 'tickets' | 'parts'>

/** What the device of a cluster says of itself; of one behind a gateway, what the gateway says. */
const carriedBy = async (ctx: Context, actor: Actor, cluster: ClusterRow): Promise<Carried> => {
  const device = await deviceById(ctx.db, cluster.device ?? cluster.gateway ?? '')
  const [carrier] = device === undefined ? [] : await carriersOf(ctx, [device])
  if (carrier === undefined) return { state: 'unknown', device: null, airings: [], tickets: [], parts: [] }
  const now = ctx.clock.now()
  const { id } = carrier.device
  const asked = { device: id, from: now - DAY_MS, to: now, max: AIRINGS_MAX }
  return {
    state: clusterState(cluster.gateway !== null, carrier.facts),
    device: await presentDevice(ctx, carrier),
    airings: (await airingsOfDevice(ctx.db, asked)).map((airing) => presentAiring(airing, now)),
    tickets: await presentTickets(ctx, actor, await ticketsOfDevice(ctx.db, id, TICKETS_MAX)),
    parts: await presentParts(ctx, id),
  }
}

/** Everything known of one cluster, for whoever may look at its village. */
export const sheetOf = async (ctx: Context, actor: Actor, id: string): Promise<SheetShown | Refusal> => {
  const on = localDate(ctx.clock.now())
  const cluster = await clusterById(ctx.db, id)
  const path = cluster === undefined ? undefined : await unitPath(ctx.db, cluster.village, on)
  if (cluster === undefined || path === undefined || !maySeeDevices(actor, path)) return refuse('input.notFound')
  const village = await unitOn(ctx.db, cluster.village, on)
  const commune = await communeOf(ctx.db, cluster.village, on)
  return {
    cluster: { id, name: cluster.name, behindGateway: cluster.gateway !== null, invented: cluster.invented },
    village: { id: cluster.village, name: village?.name ?? cluster.village },
    commune: commune === undefined ? null : { id: commune.id, name: commune.name },
    horns: cluster.horns,
    ...(await carriedBy(ctx, actor, cluster)),
    may: { tend: mayTendDevices(actor, path) },
  }
}
