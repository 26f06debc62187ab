import type { BulletinClass, Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'

export type ReleaseRow = {
  readonly id: string
  readonly originKind: string
  readonly origin: string
  readonly unit: string
  readonly author: string
  readonly class: BulletinClass
  readonly title: string
  readonly body: string
  readonly madeAt: Instant
  readonly issuedAt: Instant | null
  readonly withdrawnAt: Instant | null
}

export type SignatureRow = {
  readonly release: string
  readonly person: string
  readonly key: string
  readonly value: string
  readonly at: Instant
}

const columns = sql`id, origin_kind as "originKind", origin, unit, author, class, title, body,
  made_at as "madeAt", issued_at as "issuedAt", withdrawn_at as "withdrawnAt"`

export const insertRelease = async (db: Db, row: Omit<ReleaseRow, 'issuedAt' | 'withdrawnAt'>): Promise<void> => {
  await sql`insert into release (id, origin_kind, origin, unit, author, class, title, body, made_at)
    values (${row.id}, ${row.originKind}, ${row.origin}, ${row.unit}, ${row.author}, ${row.class}, ${row.title},
      ${row.body}, ${at(row.madeAt)})`.execute(db)
}

export const insertAudience = async (db: Db, release: string, units: readonly string[]): Promise<void> => {
  await sql`insert into release_audience (release, unit)
    select ${release}, unit from unnest(${[...units]}::text[]) as unit`.execute(db)
}

type SoundPlace = { readonly position: number; readonly language: string; readonly sound: string }

export const insertSounds = async (db: Db, release: string, sounds: readonly SoundPlace[]): Promise<void> => {
  await sql`insert into release_sound (release, position, language, sound)
    select ${release}, position, language, sound
    from jsonb_to_recordset(${jsonb(sounds)}) as s (position integer, language text, sound text)`.execute(db)
}

/** The release, locked until the transaction ends: two who sign at once are two in a row. */
export const lockRelease = async (db: Db, id: string): Promise<ReleaseRow | undefined> =>
  (await sql<ReleaseRow>`select ${columns} from release where id = ${id} for update`.execute(db)).rows[0]

export const findReleases = async (db: Db, ids: readonly string[]): Promise<ReleaseRow[]> =>
  (await sql<ReleaseRow>`select ${columns} from release where id = any(${[...ids]}::text[])`.execute(db)).rows

export const findByOrigin = async (db: Db, kind: string, origin: string): Promise<ReleaseRow | undefined> =>
  (await sql<ReleaseRow>`select ${columns} from release where origin_kind = ${kind} and origin = ${origin}`.execute(db))
    .rows[0]

/** Signatures in the order they were made. */
export const findSignatures = async (db: Db, releases: readonly string[]): Promise<SignatureRow[]> =>
  (
    await sql<SignatureRow>`select release, person, key, value, at from release_signature
      where release = any(${[...releases]}::text[]) order by at, person`.execute(db)
  ).rows

/** Keeps a signature; false where this person has signed before (primary key: the two-person rule rests on it). */
export const insertSignature = async (db: Db, row: SignatureRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into release_signature (release, person, key, value, at)
    values (${row.release}, ${row.person}, ${row.key}, ${row.value}, ${at(row.at)}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Sets the time of issue once; false where it had been issued or withdrawn. */
export const setIssued = async (db: Db, id: string, now: Instant): Promise<boolean> => {
  const { numAffectedRows } = await sql`update release set issued_at = ${at(now)}
    where id = ${id} and issued_at is null and withdrawn_at is null`.execute(db)
  return numAffectedRows === 1n
}

export const setWithdrawn = async (db: Db, id: string, now: Instant): Promise<void> => {
  await sql`update release set withdrawn_at = ${at(now)}
    where id = ${id} and issued_at is null and withdrawn_at is null`.execute(db)
}

/** Whether a sound stands in a release, proposed or issued and not withdrawn, for one of these units. */
export const soundReaches = async (db: Db, sound: string, units: readonly string[]): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select 1 from release_sound s join release r on r.id = s.release join release_audience a on a.release = r.id
    where s.sound = ${sound} and r.withdrawn_at is null and a.unit = any(${[...units]}::text[])) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Units that issue or hear a release holding this sound. */
export const unitsOfSound = async (db: Db, sound: string): Promise<string[]> =>
  (
    await sql<{
      unit: string
    }>`select r.unit from release_sound s join release r on r.id = s.release where s.sound = ${sound}
      union select a.unit from release_sound s join release_audience a on a.release = s.release where s.sound = ${sound}`.execute(
      db,
    )
  ).rows.map((row) => row.unit)

/** Ids of releases proposed since then for a unit, neither issued nor withdrawn: newest first. */
export const proposedFor = async (db: Db, unit: string, span: { since: Instant; limit: number }): Promise<string[]> =>
  (
    await sql<{ id: string }>`select r.id from release r join release_audience a on a.release = r.id
      where a.unit = ${unit} and r.issued_at is null and r.withdrawn_at is null and r.made_at >= ${at(span.since)}
      order by r.made_at desc, r.id limit ${span.limit}`.execute(db)
  ).rows.map(({ id }) => id)
