import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import {
  type Carrier,
  type ClusterRow,
  carriersOf,
  clusterState,
  clustersIn,
  devicesAt,
  devicesById,
  openTicketCounts,
  unitsSeenBy,
} from '../devices/index.ts'
import { descendants, stationsServing, type UnitRow, unitsOn, villagesOfStations } from '../org/index.ts'
import { soundedOn } from '../receipts/index.ts'
import { type Drawn, drawNetwork, type Placed } from './map/place.ts'
import { outlinesOf, pointsOf } from './store.ts'

const stateSchema = z.enum(['reported', 'behindGateway', 'silent', 'fault', 'unknown'])
const placeSchema = z.object({ x: z.number(), y: z.number(), exact: z.boolean() })
const whole = z.number().int().min(0)

const markSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  village: z.string(),
  station: z.string().nullable(),
  device: z.string().nullable(),
  gateway: z.string().nullable(),
  state: stateSchema,
  horns: whole,
  place: placeSchema.nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  tickets: whole,
  invented: z.boolean(),
})

const gatewaySchema = z.object({
  device: z.string(),
  name: z.string(),
  station: z.string(),
  state: z.enum(['reported', 'silent', 'fault', 'unknown']),
  clusters: whole,
  tickets: whole,
  place: placeSchema.nullable(),
  invented: z.boolean(),
})

export const networkSchema = z
  .object({
    asOf: z.string(),
    map: z.enum(['schematic', 'projected']),
    units: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string(), parent: z.string().nullable() })),
    marks: z.array(markSchema),
    gateways: z.array(gatewaySchema),
    areas: z.array(z.object({ unit: z.string(), x: z.number(), y: z.number(), w: z.number(), h: z.number() })),
    outlines: z.array(
      z.object({
        unit: z.string(),
        rings: z.array(z.array(z.tuple([z.number(), z.number()])).readonly()).readonly(),
        drawn: z.array(z.array(z.object({ x: z.number(), y: z.number() })).readonly()).readonly(),
      }),
    ),
    today: z.object({ heard: whole, behindGateway: whole, silent: whole, unknown: whole, notAsked: whole }),
  })
  .openapi('Network')

type NetworkShown = z.input<typeof networkSchema>

/** The largest network there is plans for 10,000 clusters; beyond this a narrower unit has to be chosen. */
const MARKS_MAX = 20_000

type Loaded = {
  readonly units: readonly UnitRow[]
  readonly pairs: readonly { readonly station: string; readonly village: string }[]
  readonly clusters: readonly ClusterRow[]
  readonly carriers: ReadonlyMap<string, Carrier>
  readonly tickets: ReadonlyMap<string, number>
  readonly drawn: Drawn
  readonly outlines: Awaited<ReturnType<typeof outlinesOf>>
}

const load = async (ctx: Context, wanted: readonly string[]): Promise<Loaded> => {
  const { db, clock } = ctx
  const on = localDate(clock.now())
  const units = await unitsOn(db, on, wanted)
  const idsOf = (kind: UnitRow['kind']) => units.flatMap((unit) => (unit.kind === kind ? [unit.id] : []))
  const pairs = [
    ...(await villagesOfStations(db, idsOf('station'), on)),
    ...(await stationsServing(db, idsOf('village'), on)),
  ]
  const villages = [...new Set([...idsOf('village'), ...pairs.map(({ village }) => village)])]
  const clusters = (await clustersIn(db, villages)).slice(0, MARKS_MAX)
  const carrying = clusters.flatMap(({ device, gateway }) => device ?? gateway ?? [])
  const standing = (await devicesAt(db, idsOf('station'), { revoked: false })).map(({ id }) => id)
  const devices = await devicesById(db, [...new Set([...carrying, ...standing])])
  const ids = devices.map(({ id }) => id)
  const gateways = devices.flatMap(({ id, kind, unit, revokedAt }) =>
    kind === 'gateway' && revokedAt === null ? [{ id, station: unit }] : [],
  )
  const outlines = await outlinesOf(db, wanted)
  const points = await pointsOf(
    db,
    clusters.map(({ id }) => id),
  )
  return {
    units,
    pairs,
    clusters,
    carriers: new Map((await carriersOf(ctx, devices)).map((carrier) => [carrier.device.id, carrier])),
    tickets: await openTicketCounts(db, ids),
    drawn: drawNetwork({ units, pairs, clusters, gateways, outlines, points }),
    outlines,
  }
}

