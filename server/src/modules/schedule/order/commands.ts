import { type Instant, isWithin, type LocalDate, localDate, precedence } from '@loa/protocol'
import { type Actor, may } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitPath } from '../../org/index.ts'
import { releaseById } from '../../release/index.ts'
import type { Airing } from '../model.ts'
import { moveAiring } from '../placing.ts'
import { mayArrange } from '../policy.ts'
import { findSession } from '../sessions/commands.ts'
import { runsOn, type SessionRun } from '../sessions/model.ts'
import { lockSession, versionsOf } from '../sessions/store.ts'
import { airingsById, meetingsOf } from '../store.ts'
import { apply } from './arrange.ts'
import { loadDay } from './day.ts'
import { GAP_MS } from './layout.ts'
import { type Change, type Day, hasBegun, movableOf, type Programme, programmeOf } from './programme.ts'
import { tokenOf } from './token.ts'

/** A running order as a person wants it: every item that can still be moved, in the new order. */
export type Ordering = {
  readonly unit: string
  readonly date: LocalDate
  readonly session: string
  readonly order: readonly string[]
  /** Names the order they saw. */
  readonly basedOn: string
}

const runOf = async (db: Db, { session, date }: Pick<Ordering, 'session' | 'date'>): Promise<SessionRun | undefined> =>
  runsOn(await versionsOf(db, [session]), [date])[0]

/**
 * The items to be put in order, or why not. What has begun may be named where it stands, at the head; opening, closing and
 * fallback have their places by themselves and may be named anywhere.
 */
export const orderOf = (day: Day, wanted: readonly string[], now: Instant): readonly string[] | Refusal => {
  const known = new Map(day.airings.map((airing) => [airing.id, airing]))
  if (wanted.some((id) => !known.has(id)) || new Set(wanted).size !== wanted.length) return refuse('order.unknown')
  const items = wanted.filter((id) => known.get(id)?.kind === 'item' && known.get(id)?.stoppedAt === null)
  const begun = day.airings.filter(
    ({ kind, stoppedAt, at }) => kind === 'item' && stoppedAt === null && hasBegun({ at }, now),
  )
  const named = items.filter((id) => begun.some((airing) => airing.id === id))
  const heads = begun.map(({ id }) => id).filter((id) => named.includes(id))
  if (items.slice(0, named.length).join() !== heads.join()) return refuse('order.begun')
  const order = items.slice(named.length)
  return order.length === movableOf(day, now).length ? order : refuse('order.unknown')
}

/** What a new order would be; nothing is kept. */
const programmeFor = async (
  ctx: Context,
  db: Db,
  { actor, ordering }: { actor: Actor; ordering: Ordering },
): Promise<Programme | Refusal> => {
  const now = ctx.clock.now()
  const session = await findSession(db, ordering.session)
  const path = session && (await unitPath(db, session.unit, localDate(now)))
  const refused = authorise(actor, mayArrange, path)
  if (refused !== undefined) return refused
  const run = await runOf(db, ordering)
  if (run === undefined) return refuse('order.unknown')
  const day = await loadDay(db, run)
  if (tokenOf(day) !== ordering.basedOn) return refuse('order.changedMeanwhile')
  const order = orderOf(day, ordering.order, now)
  return isRefusal(order) ? order : programmeOf(day, now, { order })
}

/** What a new order would change. */
export const previewOrder = (ctx: Context, actor: Actor, ordering: Ordering): Promise<Programme | Refusal> =>
  programmeFor(ctx, ctx.db, { actor, ordering })

/** Puts the items of a session in a new order. */
export const reorder = (ctx: Context, actor: Actor, ordering: Ordering): Promise<Programme | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    await lockSession(db, ordering.session)
    const programme = await programmeFor(ctx, db, { actor, ordering })
    if (isRefusal(programme)) return programme
    await apply(ctx, db, programme)
    const { session, date } = ordering
    await record(db, {
      ...{ at: ctx.clock.now(), person: actor.person, action: 'order.saved', subject: session },
      ...{ unit: programme.day.run.unit, detail: { date, order: ordering.order } },
    })
    return programme
  })

type Pair = { readonly first: Airing; readonly second: Airing; readonly own: Airing }

