import type { LocalDate } from '@loa/protocol'
import type { Post, Role } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { POST_CHANGED, type PostChanged } from './facts.ts'
import type { HeldPost, Person, RoleHolder } from './model.ts'
import {
  deletePost,
  endPostRow,
  holdersThen,
  insertPerson,
  insertPost,
  lockPost,
  peopleById,
  postsThen,
  updatePerson,
} from './store.ts'

/** A person by id. */
export const personById = async (db: Db, id: string): Promise<Person | undefined> => (await peopleById(db, [id]))[0]

/** The name of a person; the id itself where there is no such person. */
export const personName = async (db: Db, id: string): Promise<string> => (await personById(db, id))?.name ?? id

/** Names by id, for lists. */
export const namesOf = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await peopleById(db, ids)).map(({ id, name }) => [id, name]))

/** Languages the person is recorded as understanding; empty for an unknown person. */
export const languagesOf = async (db: Db, id: string): Promise<readonly string[]> =>
  (await personById(db, id))?.languages ?? []

/** Posts a person holds on that day. */
export const postsOf = async (db: Db, person: string, on: LocalDate): Promise<readonly Post[]> =>
  (await postsThen(db, person, on)).map(({ unit, role, title }) => ({ unit, role, title }))

/**
 * People who hold the role at one of the given units on that day, with the days they hold it: hand it a unit's path to
 * find everybody whose right covers the unit.
 */
export const peopleWithRole = (
  db: Db,
  units: readonly string[],
  role: Role,
  on: LocalDate,
): Promise<readonly RoleHolder[]> => holdersThen(db, units, role, on)

/** Adds a person; does nothing where the id is taken already. */
export const addPerson = (ctx: Context, person: Person, by: string | null = null): Promise<void> =>
  inTransaction(ctx.db, async (db) => {
    if (!(await insertPerson(db, person))) return
    await record(db, { at: ctx.clock.now(), person: by, action: 'person.added', subject: person.id })
  })

/** Tells of a post that began, ended or changed, and records it. */
export const announcePost = async (
  ctx: Context,
  db: Db,
  { post, by }: { post: HeldPost; by: string | null },
): Promise<void> => {
  const { person, unit, role, from, to } = post
  const at = ctx.clock.now()
  const body: PostChanged = { person, unit, role, from, to }
  await announce(db, { id: ctx.ids.next(), kind: POST_CHANGED, at, subject: person, body })
  await record(db, { at, person: by, action: 'post.changed', subject: person, unit, detail: { role, from, to } })
}

/** Gives a person a post from a day on; returns false, and does nothing, where the same post is held already. */
export const givePost = (ctx: Context, post: Omit<HeldPost, 'id'>, by: string | null = null): Promise<boolean> =>
  inTransaction(ctx.db, async (db) => {
    const held = { ...post, id: ctx.ids.next() }
    if (!(await insertPost(db, held))) return false
    await announcePost(ctx, db, { post: held, by })
    return true
  })

/** Changes a person's name and the languages they are recorded as understanding. Refused for somebody unknown. */
export const changePerson = (
  ctx: Context,
  person: Pick<Person, 'id' | 'name' | 'languages'>,
  { by, unit }: { by: string; unit: string | undefined },
): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    if (!(await updatePerson(db, person))) return refuse('input.notFound')
    const detail = { name: person.name, languages: person.languages }
    const where = unit === undefined ? {} : { unit }
    await record(db, {
      at: ctx.clock.now(),
      person: by,
      action: 'person.changed',
      subject: person.id,
      ...where,
      detail,
    })
    return undefined
  })

/**
 * Takes a post away from a day on: ends it, or takes it back altogether where it had not begun before that day. A post given
 * by mistake must be gone at once, not tomorrow.
 */
export const withdrawPost = (
  ctx: Context,
  { id, on, by }: { id: string; on: LocalDate; by: string },
): Promise<HeldPost | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const post = await lockPost(db, id)
    if (post === undefined || (post.to !== null && post.to <= on)) return refuse('input.notFound')
    if (post.from < on) return endPost({ ...ctx, db }, { id, on, by })
    await deletePost(db, id)
    const gone = { ...post, to: post.from }
    await announcePost(ctx, db, { post: gone, by })
    return gone
  })

/** Ends a post: from that local day it is not held any more. Refused where it is not in force, or began that very day. */
export const endPost = (
  ctx: Context,
  { id, on, by }: { id: string; on: LocalDate; by: string | null },
): Promise<HeldPost | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const post = await endPostRow(db, id, on)
    if (post === undefined) return refuse('input.notFound')
    await announcePost(ctx, db, { post, by })
    return post
  })
