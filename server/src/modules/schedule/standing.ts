import { type Instant, localDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { unitPath } from '../org/index.ts'
import type { StandingRole } from './model.ts'
import { standingsOf } from './store.ts'

/**
 * The release that a unit uses in a role at a moment: its own, or that of the nearest unit above; of several the one approved
 * last. `undefined` where nobody has approved one.
 */
export const standingOf = async (
  db: Db,
  unit: string,
  role: StandingRole,
  now: Instant,
): Promise<string | undefined> => {
  const on = localDate(now)
  const path = (await unitPath(db, unit, on)) ?? [unit]
  const standings = (await standingsOf(db, path, { from: on, to: on })).filter((each) => each.role === role)
  const nearest = path.toReversed().find((each) => standings.some((standing) => standing.unit === each))
  return standings.find((standing) => standing.unit === nearest)?.release
}
