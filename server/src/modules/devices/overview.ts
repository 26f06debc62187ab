import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import {
  areaOn,
  descendantsOf,
  heardThough,
  isOrganisation,
  languagesWanted,
  stationsOn,
  stationsServing,
  type Technology,
  type UnitKind,
  type UnitRow,
  unitPath,
  unitsOn,
  villagesOfStations,
} from '../org/index.ts'
import type { ClusterRow } from './model.ts'
import { maySee } from './policy.ts'
import { devicesReaching } from './reach.ts'
import { clustersIn } from './store.ts'

type Counts = { readonly devices: number; readonly behindGateway: number }

export type UnitShown = {
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
  readonly shortName: string
  readonly parent: string | null
  readonly population: number | null
  readonly invented: boolean
  readonly technology?: Technology
  readonly villages?: readonly string[]
  readonly clusters: Counts
  readonly horns: number
}

/** The units of the actor's posts and everything below them; of a station, commune or province elsewhere nothing shows. */
export const unitsSeenBy = (db: Db, actor: Actor, on: LocalDate): Promise<readonly string[]> =>
  descendantsOf(
    db,
    actor.posts.map(({ unit }) => unit),
    on,
  )

/** The same on another day: what the actor's units of today were then, with all that hung below them. */
export const unitsSeenThen = async (
  db: Db,
  actor: Actor,
  days: { readonly today: LocalDate; readonly on: LocalDate; readonly all?: boolean },
): Promise<readonly string[]> => areaOn(db, await unitsSeenBy(db, actor, days.today), days)

const countsOf = (clusters: readonly ClusterRow[]): { clusters: Counts; horns: number } => ({
  clusters: {
    devices: clusters.filter(({ gateway }) => gateway === null).length,
    behindGateway: clusters.filter(({ gateway }) => gateway !== null).length,
  },
  horns: clusters.reduce((sum, { horns }) => sum + horns, 0),
})

/** The villages that stand for a unit when clusters are counted: itself, those below it, or those of a station. */
const villagesUnder = (
  unit: UnitRow,
  units: readonly UnitRow[],
  ofStation: ReadonlyMap<string, string[]>,
): string[] => {
  if (unit.kind === 'village') return [unit.id]
  if (unit.kind === 'station') return ofStation.get(unit.id) ?? []
  return units
    .filter(({ parent }) => parent === unit.id)
    .flatMap((each) => (each.kind === 'station' ? [] : villagesUnder(each, units, ofStation)))
}

/**
 * Units that the actor may see, with their clusters and horns counted; `day`: the tree of another day; `all`: organisations
 * too. Clusters are those of today, in the villages that were there on that day.
 */
export const unitsShown = async (
  ctx: Context,
  actor: Actor,
  { day, all = false }: { readonly day?: LocalDate | undefined; readonly all?: boolean } = {},
): Promise<readonly UnitShown[]> => {
  const { db } = ctx
  const today = localDate(ctx.clock.now())
  const on = day ?? today
  const ids = await unitsSeenThen(db, actor, { today, on, all })
  const units = await unitsOn(db, on, ids)
  const technology = new Map((await stationsOn(db, on, ids)).map((row) => [row.id, row.technology]))
  const pairs = await villagesOfStations(db, ids, on)
  const ofStation = new Map(
    [...Map.groupBy(pairs, ({ station }) => station)].map(([id, of]) => [id, of.map(({ village }) => village)]),
  )
  const byVillage = Map.groupBy(await clustersIn(db, ids), ({ village }) => village)
  return units.map((unit) => {
    const villages = villagesUnder(unit, units, ofStation)
    const own = technology.get(unit.id)
    return {
      ...unit,
      ...(own === undefined ? {} : { technology: own }),
      ...(unit.kind === 'station' ? { villages: ofStation.get(unit.id) ?? [] } : {}),
      ...countsOf(villages.flatMap((village) => byVillage.get(village) ?? [])),
    }
  })
}

export type AudienceShown = {
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly clusters: Counts
  readonly gateways: number
  readonly people: number | null
  readonly wider: readonly { readonly station: string; readonly name: string; readonly villages: readonly string[] }[]
  readonly languagesWanted: readonly string[]
}

/** Sum of what is known; `null` where nothing is known of one of them: half a number would pass for a whole. */
const peopleIn = (units: readonly UnitRow[]): number | null =>
  units.length === 0 || units.some(({ population }) => population === null)
    ? null
    : units.reduce((sum, { population }) => sum + (population ?? 0), 0)

/** Who would hear it: every unit must be one the actor may see, else the audience does not exist for them. */
export const audienceShown = async (
  ctx: Context,
  actor: Actor,
  chosen: readonly string[],
): Promise<AudienceShown | Refusal> => {
  const { db } = ctx
  const on = localDate(ctx.clock.now())
  const organisations = new Set(
    (await unitsOn(db, on, chosen)).flatMap(({ id, kind }) => (isOrganisation(kind) ? [id] : [])),
  )
  for (const unit of chosen) {
    const path = organisations.has(unit) ? undefined : await unitPath(db, unit, on)
    if (path === undefined || !maySee(actor, path)) return refuse('input.notFound', { unit })
  }
  const inside = await descendantsOf(db, chosen, on)
  const ofStations = (await villagesOfStations(db, inside, on)).map(({ village }) => village)
  const all = await unitsOn(db, on, [...new Set([...inside, ...ofStations])])
  const villages = all.filter(({ kind }) => kind === 'village')
  const stations = await stationsReached(
    db,
    villages.map(({ id }) => id),
    on,
  )
  const wider = heardThough(stations, new Set(villages.map(({ id }) => id)))
  const names = new Map((await unitsOn(db, on)).map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? id
  const reached = await devicesReaching(db, chosen, on)
  const clusters = await clustersIn(
    db,
    villages.map(({ id }) => id),
  )
  return {
    units: chosen.map((id) => ({ id, name: nameOf(id) })),
    clusters: countsOf(clusters).clusters,
    gateways: reached.filter(({ kind, clusters: carried }) => kind === 'gateway' && carried.length > 0).length,
    people: peopleIn(villages),
    wider: wider.map(({ station, villages: others }) => ({
      station,
      name: nameOf(station),
      villages: others.map(nameOf),
    })),
    languagesWanted: await languagesWanted(db, chosen, on),
  }
}

const stationsReached = async (db: Db, villages: readonly string[], on: LocalDate) => {
  const serving = [...new Set((await stationsServing(db, villages, on)).map(({ station }) => station))]
  const pairs = Map.groupBy(await villagesOfStations(db, serving, on), ({ station }) => station)
  return (await stationsOn(db, on, serving)).map(({ id, technology }) => ({
    id,
    technology,
    villages: (pairs.get(id) ?? []).map(({ village }) => village),
  }))
}
