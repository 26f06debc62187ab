import type { Plan } from '../../api/types.ts'
import { weekdayOf } from '../../i18n/format.ts'
import type { SummaryFacts } from '../../i18n/summary.ts'

/** What of a session matters to a plan. */
export type PlannedSession = {
  id: string
  name: string
  days: readonly number[]
  from: string
  to: string
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

export type Due = { is: 'now' | 'standing' | 'unknown' } | { is: 'at'; atMs: number }

/** When a plan is first heard. In a session: not before its beginning on the first day. */
export const dueOf = (plan: Plan, sessions: readonly PlannedSession[]): Due => {
  if (plan.when === 'now' || plan.when === 'standing') return { is: plan.when }
  const moments =
    plan.when === 'times'
      ? plan.dates.map((date) => `${date}T${plan.time}`)
      : pairsOf(plan, sessions).flatMap(({ date, session }) => (session ? [`${date}T${session.from}`] : []))
  const [first] = moments.sort()
  return first === undefined ? { is: 'unknown' } : { is: 'at', atMs: Date.parse(`${first}:00+07:00`) }
}
