import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitOn, unitPath } from '../../org/index.ts'
import { arrange } from '../order/arrange.ts'
import { settleSoon } from '../order/settle.ts'
import { takeOff } from '../placing.ts'
import { mayConfirmSessions, mayEditSessions } from '../policy.ts'
import { comingInSessions } from '../store.ts'
import { isOffHours, type Proposal, refusalOf, runsOn, type SessionFields, type SessionVersion } from './model.ts'
import {
  endVersions,
  insertSession,
  insertVersion,
  lockSession,
  proposalsOf,
  removeProposals,
  saveProposal,
  versionsAt,
  versionsOf,
} from './store.ts'

/** What a person asks a session to be from a day on. */
export type Wish = SessionFields & { readonly unit: string; readonly validFrom: LocalDate }

/** A session as it stands: its versions, by time, and what waits to be confirmed. */
export type Standing = {
  readonly session: string
  readonly unit: string
  readonly versions: readonly SessionVersion[]
  readonly proposal: Proposal | undefined
}

/** A session with everything about it; `undefined` where there is none. */
export const findSession = async (db: Db, session: string): Promise<Standing | undefined> => {
  const versions = await versionsOf(db, [session])
  const [proposal] = await proposalsOf(db, [session])
  const unit = versions.at(-1)?.unit ?? proposal?.unit
  return unit === undefined ? undefined : { session, unit, versions, proposal }
}

const mayAt = async (
  ctx: Context,
  actor: Actor,
  { unit, roles }: { unit: string; roles: typeof mayEditSessions },
): Promise<Refusal | undefined> => authorise(actor, roles, await unitPath(ctx.db, unit, localDate(ctx.clock.now())))

/** Why a session cannot be as wished, from that day on. */
export const refusalOfWish = async (
  ctx: Context,
  db: Db,
  { wish, session }: { wish: Wish; session: string },
): Promise<Refusal | undefined> => {
  const today = localDate(ctx.clock.now())
  if (wish.validFrom < today) return refuse('session.fromInPast')
  const unit = await unitOn(db, wish.unit, today)
  if (unit?.kind !== 'commune' && unit?.kind !== 'station') return refuse('input.malformed', { field: 'body.unit' })
  const others = await versionsAt(db, [wish.unit], { from: wish.validFrom, to: null })
  return refusalOf({ ...wish, session, validTo: null }, others)
}

/** What was planned in a session from a day on follows it: into its new hours, or off the programme. */
const follow = async (ctx: Context, db: Db, session: string, before: Standing): Promise<void> => {
  const now = ctx.clock.now()
  const versions = await versionsOf(db, [session])
  const coming = await comingInSessions(db, [session], { from: localDate(now), after: now })
  for (const [date, airings] of Map.groupBy(coming, (airing) => airing.localDate)) {
    const [run] = runsOn(versions, [date])
    const [was] = runsOn(before.versions, [date])
    if (run === undefined) await takeOff(ctx, db, airings)
    else if (was === undefined || was.own.from !== run.own.from || was.own.to !== run.own.to)
      await arrange(ctx, db, run, { anew: true })
  }
  await settleSoon(ctx, db, [session])
}

type Setting = {
  readonly before: Standing
  readonly wish: Wish
  readonly by: string
  readonly confirmedBy: string | null
}

/** Puts a version in force from its day on, and what was planned with it. */
const putInForce = async (ctx: Context, db: Db, { before, wish, by, confirmedBy }: Setting): Promise<void> => {
  const { session } = before
  await removeProposals(db, [session])
  await endVersions(db, [session], wish.validFrom)
  const { name, days, from, to, relay, unit, validFrom } = wish
  await insertVersion(db, {
    ...{ session, unit, validFrom, validTo: null, name, days, from, to, relay, confirmedBy },
    ...{ offHours: confirmedBy === null ? 'none' : 'confirmed', savedBy: by, savedAt: ctx.clock.now() },
  })
  await follow(ctx, db, session, before)
}

const propose = (ctx: Context, db: Db, { before, wish, by }: Omit<Setting, 'confirmedBy'>): Promise<void> => {
  const { name, days, from, to, relay, unit, validFrom } = wish
  const what = { name, days, from, to, relay, unit, validFrom }
  return saveProposal(db, { ...what, session: before.session, proposedBy: by, proposedAt: ctx.clock.now() })
}

