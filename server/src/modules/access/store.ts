import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at } from '../../platform/database.ts'
import type { NameTries, Session } from './model.ts'

export type Account = {
  readonly person: string
  readonly password: string
  /** Until when a password that somebody else has seen is good; null: the owner's own. */
  readonly oneTimeUntil: Instant | null
}

/** The account of a name as `canonicalName` writes it. */
export const accountOf = async (db: Db, username: string): Promise<Account | undefined> => {
  const { rows } = await sql<Account>`select person, password, one_time_until as "oneTimeUntil" from account
    where username = ${username}`.execute(db)
  return rows[0]
}

/** Adds an account; one of that person or name stays as it is. Returns whether it was added. */
export const insertAccount = async (db: Db, account: Account & { username: string }): Promise<boolean> => {
  const { person, username, password, oneTimeUntil } = account
  const { numAffectedRows } = await sql`insert into account (person, username, password, one_time_until)
    values (${person}, ${username}, ${password}, ${oneTimeUntil === null ? sql`null` : at(oneTimeUntil)})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export type AccountName = { readonly person: string; readonly username: string; readonly oneTimeUntil: Instant | null }

/** The accounts of these people, without their passwords. */
export const accountsOf = async (db: Db, people: readonly string[]): Promise<readonly AccountName[]> => {
  const { rows } = await sql<AccountName>`select person, username, one_time_until as "oneTimeUntil" from account
    where person = any(${[...people]}::text[])`.execute(db)
  return rows
}

/** Gives an account another password. Returns whether there is one. */
export const savePassword = async (db: Db, { person, password, oneTimeUntil }: Account): Promise<boolean> => {
  const { numAffectedRows } = await sql`update account set password = ${password},
    one_time_until = ${oneTimeUntil === null ? sql`null` : at(oneTimeUntil)} where person = ${person}`.execute(db)
  return numAffectedRows === 1n
}

/** Ends a person's sessions, but for the one kept. */
export const deleteSessionsOf = async (db: Db, person: string, kept?: Uint8Array): Promise<void> => {
  const hash = kept === undefined ? null : Buffer.from(kept)
  await sql`delete from sign_in_session where person = ${person}
    and (${hash}::bytea is null or token_hash <> ${hash}::bytea)`.execute(db)
}

/** Whether a person has an account. */
export const hasAccount = async (db: Db, person: string): Promise<boolean> => {
  const { rows } = await sql<{ person: string }>`select person from account where person = ${person}`.execute(db)
  return rows.length > 0
}

/** Removes an account and its sessions. Returns whether there was one. */
export const deleteAccount = async (db: Db, person: string): Promise<boolean> => {
  await sql`delete from sign_in_session where person = ${person}`.execute(db)
  const { numAffectedRows } = await sql`delete from account where person = ${person}`.execute(db)
  return numAffectedRows === 1n
}

/** Makes tries from one address queue until the transaction ends, so that their number is exact. */
export const lockAddress = async (db: Db, address: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa address ' || ${address}, 0))`.execute(db)
}

/** Times of the tries counted against an address, newest first. */
export const triesFrom = async (db: Db, address: string, most: number): Promise<readonly Instant[]> => {
  const { rows } = await sql<{ at: Instant }>`select at from sign_in_try where address = ${address}
    order by at desc limit ${most}`.execute(db)
  return rows.map((row) => row.at)
}

export const insertTry = async (db: Db, id: string, address: string, now: Instant): Promise<void> => {
  await sql`insert into sign_in_try (id, address, at) values (${id}, ${address}, ${at(now)})`.execute(db)
}

/** A try that proved right no longer counts. */
export const deleteTry = async (db: Db, id: string): Promise<void> => {
  await sql`delete from sign_in_try where id = ${id}`.execute(db)
}

