import type { LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Role } from '../../kernel/actor.ts'
import type { Wanted as WordsWanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import type { HeldPost, Person, RoleHolder } from './model.ts'

/** The people of these ids. */
export const peopleById = async (db: Db, ids: readonly string[]): Promise<readonly Person[]> => {
  const { rows } = await sql<Person>`select id, name, languages, invented from person
    where id = any(${[...ids]}::text[])`.execute(db)
  return rows
}

/** Posts a person holds on that day. */
export const postsThen = async (db: Db, person: string, on: LocalDate): Promise<readonly HeldPost[]> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to"
    from post where person = ${person} and valid @> ${on}::date order by unit, role`.execute(db)
  return rows
}

/** People who hold the role at one of the units on that day. */
export const holdersThen = async (
  db: Db,
  units: readonly string[],
  role: Role,
  on: LocalDate,
): Promise<readonly RoleHolder[]> => {
  const { rows } = await sql<RoleHolder>`
    select person, unit, role, lower(valid) as "from", upper(valid) as "to" from post
    where unit = any(${[...units]}::text[]) and role = ${role} and valid @> ${on}::date
    order by person, unit`.execute(db)
  return rows
}

/** Adds a person; one of that id stays as it is. Returns whether it was added. */
export const insertPerson = async (db: Db, person: Person): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into person (id, name, languages, invented)
    values (${person.id}, ${person.name}, ${[...person.languages]}, ${person.invented}) on conflict do nothing`.execute(
    db,
  )
  return numAffectedRows === 1n
}

/** Adds a post, unless the person holds the same one at some time within it. Returns whether it was added. */
export const insertPost = async (db: Db, post: HeldPost): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into post (id, person, unit, role, title, valid)
    values (${post.id}, ${post.person}, ${post.unit}, ${post.role}, ${post.title},
      daterange(${post.from}::date, ${post.to}::date)) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Changes what is recorded about a person. Returns whether there is such a person. */
export const updatePerson = async (
  db: Db,
  { id, name, languages }: Pick<Person, 'id' | 'name' | 'languages'>,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update person set name = ${name}, languages = ${[...languages]}
    where id = ${id}`.execute(db)
  return numAffectedRows === 1n
}

/** People who hold, held or will hold a post at one of the units, at most `most`; `postless`: also those who have none anywhere. */
export const peopleWithPostsAt = async (
  db: Db,
  units: readonly string[],
  { most, postless }: { most: number; postless: boolean },
): Promise<readonly Person[]> => {
  const { rows } = await sql<Person>`select id, name, languages, invented from person
    where id in (select person from post where unit = any(${[...units]}::text[]))
      or (${postless} and not exists (select 1 from post where post.person = person.id))
    order by id limit ${most}`.execute(db)
  return rows
}

/** Every post of these people, whenever it is held; those that began later first. */
export const everyPostOf = async (db: Db, people: readonly string[]): Promise<readonly HeldPost[]> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to" from post
    where person = any(${[...people]}::text[]) order by lower(valid) desc, id`.execute(db)
  return rows
}

/** A post by its id. */
export const postById = async (db: Db, id: string): Promise<HeldPost | undefined> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to" from post
    where id = ${id}`.execute(db)
  return rows[0]
}

/** A post by its id, locked until the transaction ends. */
export const lockPost = async (db: Db, id: string): Promise<HeldPost | undefined> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to" from post
    where id = ${id} for update`.execute(db)
  return rows[0]
}

/** Takes back a post that has not been held for a whole day. */
export const deletePost = async (db: Db, id: string): Promise<void> => {
  await sql`delete from post where id = ${id}`.execute(db)
}

/** Makes changes to who administers queue until the transaction ends: two who dismiss each other must not both succeed. */
export const lockAdministrators = async (db: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa administrators', 0))`.execute(db)
}

/** Gives a post that is in force an end: from that day it is not held. Returns it as it now is. */
export const endPostRow = async (db: Db, id: string, on: LocalDate): Promise<HeldPost | undefined> => {
  const { rows } = await sql<HeldPost>`
    update post set valid = daterange(lower(valid), ${on}::date)
    where id = ${id} and valid @> ${on}::date and lower(valid) < ${on}::date
    returning id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to"`.execute(db)
  return rows[0]
}

/** Posts at the units that are held on the day or at any time after it. */
export const postsHeldFrom = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly HeldPost[]> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to" from post
    where unit = any(${[...units]}::text[]) and (upper(valid) is null or upper(valid) > ${on}::date)
    order by person, unit, role, id`.execute(db)
  return rows
}

/** Posts by id, locked until the transaction ends. */
export const lockPosts = async (db: Db, ids: readonly string[]): Promise<readonly HeldPost[]> => {
  const { rows } = await sql<HeldPost>`
    select id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to" from post
    where id = any(${[...ids]}::text[]) order by id for update`.execute(db)
  return rows
}

export const deletePosts = async (db: Db, ids: readonly string[]): Promise<void> => {
  await sql`delete from post where id = any(${[...ids]}::text[])`.execute(db)
}

/** The post just as it is given, whether it is there or not. */
export const putPost = async (db: Db, post: HeldPost): Promise<void> => {
  await sql`insert into post (id, person, unit, role, title, valid)
    values (${post.id}, ${post.person}, ${post.unit}, ${post.role}, ${post.title},
      daterange(${post.from}::date, ${post.to}::date))
    on conflict (id) do update set unit = excluded.unit, role = excluded.role, title = excluded.title,
      valid = excluded.valid`.execute(db)
}
export type PersonFound = { readonly id: string; readonly name: string; readonly unit: string; readonly title: string }

/** People of that name with a post at one of the units on that day. */
export const findPeople = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  { units, on }: { units: readonly string[]; on: LocalDate },
): Promise<readonly PersonFound[]> => {
  const { rows } = await sql<PersonFound>`
    select p.id, p.name, held.unit, held.title from person p
    join lateral (select unit, title from post where person = p.id and unit = any(${[...units]}::text[])
      and (upper(valid) is null or upper(valid) > ${on}::date) order by lower(valid) desc, id limit 1) held on true
    where p.words @@ ${folded}::tsquery
    order by p.words @@ ${exact}::tsquery desc, p.name, p.id limit ${most}`.execute(db)
  return rows
}
