import { type LocalDate, localDate } from '@loa/protocol'
import { type Actor, type Role, type UnitPath, unitsOf } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { record } from '../audit/index.ts'
import { descendantsOf, unitOn, unitPath } from '../org/index.ts'
import {
  addPerson,
  changePerson,
  everyPostOf,
  givePost,
  type HeldPost,
  lockAdministrators,
  type Person,
  peopleWithPostsAt,
  peopleWithRole,
  personById,
  postById,
  withdrawPost,
} from '../people/index.ts'
import { closeConnectionsOf, closeEnded } from './commands.ts'
import { canonicalName } from './model.ts'
import { ONE_TIME_BYTES, ONE_TIME_MS, oneTimePassword, passwordFault } from './new-password.ts'
import { hashPassword, SALT_BYTES } from './password.ts'
import { mayChangePerson, mayGivePosts, maySeePeople, type Place } from './staff-policy.ts'
import * as store from './store.ts'

/** A list longer than this is asked for unit by unit. */
const PEOPLE_MAX = 500
/** A post is given for next year at the latest: beyond that the date is a slip of the keys. */
const AHEAD_MAX_DAYS = 366

export type PostAsked = {
  readonly unit: string
  readonly role: Role
  readonly title: string
  readonly from: LocalDate
}

/** A person as those who see some of their posts may see them. */
export type PersonSeen = {
  readonly person: Person
  readonly posts: readonly (HeldPost & { readonly mayEnd: boolean })[]
  /** `null`: no account, or the actor is not told. */
  readonly account: { readonly username: string; readonly isOneTime: boolean } | null
  readonly mayEdit: boolean
}

const today = (ctx: Context): LocalDate => localDate(ctx.clock.now())

/** Root first; of a unit that is no more, only what the actor's root administrator can match: nothing. */
const pathOf = async (db: Db, unit: string, on: LocalDate): Promise<UnitPath> => (await unitPath(db, unit, on)) ?? []

const pathsOf = async (db: Db, units: readonly string[], on: LocalDate): Promise<ReadonlyMap<string, UnitPath>> =>
  new Map(
    await Promise.all(
      [...new Set(units)].map(async (unit) => [unit, await pathOf(db, unit, on)] as [string, UnitPath]),
    ),
  )

const holdsOn = ({ from, to }: HeldPost, day: LocalDate): boolean => from <= day && (to === null || to > day)

/**
 * Where posts are, with whoever asks as they stand there. A commune of a merger that is ordered begins on a day to come: there
 * the rights of that day count, so that people of the communes it is made from can be looked after meanwhile.
 */
const placesOf = async (
  db: Db,
  actor: Actor,
  { posts, on }: { posts: readonly HeldPost[]; on: LocalDate },
): Promise<ReadonlyMap<string, Place>> => {
  const units = posts.map(({ unit }) => unit)
  const here = await pathsOf(db, units, on)
  const own = await everyPostOf(db, [actor.person])
  const placeOf = async (post: HeldPost): Promise<Place> => {
    const path = here.get(post.unit) ?? []
    if (path.length > 0 || post.from <= on) return { actor, path }
    const then = { ...actor, posts: own.filter((each) => holdsOn(each, post.from)) }
    return { actor: then, path: await pathOf(db, post.unit, post.from) }
  }
  return new Map(await Promise.all(posts.map(async (post) => [post.id, await placeOf(post)] as [string, Place])))
}

/** Posts that count for who may change a person: held now or to come; where there are none, those they had. */
const countingPosts = (posts: readonly HeldPost[], on: LocalDate): readonly HeldPost[] => {
  const live = posts.filter(({ to }) => to === null || to > on)
  return live.length > 0 ? live : posts
}

const isRoot = async (db: Db, unit: string, on: LocalDate): Promise<boolean> =>
  (await pathOf(db, unit, on)).length === 1

