import type { Instant } from '@loa/protocol'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Standing } from '../model.ts'

/** So long after its end the receipts of an airing have had time to come; who then has not spoken is visited. */
export const REVIEW_AFTER_MS = 15 * 60_000
/** An airing whose review was missed, because the server stood still, is looked at if it is not older than this. */
export const REVIEW_WITHIN_MS = 24 * 3_600_000

/** Why somebody goes: people said they heard nothing; clusters said they kept silent; nobody said anything; no cluster stands there. */
export const reasons = ['people', 'silent', 'unknown', 'noCluster'] as const
export type Why = (typeof reasons)[number]

export type ErrandState = 'open' | 'taken' | 'done' | 'dismissed'

export type Progress = {
  readonly assignedTo: string | null
  readonly doneAt: Instant | null
  readonly dismissedAt: Instant | null
}

export const errandState = ({ assignedTo, doneAt, dismissedAt }: Progress): ErrandState => {
  if (doneAt !== null) return 'done'
  if (dismissedAt !== null) return 'dismissed'
  return assignedTo === null ? 'open' : 'taken'
}

const over = (errand: Progress): Refusal | undefined => {
  const state = errandState(errand)
  return state === 'done' || state === 'dismissed' ? refuse('errand.over') : undefined
}

/** Taking it twice is the same as taking it once; one that somebody else has taken stays theirs. */
export const decideTake = (errand: Progress, person: string): 'take' | 'takenBefore' | Refusal => {
  const refused = over(errand)
  if (refused !== undefined) return refused
  if (errand.assignedTo === null) return 'take'
  return errand.assignedTo === person ? 'takenBefore' : refuse('errand.taken')
}

export type Delivery = { readonly startedAt: Instant; readonly endedAt: Instant; readonly listeners: number | null }

/** The round through a village with the loudspeaker takes minutes; half a day is a slip of the finger. */
export const DELIVERY_MAX_MS = 12 * 3_600_000
/** People write hours and minutes: what begins in the minute of the airing is not before it. */
const MINUTE_MS = 60_000
/** Minutes that a telephone's clock may run ahead of the server's. */
const AHEAD_MS = 2 * MINUTE_MS
/** Listeners where nobody has told us how many people live there. */
export const LISTENERS_MAX = 20_000
/** People of the next village listen too, and small numbers of inhabitants are old. */
const LISTENERS_AT_LEAST = 200

/** How many listeners can be believed of a village with `population` people; null where that is not known. */
export const listenersMax = (population: number | null): number =>
  population === null ? LISTENERS_MAX : Math.max(LISTENERS_AT_LEAST, population * 2)

/** Whether a report of what was done is one that can have happened. */
export const decideDone = (
  errand: Progress,
  said: Delivery,
  known: { readonly now: Instant; readonly airingAt: Instant; readonly population: number | null },
): 'done' | Refusal => {
  const refused = over(errand)
  if (refused !== undefined) return refused
  const { startedAt, endedAt, listeners } = said
  if (endedAt < startedAt) return refuse('errand.endsBeforeItBegins')
  if (Math.max(startedAt, endedAt) > known.now + AHEAD_MS) return refuse('errand.inFuture')
  if (startedAt < known.airingAt - MINUTE_MS) return refuse('errand.beforeAiring')
  if (endedAt - startedAt > DELIVERY_MAX_MS) return refuse('errand.tooLong')
  const most = listenersMax(known.population)
  return listeners !== null && listeners > most ? refuse('errand.listeners', { most }) : 'done'
}

export const decideDismiss = (errand: Progress): 'dismiss' | Refusal => over(errand) ?? 'dismiss'

/** Whether an errand that a village's word opened ends because the village took that word back: nobody is on the way yet. */
export const endsWithWord = (errand: Progress & { readonly why: Why }): boolean =>
  errand.why === 'people' && errandState(errand) === 'open'

const SOUNDED: ReadonlySet<Standing> = new Set(['reported', 'partial'])

/**
 * Why a village is to be visited, by what its clusters' devices said; `undefined` where any of them sounded. A gateway that
 * sounded speaks for the clusters behind it: nobody claims that they were heard, and nobody is sent for that alone.
 */
export const whyVisit = (standings: readonly Standing[]): Why | undefined => {
  if (standings.length === 0) return 'noCluster'
  if (standings.some((standing) => SOUNDED.has(standing))) return undefined
  return standings.includes('silent') ? 'silent' : 'unknown'
}
