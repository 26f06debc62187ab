import type { LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Role } from '../../kernel/actor.ts'
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

/** Gives a post that is in force an end: from that day it is not held. Returns it as it now is. */
export const endPostRow = async (db: Db, id: string, on: LocalDate): Promise<HeldPost | undefined> => {
  const { rows } = await sql<HeldPost>`
    update post set valid = daterange(lower(valid), ${on}::date)
    where id = ${id} and valid @> ${on}::date and lower(valid) < ${on}::date
    returning id, person, unit, role, title, lower(valid) as "from", upper(valid) as "to"`.execute(db)
  return rows[0]
}
