import { useQueryClient } from '@tanstack/react-query'
import { type Session, suggestedPlanOf, useSessions } from '../../api/schedule.ts'
import type { Plan } from '../../api/types.ts'
import { addDays, dateOf } from '../../i18n/format.ts'
import { serverNow } from '../../platform/clock.ts'
import type { DraftState } from './draft.ts'
import { usualFor } from './plan.ts'

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

/** How often this kind of notice is usually heard, from tomorrow on. */
export const usualPlanOf = ({ unit, class: kind }: DraftState) =>
  suggestedPlanOf(unit, kind, addDays(dateOf(serverNow()), 1))

/**
 * Waits for what is usual where it is under way and still needed, and says what of it a draft takes: whoever presses “Gửi duyệt” on a
 * slow line would be told to choose what fills itself in a second later.
 */
export const useAwaitedPlan = () => {
  const client = useQueryClient()
  return async (draft: DraftState): Promise<(draft: DraftState) => DraftState> => {
    const asked = usualPlanOf(draft)
    const isComing = draft.when === 'sessions' && client.isFetching({ queryKey: asked.queryKey }) > 0
    // where it does not come, what is missing is said as always
    const usual = isComing ? await client.fetchQuery(asked).catch(() => undefined) : undefined
    return (latest) => ({ ...latest, ...usualFor(latest, usual) })
  }
}