const placeOf = (place: Placed | undefined) =>
  place === undefined ? null : { x: place.x, y: place.y, exact: place.exact }

const nobody = { enrolled: false, online: false, faulty: false }

const marksOf = (loaded: Loaded): NetworkShown['marks'] => {
  const stationOf = new Map(loaded.pairs.map(({ village, station }) => [village, station]))
  return loaded.clusters.map((cluster) => {
    const carrier = loaded.carriers.get(cluster.device ?? cluster.gateway ?? '')
    const placed = loaded.drawn.places.get(cluster.id)
    return {
      cluster: cluster.id,
      name: cluster.name,
      village: cluster.village,
      station: stationOf.get(cluster.village) ?? null,
      device: cluster.device,
      gateway: cluster.gateway,
      state: clusterState(cluster.gateway !== null, carrier?.facts ?? nobody),
      horns: cluster.horns,
      place: placeOf(placed),
      lon: placed?.lon ?? null,
      lat: placed?.lat ?? null,
      tickets: cluster.device === null ? 0 : (loaded.tickets.get(cluster.device) ?? 0),
      invented: cluster.invented,
    }
  })
}

const gatewaysOf = ({ carriers, tickets, drawn }: Loaded): NetworkShown['gateways'] =>
  [...carriers.values()]
    .filter(({ device }) => device.kind === 'gateway')
    .map(({ device, facts, clusters }) => {
      const state = clusterState(false, facts)
      return {
        device: device.id,
        name: device.name,
        station: device.unit,
        state: state === 'behindGateway' ? 'reported' : state,
        clusters: clusters.filter(({ gateway }) => gateway !== null).length,
        tickets: tickets.get(device.id) ?? 0,
        place: placeOf(drawn.places.get(device.id)),
        invented: device.invented,
      }
    })

/**
 * What today's airings are known to have reached, in clusters: those that gave out sound themselves, those behind a gateway
 * that did, those that were asked and said nothing or kept silent, those behind a gateway of which nothing is known, and those
 * that nothing was for. Numbers that are never added.
 */
const todayOf = async (ctx: Context, { clusters, carriers }: Loaded): Promise<NetworkShown['today']> => {
  const now = ctx.clock.now()
  const sounded = await soundedOn(ctx.db, { devices: [...carriers.keys()], day: localDate(now), now })
  const today = { heard: 0, behindGateway: 0, silent: 0, unknown: 0, notAsked: 0 }
  for (const { device, gateway } of clusters) {
    const said = sounded.get(device ?? gateway ?? '')
    if (said === undefined) today.notAsked += 1
    else if (gateway === null) today[said ? 'heard' : 'silent'] += 1
    else today[said ? 'behindGateway' : 'unknown'] += 1
  }
  return today
}

/** The network that the actor may see, or of it what belongs to one unit. */
export const networkShown = async (
  ctx: Context,
  actor: Actor,
  unit: string | undefined,
): Promise<NetworkShown | Refusal> => {
  const now = ctx.clock.now()
  const on = localDate(now)
  const seen = await unitsSeenBy(ctx.db, actor, on)
  if (unit !== undefined && !seen.includes(unit)) return refuse('input.notFound')
  const loaded = await load(ctx, unit === undefined ? seen : await descendants(ctx.db, unit, on))
  return {
    asOf: localIso(now),
    map: loaded.drawn.kind,
    units: loaded.units.map(({ id, kind, name, parent }) => ({ id, kind, name, parent })),
    marks: marksOf(loaded),
    gateways: gatewaysOf(loaded),
    areas: [...loaded.drawn.areas].map(([id, { x, y, w, h }]) => ({ unit: id, x, y, w, h })),
    outlines: loaded.outlines.map(({ unit: of, rings }) => ({
      unit: of,
      rings: rings.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])),
      drawn: (loaded.drawn.drawn.get(of) ?? []).map((ring) => ring.map(({ x, y }) => ({ x, y }))),
    })),
    today: await todayOf(ctx, loaded),
  }
}
