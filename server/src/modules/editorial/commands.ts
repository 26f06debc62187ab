import { type Instant, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { authorise } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { descendants, isTopic, recordsBelow, unitPath } from '../org/index.ts'
import { planSchema } from '../schedule/index.ts'
import { cleanText, refuseClassified, voicingsById } from '../voicing/index.ts'
import type { Draft } from './draft.ts'
import { type LoadedNotice, loadNotices, situationOf } from './load.ts'
import { decide } from './model.ts'
import { whoWrites } from './policy.ts'
import { findNotice, insertNotice, insertRevision, insertVersions, lockNotice, updateNotice } from './store.ts'

/** A notice with all that belongs to it; its lock is held until the transaction ends. */
export const lockLoaded = async (ctx: Context, db: Db, id: string): Promise<LoadedNotice | undefined> => {
  const row = await lockNotice(db, id)
  return row && (await loadNotices(ctx, db, [row]))[0]
}

/** A notice that this person may see. Another commune's does not exist for them. */
export const noticeFor = async (ctx: Context, actor: Actor, id: string): Promise<LoadedNotice | Refusal> => {
  const row = await findNotice(ctx.db, id)
  const [notice] = row ? await loadNotices(ctx, ctx.db, [row]) : []
  return notice && situationOf(notice, actor).by.rights.read ? notice : refuse('input.notFound')
}

/** The draft with its texts in the form in which they are kept. */
const cleaned = (draft: Draft): Draft | Refusal => {
  const title = cleanText(draft.title)
  if (isRefusal(title)) return title
  const versions: Draft['versions'] = []
  for (const version of draft.versions) {
    const written = version.written === null ? null : cleanText(version.written)
    if (isRefusal(written)) return written
    versions.push({ ...version, written })
  }
  // a title is one line, on every screen and in every list
  return { ...draft, title: title.replace(/\s+/g, ' ').trim(), versions }
}

/** Whether what the draft points to is there, and belongs to the unit. */
const pointerRefusal = async (db: Db, unit: string, draft: Draft, on: string): Promise<Refusal | undefined> => {
  if (draft.topic !== '' && !isTopic(draft.topic)) return refuse('notice.topicUnknown')
  const within = new Set(await descendants(db, unit, on))
  if (draft.audience.some((each) => !within.has(each))) return refuse('notice.audienceOutsideUnit')
  const wanted = [...new Set(draft.versions.flatMap(({ voicing }) => voicing ?? []))]
  const found = await voicingsById(db, wanted)
  // voicings of communes that went into this one are its own
  const own = new Set([unit, ...(await recordsBelow(db, [unit], on))])
  return found.length === wanted.length && found.every((each) => own.has(each.unit))
    ? undefined
    : refuse('input.notFound')
}

/** Everything about a draft that does not depend on the notice it is saved into. */
const acceptable = async (ctx: Context, actor: Actor, unit: string, raw: Draft): Promise<Draft | Refusal> => {
  const draft = cleaned(raw)
  if (isRefusal(draft)) return draft
  // the title is looked at as it came: on one line, a mark that stood on its own would look like a word
  const texts = [raw.title, draft.onBehalfOf?.name ?? null, ...draft.versions.map(({ written }) => written)]
  const classified = await refuseClassified(ctx, { unit, person: actor.person, texts })
  if (classified) return classified
  return (await pointerRefusal(ctx.db, unit, draft, localDate(ctx.clock.now()))) ?? draft
}

type Saving = { readonly notice: string; readonly number: number; readonly person: string; readonly at: Instant }

const saveRevision = async (db: Db, draft: Draft, { notice, number, person, at }: Saving): Promise<void> => {
  const { title, topic, plan, repeats, versions } = draft
  const audience = [...new Set(draft.audience)]
  await insertRevision(db, {
    ...{
      notice,
      number,
      title,
      topic,
      class: draft.class,
      audience,
      plan,
      repeats,
      onBehalfOf: draft.onBehalfOf ?? null,
    },
    ...{ savedBy: person, savedAt: at, frozen: false },
  })
  await insertVersions(
    db,
    versions.map(({ language, written, voicing }, position) => ({
      ...{ notice, revision: number, language, position, written, voicing },
      ...{ sound: null, checkedBy: null, checkedAt: null },
    })),
  )
}

/** Begins a notice with its first revision. */
export const createNotice = async (ctx: Context, actor: Actor, unit: string, raw: Draft): Promise<string | Refusal> => {
  const refused = authorise(actor, whoWrites, await unitPath(ctx.db, unit, localDate(ctx.clock.now())))
  if (refused) return refused
  const draft = await acceptable(ctx, actor, unit, raw)
  if (isRefusal(draft)) return draft
  return inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const { person } = actor
    const id = ctx.ids.next()
    await insertNotice(db, { id, unit, author: person, state: 'draft', revision: 1, madeAt: now, changedAt: now })
    await saveRevision(db, draft, { notice: id, number: 1, person, at: now })
    await record(db, { at: now, person, action: 'notice.begun', subject: id, unit })
    return id
  })
}

const sameDraft = ({ current }: LoadedNotice, draft: Draft): boolean => {
  const asSaved = (one: Draft): string =>
    JSON.stringify([
      ...[one.title, one.topic, one.class, [...new Set(one.audience)], planSchema.parse(one.plan), one.repeats],
      [one.onBehalfOf?.name, one.onBehalfOf?.purpose],
      one.versions.map(({ language, written, voicing }) => [language, written, voicing]),
    ])
  return asSaved({ ...current, audience: [...current.audience], versions: [...current.versions] }) === asSaved(draft)
}

/**
 * Saves the next revision. `basedOn` is the revision the author had before them: somebody else's save in between is never
 * written over. Saving what is there already changes nothing.
 */
export const saveNotice = async (
  ctx: Context,
  actor: Actor,
  { id, basedOn, draft: raw }: { id: string; basedOn: number; draft: Draft },
): Promise<'saved' | Refusal> => {
  const seen = await noticeFor(ctx, actor, id)
  if (isRefusal(seen)) return seen
  const early = decide('edit', situationOf(seen, actor), { revision: basedOn })
  if (isRefusal(early)) return early
  const draft = await acceptable(ctx, actor, seen.unit, raw)
  if (isRefusal(draft)) return draft
  return inTransaction(ctx.db, async (db) => {
    const notice = await lockLoaded(ctx, db, id)
    if (notice === undefined) return refuse('input.notFound')
    const state = decide('edit', situationOf(notice, actor), { revision: basedOn })
    if (isRefusal(state)) return state
    if (notice.state === 'draft' && sameDraft(notice, draft)) return 'saved'
    const now = ctx.clock.now()
    const number = notice.revision + 1
    await saveRevision(db, draft, { notice: id, number, person: actor.person, at: now })
    await updateNotice(db, { id, state, revision: number, changedAt: now })
    await record(db, {
      at: now,
      person: actor.person,
      action: 'notice.saved',
      subject: id,
      unit: notice.unit,
      detail: { revision: number },
    })
    return 'saved'
  })
}
