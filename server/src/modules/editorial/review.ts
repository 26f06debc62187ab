import { type Candidate, type Instant, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { devicesReaching } from '../devices/index.ts'
import { descendants } from '../org/index.ts'
import { propose, sign, withdraw } from '../release/index.ts'
import { planRelease, refusalForOthers, refusalOfPlan, runsOfPlan } from '../schedule/index.ts'
import { composeSound, refuseClassified } from '../voicing/index.ts'
import { audienceEnds } from './audience-ends.ts'
import { boundsOf, candidateOf, canStillBeHeard } from './candidate.ts'
import { lockLoaded, noticeFor } from './commands.ts'
import { type Hours, quietRefusal, submissionRefusal } from './draft.ts'
import { noticeApproved, noticeChecked, noticeReturned, noticeSubmitted, noticeWithdrawn } from './facts.ts'
import { airingOf, type Lengths, lengthsOfNotice, sumOf } from './lengths.ts'
import { type LoadedNotice, type LoadedVersion, situationOf } from './load.ts'
import { type Action, decide, type NoticeState, raiserSigns, type Said } from './model.ts'
import { type EventKind, freezeRevision, insertEvent, setChecked, setComposed, updateNotice } from './store.ts'

export const originOf = (notice: string, revision: number) => ({ kind: 'notice', id: `${notice}.${revision}` }) as const

/** The release that waits for, or has, the signatures of the newest revision. */
export const releaseIdOf = ({ events, revision }: LoadedNotice): string | undefined =>
  events.findLast(({ kind, revision: of }) => kind === 'submitted' && of === revision)?.release ?? undefined

type Done = {
  readonly kind: EventKind
  readonly state: NoticeState
  readonly release?: string | undefined
  readonly reason?: string
  readonly body: Readonly<Record<string, unknown>>
}

const factOf = {
  submitted: noticeSubmitted,
  returned: noticeReturned,
  withdrawn: noticeWithdrawn,
  checked: noticeChecked,
  approved: noticeApproved,
} as const satisfies Record<EventKind, string>

/** Writes the decision into the notice, its history, the facts and the record. */
const settle = async (
  ctx: Context,
  db: Db,
  notice: LoadedNotice,
  { done, person }: { done: Done; person: string },
): Promise<void> => {
  const { id, unit, revision } = notice
  const now = ctx.clock.now()
  const { kind, state, release = null, reason = null } = done
  await updateNotice(db, { id, state, revision, changedAt: now })
  await insertEvent(db, { id: ctx.ids.next(), notice: id, revision, kind, person, at: now, reason, release })
  const body = { unit, revision, person, ...done.body }
  await announce(db, { id: ctx.ids.next(), kind: factOf[kind], at: now, subject: id, body })
  await record(db, {
    at: now,
    person,
    action: factOf[kind],
    subject: id,
    unit,
    detail: { revision, ...(release ? { release } : {}) },
  })
}

type Step = { readonly id: string; readonly action: Action; readonly said: Said }

/** The shape of every decision: lock, look, decide, then what `work` adds, all in one transaction. */
const inReview = (
  ctx: Context,
  actor: Actor,
  { id, action, said }: Step,
  work: (db: Db, notice: LoadedNotice, state: NoticeState) => Promise<Done | Refusal>,
): Promise<'done' | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const notice = await lockLoaded(ctx, db, id)
    if (notice === undefined) return refuse('input.notFound')
    const state = decide(action, situationOf(notice, actor), said)
    if (isRefusal(state)) return state
    const done = await work(db, notice, state)
    if (isRefusal(done)) return done
    await settle(ctx, db, notice, { done, person: actor.person })
    return 'done'
  })

const finishedOf = ({ current }: LoadedNotice, lengths: Lengths) => ({
  ...current,
  audience: [...current.audience],
  versions: current.versions.map((version) => ({
    language: version.language,
    written: version.written,
    voicing: version.read && { kind: version.read.kind, written: version.read.written },
    durationMs: lengths(version),
  })),
})

/** What the plan of the newest revision asks of the sessions. */
const askingOf = ({ unit, current }: LoadedNotice, lengths: Lengths) => ({
  ...{ unit, class: current.class, title: current.title, plan: current.plan },
  durationMs: sumOf(current.versions, lengths),
})

type Room = { readonly now: Instant; readonly lengths: Lengths; readonly approving?: boolean }

