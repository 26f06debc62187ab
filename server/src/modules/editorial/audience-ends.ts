import type { LocalDate } from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Db } from '../../platform/context.ts'
import { lifeAround, versionsOf } from '../org/index.ts'
import type { Plan } from '../schedule/index.ts'

/** The last local day on which a plan has anything to be heard. */
const lastDayOf = (plan: Plan, today: LocalDate): LocalDate => {
  if (plan.when === 'now') return today
  if (plan.when === 'standing') return plan.to
  return plan.dates.toSorted().at(-1) ?? today
}

/**
 * Whether a place of the audience is gone, or will be by the last day of the plan, as after a merger: it would be signed and
 * never heard. Refused `notice.audienceEnds` with its name.
 */
export const audienceEnds = async (
  db: Db,
  { audience, plan }: { readonly audience: readonly string[]; readonly plan: Plan },
  today: LocalDate,
): Promise<Refusal | undefined> => {
  const last = lastDayOf(plan, today)
  const life = new Map((await lifeAround(db, audience, today)).map(({ unit, to }) => [unit, { to }]))
  for (const unit of audience) {
    const found = life.get(unit)
    if (found !== undefined && (found.to === null || last < found.to)) continue
    const name = (await versionsOf(db, unit)).at(-1)?.name ?? unit
    return refuse('notice.audienceEnds', { name })
  }
  return undefined
}