/** Wrong tries at a name, locked until the transaction ends. */
export const lockName = async (db: Db, name: Uint8Array, now: Instant): Promise<NameTries> => {
  await sql`insert into sign_in_name (name_hash, failed, tried_at) values (${Buffer.from(name)}, 0, ${at(now)})
    on conflict do nothing`.execute(db)
  const { rows } = await sql<NameTries>`
    select failed, locked_until as "lockedUntil", tried_at as "triedAt" from sign_in_name
    where name_hash = ${Buffer.from(name)} for update`.execute(db)
  return rows[0] ?? { failed: 0, lockedUntil: null, triedAt: now }
}

export const saveName = async (db: Db, name: Uint8Array, tries: NameTries): Promise<void> => {
  const lockedUntil = tries.lockedUntil === null ? sql`null` : at(tries.lockedUntil)
  await sql`insert into sign_in_name (name_hash, failed, locked_until, tried_at)
    values (${Buffer.from(name)}, ${tries.failed}, ${lockedUntil}, ${at(tries.triedAt)})
    on conflict (name_hash) do update
      set failed = excluded.failed, locked_until = excluded.locked_until, tried_at = excluded.tried_at`.execute(db)
}

export const forgetName = async (db: Db, name: Uint8Array): Promise<void> => {
  await sql`delete from sign_in_name where name_hash = ${Buffer.from(name)}`.execute(db)
}

export type NewSession = { tokenHash: Uint8Array; person: string; now: Instant; expiresAt: Instant }

export const insertSession = async (db: Db, { tokenHash, person, now, expiresAt }: NewSession): Promise<void> => {
  await sql`insert into sign_in_session (token_hash, person, made_at, seen_at, expires_at)
    values (${Buffer.from(tokenHash)}, ${person}, ${at(now)}, ${at(now)}, ${at(expiresAt)})`.execute(db)
}

/** A session, and whether its person still has to choose a password of their own. */
export const sessionOf = async (
  db: Db,
  tokenHash: Uint8Array,
): Promise<(Session & { readonly mustChoose: boolean }) | undefined> => {
  const { rows } = await sql<Session & { mustChoose: boolean }>`
    select s.person, s.seen_at as "seenAt", s.expires_at as "expiresAt", a.one_time_until is not null as "mustChoose"
    from sign_in_session s left join account a on a.person = s.person
    where s.token_hash = ${Buffer.from(tokenHash)}`.execute(db)
  return rows[0]
}

/** Those of these sessions that are there; hashes are written in hexadecimal. */
export const sessionsOf = async (
  db: Db,
  hashes: readonly string[],
): Promise<readonly (Session & { readonly hash: string })[]> => {
  const { rows } = await sql<Session & { hash: string }>`
    select encode(token_hash, 'hex') as hash, person, seen_at as "seenAt", expires_at as "expiresAt" from sign_in_session
    where token_hash in (select decode(hash, 'hex') from unnest(${[...hashes]}::text[]) as hash)`.execute(db)
  return rows
}

export const touchSession = async (db: Db, tokenHash: Uint8Array, now: Instant): Promise<void> => {
  await sql`update sign_in_session set seen_at = ${at(now)}
    where token_hash = ${Buffer.from(tokenHash)} and seen_at < ${at(now)}`.execute(db)
}

/** Returns the person whose session it was. */
export const deleteSession = async (db: Db, tokenHash: Uint8Array): Promise<string | undefined> => {
  const { rows } = await sql<{ person: string }>`delete from sign_in_session
    where token_hash = ${Buffer.from(tokenHash)} returning person`.execute(db)
  return rows[0]?.person
}

/** Removes sessions that have ended, and counts of tries that no longer matter. */
export const sweep = async (
  db: Db,
  { now, idleBefore, triesBefore }: { now: Instant; idleBefore: Instant; triesBefore: Instant },
): Promise<void> => {
  await sql`delete from sign_in_session where expires_at <= ${at(now)} or seen_at <= ${at(idleBefore)}`.execute(db)
  await sql`delete from sign_in_try where at < ${at(triesBefore)}`.execute(db)
  await sql`delete from sign_in_name where tried_at < ${at(triesBefore)}
    and (locked_until is null or locked_until <= ${at(now)})`.execute(db)
}