/** Two priority airings that have not begun, one of which this person may move. */
const pairOf = async (
  ctx: Context,
  db: Db,
  { actor, first, second }: { actor: Actor; first: string; second: string },
): Promise<Pair | Refusal> => {
  const now = ctx.clock.now()
  const found = await airingsById(db, [first, second])
  const [a, b] = [first, second].map((id) => found.find((airing) => airing.id === id))
  if (a === undefined || b === undefined || a === b) return refuse('input.notFound')
  const paths = await Promise.all([a, b].map(({ unit }) => unitPath(db, unit, localDate(now))))
  if (paths.every((path) => path === undefined || !actor.posts.some(({ unit }) => path.includes(unit))))
    return refuse('input.notFound')
  const mine = [a, b].filter((_, place) => may(actor, mayArrange, paths[place] ?? []))
  if (mine.length === 0) return refuse('access.notAllowed')
  if ([a, b].some(({ supersededBy, stoppedAt }) => supersededBy !== null || stoppedAt !== null))
    return refuse('order.changedMeanwhile')
  if ([a, b].some((airing) => hasBegun(airing, now))) return refuse('order.begun')
  if ([a, b].some((airing) => precedence[airing.class] !== precedence.priority)) return refuse('order.unknown')
  // only what really meets is decided: else anything approved for several hours could be moved to another by one person
  if ((await meetingsOf(db, [a.id, b.id], 1)).length === 0) return refuse('order.changedMeanwhile')
  // where both are theirs the second one moves
  return { first: a, second: b, own: mine.at(-1) ?? b }
}

const endOf = ({ at, durationMs }: Airing): Instant => at + durationMs

/** When the commune's own one is to begin: after the other, or so that it is over before it; at worst just before it. */
const timesFor = ({ first, second, own }: Pair): Instant[] => {
  if (own === second) return [Math.max(own.at, endOf(first) + GAP_MS)]
  const over = second.at - GAP_MS - own.durationMs
  return [Math.min(own.at, over), Math.min(own.at, second.at - GAP_MS)]
}

const isApproved = async (db: Db, own: Airing, at: Instant): Promise<boolean> => {
  const candidate = (await releaseById(db, own.release))?.candidate
  if (candidate === undefined || at < candidate.notBefore || at > candidate.notAfter) return false
  return candidate.hours.length === 0 || candidate.hours.some((span) => isWithin(span, at))
}

/** Moves a loose airing to the first of the times that is still ahead and was approved. A device plays what begins first to its end. */
const moveLoose = async (
  ctx: Context,
  db: Db,
  { own, times }: { own: Airing; times: readonly Instant[] },
): Promise<Airing | Refusal> => {
  for (const at of times) {
    if (hasBegun({ at }, ctx.clock.now()) || !(await isApproved(db, own, at))) continue
    const latestStart = Math.max(own.latestStart, at)
    return moveAiring(ctx, db, { airing: own, at, latestStart, holdUntil: at })
  }
  return refuse('order.notApprovedThen')
}

/** Moves an item of a session: behind the other one, or to the head of its running order. */
const moveInSession = async (ctx: Context, db: Db, { own, first }: Pair): Promise<Airing | Refusal> => {
  const session = own.session ?? ''
  await lockSession(db, session)
  const run = await runOf(db, { session, date: own.localDate })
  if (run === undefined) return refuse('order.unknown')
  const day = await loadDay(db, run)
  const now = ctx.clock.now()
  const ids = movableOf(day, now).map(({ id }) => id)
  const waits = own !== first
  const change: Change = waits
    ? { order: ids, hold: { airing: own.id, until: endOf(first) + GAP_MS } }
    : { order: [own.id, ...ids.filter((id) => id !== own.id)], hold: { airing: own.id, until: null } }
  const programme = programmeOf(day, now, change)
  const at = programme.entries.find(({ airing }) => airing?.id === own.id)?.at ?? null
  if (at === null) return refuse('order.notApprovedThen')
  await apply(ctx, db, programme)
  return { ...own, at }
}

/** Two priority items meet: the commune says which goes first (TT 39/2020/TT-BTTTT), and its own one is moved. */
export const decideCollision = (
  ctx: Context,
  actor: Actor,
  asked: { first: string; second: string },
): Promise<{ airing: string; at: Instant } | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const pair = await pairOf(ctx, db, { actor, ...asked })
    if (isRefusal(pair)) return pair
    const { own } = pair
    const moved =
      own.session === null
        ? await moveLoose(ctx, db, { own, times: timesFor(pair) })
        : await moveInSession(ctx, db, pair)
    if (isRefusal(moved)) return moved
    await record(db, {
      ...{ at: ctx.clock.now(), person: actor.person, action: 'order.decided', subject: own.id, unit: own.unit },
      detail: { first: asked.first, second: asked.second },
    })
    return { airing: moved.id, at: moved.at }
  })
