import { type DailySpan, instantOf, type LocalDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import {
  descendantsOf,
  lifeAround,
  nextTurn,
  stationsServing,
  unitPath,
  unitsOn,
  villagesOfStations,
} from '../org/index.ts'
import type { DeviceKind, DeviceRow } from './model.ts'
import { clustersOf, deviceById, devicesAt } from './store.ts'

export type ReachedDevice = {
  readonly device: string
  readonly kind: 'cluster' | 'gateway'
  /** The unit of the audience by which it is reached: the first it listens to. */
  readonly unit: string
  /** Where it stands: the village of a cluster, the station of a gateway. */
  readonly stands: string
  /** Hours in which it keeps silent for everything but a real emergency. */
  readonly quiet: readonly DailySpan[]
  readonly clusters: readonly { readonly id: string; readonly behindGateway: boolean }[]
}

/** Where units hang and which station serves which villages, on one day. */
export type Place = {
  readonly parents: ReadonlyMap<string, string | null>
  readonly villagesOf: ReadonlyMap<string, readonly string[]>
  readonly stationOf: ReadonlyMap<string, string>
}

const upFrom = (unit: string, parents: Place['parents']): readonly string[] => {
  const parent = parents.get(unit)
  return parent === undefined || parent === null ? [unit] : [unit, ...upFrom(parent, parents)]
}

/**
 * The units that a cluster or gateway at `unit` listens to, nearest first: the order in which a device looks for itself in
 * an audience. A gateway also answers to each village of its station, for the station cannot speak to one of them alone.
 */
export const listensAt = (kind: DeviceKind, unit: string, place: Place): readonly string[] => {
  const [own = unit, ...above] = upFrom(unit, place.parents)
  if (kind === 'gateway') return [own, ...(place.villagesOf.get(unit) ?? []), ...above]
  const station = place.stationOf.get(unit)
  return station === undefined ? [own, ...above] : [own, station, ...above]
}

type Area = { readonly villages: readonly string[]; readonly stations: readonly string[]; readonly place: Place }

/** Everything that an audience can reach: what is below it, the villages of its stations, the stations of its villages. */
const areaOf = async (db: Db, audience: readonly string[], on: LocalDate): Promise<Area> => {
  const inside = await descendantsOf(db, audience, on)
  const served = (await villagesOfStations(db, inside, on)).map(({ village }) => village)
  const reached = [...new Set([...inside, ...served])]
  const serving = (await stationsServing(db, reached, on)).map(({ station }) => station)
  const stations = [...new Set([...inside, ...serving])]
  const pairs = await villagesOfStations(db, stations, on)
  const units = await unitsOn(db, on)
  return {
    villages: reached,
    stations,
    place: {
      parents: new Map(units.map(({ id, parent }) => [id, parent])),
      stationOf: new Map(pairs.map(({ village, station }) => [village, station])),
      villagesOf: new Map(
        [...Map.groupBy(pairs, ({ station }) => station)].map(([station, of]) => [
          station,
          of.map(({ village }) => village),
        ]),
      ),
    },
  }
}

/**
 * The clusters and gateways that an audience of communes, stations or villages reaches on a day, each once; revoked devices
 * and pages are not among them, devices that have never been enrolled are: their clusters count as unknown.
 */
export const devicesReaching = async (
  db: Db,
  audience: readonly string[],
  on: LocalDate,
): Promise<readonly ReachedDevice[]> => {
  const { villages, stations, place } = await areaOf(db, audience, on)
  const wanted = new Set(audience)
  const devices = await devicesAt(db, [...new Set([...villages, ...stations])], { revoked: false })
  const clusters = await clustersOf(
    db,
    devices.map(({ id }) => id),
  )
  const carried = Map.groupBy(clusters, ({ device, gateway }) => device ?? gateway ?? '')
  return devices.flatMap(({ id, kind, unit, quiet }) => {
    const by = listensAt(kind, unit, place).find((each) => wanted.has(each))
    if (by === undefined || kind === 'page') return []
    const own = (carried.get(id) ?? []).map((cluster) => ({ id: cluster.id, behindGateway: cluster.gateway !== null }))
    return [{ device: id, kind, unit: by, stands: unit, quiet, clusters: own }]
  })
}

export type Listens = { readonly unit: string; readonly from: number; readonly to: number | null }

/** A page of the console listens to its commune, everything below it and everything above. */
const unitsOfPage = async (db: Db, commune: string, on: LocalDate): Promise<readonly string[]> => [
  ...new Set([commune, ...(await descendantsOf(db, [commune], on)), ...((await unitPath(db, commune, on)) ?? [])]),
]

/** Units as a page is told them: each for as long as it is there. */
const listensTo = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly Listens[]> => {
  const life = new Map((await lifeAround(db, units, on)).map((row) => [row.unit, row]))
  return units.flatMap((unit) => {
    const row = life.get(unit)
    if (row === undefined) return []
    return [{ unit, from: instantOf(row.from, '00:00'), to: row.to === null ? null : instantOf(row.to, '00:00') }]
  })
}

/** Changes ahead of its own units that a device is told of: many years of mergers. */
const TURNS_MAX = 8

/** What a device listens to from a day until the next one of them. */
export type Stretch = { readonly from: LocalDate; readonly units: readonly string[] }

/** Units of later stretches take their place before the unit that they stand before there: nearest first at every time. */
const inOrder = (stretches: readonly Stretch[]): readonly string[] => {
  const all: string[] = []
  for (const { units } of stretches) {
    for (const [place, unit] of [...units.entries()].reverse()) {
      if (all.includes(unit)) continue
      const next = units[place + 1]
      all.splice(next === undefined ? all.length : all.indexOf(next), 0, unit)
    }
  }
  return all
}

/**
 * Stretches as a device is told them: each unit with the times in which it is listened to, one after the other where there
 * is a gap. The first stretch has begun already, `sinceOf` says when; the last one has no end.
 */
export const spansOf = (stretches: readonly Stretch[], sinceOf: (unit: string) => LocalDate): readonly Listens[] => {
  const startOf = (place: number, unit: string): number =>
    instantOf(place === 0 ? sinceOf(unit) : (stretches[place]?.from ?? ''), '00:00')
  return inOrder(stretches).flatMap((unit) => {
    const spans: Listens[] = []
    let from: number | undefined
    for (const [place, stretch] of stretches.entries()) {
      const listens = stretch.units.includes(unit)
      if (listens) from ??= startOf(place, unit)
      else if (from !== undefined) {
        spans.push({ unit, from, to: instantOf(stretch.from, '00:00') })
        from = undefined
      }
    }
    return from === undefined ? spans : [...spans, { unit, from, to: null }]
  })
}

/** What devices of a kind at a unit listen to, day by day of the coming changes. */
type Standing = Pick<DeviceRow, 'kind' | 'unit'>
const standingOf = ({ kind, unit }: Standing): string => `${kind} ${unit}`

/**
 * The stretches of many devices with one look at the town for each day that counts: a thousand devices that come back together
 * stand at a few hundred places, and a place is reckoned once.
 */
const stretchesOf = async (
  db: Db,
  devices: readonly Standing[],
  on: LocalDate,
): Promise<ReadonlyMap<string, readonly Stretch[]>> => {
  const standings = new Map(devices.map((device) => [standingOf(device), device]))
  const stretches = new Map<string, Stretch[]>([...standings.keys()].map((key) => [key, []]))
  const units = [...new Set(devices.map(({ unit }) => unit))]
  let from: LocalDate | undefined = on
  for (let turn = 0; from !== undefined && turn <= TURNS_MAX; turn++) {
    const { place } = await areaOf(db, units, from)
    const heard = new Set<string>()
    for (const [key, { kind, unit }] of standings) {
      const own = listensAt(kind, unit, place).filter((each) => place.parents.has(each))
      for (const each of own) heard.add(each)
      stretches.get(key)?.push({ from, units: own })
    }
    from = await nextTurn(db, [...heard], from)
  }
  return stretches
}

/** The same as `listensOf` for many clusters and gateways in use, with a handful of queries for all of them. By device. */
export const listensOfMany = async (
  db: Db,
  devices: readonly Pick<DeviceRow, 'id' | 'kind' | 'unit' | 'enrolledAt'>[],
  on: LocalDate,
): Promise<ReadonlyMap<string, readonly Listens[]>> => {
  const stretches = await stretchesOf(db, devices, on)
  const begun = [...new Set([...stretches.values()].flatMap(([first]) => first?.units ?? []))]
  const since = new Map((await lifeAround(db, begun, on)).map((row) => [row.unit, row.from]))
  const spans = new Map(
    [...stretches].map(([key, own]) => [key, spansOf(own, (unit) => since.get(unit) ?? on)] as const),
  )
  return new Map(
    devices.map((device) => {
      const listens = (spans.get(standingOf(device)) ?? [])
        .map((each) => ({ ...each, from: Math.max(each.from, device.enrolledAt ?? each.from) }))
        .filter(({ from, to }) => to === null || from < to)
      return [device.id, listens]
    }),
  )
}

/**
 * What a device listens to, now and after every change ahead that is known, nearest first, with the times for it: one that
 * is away on the day of a merger still listens to the new commune from midnight. Never from before it was enrolled, so that
 * a new one does not play what was meant for those before it. Empty for an unknown or revoked device.
 */
export const listensOf = async (db: Db, device: string, on: LocalDate): Promise<readonly Listens[]> => {
  const found = await deviceById(db, device)
  if (found === undefined || found.revokedAt !== null) return []
  if (found.kind === 'page') return listensTo(db, await unitsOfPage(db, found.unit, on), on)
  return (await listensOfMany(db, [found], on)).get(device) ?? []
}
