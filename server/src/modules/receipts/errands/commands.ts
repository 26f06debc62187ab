import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitOn, unitPath } from '../../org/index.ts'
import { type Airing, airingsById } from '../../schedule/index.ts'
import { whoGoes } from '../policy.ts'
import { type Delivery, decideDismiss, decideDone, decideTake, endsWithWord, type Why } from './model.ts'
import {
  type ErrandRow,
  insertErrand,
  lockErrand,
  lockErrandOf,
  reopenErrand,
  saveDismissed,
  saveDone,
  saveTaken,
} from './store.ts'

/** Opens an errand for a village, in the caller's transaction; one of that airing and village stays as it is. */
export const openErrand = async (
  ctx: Context,
  db: Db,
  { airing, village, why }: { airing: string; village: string; why: Why },
): Promise<void> => {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  if (!(await insertErrand(db, { id, airing, village, why, openedAt: now }))) return
  await record(db, {
    ...{ at: now, person: null, action: 'errand.opened', subject: id, unit: village },
    detail: { airing, village, why },
  })
}

/** A village says that it heard nothing: somebody has to go there, also where the village had taken that back before. */
export const openForWord = async (ctx: Context, db: Db, airing: string, village: string): Promise<void> => {
  const again = await reopenErrand(db, airing, village)
  if (again === undefined) return openErrand(ctx, db, { airing, village, why: 'people' })
  await record(db, {
    ...{ at: ctx.clock.now(), person: null, action: 'errand.reopened', subject: again, unit: village },
    detail: { airing, village },
  })
}

/** Nobody in the village says any more that nothing was heard: an errand that nobody has taken ends. */
export const endForWord = async (ctx: Context, db: Db, airing: string, village: string): Promise<void> => {
  const errand = await lockErrandOf(db, airing, village)
  if (errand === undefined || !endsWithWord(errand)) return
  const now = ctx.clock.now()
  await saveDismissed(db, errand.id, { person: null, at: now, reason: '' })
  await record(db, {
    ...{ at: now, person: null, action: 'errand.takenBack', subject: errand.id, unit: village },
    detail: { airing, village },
  })
}

type Loaded = { readonly errand: ErrandRow; readonly airing: Airing }

/** The errand, locked, where the actor is one of those who go; another commune's does not exist. */
const lockFor = async (ctx: Context, db: Db, actor: Actor, id: string): Promise<Loaded | Refusal> => {
  const errand = await lockErrand(db, id)
  if (errand === undefined) return refuse('input.notFound')
  const [airing] = await airingsById(db, [errand.airing])
  if (airing === undefined) throw new Error(`errand ${id} is of no airing`)
  const path =
    (await unitPath(db, errand.village, localDate(ctx.clock.now()))) ??
    (await unitPath(db, errand.village, airing.localDate))
  return authorise(actor, whoGoes, path) ?? { errand, airing }
}

type Change = (
  db: Db,
  loaded: Loaded,
) => Promise<{ action: string; detail?: Record<string, unknown> } | 'same' | Refusal>

/** Loads, decides and saves in one transaction, and records what was changed. */
const change = (ctx: Context, actor: Actor, id: string, decide: Change): Promise<Refusal | { errand: string }> =>
  inTransaction(ctx.db, async (db) => {
    const loaded = await lockFor(ctx, db, actor, id)
    if (isRefusal(loaded)) return loaded
    const changed = await decide(db, loaded)
    if (changed === 'same') return { errand: id }
    if (isRefusal(changed)) return changed
    const { airing, village } = loaded.errand
    await record(db, {
      ...{ at: ctx.clock.now(), person: actor.person, action: changed.action, subject: id, unit: village },
      detail: { airing, village, ...changed.detail },
    })
    return { errand: id }
  })

export const takeErrand = (ctx: Context, actor: Actor, id: string) =>
  change(ctx, actor, id, async (db, { errand }) => {
    const decided = decideTake(errand, actor.person)
    if (isRefusal(decided)) return decided
    if (decided === 'takenBefore') return 'same'
    await saveTaken(db, id, { person: actor.person, at: ctx.clock.now() })
    return { action: 'errand.taken' }
  })

export type DoneReport = Delivery & { readonly note: string }

/** Records that the round was made: a delivery, which stands as it was recorded. */
export const finishErrand = (ctx: Context, actor: Actor, id: string, report: DoneReport) =>
  change(ctx, actor, id, async (db, { errand, airing }) => {
    const village = await unitOn(db, errand.village, airing.localDate)
    const now = ctx.clock.now()
    const known = { now, airingAt: airing.at, population: village?.population ?? null }
    const decided = decideDone(errand, report, known)
    if (isRefusal(decided)) return decided
    await saveDone(db, id, { ...report, person: actor.person, at: now })
    const { startedAt, endedAt, listeners } = report
    return { action: 'errand.done', detail: { kind: 'mobile', startedAt, endedAt, listeners } }
  })

export const dismissErrand = (ctx: Context, actor: Actor, id: string, reason: string) =>
  change(ctx, actor, id, async (db, { errand }) => {
    const decided = decideDismiss(errand)
    if (isRefusal(decided)) return decided
    await saveDismissed(db, id, { person: actor.person, at: ctx.clock.now(), reason })
    return { action: 'errand.dismissed', detail: { reason } }
  })
