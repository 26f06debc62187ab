import { localDate } from '@loa/protocol'
import { localIso } from '../../kernel/instant.ts'
import type { Context } from '../../platform/context.ts'
import { descendantsOf, unitsOn } from '../org/index.ts'
import { type Counted, changedSince, morningBefore } from './changed.ts'
import words from './i18n/why.vi.json' with { type: 'json' }
import {
  type CarrierFacts,
  type ClusterRow,
  type ClusterState,
  clusterState,
  type DeviceRow,
  FAULT_SHOWN_MS,
  isFault,
  isReconnecting,
  type PresenceRow,
  RECONNECTING_MS,
  whySilent,
} from './model.ts'
import { countGoneSince, presencesOf, reportsSince } from './presence/store.ts'
import { clustersOf, devicesAt } from './store.ts'

export type NetworkPulse = {
  readonly communes: readonly {
    readonly unit: string
    readonly name: string
    readonly dots: readonly { readonly state: ClusterState; readonly count: number }[]
    readonly clusters: number
    readonly horns: number
  }[]
  readonly totals: {
    readonly devices: { readonly online: number; readonly offline: number }
    readonly behindGateway: { readonly gatewayOnline: number; readonly gatewayOffline: number }
    readonly total: number
  }
  /** Devices that lost their connection within the last two minutes and are coming back by themselves. */
  readonly reconnecting: number
  /** Connections lost and found again since five in the morning, told by whole devices of each kind. */
  readonly changed: { readonly since: string; readonly lost: Counted; readonly back: Counted }
  readonly silent: readonly {
    readonly name: string
    readonly unitName: string
    readonly since: string | null
    readonly why: string
  }[]
}

/** The most the list of the silent shows; the counts above it are whole. */
const SILENT_SHOWN_MAX = 50

/** How many devices of the whole network are coming back, for whoever looks after the server. */
export const reconnectingNow = (ctx: Pick<Context, 'db' | 'clock'>): Promise<number> =>
  countGoneSince(ctx.db, ctx.clock.now() - RECONNECTING_MS)

/** A device with what is known of it now and the clusters it carries. */
export type Carrier = {
  readonly device: DeviceRow
  readonly presence: PresenceRow | undefined
  readonly facts: CarrierFacts
  readonly clusters: readonly ClusterRow[]
}

/** Clusters and gateways at the units, each with its presence and what it carries. */
export const carriersAt = async (
  ctx: Context,
  units: readonly string[],
  { revoked }: { revoked: boolean },
): Promise<readonly Carrier[]> => {
  return carriersOf(ctx, await devicesAt(ctx.db, units, { revoked }))
}

/** The same for devices that are known already. */
export const carriersOf = async (
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  devices: readonly DeviceRow[],
): Promise<readonly Carrier[]> => {
  const ids = devices.map(({ id }) => id)
  const presences = new Map((await presencesOf(db, ids)).map((row) => [row.device, row]))
  const reports = await reportsSince(db, ids, clock.now() - FAULT_SHOWN_MS)
  const faulty = new Set(reports.filter(({ code }) => isFault(code)).map(({ device }) => device))
  const carried = Map.groupBy(await clustersOf(db, ids), ({ device, gateway }) => device ?? gateway ?? '')
  return devices.map((device) => {
    const presence = presences.get(device.id)
    return {
      device,
      presence,
      facts: {
        enrolled: device.enrolledAt !== null && device.revokedAt === null,
        online: presence?.online ?? false,
        faulty: faulty.has(device.id),
      },
      clusters: carried.get(device.id) ?? [],
    }
  })
}

const states: readonly ClusterState[] = ['reported', 'behindGateway', 'silent', 'fault', 'unknown']

const stateOf = (cluster: ClusterRow, { facts }: Carrier): ClusterState => clusterState(cluster.gateway !== null, facts)

const dotsOf = (carriers: readonly Carrier[]): { state: ClusterState; count: number }[] => {
  const seen = carriers.flatMap((carrier) => carrier.clusters.map((cluster) => stateOf(cluster, carrier)))
  return states
    .map((state) => ({ state, count: seen.filter((each) => each === state).length }))
    .filter(({ count }) => count > 0)
}

const hornsOf = (carriers: readonly Carrier[]): number =>
  carriers.flatMap(({ clusters }) => clusters).reduce((sum, { horns }) => sum + horns, 0)

/** Clusters, not devices; the two kinds stand side by side and are never added to one "heard". */
const totalsOf = (carriers: readonly Carrier[]): NetworkPulse['totals'] => {
  const count = (gateway: boolean, online: boolean) =>
    carriers
      .filter(({ facts }) => facts.online === online)
      .flatMap(({ clusters }) => clusters)
      .filter((cluster) => (cluster.gateway !== null) === gateway).length
  return {
    devices: { online: count(false, true), offline: count(false, false) },
    behindGateway: { gatewayOnline: count(true, true), gatewayOffline: count(true, false) },
    total: carriers.reduce((sum, { clusters }) => sum + clusters.length, 0),
  }
}

const changedOf = (carriers: readonly Carrier[], now: number): NetworkPulse['changed'] => {
  const since = morningBefore(now)
  const connections = carriers.map(({ device, presence, clusters }) => ({
    ...{ presence, enrolledAt: device.enrolledAt, isGateway: device.kind === 'gateway', clusters: clusters.length },
  }))
  return { since: localIso(since), ...changedSince(connections, { since, now }) }
}

type SilentOne = NetworkPulse['silent'][number] & { readonly order: number }

const silentOf = (carriers: readonly Carrier[], unitNames: ReadonlyMap<string, string>): readonly SilentOne[] =>
  carriers
    .flatMap(({ device, presence, facts }) => {
      const why = whySilent(facts, presence !== undefined)
      if (why === undefined) return []
      const since = presence?.since ?? device.enrolledAt
      const unitName = unitNames.get(device.unit) ?? device.unit
      return [
        {
          name: device.name,
          unitName,
          since: since === null ? null : localIso(since),
          why: words[why],
          order: since ?? 0,
        },
      ]
    })
    .sort((a, b) => b.order - a.order || (a.name < b.name ? -1 : 1))

/**
 * The network under the given units as it is now: a dot for each cluster, by commune; who is silent, since when and why,
 * newest first.
 */
export const networkPulse = async (ctx: Context, under: readonly string[]): Promise<NetworkPulse> => {
  const now = ctx.clock.now()
  const on = localDate(now)
  const units = await unitsOn(ctx.db, on, await descendantsOf(ctx.db, under, on))
  const carriers = await carriersAt(
    ctx,
    units.map(({ id }) => id),
    { revoked: false },
  )
  const parents = new Map(units.map(({ id, parent }) => [id, parent]))
  const byCommune = Map.groupBy(carriers, ({ device }) => parents.get(device.unit) ?? device.unit)
  const silent = silentOf(carriers, new Map(units.map(({ id, name }) => [id, name])))
  return {
    communes: units
      .filter(({ kind }) => kind === 'commune')
      .map(({ id, name }) => {
        const own = byCommune.get(id) ?? []
        const clusters = own.reduce((sum, carrier) => sum + carrier.clusters.length, 0)
        return { unit: id, name, dots: dotsOf(own), clusters, horns: hornsOf(own) }
      }),
    totals: totalsOf(carriers),
    reconnecting: carriers.filter(({ presence }) => isReconnecting(presence, now)).length,
    changed: changedOf(carriers, now),
    silent: silent.slice(0, SILENT_SHOWN_MAX).map(({ order: _, ...shown }) => shown),
  }
}