/** Why there is no room for it: in its sessions, or in the minutes that others may have. */
const roomRefusal = async (
  db: Db,
  notice: LoadedNotice,
  { now, lengths, approving = false }: Room,
): Promise<Refusal | undefined> => {
  const asking = { ...askingOf(notice, lengths), approving }
  const { onBehalfOf } = notice.current
  const refused = await refusalOfPlan(db, asking, now)
  return refused ?? (onBehalfOf === null ? undefined : refusalForOthers(db, { ...asking, onBehalfOf }, now))
}

/** The sound of the airing in each language, ready before anybody is asked to approve it. */
const composed = async (ctx: Context, { unit, current }: LoadedNotice): Promise<Candidate['versions'] | Refusal> => {
  const versions: Candidate['versions'] = []
  for (const { language, read } of current.versions as readonly LoadedVersion[]) {
    if (read === null) return refuse('notice.soundNotReady', { language })
    const sound = await composeSound(ctx, airingOf(unit, current, read))
    if (isRefusal(sound)) return sound.refused === 'system.busy' ? sound : refuse('notice.soundFailed', { language })
    versions.push({ language, sound: sound.hash, bytes: sound.bytes, durationMs: sound.durationMs })
  }
  return versions
}

/** Freezes the revision and proposes its release; for an emergency or a drill the one who submits signs as the raiser. */
const frozen = async (
  ctx: Context,
  db: Db,
  { notice, versions, person }: { notice: LoadedNotice; versions: Candidate['versions']; person: string },
): Promise<string | Refusal> => {
  const { id, unit, revision, current } = notice
  await freezeRevision(db, id, revision)
  for (const { language, sound } of versions) await setComposed(db, { notice: id, revision, language }, sound)
  const raised = raiserSigns(current.class)
  const candidate = candidateOf({
    ...{ release: ctx.ids.next(), unit, author: raised ? person : notice.author, title: current.title },
    ...{ class: current.class, audience: current.audience, plan: current.plan, versions, now: ctx.clock.now() },
    runs: await runsOfPlan(db, current.plan),
  })
  const release = await propose(ctx, db, { origin: originOf(id, revision), candidate })
  await planRelease(db, { release, plan: current.plan, thirdParty: current.onBehalfOf !== null })
  const signed = raised ? await sign(ctx, db, release, person) : 'signed'
  return isRefusal(signed) ? signed : release
}

/**
 * Sends the revision for approval: it is frozen, its sounds are composed, and devices may fetch them while people read. The
 * sounds are made before the lock is taken, since that may take seconds; what is frozen is the very revision they were made of.
 */
export const submitNotice = async (
  ctx: Context,
  actor: Actor,
  id: string,
  revision: number,
): Promise<'done' | Refusal> => {
  const seen = await noticeFor(ctx, actor, id)
  if (isRefusal(seen)) return seen
  const early = decide('submit', situationOf(seen, actor), { revision })
  if (isRefusal(early)) return early
  const now = ctx.clock.now()
  const within = new Set(await descendants(ctx.db, seen.unit, localDate(now)))
  if (seen.current.audience.some((unit) => !within.has(unit))) return refuse('notice.audienceOutsideUnit')
  const ends = await audienceEnds(ctx.db, seen.current, localDate(now))
  if (ends) return ends
  const lengths = await lengthsOfNotice(ctx, ctx.db, seen)
  const unfinished = submissionRefusal(finishedOf(seen, lengths), await hoursOf(ctx, seen))
  if (unfinished) return unfinished
  const noRoom = await roomRefusal(ctx.db, seen, { now, lengths })
  if (noRoom) return noRoom
  const versions = await composed(ctx, seen)
  if (isRefusal(versions)) return versions
  return inReview(ctx, actor, { id, action: 'submit', said: { revision } }, async (db, notice, state) => {
    const release = await frozen(ctx, db, { notice, versions, person: actor.person })
    // what was written so far must not stay: a refusal here is a part of ours that failed, not an answer
    if (isRefusal(release)) throw new Error(`submitting ${id}: ${release.refused}`)
    return { kind: 'submitted', state, release, body: { release } }
  })
}

/** Takes a notice back. One that is waiting for approval can never be issued any more. */
export const withdrawNotice = (ctx: Context, actor: Actor, id: string): Promise<'done' | Refusal> =>
  inReview(ctx, actor, { id, action: 'withdraw', said: {} }, async (db, notice, state) => {
    const taken = await takeBack(ctx, db, notice, actor.person)
    return isRefusal(taken) ? taken : { kind: 'withdrawn', state, body: {} }
  })

