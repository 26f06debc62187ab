import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../platform/context.ts'
import { at } from '../platform/database.ts'

type NewSound = { readonly hash: string; readonly bytes: number; readonly durationMs: number; readonly now: Instant }

/** A sound as if it had been voiced; its bytes are the scene's own. */
export const insertSound = async (db: Db, { hash, bytes, durationMs, now }: NewSound): Promise<void> => {
  await sql`insert into sound (hash, bytes, duration_ms, loudness_lufs, peak_dbtp, levels, made_at)
    values (${hash}, ${bytes}, ${durationMs}, -16, -1.5, array[-20]::real[], ${at(now)}) on conflict do nothing`.execute(
    db,
  )
}