/** Somebody whose only post was taken back belongs to no unit: they are left to the administrators of the whole. */
const administersAll = async (db: Db, actor: Actor, on: LocalDate): Promise<boolean> => {
  const roots = await Promise.all(unitsOf(actor, ['administrator']).map((unit) => isRoot(db, unit, on)))
  return roots.includes(true)
}

/** People with a post at the unit or below it, as far as the actor sees; without a unit, wherever the actor sees. */
export const peopleSeen = async (
  ctx: Context,
  actor: Actor,
  unit: string | undefined,
): Promise<readonly PersonSeen[] | Refusal> => {
  const { db } = ctx
  const on = today(ctx)
  if (unit !== undefined && !maySeePeople(actor, await pathOf(db, unit, on))) return refuse('input.notFound')
  const tops = unit === undefined ? actor.posts.map((post) => post.unit) : [unit]
  const postless = (await administersAll(db, actor, on)) && (unit === undefined || (await isRoot(db, unit, on)))
  const people = await peopleWithPostsAt(db, await descendantsOf(db, tops, on), { most: PEOPLE_MAX, postless })
  return seen(ctx, actor, people)
}

/** One person, if the actor sees any post of theirs. */
export const personSeen = async (ctx: Context, actor: Actor, id: string): Promise<PersonSeen | Refusal> => {
  const person = await personById(ctx.db, id)
  const [found] = person === undefined ? [] : await seen(ctx, actor, [person])
  return found === undefined || (found.posts.length === 0 && !found.mayEdit) ? refuse('input.notFound') : found
}

const seen = async (ctx: Context, actor: Actor, people: readonly Person[]): Promise<readonly PersonSeen[]> => {
  const { db } = ctx
  const on = today(ctx)
  const ids = people.map(({ id }) => id)
  const posts = await everyPostOf(db, ids)
  const places = await placesOf(db, actor, { posts, on })
  const placeOf = ({ id }: HeldPost): Place => places.get(id) ?? { actor, path: [] }
  const maySee = (post: HeldPost): boolean => maySeePeople(placeOf(post).actor, placeOf(post).path)
  const mayGive = (post: HeldPost): boolean => mayGivePosts(placeOf(post).actor, placeOf(post).path)
  const ofAll = await administersAll(db, actor, on)
  const ofPerson = Map.groupBy(posts, ({ person }) => person)
  const accounts = new Map((await store.accountsOf(db, ids)).map((account) => [account.person, account]))
  return people.map((person) => {
    const all = ofPerson.get(person.id) ?? []
    const account = accounts.get(person.id)
    const mayEdit = all.length === 0 ? ofAll : mayChangePerson(countingPosts(all, on).map(placeOf))
    const isTold = mayEdit || all.some(mayGive)
    return {
      person,
      posts: all.filter(maySee).map((post) => ({
        ...post,
        mayEnd: (post.to === null || post.to > on) && mayGive(post),
      })),
      account: isTold && account ? { username: account.username, isOneTime: account.oneTimeUntil !== null } : null,
      mayEdit,
    }
  })
}

/** Whether a post may be given as asked. A unit the actor does not see does not exist for them. */
const postFault = async (ctx: Context, actor: Actor, { unit, from }: PostAsked): Promise<Refusal | undefined> => {
  const on = today(ctx)
  // a commune of a merger that is still to come hangs where it will hang on the post's first day
  const here = await pathOf(ctx.db, unit, on)
  const path = here.length > 0 || from <= on ? here : await pathOf(ctx.db, unit, from)
  if (!maySeePeople(actor, path)) return refuse('input.notFound')
  if (!mayGivePosts(actor, path)) return refuse('access.notAllowed')
  if (from < on) return refuse('people.dayInPast')
  if (Date.parse(from) - Date.parse(on) > AHEAD_MAX_DAYS * 86_400_000) return refuse('people.dayTooFar')
  return (await unitOn(ctx.db, unit, from)) === undefined ? refuse('input.notFound') : undefined
}

const giveTo = async (
  ctx: Context,
  person: string,
  { asked, by }: { asked: PostAsked; by: string },
): Promise<Refusal | undefined> =>
  (await givePost(ctx, { person, ...asked, to: null }, by)) ? undefined : refuse('people.postHeld')