type Noting = { readonly actor: Actor; readonly action: string; readonly session: string; readonly wish: Wish }

const note = (ctx: Context, db: Db, { actor, action, session, wish }: Noting): Promise<void> => {
  const { unit, name, days, from, to, relay, validFrom } = wish
  const at = ctx.clock.now()
  const detail = { name, days, from, to, relay, validFrom }
  return record(db, { at, person: actor.person, action, subject: session, unit, detail })
}

/** What is asked for takes effect, or, where it touches the night, waits for a second person. */
const settleWish = async (ctx: Context, db: Db, before: Standing, wish: Wish, actor: Actor): Promise<void> => {
  const { session } = before
  const night = isOffHours(wish)
  if (night) await propose(ctx, db, { before, wish, by: actor.person })
  else await putInForce(ctx, db, { before, wish, by: actor.person, confirmedBy: null })
  await note(ctx, db, { actor, action: night ? 'session.proposed' : 'session.saved', session, wish })
}

/** Makes a session of a unit. Returns its id. */
export const createSession = async (ctx: Context, actor: Actor, wish: Wish): Promise<string | Refusal> => {
  const refused = await mayAt(ctx, actor, { unit: wish.unit, roles: mayEditSessions })
  if (refused !== undefined) return refused
  return inTransaction(ctx.db, async (db) => {
    const session = ctx.ids.next()
    const impossible = await refusalOfWish(ctx, db, { wish, session })
    if (impossible !== undefined) return impossible
    await insertSession(db, { id: session, madeBy: actor.person, madeAt: ctx.clock.now() })
    await settleWish(ctx, db, { session, unit: wish.unit, versions: [], proposal: undefined }, wish, actor)
    return session
  })
}

/** A session that this person may do something with, its row locked; another commune's does not exist for them. */
const taken = async (
  ctx: Context,
  db: Db,
  { actor, id, roles }: { actor: Actor; id: string; roles: typeof mayEditSessions },
): Promise<Standing | Refusal> => {
  await lockSession(db, id)
  const standing = await findSession(db, id)
  if (standing === undefined) return refuse('input.notFound')
  return (await mayAt(ctx, actor, { unit: standing.unit, roles })) ?? standing
}

/** Changes a session from a day on; what was before that day stays as it was. */
export const changeSession = (ctx: Context, actor: Actor, id: string, wish: Wish): Promise<string | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const before = await taken(ctx, db, { actor, id, roles: mayEditSessions })
    if (isRefusal(before)) return before
    if (wish.unit !== before.unit) return refuse('input.malformed', { field: 'body.unit' })
    const impossible = await refusalOfWish(ctx, db, { wish, session: id })
    if (impossible !== undefined) return impossible
    await settleWish(ctx, db, before, wish, actor)
    return id
  })

/** Ends a session from a day on; what was planned in it from then on is taken off the programme. */
export const endSession = (
  ctx: Context,
  actor: Actor,
  { id, from }: { id: string; from: LocalDate },
): Promise<undefined | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const before = await taken(ctx, db, { actor, id, roles: mayEditSessions })
    if (isRefusal(before)) return before
    const at = ctx.clock.now()
    if (from < localDate(at)) return refuse('session.fromInPast')
    await endVersions(db, [id], from)
    await removeProposals(db, [id])
    await follow(ctx, db, id, before)
    const detail = { from }
    await record(db, { at, person: actor.person, action: 'session.ended', subject: id, unit: before.unit, detail })
    return undefined
  })

/** The second person's word for a session that touches the night. Devices keep their quiet hours all the same. */
export const confirmSession = (ctx: Context, actor: Actor, id: string): Promise<string | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const before = await taken(ctx, db, { actor, id, roles: mayConfirmSessions })
    if (isRefusal(before)) return before
    const { proposal } = before
    if (proposal === undefined) return refuse('input.conflict')
    if (proposal.proposedBy === actor.person) return refuse('session.ownConfirmation')
    const today = localDate(ctx.clock.now())
    const wish = { ...proposal, validFrom: proposal.validFrom > today ? proposal.validFrom : today }
    const impossible = await refusalOfWish(ctx, db, { wish, session: id })
    if (impossible !== undefined) return impossible
    await putInForce(ctx, db, { before, wish, by: proposal.proposedBy, confirmedBy: actor.person })
    await note(ctx, db, { actor, action: 'session.confirmed', session: id, wish })
    return id
  })
