import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { ChainedEntry, Head } from './model.ts'

/** The end of the chain, locked until the transaction ends: the next writer waits here. */
export const lockHead = async (db: Db): Promise<Head> => {
  const { rows } = await sql<Head>`select number, chain from audit_head for update`.execute(db)
  const head = rows[0]
  if (head === undefined) throw new Error('audit_head has lost its row')
  return head
}

/** The end of the chain as it stands. */
export const readHead = async (db: Db): Promise<Head> => {
  const { rows } = await sql<Head>`select number, chain from audit_head`.execute(db)
  const head = rows[0]
  if (head === undefined) throw new Error('audit_head has lost its row')
  return head
}

/** Adds the entry and moves the head onto it, in one statement: others wait meanwhile. */
export const append = async (db: Db, entry: ChainedEntry): Promise<void> => {
  const chain = Buffer.from(entry.chain)
  await sql`with moved as (update audit_head set number = ${entry.number}, chain = ${chain})
    insert into audit_entry (number, at, person, action, subject, unit, detail, chain)
    values (${entry.number}, ${at(entry.at)}, ${entry.person}, ${entry.action}, ${entry.subject}, ${entry.unit},
      ${jsonb(entry.detail)}, ${chain})`.execute(db)
}

/** Up to `most` entries after a number, in order. */
export const entriesAfter = async (db: Db, number: number, most: number): Promise<readonly ChainedEntry[]> => {
  const { rows } = await sql<ChainedEntry>`select number, at, person, action, subject, unit, detail, chain
    from audit_entry where number > ${number} order by number limit ${most}`.execute(db)
  return rows
}

/** Entries about a subject, oldest first. */
export const entriesAbout = async (db: Db, subject: string, most: number): Promise<readonly ChainedEntry[]> => {
  const { rows } = await sql<ChainedEntry>`select number, at, person, action, subject, unit, detail, chain
    from audit_entry where subject = ${subject} order by number limit ${most}`.execute(db)
  return rows
}
