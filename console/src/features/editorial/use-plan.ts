import { type Session, useSessions } from '../../api/schedule.ts'
import type { Plan } from '../../api/types.ts'
import { dateOf } from '../../i18n/format.ts'
import { serverNow } from '../../platform/clock.ts'

const none: readonly Session[] = []

/** The day on which the sessions of a plan are looked up. */
const dayOf = (plan: Plan): string => {
  const today = dateOf(serverNow())
  const first = plan.when === 'sessions' ? [...plan.dates].sort()[0] : plan.when === 'standing' ? plan.from : today
  return first === undefined || first === '' ? today : first
}

/** The sessions a plan speaks of; asked for only where it speaks of any. */
export const usePlanSessions = (unit: string, plan: Plan): readonly Session[] => {
  const wanted = plan.when === 'sessions' || plan.when === 'standing'
  return useSessions(wanted ? unit : '', dayOf(plan)).data ?? none
}
