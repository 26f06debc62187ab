import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { Upload } from './model.ts'

const columns = sql`id, person, unit, length, received, sha256, voicing, expires_at as "expiresAt"`

/** One creation at a time: what is on its way is counted before more is let in. */
export const lockUploads = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa uploads', 0))`.execute(db)
}

/** Uploads that are still to be finished, oldest first. */
export const findOpenUploads = async (db: Db, now: Instant): Promise<Upload[]> =>
  (
    await sql<Upload>`select ${columns} from upload where voicing is null and expires_at > ${at(now)}
      order by made_at, id`.execute(db)
  ).rows

export const findUpload = async (db: Db, id: string, now: Instant): Promise<Upload | undefined> =>
  (await sql<Upload>`select ${columns} from upload where id = ${id} and expires_at > ${at(now)}`.execute(db)).rows[0]

export const insertUpload = async (db: Db, row: Upload, now: Instant): Promise<void> => {
  await sql`insert into upload (id, person, unit, length, received, sha256, voicing, made_at, expires_at)
    values (${row.id}, ${row.person}, ${row.unit}, ${row.length}, ${row.received}, ${row.sha256}, ${row.voicing},
      ${at(now)}, ${at(row.expiresAt)})`.execute(db)
}

export const removeUploads = async (db: Db, ids: readonly string[]): Promise<void> => {
  await sql`delete from upload where id = any(${[...ids]}::text[])`.execute(db)
}

export const removeExpired = async (db: Db, now: Instant): Promise<void> => {
  await sql`delete from upload where expires_at <= ${at(now)}`.execute(db)
}

/** Moves on from `from` by so many bytes; false where something else has moved it on, or it would go beyond its end. */
export const advance = async (db: Db, id: string, { from, by }: { from: number; by: number }): Promise<boolean> => {
  const { numAffectedRows } = await sql`update upload set received = received + ${by}::integer
    where id = ${id} and received = ${from} and received + ${by}::integer <= length and voicing is null`.execute(db)
  return numAffectedRows === 1n
}

export const insertPiece = async (db: Db, id: string, piece: { from: number; bytes: Uint8Array }): Promise<void> => {
  await sql`insert into upload_piece (upload, at, bytes)
    values (${id}, ${piece.from}, ${Buffer.from(piece.bytes)})`.execute(db)
}

/** Where each piece begins, in order. */
export const findPieces = async (db: Db, id: string): Promise<number[]> =>
  (await sql<{ at: number }>`select at from upload_piece where upload = ${id} order by at`.execute(db)).rows.map(
    (row) => row.at,
  )

export const findPiece = async (db: Db, id: string, from: number): Promise<Uint8Array | undefined> =>
  (await sql<{ bytes: Uint8Array }>`select bytes from upload_piece where upload = ${id} and at = ${from}`.execute(db))
    .rows[0]?.bytes

/** Keeps what was made of it, so that whoever did not hear the answer gets it again, and lets the pieces go. */
export const finishUpload = async (db: Db, id: string, voicing: string): Promise<void> => {
  await sql`update upload set voicing = ${voicing} where id = ${id}`.execute(db)
  await sql`delete from upload_piece where upload = ${id}`.execute(db)
}