/** Gives somebody the actor sees a further post. */
export const giveFurtherPost = async (
  ctx: Context,
  actor: Actor,
  { person, post }: { person: string; post: PostAsked },
): Promise<Refusal | undefined> => {
  const found = await personSeen(ctx, actor, person)
  if (isRefusal(found)) return found
  const fault = await postFault(ctx, actor, post)
  return fault ?? giveTo(ctx, person, { asked: post, by: actor.person })
}

export type AccountAsked = { readonly username: string; readonly password?: string | undefined }
type Prepared = { readonly username: string; readonly phc: string; readonly shown: string }

/** The password is hashed before anything is locked: it takes a core for some 30 ms. */
const prepare = async (ctx: Context, { username, password }: AccountAsked): Promise<Prepared | Refusal> => {
  const shown = password ?? oneTimePassword(ctx.ids.secret(ONE_TIME_BYTES))
  const fault = passwordFault(shown, username)
  if (fault !== undefined) return fault
  return { username: canonicalName(username), phc: await hashPassword(shown, ctx.ids.secret(SALT_BYTES)), shown }
}

/** Whoever opens an account has seen its password, so that it is good once only. */
const keepAccount = async (
  ctx: Context,
  db: Db,
  { person, account, by, unit }: { person: string; account: Prepared; by: string; unit: string },
): Promise<Refusal | undefined> => {
  const now = ctx.clock.now()
  const { username, phc } = account
  const row = { person, username, password: phc, oneTimeUntil: now + ONE_TIME_MS }
  if (!(await store.insertAccount(db, row))) return refuse('people.usernameTaken')
  await record(db, { at: now, person: by, action: 'account.opened', subject: person, unit, detail: { username } })
  return undefined
}

/** Undoes what was begun when a later step is refused. */
class Undo extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

const allOrNothing = async <Result>(ctx: Context, work: (db: Db) => Promise<Result>): Promise<Result | Refusal> => {
  try {
    return await inTransaction(ctx.db, work)
  } catch (error) {
    if (error instanceof Undo) return error.refusal
    throw error
  }
}

const orUndo = (refusal: Refusal | undefined): void => {
  if (refusal !== undefined) throw new Undo(refusal)
}

export type NewPerson = {
  readonly name: string
  readonly languages: readonly string[]
  readonly account?: AccountAsked | undefined
  readonly post: PostAsked
}

/** Enters a person with a first post and, where asked, an account whose first password is returned to be handed over once. */
export const enterPerson = async (
  ctx: Context,
  actor: Actor,
  { name, languages, account, post }: NewPerson,
): Promise<{ readonly person: string; readonly password: string | null } | Refusal> => {
  const fault = await postFault(ctx, actor, post)
  if (fault !== undefined) return fault
  const prepared = account === undefined ? undefined : await prepare(ctx, account)
  if (isRefusal(prepared)) return prepared
  const by = actor.person
  return allOrNothing(ctx, async (db) => {
    const inside = { ...ctx, db }
    const person = ctx.ids.next()
    await addPerson(inside, { id: person, name, languages, invented: false }, by)
    orUndo(await giveTo(inside, person, { asked: post, by }))
    if (prepared !== undefined) {
      orUndo(await keepAccount(ctx, db, { person, account: prepared, by, unit: post.unit }))
    }
    return { person, password: prepared?.shown ?? null }
  })
}

/** A person the actor may change as a whole: everywhere they have posts, the actor administers. */
const changeable = async (ctx: Context, actor: Actor, id: string): Promise<PersonSeen | Refusal> => {
  const found = await personSeen(ctx, actor, id)
  if (isRefusal(found) || found.mayEdit) return found
  const isAdministrator = found.posts.some(({ mayEnd }) => mayEnd)
  return refuse(isAdministrator ? 'people.widerPosts' : 'access.notAllowed')
}

