import { createHash } from 'node:crypto'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction, rootOf } from '../../platform/database.ts'
import { openLanes } from '../../platform/turns.ts'
import { record } from '../audit/index.ts'
import { personById, postsOf } from '../people/index.ts'
import {
  ADDRESS_TRIES_MAX,
  addressGroup,
  addressPace,
  canonicalName,
  countTry,
  IDLE_MS,
  isAlive,
  type NameTries,
  SEEN_EVERY_MS,
  SESSION_MS,
  TRIES_KEPT_MS,
  WRONG_ANYWHERE_MAX,
  wrongAnswer,
} from './model.ts'
import { passwordFault } from './new-password.ts'
import { checkPassword, hashPassword, nobodysPassword, SALT_BYTES } from './password.ts'
import * as store from './store.ts'

const TOKEN_BYTES = 32

/** A whole office behind one router gets its turn; a flood from one address holds neither the database nor the cores. */
const addressLane = openLanes({ running: 2, waiting: 30 })

/** Where many tries failed lately: one at a time, a second each, so that the guessing is slow and nobody is shut out. */
const slowLane = openLanes({ running: 1, waiting: 30, pauseMs: 1_000 })

const sha256 = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest())

export type SignInTry = {
  readonly username: string
  readonly password: string
  /** Address of the other end of the connection. */
  readonly address: string
  /** Token of the session the caller already has: it is given up for the new one. */
  readonly oldToken: string | undefined
}
export type SignedIn = { readonly token: string; readonly person: string }
type Counted = { readonly tryId: string; readonly tries: NameTries }

/** Under what the tries at a name are counted, everywhere and from one address. No name that is typed can be the second. */
const countedUnder = ({ username, address }: Pick<SignInTry, 'username' | 'address'>) => {
  const name = sha256(canonicalName(username))
  const place = Buffer.concat([name, sha256(addressGroup(address))])
  return { everywhere: name, here: new Uint8Array(createHash('sha256').update(place).digest()) }
}

/**
 * Counts the try against its name here and everywhere, then against its address; all are decided before the password is looked
 * at. What a locked name is refused does not count against the address, which others share. `slow`: to be asked again slowly.
 */
const countIn = (ctx: Context, asked: SignInTry, slowly: boolean): Promise<Counted | Refusal | 'slow'> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const group = addressGroup(asked.address)
    await store.lockAddress(db, group)
    const { everywhere, here } = countedUnder(asked)
    const inAll = countTry(await store.lockName(db, everywhere, now), now, WRONG_ANYWHERE_MAX)
    if (isRefusal(inAll)) return inAll
    const tries = countTry(await store.lockName(db, here, now), now)
    if (isRefusal(tries)) return tries
    const pace = addressPace(await store.triesFrom(db, group, ADDRESS_TRIES_MAX), now)
    if (isRefusal(pace)) return pace
    if (pace === 'slow' && !slowly) return 'slow'
    const tryId = ctx.ids.next()
    await store.insertTry(db, tryId, group, now)
    await store.saveName(db, everywhere, inAll)
    await store.saveName(db, here, tries)
    return { tryId, tries: inAll.lockedUntil === null ? tries : inAll }
  })

const openSession = (
  ctx: Context,
  { person, asked, tryId }: { person: string; asked: SignInTry; tryId: string },
): Promise<SignedIn> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const { everywhere, here } = countedUnder(asked)
    await store.forgetName(db, everywhere)
    await store.forgetName(db, here)
    await store.deleteTry(db, tryId)
    if (asked.oldToken !== undefined) await store.deleteSession(db, sha256(asked.oldToken))
    const token = Buffer.from(ctx.ids.secret(TOKEN_BYTES)).toString('base64url')
    await store.insertSession(db, { tokenHash: sha256(token), person, now, expiresAt: now + SESSION_MS })
    await record(db, { at: now, person, action: 'session.opened', subject: person })
    return { token, person }
  }).then(async (signed) => {
    if (asked.oldToken !== undefined) await closeEnded(ctx)
    return signed
  })

/**
 * Signs a person in. Refused with `access.wrongNameOrPassword` (triesLeft), `access.locked` (minutes),
 * `access.tooManyTries` (minutes) or `system.busy`; a name that does not exist gets the same answers at the same cost.
 */
