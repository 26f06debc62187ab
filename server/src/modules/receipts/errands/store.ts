import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { ErrandState, Why } from './model.ts'

export type ErrandRow = {
  readonly id: string
  readonly airing: string
  readonly village: string
  readonly what: 'mobileLoudspeaker'
  readonly why: Why
  readonly openedAt: Instant
  readonly assignedTo: string | null
  readonly assignedAt: Instant | null
  readonly doneAt: Instant | null
  readonly doneBy: string | null
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  readonly listeners: number | null
  readonly note: string
  readonly dismissedAt: Instant | null
  readonly dismissedBy: string | null
  readonly reason: string | null
}

const columns = sql`id, airing, village, what, why, opened_at as "openedAt", assigned_to as "assignedTo",
  assigned_at as "assignedAt", done_at as "doneAt", done_by as "doneBy", started_at as "startedAt", ended_at as "endedAt",
  listeners, note, dismissed_at as "dismissedAt", dismissed_by as "dismissedBy", reason`

export type NewErrand = Pick<ErrandRow, 'id' | 'airing' | 'village' | 'why' | 'openedAt'>

/** Opens an errand; one of that airing and village stays as it is. Returns whether it is new. */
export const insertErrand = async (db: Db, errand: NewErrand): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into errand (id, airing, village, what, why, opened_at)
    values (${errand.id}, ${errand.airing}, ${errand.village}, 'mobileLoudspeaker', ${errand.why}, ${at(errand.openedAt)})
    on conflict (airing, village) do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Opens again what ended because a village took its word back. Returns its id where there was one. */
export const reopenErrand = async (db: Db, airing: string, village: string): Promise<string | undefined> =>
  (
    await sql<{ id: string }>`update errand set dismissed_at = null, reason = null
      where airing = ${airing} and village = ${village} and dismissed_at is not null and dismissed_by is null
      returning id`.execute(db)
  ).rows[0]?.id

/** The errand, locked until the transaction ends. */
export const lockErrand = async (db: Db, id: string): Promise<ErrandRow | undefined> =>
  (await sql<ErrandRow>`select ${columns} from errand where id = ${id} for update`.execute(db)).rows[0]

export const lockErrandOf = async (db: Db, airing: string, village: string): Promise<ErrandRow | undefined> =>
  (
    await sql<ErrandRow>`select ${columns} from errand where airing = ${airing} and village = ${village}
      for update`.execute(db)
  ).rows[0]

export const errandById = async (db: Db, id: string): Promise<ErrandRow | undefined> =>
  (await sql<ErrandRow>`select ${columns} from errand where id = ${id}`.execute(db)).rows[0]

export const errandsOfAirings = async (db: Db, airings: readonly string[]): Promise<ErrandRow[]> =>
  (
    await sql<ErrandRow>`select ${columns} from errand where airing = any(${[...airings]}::text[])
      order by opened_at, id`.execute(db)
  ).rows

const inState: Readonly<Record<ErrandState, ReturnType<typeof sql>>> = {
  open: sql`done_at is null and dismissed_at is null and assigned_to is null`,
  taken: sql`done_at is null and dismissed_at is null and assigned_to is not null`,
  done: sql`done_at is not null`,
  dismissed: sql`dismissed_at is not null`,
}

/** Errands of the villages; those that wait for somebody first, then the newest. */
export const errandsIn = async (
  db: Db,
  villages: readonly string[],
  { state, limit }: { state: ErrandState | undefined; limit: number },
): Promise<ErrandRow[]> =>
  (
    await sql<ErrandRow>`select ${columns} from errand where village = any(${[...villages]}::text[])
      and (${state === undefined ? sql`true` : inState[state]})
      order by (done_at is null and dismissed_at is null) desc, opened_at desc, id desc limit ${limit}`.execute(db)
  ).rows

/** How many errands of the villages wait: for somebody, and for the person who has taken them. */
export const countWaiting = async (
  db: Db,
  villages: readonly string[],
  person: string,
): Promise<{ open: number; mine: number }> =>
  (
    await sql<{ open: number; mine: number }>`select count(*) filter (where assigned_to is null) as open,
        count(*) filter (where assigned_to = ${person}) as mine
      from errand where village = any(${[...villages]}::text[]) and done_at is null and dismissed_at is null`.execute(
      db,
    )
  ).rows[0] ?? { open: 0, mine: 0 }

export const saveTaken = async (db: Db, id: string, by: { person: string; at: Instant }): Promise<void> => {
  await sql`update errand set assigned_to = ${by.person}, assigned_at = ${at(by.at)} where id = ${id}`.execute(db)
}

export type Done = {
  readonly person: string
  readonly at: Instant
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly listeners: number | null
  readonly note: string
}

export const saveDone = async (db: Db, id: string, done: Done): Promise<void> => {
  await sql`update errand set done_at = ${at(done.at)}, done_by = ${done.person}, started_at = ${at(done.startedAt)},
    ended_at = ${at(done.endedAt)}, listeners = ${done.listeners}, note = ${done.note} where id = ${id}`.execute(db)
}

export const saveDismissed = async (
  db: Db,
  id: string,
  by: { person: string | null; at: Instant; reason: string },
): Promise<void> => {
  await sql`update errand set dismissed_at = ${at(by.at)}, dismissed_by = ${by.person}, reason = ${by.reason}
    where id = ${id}`.execute(db)
}

/** Priority and emergency airings that ended between two instants, were not stopped, and have not been looked at yet. */
export const dueForReview = async (
  db: Db,
  span: { endedBefore: Instant; startedAfter: Instant; limit: number },
): Promise<string[]> =>
  (
    await sql<{ id: string }>`select id from airing
      where class in ('priority', 'emergency') and kind = 'item' and stopped_at is null and superseded_by is null
        and only_device is null and at > ${at(span.startedAfter)}
        and at <= ${at(span.endedBefore)}
        and at + duration_ms * interval '1 millisecond' <= ${at(span.endedBefore)}
        and not exists (select 1 from errand_review r where r.airing = airing.id)
      order by at, id limit ${span.limit}`.execute(db)
  ).rows.map(({ id }) => id)

/** Notes that an airing's villages are looked at. Returns whether nobody had done so before. */
export const insertReview = async (db: Db, airing: string, now: Instant): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into errand_review (airing, at) values (${airing}, ${at(now)})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export type VillageDevice = { readonly airing: string; readonly village: string; readonly device: string }

/** In which villages the clusters stand that each device was to make sound. */
export const devicesByVillage = async (db: Db, airings: readonly string[]): Promise<VillageDevice[]> =>
  (
    await sql<VillageDevice>`select distinct r.airing, c.village, r.device
      from airing_cluster r join cluster c on c.id = r.cluster where r.airing = any(${[...airings]}::text[])`.execute(
      db,
    )
  ).rows
