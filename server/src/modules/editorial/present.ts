import { z } from '@hono/zod-openapi'
import { classSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { unitsOn } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { onBehalfSchema, planSchema } from '../schedule/index.ts'
import { presentVoicing, type Sound, soundsOf, voicingSchema } from '../voicing/index.ts'
import { type Hours, needsCheck } from './draft.ts'
import { airingLengths, type Lengths, sumOf } from './lengths.ts'
import { type LoadedNotice, type LoadedRevision, type LoadedVersion, situationOf, uncheckedOf } from './load.ts'
import { type Action, decide } from './model.ts'
import { hoursOf, releaseIdOf, timeRefusal } from './review.ts'

const whoSchema = z.object({ person: z.string(), name: z.string() })

const versionSchema = z.object({
  language: z.string(),
  written: z.string().nullable(),
  voicing: voicingSchema.nullable(),
  /** The whole airing, what stands around it and repeats included: the very bytes that will play. Null until it is submitted. */
  sound: z
    .object({ hash: z.string(), bytes: z.number(), durationMs: z.number(), levels: z.array(z.number()).readonly() })
    .nullable(),
  needsCheck: z.boolean(),
  checkedBy: whoSchema.nullable(),
  checkedAt: z.string().nullable(),
})

const revisionSchema = z
  .object({
    number: z.number(),
    title: z.string(),
    topic: z.string(),
    class: classSchema,
    audience: z.array(z.string()),
    plan: planSchema,
    repeats: z.number(),
    onBehalfOf: onBehalfSchema.nullable(),
    savedBy: whoSchema,
    savedAt: z.string(),
    frozen: z.boolean(),
    versions: z.array(versionSchema),
    durationMs: z.number(),
  })
  .openapi('Revision')

export const noticeSchema = z
  .object({
    id: z.string(),
    unit: z.string(),
    unitName: z.string(),
    author: whoSchema,
    state: z.enum(['draft', 'submitted', 'returned', 'approved', 'withdrawn']),
    revision: z.number(),
    changedAt: z.string(),
    current: revisionSchema,
    release: z.object({ id: z.string() }).nullable(),
    may: z.object({
      edit: z.boolean(),
      submit: z.boolean(),
      withdraw: z.boolean(),
      approve: z.boolean(),
      return: z.boolean(),
      check: z.boolean(),
    }),
    whyNotApprove: z.string().nullable(),
  })
  .openapi('Notice')

export const noticeWithHistorySchema = noticeSchema
  .extend({
    history: z.array(
      z.object({
        kind: z.enum(['submitted', 'withdrawn', 'returned', 'checked', 'approved']),
        person: whoSchema,
        at: z.string(),
        revision: z.number(),
        reason: z.string().nullable(),
      }),
    ),
    revisions: z.array(revisionSchema),
  })
  .openapi('NoticeWithHistory')

type Presented = z.input<typeof noticeSchema>
type Who = (person: string) => { person: string; name: string }

/** What the rows only name: people, units, composed sounds. */
type Words = {
  readonly who: Who
  readonly unitName: (unit: string) => string
  readonly sounds: ReadonlyMap<string, Sound>
  readonly lengths: Lengths
}

const wordsFor = async (ctx: Context, notices: readonly LoadedNotice[]): Promise<Words> => {
  const people = notices.flatMap(({ author, events, revisions }) => [
    author,
    ...events.map(({ person }) => person),
    ...revisions.flatMap(({ savedBy, versions }) => [savedBy, ...versions.flatMap(({ checkedBy }) => checkedBy ?? [])]),
  ])
  const revisions = notices.flatMap(({ unit, revisions }) => revisions.map((revision) => ({ unit, revision })))
  const versions = revisions.flatMap(({ revision }) => revision.versions)
  const composed = [...new Set(versions.flatMap(({ sound }) => sound ?? []))]
  const units = [...new Set(notices.map(({ unit }) => unit))]
  const names = await namesOf(ctx.db, [...new Set(people)])
  const unitNames = new Map(
    (await unitsOn(ctx.db, localDate(ctx.clock.now()), units)).map(({ id, name }) => [id, name]),
  )
  return {
    who: (person) => ({ person, name: names.get(person) ?? person }),
    unitName: (unit) => unitNames.get(unit) ?? unit,
    sounds: await soundsOf(ctx.db, composed),
    lengths: await airingLengths(ctx, ctx.db, revisions),
  }
}

const presentVersion = (version: LoadedVersion, { who, sounds }: Words): z.input<typeof versionSchema> => {
  const sound = sounds.get(version.sound ?? '')
  return {
    language: version.language,
    written: version.written,
    voicing: version.read && presentVoicing(version.read),
    sound: sound
      ? { hash: sound.hash, bytes: sound.bytes, durationMs: sound.durationMs, levels: [...sound.levels] }
      : null,
    needsCheck: needsCheck(version.language),
    checkedBy: version.checkedBy === null ? null : who(version.checkedBy),
    checkedAt: version.checkedAt === null ? null : localIso(version.checkedAt),
  }
}

const presentRevision = (revision: LoadedRevision, words: Words): z.input<typeof revisionSchema> => ({
  number: revision.number,
  title: revision.title,
  topic: revision.topic,
  class: revision.class,
  audience: [...revision.audience],
  plan: revision.plan,
  repeats: revision.repeats,
  onBehalfOf: revision.onBehalfOf,
  savedBy: words.who(revision.savedBy),
  savedAt: localIso(revision.savedAt),
  frozen: revision.frozen,
  versions: revision.versions.map((version) => presentVersion(version, words)),
  durationMs: sumOf(revision.versions, words.lengths),
})

/** What the caller may do now; the same decisions that the commands take. */
const mayOf = (notice: LoadedNotice, actor: Actor, hours: Hours): Pick<Presented, 'may' | 'whyNotApprove'> => {
  const situation = situationOf(notice, actor)
  const allowed = (action: Action, said = {}): boolean => !isRefusal(decide(action, situation, said))
  const decided = decide('approve', situation)
  const refused = isRefusal(decided) ? decided : timeRefusal(notice, hours)
  return {
    may: {
      edit: allowed('edit'),
      submit: allowed('submit'),
      withdraw: allowed('withdraw'),
      approve: refused === undefined,
      return: allowed('return', { reason: '…' }),
      check: uncheckedOf(notice).some((language) => allowed('check', { language })),
    },
    whyNotApprove: refused?.refused ?? null,
  }
}

const present = (notice: LoadedNotice, words: Words, { actor, hours }: { actor: Actor; hours: Hours }): Presented => {
  const release = notice.state === 'submitted' || notice.state === 'approved' ? releaseIdOf(notice) : undefined
  return {
    id: notice.id,
    unit: notice.unit,
    unitName: words.unitName(notice.unit),
    author: words.who(notice.author),
    state: notice.state,
    revision: notice.revision,
    changedAt: localIso(notice.changedAt),
    current: presentRevision(notice.current, words),
    release: release === undefined ? null : { id: release },
    ...mayOf(notice, actor, hours),
  }
}

/** Quiet hours matter to a caller only where approving is what they could do next. */
const hoursToShow = async (ctx: Context, notice: LoadedNotice): Promise<Hours> =>
  notice.state === 'submitted' ? hoursOf(ctx, notice) : { now: ctx.clock.now(), quiet: [] }

/** Notices as the caller may see them, in their order. */
export const presentNotices = async (
  ctx: Context,
  actor: Actor,
  notices: readonly LoadedNotice[],
): Promise<Presented[]> => {
  const words = await wordsFor(ctx, notices)
  return Promise.all(
    notices.map(async (notice) => present(notice, words, { actor, hours: await hoursToShow(ctx, notice) })),
  )
}

/** One notice with its decisions and every revision that was ever submitted. */
export const presentWithHistory = async (
  ctx: Context,
  actor: Actor,
  notice: LoadedNotice,
): Promise<z.input<typeof noticeWithHistorySchema>> => {
  const words = await wordsFor(ctx, [notice])
  return {
    ...present(notice, words, { actor, hours: await hoursToShow(ctx, notice) }),
    history: notice.events.map(({ kind, person, at, revision, reason }) => ({
      kind,
      person: words.who(person),
      at: localIso(at),
      revision,
      reason,
    })),
    revisions: notice.revisions.map((revision) => presentRevision(revision, words)),
  }
}
