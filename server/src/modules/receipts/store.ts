import type { Instant, LocalDate, Outcome, PublicKey, Reason } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { Said } from './model.ts'

export type NewReceipt = {
  readonly id: string
  readonly device: string
  readonly epoch: number
  readonly counter: number
  readonly airing: string
  readonly release: string
  readonly unit: string
  readonly outcome: Outcome
  readonly reason: Reason | null
  readonly startedAt: Instant | null
  readonly endedAt: Instant
  readonly localDate: LocalDate
  readonly clockTrusted: boolean
  readonly secondsWritten: number
  readonly levelDbfs: number | null
  readonly volume: number
  readonly output: string
  readonly body: string
  readonly keyId: string
  readonly signature: string
  readonly receivedAt: Instant
}

const recordType = sql.raw(`(id text, device text, epoch integer, counter bigint, airing text, release text, unit text,
  outcome text, reason text, "startedAt" bigint, "endedAt" bigint, "localDate" text, "clockTrusted" boolean,
  "secondsWritten" real, "levelDbfs" real, volume real, output text, body text, "keyId" text, signature text, "receivedAt" bigint)`)

const instant = (name: string) => sql.raw(`('epoch'::timestamptz + r."${name}" * interval '1 millisecond')`)

/** Takes in all of them in one statement; those that are there already, by id or by device, epoch and counter, stay. Returns the new ids. */
export const insertReceipts = async (db: Db, receipts: readonly NewReceipt[]): Promise<string[]> =>
  (
    await sql<{ id: string }>`insert into receipt (id, device, epoch, counter, airing, release, unit, outcome, reason,
        started_at, ended_at, local_date, clock_trusted, seconds_written, level_dbfs, volume, output, body, key_id,
        signature, received_at)
      select r.id, r.device, r.epoch, r.counter, r.airing, r.release, r.unit, r.outcome, r.reason, ${instant('startedAt')},
        ${instant('endedAt')}, r."localDate"::date, r."clockTrusted", r."secondsWritten", r."levelDbfs", round(r.volume)::int,
        r.output, r.body, r."keyId", r.signature, ${instant('receivedAt')}
      from jsonb_to_recordset(${jsonb(receipts)}) as r ${recordType}
      order by r.id
      on conflict do nothing returning id`.execute(db)
  ).rows.map(({ id }) => id)

/** The signed bytes of receipts that are there, by id. */
export const bodiesOf = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; body: string }>`select id, body from receipt
    where id = any(${[...ids]}::text[])`.execute(db)
  return new Map(rows.map(({ id, body }) => [id, body]))
}

export type KeyRow = { readonly device: string; readonly epoch: number; readonly key: PublicKey }

const keysFrom = sql`select device, epoch, jsonb_build_object('id', key_id, 'alg', alg, 'public', public_key) as key from receipt_key`

/** Kept keys of the devices, of every epoch. */
export const keysOf = async (db: Db, devices: readonly string[]): Promise<KeyRow[]> =>
  (await sql<KeyRow>`${keysFrom} where device = any(${[...devices]}::text[])`.execute(db)).rows

/** Keeps keys of devices for as long as their receipts are kept. An epoch has one key for ever. */
export const keepKeys = async (db: Db, rows: readonly KeyRow[]): Promise<void> => {
  if (rows.length === 0) return
  const flat = rows.map(({ device, epoch, key }) => ({ device, epoch, ...key }))
  await sql`insert into receipt_key (device, epoch, key_id, alg, public_key)
    select device, epoch, id, alg, public from jsonb_to_recordset(${jsonb(flat)})
      as k (device text, epoch integer, id text, alg text, public text)
    order by device on conflict do nothing`.execute(db)
}

export type Rejected = {
  readonly id: string
  readonly device: string
  readonly at: Instant
  readonly code: string
  readonly wellSigned: boolean
  readonly receipt: string | null
  readonly payloadHash: string
  readonly payload: string
}

/** Keeps a receipt aside; the same thing sent again changes nothing. */
export const insertRejected = async (db: Db, row: Rejected): Promise<void> => {
  await sql`insert into receipt_rejected (id, device, at, code, well_signed, receipt, payload_hash, payload)
    values (${row.id}, ${row.device}, ${at(row.at)}, ${row.code}, ${row.wellSigned}, ${row.receipt}, ${row.payloadHash},
      ${row.payload}) on conflict do nothing`.execute(db)
}

export const countWellSigned = async (db: Db, device: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from receipt_rejected
    where device = ${device} and well_signed`.execute(db)
  return rows[0]?.count ?? 0
}

/** Whether this very payload has been kept aside before. */
export const isKeptAside = async (db: Db, device: string, payloadHash: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from receipt_rejected
    where device = ${device} and payload_hash = ${payloadHash}`.execute(db)
  return rows.length > 0
}