const takeBack = async (ctx: Context, db: Db, notice: LoadedNotice, person: string): Promise<'done' | Refusal> => {
  const release = notice.state === 'submitted' ? releaseIdOf(notice) : undefined
  const taken = release === undefined ? 'withdrawn' : await withdraw(ctx, db, release, person)
  return isRefusal(taken) ? taken : 'done'
}

type Returning = { readonly id: string; readonly revision: number; readonly reason: string }

/** Sends a notice back to those who write, with the reason. */
export const returnNotice = async (
  ctx: Context,
  actor: Actor,
  { id, revision, reason }: Returning,
): Promise<'done' | Refusal> => {
  const seen = await noticeFor(ctx, actor, id)
  if (isRefusal(seen)) return seen
  const classified = await refuseClassified(ctx, { unit: seen.unit, person: actor.person, texts: [reason] })
  if (classified) return classified
  return inReview(ctx, actor, { id, action: 'return', said: { revision, reason } }, async (db, notice, state) => {
    const taken = await takeBack(ctx, db, notice, actor.person)
    return isRefusal(taken)
      ? taken
      : { kind: 'returned', state, reason: reason.trim(), body: { reason: reason.trim() } }
  })
}

type Checking = { readonly id: string; readonly revision: number; readonly language: string }

/** Somebody who understands the language has listened to its version and vouches for it. Checking again changes nothing. */
export const checkVersion = (
  ctx: Context,
  actor: Actor,
  { id, revision, language }: Checking,
): Promise<'done' | Refusal> =>
  inReview(ctx, actor, { id, action: 'check', said: { revision, language } }, async (db, notice, state) => {
    const by = { person: actor.person, at: ctx.clock.now() }
    if (!(await setChecked(db, { notice: id, revision, language }, by))) {
      const there = notice.current.versions.some((version) => version.language === language)
      return refuse(there ? 'input.conflict' : 'input.notFound')
    }
    return { kind: 'checked', state, body: { language } }
  })

/** The time it is, and the quiet hours of the devices that a notice is for. */
export const hoursOf = async (ctx: Context, notice: LoadedNotice): Promise<Hours> => {
  const now = ctx.clock.now()
  const reached = await devicesReaching(ctx.db, notice.current.audience, localDate(now))
  return { now, quiet: reached.map(({ quiet }) => quiet), runs: await runsOfPlan(ctx.db, notice.current.plan) }
}

/** Why a notice could not be heard if it were approved at this moment. */
export const timeRefusal = (notice: LoadedNotice, hours: Hours): Refusal | undefined => {
  const { plan, class: bulletinClass } = notice.current
  const submittedAt = notice.events.findLast(({ kind }) => kind === 'submitted')?.at ?? hours.now
  const { runs = [] } = hours
  const { notAfter } = boundsOf(plan, submittedAt, runs)
  if (!canStillBeHeard(plan, { notAfter, runs }, hours.now)) return refuse('notice.whenInPast')
  return plan.when === 'now' ? quietRefusal(plan, bulletinClass, hours) : undefined
}

/**
 * Approves: signs the release as this person, which issues it. It is the second person's act: never the author's, nor
 * that of anybody who saved or submitted a revision.
 */
export const approveNotice = (ctx: Context, actor: Actor, id: string, revision: number): Promise<'done' | Refusal> =>
  inReview(ctx, actor, { id, action: 'approve', said: { revision } }, async (db, notice, state) => {
    const { plan, audience, class: bulletinClass } = notice.current
    // an emergency does not wait while the quiet hours of ten thousand devices are looked up
    const asksForHours = plan.when === 'now' && bulletinClass !== 'emergency'
    const late = timeRefusal(
      notice,
      asksForHours
        ? await hoursOf({ ...ctx, db }, notice)
        : { now: ctx.clock.now(), quiet: [], runs: await runsOfPlan(db, plan) },
    )
    if (late) return late
    const lengths = await lengthsOfNotice(ctx, db, notice)
    const noRoom = await roomRefusal(db, notice, { now: ctx.clock.now(), lengths, approving: true })
    if (noRoom) return noRoom
    const ends = await audienceEnds(db, notice.current, localDate(ctx.clock.now()))
    if (ends) return ends
    const release = releaseIdOf(notice)
    if (release === undefined) throw new Error(`submitted notice ${id} has no release`)
    const outcome = await sign(ctx, db, release, actor.person)
    if (isRefusal(outcome)) return outcome
    if (outcome !== 'issued') throw new Error(`release ${release} wants more signatures than an approval brings`)
    return { kind: 'approved', state, release, body: { release, class: bulletinClass, audience, plan } }
  })
