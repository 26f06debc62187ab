import type { Instant, PublicKey } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'

export type KeyPurpose = 'root' | 'server' | 'person'

export type KeyRow = {
  readonly id: string
  readonly purpose: KeyPurpose
  readonly person: string | null
  readonly alg: PublicKey['alg']
  readonly publicKey: string
  readonly privateKey: Uint8Array | null
  readonly madeAt: Instant
  readonly retiredAt: Instant | null
}

const keyColumns = sql`id, purpose, person, alg, public_key as "publicKey", private_key as "privateKey",
  made_at as "madeAt", retired_at as "retiredAt"`

/** The root or server key in force. */
export const singleKey = async (db: Db, purpose: 'root' | 'server'): Promise<KeyRow | undefined> => {
  const { rows } = await sql<KeyRow>`select ${keyColumns} from signing_key
    where purpose = ${purpose} and retired_at is null`.execute(db)
  return rows[0]
}

/** Every server key there ever was: a device with an old manifest must still find the key that signed it. */
export const allServerKeys = async (db: Db): Promise<KeyRow[]> =>
  (await sql<KeyRow>`select ${keyColumns} from signing_key where purpose = 'server' order by id`.execute(db)).rows

/** The keys in force of these people. */
export const personKeys = async (db: Db, people: readonly string[]): Promise<KeyRow[]> =>
  (
    await sql<KeyRow>`select ${keyColumns} from signing_key
      where purpose = 'person' and retired_at is null and person = any(${people}::text[])`.execute(db)
  ).rows

export const anySealedKey = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select 1 from signing_key where private_key is not null) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Keeps a key unless somebody else was first (unique indexes); the caller reads again which one stands. */
export const insertKey = async (db: Db, key: KeyRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into signing_key
    (id, purpose, person, alg, public_key, private_key, made_at)
    values (${key.id}, ${key.purpose}, ${key.person}, ${key.alg}, ${key.publicKey}, ${key.privateKey}, ${at(key.madeAt)})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

/**
 * One at a time makes keys or issues rosters; held until the transaction ends. Each of them touches several keys and units
 * in an order of its own, so that without this two at once could wait for each other in a ring. To be asked for before the
 * first of these writes.
 */
export const lockTrust = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa trust', 0))`.execute(db)
}

export type RosterRow = {
  readonly unit: string
  readonly version: number
  readonly body: string
  readonly signatures: { readonly key: string; readonly value: string }[]
  readonly madeAt: Instant
}

export const newestRoster = async (db: Db, unit: string): Promise<RosterRow | undefined> => {
  const { rows } = await sql<RosterRow>`select unit, version, body, signatures, made_at as "madeAt" from roster
    where unit = ${unit} order by version desc limit 1`.execute(db)
  return rows[0]
}

export const newestRosters = async (db: Db, units: readonly string[]): Promise<RosterRow[]> =>
  (
    await sql<RosterRow>`select distinct on (unit) unit, version, body, signatures, made_at as "madeAt" from roster
      where unit = any(${[...units]}::text[]) order by unit, version desc`.execute(db)
  ).rows

/** Every roster there ever was of the units, newest first: what an old signature was made under. */
export const rostersOf = async (db: Db, units: readonly string[]): Promise<RosterRow[]> =>
  (
    await sql<RosterRow>`select unit, version, body, signatures, made_at as "madeAt" from roster
      where unit = any(${[...units]}::text[]) order by made_at desc, version desc`.execute(db)
  ).rows

export const insertRoster = async (db: Db, row: RosterRow): Promise<void> => {
  await sql`insert into roster (unit, version, body, signatures, made_at)
    values (${row.unit}, ${row.version}, ${row.body}, ${jsonb(row.signatures)}, ${at(row.madeAt)})`.execute(db)
}
