import { type BulletinClass, type Instant, idSchema, instantOf, type LocalDate, limits, localDate } from '@loa/protocol'
import { z } from 'zod'
import { type Refusal, refuse } from '../../kernel/refusal.ts'

/** A release that would be placed more often than a device may be told to play it would need another approval. */
export const PLACEMENTS_MAX = 1000

const sessionIds = z.array(idSchema).max(60)

/**
 * When a notice is to be heard, as its author planned it: at once; on some dates at one local time; in sessions, once in
 * each that runs on one of the dates; or standing, used by sessions (or as the chime) by itself from one day to another.
 * A draft may name no session yet: that is said when it is submitted.
 */
export const planSchema = z.union([
  z.strictObject({ when: z.literal('now') }),
  z.strictObject({
    when: z.literal('times'),
    dates: z.array(z.iso.date()).min(1).max(366),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  z.strictObject({ when: z.literal('sessions'), sessions: sessionIds, dates: z.array(z.iso.date()).max(366) }),
  z.strictObject({
    when: z.literal('standing'),
    role: z.enum(['opening', 'closing', 'fallback', 'chime']),
    sessions: sessionIds,
    from: z.iso.date(),
    to: z.iso.date(),
  }),
])
export type StandingRole = 'opening' | 'closing' | 'fallback' | 'chime'
export type Plan = z.infer<typeof planSchema>

/** A planned item waits this long for its turn; later than that it is no longer "the five o'clock news". */
export const LATE_START_MS = 30 * 60_000
/** An airing still shows as playing this long after its planned end: clusters start and end a little apart. */
export const END_SLACK_MS = 5_000
/** Only what starts this soon is worth a message of its own; the manifest carries the rest in good time. */
export const SOON_MS = 60_000

export type Sound = {
  readonly language: string
  readonly hash: string
  readonly bytes: number
  readonly durationMs: number
}

/** What an airing is in its session; outside of sessions everything is an item, but for the chime. */
export type AiringKind = 'item' | StandingRole

export type Airing = {
  readonly id: string
  readonly release: string
  readonly origin: { readonly kind: string; readonly id: string }
  readonly unit: string
  readonly class: BulletinClass
  readonly title: string
  readonly audience: readonly string[]
  readonly sounds: readonly Sound[]
  readonly at: Instant
  readonly latestStart: Instant
  readonly localDate: LocalDate
  readonly durationMs: number
  readonly stoppedAt: Instant | null
  readonly stoppedBy: string | null
  readonly madeAt: Instant
  readonly kind: AiringKind
  /** The session in whose running order it stands. */
  readonly session: string | null
  /** For this device alone: in no manifest. */
  readonly onlyDevice: string | null
  /** The airing that took its place; itself where none did, for it no longer fitted. */
  readonly supersededBy: string | null
  /** Decided in a collision: not before this. */
  readonly holdUntil: Instant | null
}

export type Placement = { readonly at: Instant; readonly latestStart: Instant; readonly localDate: LocalDate }

const placed = (at: Instant, latestStart: Instant): Placement => ({ at, latestStart, localDate: localDate(at) })

export type TimedPlan = Extract<Plan, { when: 'now' | 'times' }>

/**
 * The times of a release whose last signature came at `issuedAt`. A date approved a little late is heard as soon as it may
 * be, within its half hour; one whose half hour is over is left out. Ascending; possibly none.
 */
export const placementsOf = (plan: TimedPlan, issuedAt: Instant): Placement[] => {
  if (plan.when === 'now') return [placed(issuedAt, issuedAt + limits.nowLatestStartMs)]
  return [...new Set(plan.dates)]
    .sort()
    .map((date) => instantOf(date, plan.time))
    .filter((planned) => planned + LATE_START_MS > issuedAt)
    .map((planned) => placed(Math.max(planned, issuedAt), planned + LATE_START_MS))
}

export type AiringState = 'planned' | 'playing' | 'over' | 'stopped'

type Timed = Pick<Airing, 'at' | 'latestStart' | 'durationMs' | 'stoppedAt'>

/** What an airing is by the plan and the clock; what was really heard is for the receipts to say. */
export const stateOf = (airing: Timed, now: Instant): AiringState => {
  if (airing.stoppedAt !== null) return 'stopped'
  if (now < airing.at) return 'planned'
  return now < airing.at + airing.durationMs + END_SLACK_MS ? 'playing' : 'over'
}

/** The last instant at which a device that started late may still be sounding. */
export const lastSoundAt = (airing: Timed): Instant => airing.latestStart + airing.durationMs + END_SLACK_MS

/**
 * Whether a press on "stop" still has something to do. Stopping twice is the same as stopping once; an airing nobody can be
 * playing any more is refused, so that the record does not say it was cut short.
 */
export const decideStop = (airing: Timed, now: Instant): 'stop' | 'stoppedBefore' | Refusal => {
  if (airing.stoppedAt !== null) return 'stoppedBefore'
  return now > lastSoundAt(airing) ? refuse('airing.alreadyOver') : 'stop'
}

/** Whether "stop everything here" ends this airing as a whole: it has begun, and nobody outside hears it. */
export const endsWithStopAll = (
  airing: Timed & Pick<Airing, 'audience'>,
  within: ReadonlySet<string>,
  now: Instant,
): boolean =>
  airing.at <= now && decideStop(airing, now) === 'stop' && airing.audience.every((unit) => within.has(unit))
