import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { MergerRow } from './model.ts'

const columns = sql`id, effective_on as "effectiveOn", parent, to_unit as "to", to_is_new as "isNew",
  to_name as "toName", to_short_name as "toShortName", source, event, made_by as "madeBy", made_at as "madeAt",
  undone_by as "undoneBy", undone_at as "undoneAt"`

/** One at a time decides about the tree; held until the transaction ends. */
export const lockMergers = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa mergers', 0))`.execute(db)
}

type NewMerger = Omit<MergerRow, 'undoneBy' | 'undoneAt'> & {
  readonly from: readonly { readonly unit: string; readonly name: string }[]
  readonly leftBehind: unknown
}

export const insertMerger = async (db: Db, row: NewMerger): Promise<void> => {
  await sql`insert into merger (id, effective_on, parent, to_unit, to_is_new, to_name, to_short_name, source, event,
      left_behind, made_by, made_at)
    values (${row.id}, ${row.effectiveOn}::date, ${row.parent}, ${row.to}, ${row.isNew}, ${row.toName},
      ${row.toShortName}, ${row.source}, ${row.event}, ${jsonb(row.leftBehind)}, ${row.madeBy}, ${at(row.madeAt)})`.execute(
    db,
  )
  await sql`insert into merger_from (merger, unit, name)
    select ${row.id}, unit, name from jsonb_to_recordset(${jsonb(row.from)}) as f (unit text, name text)`.execute(db)
}

/** Newest first. */
export const mergersOf = async (db: Db, limit: number): Promise<readonly MergerRow[]> =>
  (await sql<MergerRow>`select ${columns} from merger order by made_at desc, id desc limit ${limit}`.execute(db)).rows

export const lockMerger = async (
  db: Db,
  id: string,
): Promise<(MergerRow & { readonly leftBehind: unknown }) | undefined> =>
  (
    await sql<MergerRow & { leftBehind: unknown }>`select ${columns}, left_behind as "leftBehind" from merger
      where id = ${id} for update`.execute(db)
  ).rows[0]

export type FromRow = { readonly merger: string; readonly unit: string; readonly name: string }

export const fromsOf = async (db: Db, mergers: readonly string[]): Promise<readonly FromRow[]> =>
  (
    await sql<FromRow>`select merger, unit, name from merger_from where merger = any(${[...mergers]}::text[])
      order by merger, name, unit`.execute(db)
  ).rows

/** Of these units, those that a merger takes part in that is still to come. */
export const takenAmong = async (db: Db, units: readonly string[], today: string): Promise<readonly string[]> =>
  (
    await sql<{ unit: string }>`
      select unit from (
        select f.unit, m.effective_on, m.undone_by from merger m join merger_from f on f.merger = m.id
        union select to_unit, effective_on, undone_by from merger
      ) as parts
      where undone_by is null and effective_on > ${today}::date and unit = any(${[...units]}::text[]) order by unit`.execute(
      db,
    )
  ).rows.map(({ unit }) => unit)

/** Communes that have ended in a merger, with what they went into; earlier ones first. */
export const endedBy = async (
  db: Db,
  today: string,
): Promise<readonly { from: string; to: string; merger: string }[]> =>
  (
    await sql<{ from: string; to: string; merger: string }>`
      select f.unit as "from", m.to_unit as "to", m.id as merger from merger m join merger_from f on f.merger = m.id
      where m.undone_by is null and m.effective_on <= ${today}::date order by m.effective_on, m.id, f.unit`.execute(db)
  ).rows

export const markUndone = async (db: Db, id: string, { by, now }: { by: string; now: Instant }): Promise<void> => {
  await sql`update merger set undone_by = ${by}, undone_at = ${at(now)} where id = ${id}`.execute(db)
  await sql`update merger_from set undone = true where merger = ${id}`.execute(db)
}
