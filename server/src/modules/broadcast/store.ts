import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'

/**
 * The next number of a unit's messages of a kind. It starts from the clock, so that it also rises after an older database
 * was restored. The row stays locked until the transaction ends: of two that write a unit's manifest at once the second
 * waits, and then sees what the first one saw and more.
 */
export const nextSeq = async (
  db: Db,
  key: { unit: string; kind: 'manifest' | 'order' | 'stop' },
  now: Instant,
): Promise<number> => {
  const { rows } = await sql<{ seq: number }>`insert into unit_sequence (unit, kind, seq)
    values (${key.unit}, ${key.kind}, ${now}::bigint)
    on conflict (unit, kind) do update set seq = greatest(unit_sequence.seq + 1, excluded.seq) returning seq`.execute(
    db,
  )
  const [row] = rows
  if (row === undefined) throw new Error('a sequence without a number')
  return row.seq
}

/** The next number of what is told to one device alone. */
export const nextDeviceSeq = async (db: Db, device: string, now: Instant): Promise<number> => {
  const { rows } = await sql<{
    seq: number
  }>`insert into device_sequence (device, seq) values (${device}, ${now}::bigint)
    on conflict (device) do update set seq = greatest(device_sequence.seq + 1, excluded.seq) returning seq`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('a sequence without a number')
  return row.seq
}

export type MessageKind = 'manifest' | 'stop' | 'roster'
export type UnitMessage = {
  readonly unit: string
  readonly kind: MessageKind
  readonly seq: number
  readonly payload: string
}

/** Keeps a message to be published, unless a newer one is there. */
export const keepMessage = async (db: Db, message: UnitMessage, now: Instant): Promise<void> => {
  await sql`insert into unit_message (unit, kind, seq, payload, made_at)
    values (${message.unit}, ${message.kind}, ${message.seq}, ${message.payload}, ${at(now)})
    on conflict (unit, kind) do update
      set seq = excluded.seq, payload = excluded.payload, made_at = excluded.made_at, published_at = null
      where unit_message.seq <= excluded.seq`.execute(db)
}

const messageColumns = sql`unit, kind, seq, payload`

export const messageOf = async (db: Db, unit: string, kind: MessageKind): Promise<UnitMessage | undefined> =>
  (
    await sql<UnitMessage>`select ${messageColumns} from unit_message where unit = ${unit} and kind = ${kind}`.execute(
      db,
    )
  ).rows[0]

/** Marks a message as published where it is still the newest; tells whether it was. */
export const markPublished = async (db: Db, { unit, kind, seq }: UnitMessage, now: Instant): Promise<boolean> => {
  const { numAffectedRows } = await sql`update unit_message set published_at = ${at(now)}
    where unit = ${unit} and kind = ${kind} and seq = ${seq}`.execute(db)
  return numAffectedRows === 1n
}

/** Messages the broker does not have yet: stops first, then rosters, then manifests. */
export const waitingMessages = async (db: Db, madeBefore: Instant, limit: number): Promise<UnitMessage[]> =>
  (
    await sql<UnitMessage>`select ${messageColumns} from unit_message
      where published_at is null and made_at <= ${at(madeBefore)}
      order by array_position(array['stop', 'roster', 'manifest'], kind), unit limit ${limit}`.execute(db)
  ).rows

/** Everything kept is to be published again: nobody knows what the broker still holds. */
export const forgetPublished = async (db: Db): Promise<void> => {
  await sql`update unit_message set published_at = null`.execute(db)
}

export const unitsWithManifest = async (db: Db): Promise<string[]> =>
  (
    await sql<{ unit: string }>`select unit from unit_message where kind = 'manifest' order by unit`.execute(db)
  ).rows.map(({ unit }) => unit)

export type OrderMessage = {
  readonly unit: string
  readonly airing: string
  readonly seq: number
  readonly payload: string
  /** For this device alone. */
  readonly device: string | null
}

/** Keeps the orders of an airing; one that is there already stays. */
export const keepOrders = async (db: Db, orders: readonly OrderMessage[], now: Instant): Promise<void> => {
  await sql`insert into order_message (unit, airing, seq, payload, made_at, device)
    select unit, airing, seq, payload, ${at(now)}, device
    from jsonb_to_recordset(${jsonb(orders)}) as o (unit text, airing text, seq bigint, payload text, device text)
    on conflict do nothing`.execute(db)
}

/** Orders not yet with the broker, made within a span: a later one would be stale, and the manifest holds the airing. */
export const waitingOrders = async (
  db: Db,
  span: { from: Instant; to: Instant; limit: number },
): Promise<OrderMessage[]> =>
  (
    await sql<OrderMessage>`select unit, airing, seq, payload, device from order_message
      where published_at is null and made_at between ${at(span.from)} and ${at(span.to)}
      order by made_at, unit limit ${span.limit}`.execute(db)
  ).rows

export const markOrdersPublished = async (db: Db, orders: readonly OrderMessage[], now: Instant): Promise<void> => {
  await sql`update order_message m set published_at = ${at(now)}
    from jsonb_to_recordset(${jsonb(orders.map(({ unit, airing }) => ({ unit, airing })))}) as o (unit text, airing text)
    where m.unit = o.unit and m.airing = o.airing`.execute(db)
}

/** Orders are of no use a day later; the airing and its receipts are the record. */
export const removeOrders = async (db: Db, before: Instant): Promise<void> => {
  await sql`delete from order_message where made_at < ${at(before)}`.execute(db)
}
