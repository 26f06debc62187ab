import type { LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../../kernel/words.ts'
import type { Db } from '../../../platform/context.ts'
import { at, jsonb } from '../../../platform/database.ts'
import type { Proposal, SessionVersion } from './model.ts'

const columns = sql`session, unit, lower(valid) as "validFrom", upper(valid) as "validTo", name, days, from_time as "from",
  to_time as "to", relay, off_hours as "offHours", confirmed_by as "confirmedBy", saved_by as "savedBy",
  saved_at as "savedAt"`

const proposalColumns = sql`session, unit, valid_from as "validFrom", name, days, from_time as "from", to_time as "to",
  relay, proposed_by as "proposedBy", proposed_at as "proposedAt"`

export const insertSession = async (
  db: Db,
  row: { readonly id: string; readonly madeBy: string; readonly madeAt: number },
): Promise<void> => {
  await sql`insert into session (id, made_by, made_at) values (${row.id}, ${row.madeBy}, ${at(row.madeAt)})`.execute(db)
}

/** Whether there is such a session; its row stays locked until the transaction ends: its running orders change one by one. */
export const lockSession = async (db: Db, id: string): Promise<boolean> =>
  (await sql`select 1 from session where id = ${id} for update`.execute(db)).rows.length > 0

/** Every version of the sessions, by session and time. */
export const versionsOf = async (db: Db, sessions: readonly string[]): Promise<SessionVersion[]> =>
  (
    await sql<SessionVersion>`select ${columns} from session_version
      where session = any(${[...sessions]}::text[]) order by session, valid`.execute(db)
  ).rows

/** Versions at the units in force on some day of a span, both ends included; by start, then name. */
export const versionsAt = async (
  db: Db,
  units: readonly string[],
  span: { from: LocalDate; to: LocalDate | null },
): Promise<SessionVersion[]> =>
  (
    await sql<SessionVersion>`select ${columns} from session_version
      where unit = any(${[...units]}::text[]) and valid && daterange(${span.from}::date, ${span.to}::date, '[]')
      order by from_time, name, session, valid`.execute(db)
  ).rows

export const insertVersion = async (db: Db, row: SessionVersion): Promise<void> => {
  await sql`insert into session_version (session, unit, valid, name, days, from_time, to_time, relay, off_hours, confirmed_by,
      saved_by, saved_at)
    values (${row.session}, ${row.unit}, daterange(${row.validFrom}::date, ${row.validTo}::date), ${row.name},
      ${[...row.days]}::integer[], ${row.from}, ${row.to}, ${row.relay === null ? null : jsonb(row.relay)}, ${row.offHours},
      ${row.confirmedBy}, ${row.savedBy}, ${at(row.savedAt)})`.execute(db)
}

/** Nothing of the sessions holds from a day on; what was before stays. */
export const endVersions = async (db: Db, sessions: readonly string[], from: LocalDate): Promise<void> => {
  await sql`delete from session_version
    where session = any(${[...sessions]}::text[]) and lower(valid) >= ${from}::date`.execute(db)
  await sql`update session_version set valid = daterange(lower(valid), ${from}::date)
    where session = any(${[...sessions]}::text[]) and (upper(valid) is null or upper(valid) > ${from}::date)`.execute(
    db,
  )
}

/** Takes away every version of the sessions: for putting back what was. */
export const removeVersions = async (db: Db, sessions: readonly string[]): Promise<void> => {
  await sql`delete from session_version where session = any(${[...sessions]}::text[])`.execute(db)
}

export const proposalsOf = async (db: Db, sessions: readonly string[]): Promise<Proposal[]> =>
  (
    await sql<Proposal>`select ${proposalColumns} from session_proposal
      where session = any(${[...sessions]}::text[])`.execute(db)
  ).rows

export const proposalsAt = async (db: Db, units: readonly string[]): Promise<Proposal[]> =>
  (
    await sql<Proposal>`select ${proposalColumns} from session_proposal
      where unit = any(${[...units]}::text[]) order by from_time, session`.execute(db)
  ).rows

/** Keeps what is proposed for a session; a newer proposal takes the place of an older one. */
export const saveProposal = async (db: Db, row: Proposal): Promise<void> => {
  await removeProposals(db, [row.session])
  await sql`insert into session_proposal (session, unit, valid_from, name, days, from_time, to_time, relay, proposed_by, proposed_at)
    values (${row.session}, ${row.unit}, ${row.validFrom}::date, ${row.name}, ${[...row.days]}::integer[], ${row.from},
      ${row.to}, ${row.relay === null ? null : jsonb(row.relay)}, ${row.proposedBy}, ${at(row.proposedAt)})`.execute(db)
}

export const removeProposals = async (db: Db, sessions: readonly string[]): Promise<void> => {
  await sql`delete from session_proposal where session = any(${[...sessions]}::text[])`.execute(db)
}

export type SessionFound = {
  readonly session: string
  readonly unit: string
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Sessions of the units by name, those that are held on that day or later. */
export const searchSessions = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  { units, on }: { units: readonly string[]; on: LocalDate },
): Promise<readonly SessionFound[]> => {
  const { rows } = await sql<SessionFound>`
    select session, unit, name, from_time as "from", to_time as "to" from (
      select distinct on (session) *, loa_words(name) as words from session_version
      where unit = any(${[...units]}::text[]) and (upper(valid) is null or upper(valid) > ${on}::date)
      order by session, lower(valid)
    ) held
    where words @@ ${folded}::tsquery order by words @@ ${exact}::tsquery desc, from_time, session limit ${most}`.execute(
    db,
  )
  return rows
}