/** Changes a name and the languages a person is recorded as understanding. */
export const editPerson = async (
  ctx: Context,
  actor: Actor,
  { person, name, languages }: { person: string; name: string; languages: readonly string[] },
): Promise<Refusal | undefined> => {
  const found = await changeable(ctx, actor, person)
  if (isRefusal(found)) return found
  const unit = found.posts[0]?.unit
  return changePerson(ctx, { id: person, name, languages }, { by: actor.person, unit })
}

/** Opens an account for a person who has none. Returns its first password, to be handed over once. */
export const openAccountFor = async (
  ctx: Context,
  actor: Actor,
  { person, username }: { person: string; username: string },
): Promise<{ readonly username: string; readonly password: string } | Refusal> => {
  const found = await changeable(ctx, actor, person)
  if (isRefusal(found)) return found
  if (found.account !== null) return refuse('people.hasAccount')
  const prepared = await prepare(ctx, { username })
  if (isRefusal(prepared)) return prepared
  const unit = found.posts[0]?.unit ?? ''
  return allOrNothing(ctx, async (db) => {
    orUndo(await keepAccount(ctx, db, { person, account: prepared, by: actor.person, unit }))
    return { username: prepared.username, password: prepared.shown }
  })
}

/** Gives a person a new one-time password and ends their sessions. Returned to be handed over once; nobody can read it again. */
export const resetPassword = async (
  ctx: Context,
  actor: Actor,
  person: string,
): Promise<{ readonly username: string; readonly password: string } | Refusal> => {
  const found = await changeable(ctx, actor, person)
  if (isRefusal(found)) return found
  if (found.account === null) return refuse('people.noAccount')
  const prepared = await prepare(ctx, { username: found.account.username })
  if (isRefusal(prepared)) return prepared
  const now = ctx.clock.now()
  const unit = found.posts[0]?.unit
  await inTransaction(ctx.db, async (db) => {
    await store.savePassword(db, { person, password: prepared.phc, oneTimeUntil: now + ONE_TIME_MS })
    await store.deleteSessionsOf(db, person)
    const where = unit === undefined ? {} : { unit }
    await record(db, { at: now, person: actor.person, action: 'password.reset', subject: person, ...where })
  })
  await closeEnded(ctx)
  return { username: prepared.username, password: prepared.shown }
}

/** Whether somebody with an account goes on administering the unit from that day, the post left aside. */
const staysAdministered = async (
  db: Db,
  post: HeldPost,
  { on, path }: { on: LocalDate; path: UnitPath },
): Promise<boolean> => {
  const others = (await peopleWithRole(db, path, 'administrator', on)).filter(
    ({ person, unit, to }) => to === null && !(person === post.person && unit === post.unit),
  )
  const accounts = await store.accountsOf(
    db,
    others.map(({ person }) => person),
  )
  return accounts.length > 0
}

/**
 * Takes a post away from a day on. From that moment what the person does is decided without it, in the sessions they have.
 * Refused `people.lastAdministrator` where nobody would be left to administer the unit, not even from above.
 */
export const takePost = async (
  ctx: Context,
  actor: Actor,
  { post: id, on }: { post: string; on: LocalDate },
): Promise<HeldPost | Refusal> => {
  const now = today(ctx)
  if (on < now) return refuse('people.dayInPast')
  const taken = await inTransaction(ctx.db, async (db): Promise<HeldPost | Refusal> => {
    await lockAdministrators(db)
    const post = await postById(db, id)
    if (post === undefined) return refuse('input.notFound')
    const place = (await placesOf(db, actor, { posts: [post], on: now })).get(id)
    if (place === undefined || !maySeePeople(place.actor, place.path)) return refuse('input.notFound')
    if (!mayGivePosts(place.actor, place.path)) return refuse('access.notAllowed')
    const { path } = place
    if (post.role === 'administrator' && !(await staysAdministered(db, post, { on, path })))
      return refuse('people.lastAdministrator')
    return withdrawPost({ ...ctx, db }, { id, on, by: actor.person })
  })
  if (!isRefusal(taken)) await closeConnectionsOf(ctx, taken.person)
  return taken
}