export const signIn = async (ctx: Context, asked: SignInTry): Promise<SignedIn | Refusal> => {
  const group = addressGroup(asked.address)
  const counted = await addressLane(group, async () => {
    const first = await countIn(ctx, asked, false)
    return first === 'slow' || isRefusal(first) ? first : answerTo(ctx, asked, first)
  })
  if (counted !== 'slow') return counted
  return slowLane(group, async () => {
    const again = await countIn(ctx, asked, true)
    if (again === 'slow') throw new Error('a slow try was told to be slow')
    return isRefusal(again) ? again : answerTo(ctx, asked, again)
  })
}

const answerTo = async (ctx: Context, asked: SignInTry, counted: Counted): Promise<SignedIn | Refusal> => {
  const account = await store.accountOf(ctx.db, canonicalName(asked.username))
  const right = await checkPassword(asked.password, account?.password ?? nobodysPassword)
  if (right === 'busy') return refuse('system.busy')
  if (account !== undefined && right) {
    if (account.oneTimeUntil !== null && account.oneTimeUntil <= ctx.clock.now()) return refuse('access.oneTimeExpired')
    return openSession(ctx, { person: account.person, asked, tryId: counted.tryId })
  }
  if (counted.tries.lockedUntil !== null) {
    await record(ctx.db, {
      at: ctx.clock.now(),
      person: null,
      action: 'access.locked',
      subject: account?.person ?? 'unknown-name',
      detail: { address: addressGroup(asked.address) },
    })
  }
  return wrongAnswer(counted.tries, ctx.clock.now())
}

/** Ends a session and what was opened under it. Ending one that is not there is no error. */
export const signOut = async (ctx: Context, token: string): Promise<void> => {
  await inTransaction(ctx.db, async (db) => {
    const person = await store.deleteSession(db, sha256(token))
    if (person !== undefined) {
      await record(db, { at: ctx.clock.now(), person, action: 'session.closed', subject: person })
    }
  })
  await closeEnded(ctx)
}

/** What was opened under a session in this process, by the session's hash: how to close it. */
type Watches = Map<string, Set<() => void>>
const watches = new WeakMap<Db, Watches>()

const watchesOf = ({ db }: Context): Watches => {
  const found = watches.get(rootOf(db)) ?? new Map()
  watches.set(rootOf(db), found)
  return found
}

/**
 * Has `close` called once the session of this token has ended: signed out, given up for another, its account closed, or run
 * out (noticed within a minute). Returns what calls the watch off. For connections that stay open after they were let in.
 */
export const whenSessionEnds = (ctx: Context, token: string, close: () => void): (() => void) => {
  const all = watchesOf(ctx)
  const session = Buffer.from(sha256(token)).toString('hex')
  const closers = all.get(session) ?? new Set()
  all.set(session, closers.add(close))
  return () => {
    closers.delete(close)
    if (closers.size === 0 && all.get(session) === closers) all.delete(session)
  }
}

/** Closes what is open under a person's sessions: it was opened with rights they may not have any more. Pages connect anew. */
export const closeConnectionsOf = async (ctx: Context, person: string): Promise<void> => {
  const all = watchesOf(ctx)
  for (const { hash } of (await store.sessionsOf(ctx.db, [...all.keys()])).filter((each) => each.person === person)) {
    closeWatched(all, hash)
  }
}

const closeWatched = (all: Watches, session: string): void => {
  const closers = [...(all.get(session) ?? [])]
  all.delete(session)
  for (const close of closers) close()
}

/** At midnight posts begin and end without anybody doing anything. */
const closeAtMidnight = (ctx: Context): void => {
  const now = ctx.clock.now()
  if (localDate(now) === localDate(now - SEEN_EVERY_MS)) return
  const all = watchesOf(ctx)
  for (const session of [...all.keys()]) closeWatched(all, session)
}

/** Ends what was opened under sessions that are no more. */
export const closeEnded = async (ctx: Context): Promise<void> => {
  const all = watchesOf(ctx)
  if (all.size === 0) return
  const asked = [...all.keys()]
  const now = ctx.clock.now()
  const alive = new Set(
    (await store.sessionsOf(ctx.db, asked)).filter((each) => isAlive(each, now)).map(({ hash }) => hash),
  )
  for (const session of asked.filter((each) => !alive.has(each))) closeWatched(all, session)
}

/** The person as the kernel's Actor, with the posts in force on the day of `now`; `undefined` for an unknown person. */
export const actorFor = async (ctx: Context, person: string): Promise<Actor | undefined> => {
  const found = await personById(ctx.db, person)
  if (found === undefined) return undefined
  const posts = await postsOf(ctx.db, person, localDate(ctx.clock.now()))
  return { person, name: found.name, languages: found.languages, posts }
}

