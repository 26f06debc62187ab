import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { LexiconEntry, LexiconState } from './model.ts'

const columns = sql`id, unit, written, spoken, case_sensitive as "caseSensitive", state, proposed_by as "proposedBy",
  proposed_at as "proposedAt", decided_by as "decidedBy", decided_at as "decidedAt", reason`

/** Keeps a proposal; false where one for the same words waits already. */
export const insertEntry = async (db: Db, entry: LexiconEntry): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`insert into lexicon_entry (id, unit, written, spoken, case_sensitive, state, proposed_by, proposed_at)
      values (${entry.id}, ${entry.unit}, ${entry.written}, ${entry.spoken}, ${entry.caseSensitive}, ${entry.state},
        ${entry.proposedBy}, ${at(entry.proposedAt)}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Entries in force of these units: what is read by. */
export const entriesInForce = async (db: Db, units: readonly string[]): Promise<LexiconEntry[]> =>
  (
    await sql<LexiconEntry>`select ${columns} from lexicon_entry
      where state = 'inForce' and unit = any(${[...units]}::text[]) order by lower(written), id`.execute(db)
  ).rows

/** Proposals and entries in force of these units, those that wait first. */
export const entriesOf = async (db: Db, units: readonly string[], limit: number): Promise<LexiconEntry[]> =>
  (
    await sql<LexiconEntry>`select ${columns} from lexicon_entry
      where state in ('proposed', 'inForce') and unit = any(${[...units]}::text[])
      order by state desc, lower(written), id limit ${limit}`.execute(db)
  ).rows

export const countOf = async (db: Db, unit: string): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*)::int as count from lexicon_entry
      where unit = ${unit} and state in ('proposed', 'inForce')`.execute(db)
  ).rows[0]?.count ?? 0

/** An entry with its row locked until the transaction ends. */
export const lockEntry = async (db: Db, id: string): Promise<LexiconEntry | undefined> =>
  (await sql<LexiconEntry>`select ${columns} from lexicon_entry where id = ${id} for update`.execute(db)).rows[0]

type Decision = {
  readonly state: LexiconState
  readonly by: string
  readonly at: Instant
  readonly reason: string | null
}

export const decideEntry = async (db: Db, id: string, decision: Decision): Promise<void> => {
  await sql`update lexicon_entry set state = ${decision.state}, decided_by = ${decision.by},
      decided_at = ${at(decision.at)}, reason = ${decision.reason} where id = ${id}`.execute(db)
}

/** The entry in force for the same words gives way to the new one. */
export const removeInForce = async (
  db: Db,
  { unit, written }: Pick<LexiconEntry, 'unit' | 'written'>,
  by: { readonly person: string; readonly at: Instant },
): Promise<void> => {
  await sql`update lexicon_entry set state = 'removed', decided_by = ${by.person}, decided_at = ${at(by.at)}
    where unit = ${unit} and lower(written) = lower(${written}) and state = 'inForce'`.execute(db)
}
