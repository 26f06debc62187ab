import { sql } from 'kysely'
import type { Db } from '../../server/src/platform/context.ts'

/** The person behind a user name in lower case; `undefined` where nobody has it. */
export const personOfUsername = async (db: Db, username: string): Promise<string | undefined> => {
  const { rows } = await sql<{ person: string }>`select person from account where username = ${username}`.execute(db)
  return rows[0]?.person
}

/** Whether a unit of this id exists now or existed ever: ids are not used twice. */
export const isUnitId = async (db: Db, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`select id from unit where id = ${id}`.execute(db)
  return rows.length > 0
}

/** One command at a time: two that run at once must not both find the database empty. */
export const lockAdmin = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa admin', 0))`.execute(db)
}