/** Removes all but the newest of what was not well signed: of one device, and of all together. */
export const trimForged = async (db: Db, device: string, keep: { perDevice: number; inAll: number }): Promise<void> => {
  await sql`delete from receipt_rejected where id in (
    select id from receipt_rejected where device = ${device} and not well_signed
    order by at desc, id desc offset ${keep.perDevice})`.execute(db)
  await sql`delete from receipt_rejected where id in (
    select id from receipt_rejected where not well_signed order by at desc, id desc offset ${keep.inAll})`.execute(db)
}

/** What devices have said of the airings: one row for each airing and device that said anything. */
export const saidOf = async (db: Db, airings: readonly string[]): Promise<Said[]> =>
  (
    await sql<Said>`select airing, device, bool_or(outcome = 'completed' and seconds_written > 0) as completed,
        bool_or(seconds_written > 0) as sounded,
        min(started_at) filter (where clock_trusted and seconds_written > 0) as "firstAt"
      from receipt where airing = any(${[...airings]}::text[]) group by airing, device`.execute(db)
  ).rows

export type ReceiptRow = Omit<NewReceipt, 'body'> & { readonly body: string }

const columns = sql`id, device, epoch, counter, airing, release, unit, outcome, reason, started_at as "startedAt",
  ended_at as "endedAt", local_date as "localDate", clock_trusted as "clockTrusted", seconds_written as "secondsWritten",
  level_dbfs as "levelDbfs", volume, output, body, key_id as "keyId", signature, received_at as "receivedAt"`

/** Every receipt of an airing, in the order they came. */
export const receiptsOfAiring = async (db: Db, airing: string): Promise<ReceiptRow[]> =>
  (await sql<ReceiptRow>`select ${columns} from receipt where airing = ${airing} order by received_at, id`.execute(db))
    .rows

export const receiptById = async (db: Db, id: string): Promise<ReceiptRow | undefined> =>
  (await sql<ReceiptRow>`select ${columns} from receipt where id = ${id}`.execute(db)).rows[0]

/** For each airing on the days and each commune it was to reach: the one receipt that wrote the most sound. */
export type LongestRow = {
  readonly commune: string
  readonly airing: string
  readonly receipt: string
  readonly seconds: number
}

/**
 * Only devices an airing was to reach count, so that a page's virtual cluster never does. Of equally long ones the first by
 * id, so that the same question always gets the same answer.
 */
export const longestByCommune = async (
  db: Db,
  period: { from: LocalDate; to: LocalDate; communes: readonly string[] },
): Promise<LongestRow[]> =>
  (
    await sql<LongestRow>`select distinct on (t.commune, r.airing) t.commune, r.airing, r.id as receipt,
        r.seconds_written as seconds
      from receipt r join airing_target t on t.airing = r.airing and t.device = r.device
      where r.local_date between ${period.from}::date and ${period.to}::date and t.commune = any(${[...period.communes]}::text[])
        and r.seconds_written > 0
      order by t.commune, r.airing, r.seconds_written desc, r.id`.execute(db)
  ).rows

/** What became of an airing at one device that it was to reach; nulls where the device has said nothing. */
export type DeviceAiring = {
  readonly airing: string
  readonly title: string
  readonly at: Instant
  readonly stoppedAt: Instant | null
  readonly latestEnd: Instant
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly startedAt: Instant | null
  readonly secondsWritten: number | null
  readonly levelDbfs: number | null
}

/** Airings that were to reach a device within a time, the newest first, each with its longest receipt. */
export const airingsOfDevice = async (
  db: Db,
  asked: { readonly device: string; readonly from: Instant; readonly to: Instant; readonly max: number },
): Promise<readonly DeviceAiring[]> =>
  (
    await sql<DeviceAiring>`select a.id as airing, a.title, a.at, a.stopped_at as "stoppedAt",
        a.latest_start + a.duration_ms * interval '1 millisecond' as "latestEnd",
        r.outcome, r.reason, r.started_at as "startedAt", r.seconds_written as "secondsWritten", r.level_dbfs as "levelDbfs"
      from airing_target t join airing a on a.id = t.airing
        left join lateral (select * from receipt r where r.airing = a.id and r.device = t.device
          order by r.seconds_written desc, r.id limit 1) r on true
      where t.device = ${asked.device} and (a.superseded_by is null or r.id is not null) and a.at between ${at(asked.from)} and ${at(asked.to)}
      order by a.at desc, a.id desc limit ${asked.max}`.execute(db)
  ).rows

/** Devices that airings of a day were to reach so far, and whether each gave out any sound. */
export const soundedOn = async (
  db: Db,
  asked: { readonly devices: readonly string[]; readonly day: LocalDate; readonly now: Instant },
): Promise<ReadonlyMap<string, boolean>> => {
  const { rows } = await sql<{ device: string; sounded: boolean }>`
    select t.device, coalesce(bool_or(r.seconds_written > 0), false) as sounded
    from airing a join airing_target t on t.airing = a.id
      left join receipt r on r.airing = a.id and r.device = t.device
    where a.local_date = ${asked.day}::date and a.at <= ${at(asked.now)} and a.superseded_by is null and t.device = any(${[...asked.devices]}::text[])
    group by t.device`.execute(db)
  return new Map(rows.map(({ device, sounded }) => [device, sounded]))
}
