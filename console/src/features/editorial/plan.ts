import type { Relay, SuggestedPlan } from '../../api/schedule.ts'
import type { BulletinClass, Notice, Plan } from '../../api/types.ts'
import { weekdayOf } from '../../i18n/format.ts'
import type { SummaryFacts } from '../../i18n/summary.ts'

/** What of a session matters to a plan. */
export type PlannedSession = {
  id: string
  name: string
  days: readonly number[]
  from: string
  to: string
  relay: Relay | null
  validFrom: string
  /** The first day on which it is so no more. */
  validTo: string | null
}

const runsOn = ({ days, validFrom, validTo }: PlannedSession, date: string): boolean =>
  days.includes(isoDay(date)) && validFrom <= date && (validTo === null || date < validTo)

/** ISO weekday: Monday 1 to Sunday 7. */
export const isoDay = (date: string): number => weekdayOf(date) || 7

const namesOf = (ids: readonly string[], sessions: readonly PlannedSession[]): string[] =>
  ids.map((id) => sessions.find((session) => session.id === id)?.name ?? '').filter((name) => name !== '')

/** Every date and session of a plan that meet: the session runs on that day. Without its session known, a pair counts. */
export const pairsOf = (
  plan: Extract<Plan, { when: 'sessions' }>,
  sessions: readonly PlannedSession[],
): { date: string; session: PlannedSession | undefined; id: string }[] =>
  [...plan.dates].sort().flatMap((date) =>
    plan.sessions.flatMap((id) => {
      const session = sessions.find((known) => known.id === id)
      return session && !runsOn(session, date) ? [] : [{ date, session, id }]
    }),
  )

/** How often it will be heard. */
export const timesOf = (plan: Plan, sessions: readonly PlannedSession[]): number => {
  if (plan.when === 'times') return plan.dates.length
  return plan.when === 'sessions' ? pairsOf(plan, sessions).length : 1
}

/** When it will be heard, for the live sentence. */
export const whenOf = (plan: Plan, sessions: readonly PlannedSession[]): SummaryFacts['when'] => {
  switch (plan.when) {
    case 'now':
      return null
    case 'times':
      return { dates: plan.dates, time: plan.time }
    case 'sessions':
      return { dates: plan.dates, sessions: namesOf(plan.sessions, sessions) }
    case 'standing': {
      const { role, from, to } = plan
      return { role, from, to, sessions: namesOf(plan.sessions, sessions) }
    }
  }
}

/**
 * What a draft takes from what is usual: sessions where none are chosen, and days where none are. On a slow line what is usual comes
 * seconds after the first choice, and must not be written over it.
 */
export const usualFor = (
  draft: { sessions: readonly string[]; dates: readonly string[] },
  usual: SuggestedPlan | undefined,
): Partial<{ sessions: string[]; dates: string[] }> => {
  if (usual === undefined || usual.sessions.length === 0 || draft.sessions.length > 0) return {}
  return draft.dates.length === 0 ? usual : { sessions: usual.sessions }
}

export type Due = { is: 'now' | 'standing' | 'unknown' } | { is: 'at'; atMs: number }

const MINUTE_MS = 60_000
const ownBeginning = (date: string, { from, relay }: PlannedSession): number =>
  Date.parse(`${date}T${from}:00+07:00`) + (relay?.at === 'start' ? relay.minutes * MINUTE_MS : 0)

/** When a plan is first heard. In a session: not before its own time begins on the first day, after what it relays. */
export const dueOf = (plan: Plan, sessions: readonly PlannedSession[]): Due => {
  if (plan.when === 'now' || plan.when === 'standing') return { is: plan.when }
  const moments =
    plan.when === 'times'
      ? plan.dates.map((date) => Date.parse(`${date}T${plan.time}:00+07:00`))
      : pairsOf(plan, sessions).flatMap(({ date, session }) => (session ? [ownBeginning(date, session)] : []))
  const [first] = moments.sort((a, b) => a - b)
  return first === undefined ? { is: 'unknown' } : { is: 'at', atMs: first }
}

const URGENCY: Readonly<Record<BulletinClass, number>> = { emergency: 0, priority: 1, drill: 2, normal: 3 }

/** In the order in which they are to be decided: what is urgent first; of two alike, the one that was sent first. */
export const inOrderOfUrgency = <One extends Pick<Notice, 'changedAt'> & { current: { class: BulletinClass } }>(
  notices: readonly One[],
): One[] =>
  [...notices].sort(
    (a, b) => URGENCY[a.current.class] - URGENCY[b.current.class] || Date.parse(a.changedAt) - Date.parse(b.changedAt),
  )
