import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { Position, Ring } from './map/projection.ts'

export type Outline = { readonly unit: string; readonly rings: readonly Ring[] }
export type ClusterPoint = { readonly cluster: string; readonly lon: number; readonly lat: number }

export const outlinesOf = async (db: Db, units: readonly string[]): Promise<readonly Outline[]> => {
  const { rows } = await sql<Outline>`select unit, rings from unit_outline
    where unit = any(${[...units]}::text[]) order by unit`.execute(db)
  return rows
}

/** Where clusters lie, by id. */
export const pointsOf = async (db: Db, clusters: readonly string[]): Promise<ReadonlyMap<string, Position>> => {
  const { rows } = await sql<ClusterPoint>`select cluster, lon, lat from cluster_point
    where cluster = any(${[...clusters]}::text[])`.execute(db)
  return new Map(rows.map(({ cluster, lon, lat }) => [cluster, [lon, lat]]))
}

type By = { readonly now: Instant; readonly by: string }

/** Keeps outlines; one there is already is replaced. */
export const saveOutlines = async (db: Db, outlines: readonly Outline[], { now, by }: By): Promise<void> => {
  await sql`insert into unit_outline (unit, rings, imported_at, imported_by)
    select unit, rings, ${at(now)}, ${by} from jsonb_to_recordset(${jsonb(outlines)}) as o (unit text, rings jsonb)
    on conflict (unit) do update set rings = excluded.rings, imported_at = excluded.imported_at,
      imported_by = excluded.imported_by`.execute(db)
}

/** Keeps where clusters lie; a place there is already is replaced. */
export const savePoints = async (db: Db, points: readonly ClusterPoint[], { now, by }: By): Promise<void> => {
  await sql`insert into cluster_point (cluster, lon, lat, imported_at, imported_by)
    select cluster, lon, lat, ${at(now)}, ${by}
    from jsonb_to_recordset(${jsonb(points)}) as p (cluster text, lon double precision, lat double precision)
    on conflict (cluster) do update set lon = excluded.lon, lat = excluded.lat, imported_at = excluded.imported_at,
      imported_by = excluded.imported_by`.execute(db)
}
