import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { authorise } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { moveOpenNotices } from '../editorial/index.ts'
import { hangingFrom, type Joined, joinUnits, type NewUnit, partUnits, unitPath } from '../org/index.ts'
import { type MovedPost, movePosts, movePostsBack } from '../people/index.ts'
import { endSessionsOf, moveSessions, restoreSessions, type SessionsUndo } from '../schedule/index.ts'
import { type Asked, type MergerRow, stateOf } from './model.ts'
import { type Checked, check, type Plan, planOf } from './plan.ts'
import { whoMerges } from './policy.ts'
import { endedBy, insertMerger, lockMerger, lockMergers, markUndone } from './store.ts'

/** What a merger moved and ended: with it everything is put back. */
type LeftBehind = {
  readonly joined: Joined
  readonly posts: readonly MovedPost[]
  /** In the order in which they were changed. */
  readonly sessions: readonly SessionsUndo[]
}

/** People of all the communes; `null` where nobody has told us of one of them: half a number would pass for a whole. */
const peopleTogether = (gone: Checked['gone']): number | null =>
  gone.some(({ population }) => population === null)
    ? null
    : gone.reduce((sum, { population }) => sum + (population ?? 0), 0)

const unitToMake = (ctx: Context, checked: Checked, source: string): NewUnit => ({
  id: ctx.ids.next(),
  kind: 'commune',
  name: checked.toName,
  shortName: checked.toShortName,
  parent: checked.parent,
  population: peopleTogether(checked.gone),
  invented: false,
  gsoCode: null,
  from: checked.on,
  to: null,
  source,
})

const changeSessions = async (
  ctx: Context,
  db: Db,
  { checked, plan, to, by }: { checked: Checked; plan: Plan; to: string; by: string },
): Promise<readonly SessionsUndo[]> => {
  const from = checked.on
  const sessions = plan.sessions.flatMap(({ session, becomes }) => (becomes === 'moved' ? [session.session] : []))
  const moved = await moveSessions(ctx, db, { sessions, to, from, by })
  return [moved, await endSessionsOf(ctx, db, { units: checked.gone.map(({ id }) => id), from, by })]
}

/**
 * Orders a merger: writes the tree, the posts and what follows from them as of its day. Nothing before that day changes.
 * Refused as `check` refuses.
 */
export const makeMerger = (ctx: Context, actor: Actor, asked: Asked): Promise<MergerRow | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    await lockMergers(db)
    const checked = await check(ctx, db, actor, asked)
    if (isRefusal(checked)) return checked
    const { on, into, gone, parent, toName, toShortName } = checked
    const plan = await planOf(ctx, db, checked)
    const to = into?.id ?? unitToMake(ctx, checked, asked.source)
    const unit = typeof to === 'string' ? to : to.id
    const event = ctx.ids.next()
    const ids = gone.map(({ id }) => id)
    const joined = await joinUnits(ctx, db, { gone: ids, on, to, event, source: asked.source })
    const moves = plan.people.map(({ post, becomes }) => ({ post, becomes: becomes && { ...becomes, unit } }))
    const posts = await movePosts(ctx, db, { moves, on, by: actor.person })
    const sessions = await changeSessions(ctx, db, { checked, plan, to: unit, by: actor.person })
    const leftBehind: LeftBehind = { joined, posts, sessions }
    const row: MergerRow = {
      ...{ id: ctx.ids.next(), effectiveOn: on, parent, to: unit, isNew: into === undefined, toName, toShortName },
      ...{ source: asked.source, event, madeBy: actor.person, madeAt: ctx.clock.now(), undoneBy: null, undoneAt: null },
    }
    const from = gone.map(({ id, name }) => ({ unit: id, name }))
    await insertMerger(db, { ...row, from, leftBehind })
    const detail = { from: ids, to: unit, name: toName, on, source: asked.source }
    await record(db, {
      at: row.madeAt,
      person: actor.person,
      action: 'merger.ordered',
      subject: row.id,
      unit: parent,
      detail,
    })
    return row
  })

const mayUndo = async (db: Db, actor: Actor, row: MergerRow, today: string): Promise<Refusal | undefined> => {
  const refused = authorise(actor, whoMerges, await unitPath(db, row.parent, today))
  if (refused !== undefined) return refused
  const state = stateOf(row, today)
  if (state === 'undone') return refuse('merger.undoneBefore')
  return state === 'inForce' ? refuse('merger.tookEffect') : undefined
}

/** What was entered below the new commune meanwhile, and would hang nowhere; `undefined` where nothing was. */
const addedMeanwhile = async (db: Db, { row, left }: { row: MergerRow; left: LeftBehind }) => {
  if (!row.isNew) return undefined
  const moved = new Set(left.joined.moved.map(({ unit }) => unit))
  return (await hangingFrom(db, [row.to], row.effectiveOn)).find(({ id }) => !moved.has(id))
}

/** Takes a merger back until the day before it: everything is again as it was, and what was changed meanwhile stays changed. */
export const undoMerger = (ctx: Context, actor: Actor, id: string): Promise<MergerRow | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    await lockMergers(db)
    const now = ctx.clock.now()
    const found = await lockMerger(db, id)
    if (found === undefined) return refuse('input.notFound')
    const { leftBehind, ...row } = found
    const refused = await mayUndo(db, actor, row, localDate(now))
    if (refused !== undefined) return refused
    const left = leftBehind as LeftBehind
    const added = await addedMeanwhile(db, { row, left })
    if (added !== undefined) return refuse('merger.unitsAdded', { name: added.name })
    const { effectiveOn: on, to, isNew, event, parent } = row
    const by = actor.person
    const lost = await movePostsBack(ctx, db, { moved: left.posts, alsoAt: isNew ? to : null, on, by })
    for (const undo of left.sessions.toReversed()) await restoreSessions(ctx, db, undo, by)
    await partUnits(ctx, db, { joined: left.joined, to, isNew, event, on })
    await markUndone(db, id, { by, now })
    const detail = { postsTakenAway: lost.map(({ person, role, title }) => ({ person, role, title })) }
    await record(db, { at: now, person: by, action: 'merger.undone', subject: id, unit: parent, detail })
    return { ...row, undoneBy: by, undoneAt: now }
  })

/**
 * What was still being written at communes that have ended belongs to what they went into, so that somebody can finish it.
 * Doing it again changes nothing. Notices that were decided stay where they were decided.
 */
export const handOverDrafts = (ctx: Context): Promise<void> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    for (const { from, to, merger } of await endedBy(db, localDate(now))) {
      for (const subject of await moveOpenNotices(db, { from, to })) {
        const detail = { from, to, merger }
        await record(db, { at: now, person: null, action: 'notice.handedOver', subject, unit: to, detail })
      }
    }
  })
