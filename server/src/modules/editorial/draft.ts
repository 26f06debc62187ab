import { z } from '@hono/zod-openapi'
import {
  type BulletinClass,
  classSchema,
  type DailySpan,
  type Instant,
  idSchema,
  instantOf,
  isWithin,
  limits,
  policyBeforeConfig,
} from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { type OnBehalf, onBehalfSchema, type Plan, planSchema, type SessionRun } from '../schedule/index.ts'

const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

/** What an author saves. A draft may be unfinished: only what is there must be sound. */
export const draftSchema = z.object({
  title: z.string().max(200),
  topic: z.string().max(64),
  class: classSchema,
  audience: z.array(idSchema).max(500),
  plan: planSchema,
  repeats: z.number().int().min(1).max(5),
  /** Said for somebody outside, within the rule for that; mostly for nobody. */
  onBehalfOf: onBehalfSchema.nullable().default(null),
  versions: z
    .array(
      z.object({ language: languageSchema, written: z.string().max(200_000).nullable(), voicing: idSchema.nullable() }),
    )
    .max(8)
    .refine((versions) => new Set(versions.map(({ language }) => language)).size === versions.length),
})
/** `onBehalfOf` may be left out: most notices are the unit's own. */
export type Draft = Omit<z.infer<typeof draftSchema>, 'onBehalfOf'> & { readonly onBehalfOf?: OnBehalf | null }

/** A language whose version somebody who understands it must have checked: every one but Vietnamese. */
export const needsCheck = (language: string): boolean => language !== 'vi' && !language.startsWith('vi-')

/** The planned instants, ascending; none for "now", which is the moment of approval, and for what sessions give the time to. */
export const plannedTimes = (plan: Plan): Instant[] =>
  plan.when === 'times' ? [...new Set(plan.dates)].sort().map((date) => instantOf(date, plan.time)) : []

/** When it is, the hours that each device of the audience keeps quiet, and when the sessions of the plan run. */
export type Hours = {
  readonly now: Instant
  readonly quiet: readonly (readonly DailySpan[])[]
  readonly runs?: readonly SessionRun[]
}

/**
 * Whether the night forbids it. Devices keep their quiet hours for everything but a real emergency; a notice about which all
 * of them would be silent is refused before anybody waits for it. Where no device is there yet, the night is 21:00–05:00.
 */
export const quietRefusal = (
  plan: Plan,
  bulletinClass: BulletinClass,
  { now, quiet, runs = [] }: Hours,
): Refusal | undefined => {
  if (bulletinClass === 'emergency') return undefined
  const devices = quiet.length === 0 ? [policyBeforeConfig.quiet] : quiet
  const isQuiet = (at: Instant): boolean => devices.every((spans) => spans.some((span) => isWithin(span, at)))
  const times = plan.when === 'now' ? [now] : [...plannedTimes(plan), ...runs.map(({ own }) => own.from)]
  return times.some(isQuiet) ? refuse('notice.quietHours') : undefined
}

type Version = {
  readonly language: string
  readonly written: string | null
  readonly voicing: { readonly kind: 'text' | 'recording'; readonly written: string | null } | null
  /** Length of the whole airing in this language, chime and repeats included; 0 without a sound. */
  readonly durationMs: number
}
export type Finished = Pick<Draft, 'title' | 'topic' | 'class' | 'audience' | 'plan'> & {
  readonly versions: readonly Version[]
}

/** Reads what will be said in this version: a reading of the very text, or a recording. The voice speaks Vietnamese only. */
const soundRefusal = ({ language, written, voicing }: Version): Refusal | undefined => {
  if (voicing === null) return refuse(written?.trim() ? 'notice.soundNotReady' : 'notice.contentMissing', { language })
  if (voicing.kind === 'recording') return undefined
  if (needsCheck(language)) return refuse('notice.contentMissing', { language })
  return voicing.written === written ? undefined : refuse('notice.soundNotReady', { language })
}

const planRefusal = (plan: Plan, now: Instant): Refusal | undefined => {
  const times = plannedTimes(plan)
  const [first] = times
  const last = times.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (first < now) return refuse('notice.whenInPast')
  return last - now > limits.validityMsMax - 86_400_000 ? refuse('input.malformed', { field: 'plan.dates' }) : undefined
}

/** Why a draft cannot be submitted as it stands; the first reason in the order a person fills it in. */
export const submissionRefusal = (draft: Finished, hours: Hours): Refusal | undefined => {
  if (draft.title.trim() === '') return refuse('notice.titleMissing')
  if (draft.topic === '') return refuse('notice.topicUnknown')
  if (draft.versions.length === 0) return refuse('notice.contentMissing')
  for (const version of draft.versions) {
    const refused = soundRefusal(version)
    if (refused) return refused
  }
  if (draft.audience.length === 0) return refuse('notice.audienceMissing')
  const total = draft.versions.reduce((sum, { durationMs }) => sum + durationMs, 0)
  if (total > limits.soundDurationMsMax)
    return refuse('notice.tooLong', { minutesMax: limits.soundDurationMsMax / 60_000 })
  return planRefusal(draft.plan, hours.now) ?? quietRefusal(draft.plan, draft.class, hours)
}
