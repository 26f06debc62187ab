import type { Db } from '../../platform/context.ts'
import type { Plan } from './model.ts'
import { datesBetween, runsOn, type SessionRun } from './sessions/model.ts'
import { versionsOf } from './sessions/store.ts'

/** When the sessions of a plan run, by time; none for a plan that gives its times itself, and for the chime. */
export const runsOfPlan = async (db: Db, plan: Plan): Promise<SessionRun[]> => {
  if (plan.when !== 'sessions' && plan.when !== 'standing') return []
  const dates = plan.when === 'sessions' ? plan.dates : datesBetween(plan.from, plan.to)
  return runsOn(await versionsOf(db, plan.sessions), dates)
}