/** Who holds this session token now, and whether they must choose a password before anything else. */
export const holderOf = async (
  ctx: Context,
  token: string,
): Promise<{ readonly actor: Actor; readonly mustChoose: boolean } | undefined> => {
  const now = ctx.clock.now()
  const hash = sha256(token)
  const session = await store.sessionOf(ctx.db, hash)
  if (session === undefined || !isAlive(session, now)) return undefined
  if (now - session.seenAt >= SEEN_EVERY_MS) await store.touchSession(ctx.db, hash, now)
  const actor = await actorFor(ctx, session.person)
  return actor && { actor, mustChoose: session.mustChoose }
}

/** Who may act with this session token now; `undefined` where nobody may, nor while a password is still to be chosen. */
export const actorWithToken = async (ctx: Context, token: string): Promise<Actor | undefined> => {
  const holder = await holderOf(ctx, token)
  return holder?.mustChoose === false ? holder.actor : undefined
}

export type PasswordChange = {
  readonly person: string
  readonly username: string
  readonly current: string
  readonly next: string
  readonly address: string
  /** Token of the session that asks: it stays, the person's others end. */
  readonly token: string | undefined
}

/**
 * A person chooses another password. The one they have is asked for, and wrong ones count as at the sign-in: a computer left
 * open must not become a place to guess at. Refused as the sign-in is, or `access.passwordTooShort`, `.passwordTooSimple`.
 */
export const choosePassword = async (ctx: Context, asked: PasswordChange): Promise<Refusal | undefined> => {
  const { person, username, current, next, address, token } = asked
  const fault = next === current ? refuse('access.passwordTooSimple') : passwordFault(next, username)
  if (fault !== undefined) return fault
  const tried = { username, password: current, address, oldToken: undefined }
  const counted = await addressLane(addressGroup(address), () => countIn(ctx, tried, true))
  if (counted === 'slow') throw new Error('a slow try was told to be slow')
  if (isRefusal(counted)) return counted
  const account = await store.accountOf(ctx.db, canonicalName(username))
  const right = await checkPassword(current, account?.password ?? nobodysPassword)
  if (right === 'busy') return refuse('system.busy')
  if (!right || account?.person !== person) return wrongAnswer(counted.tries, ctx.clock.now())
  const phc = await hashPassword(next, ctx.ids.secret(SALT_BYTES))
  await inTransaction(ctx.db, async (db) => {
    const { everywhere, here } = countedUnder(tried)
    await store.forgetName(db, everywhere)
    await store.forgetName(db, here)
    await store.deleteTry(db, counted.tryId)
    await store.savePassword(db, { person, password: phc, oneTimeUntil: null })
    await store.deleteSessionsOf(db, person, token === undefined ? undefined : sha256(token))
    await record(db, { at: ctx.clock.now(), person, action: 'password.chosen', subject: person })
  })
  await closeEnded(ctx)
  return undefined
}

/** Gives a person an account; does nothing where the person has one or the name is taken. */
export const openAccount = async (
  ctx: Context,
  { person, username, password }: { person: string; username: string; password: string },
): Promise<void> => {
  if (await store.hasAccount(ctx.db, person)) return
  const phc = await hashPassword(password, ctx.ids.secret(SALT_BYTES))
  await inTransaction(ctx.db, async (db) => {
    const added = await store.insertAccount(db, {
      person,
      username: canonicalName(username),
      password: phc,
      oneTimeUntil: null,
    })
    if (added) await record(db, { at: ctx.clock.now(), person: null, action: 'account.opened', subject: person })
  })
}

/** Takes a person's account away and ends their sessions; the person and what they did stay. */
export const closeAccount = async (ctx: Context, person: string): Promise<void> => {
  await inTransaction(ctx.db, async (db) => {
    if (!(await store.deleteAccount(db, person))) return
    await record(db, { at: ctx.clock.now(), person: null, action: 'account.closed', subject: person })
  })
  await closeEnded(ctx)
}

/** Removes ended sessions, what was opened under them, and forgotten tries. */
export const sweepAccess = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  await store.sweep(ctx.db, { now, idleBefore: now - IDLE_MS, triesBefore: now - TRIES_KEPT_MS })
  closeAtMidnight(ctx)
  await closeEnded(ctx)
}
