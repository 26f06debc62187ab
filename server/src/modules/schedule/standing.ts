import { type Instant, type LocalDate, localDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { unitPath } from '../org/index.ts'
import { releasesById } from '../release/index.ts'
import type { StandingRole } from './model.ts'
import { type Standing, standingsFrom, standingsOf } from './store.ts'

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

export type StandingLost = Pick<Standing, 'release' | 'role' | 'from' | 'to'> & {
  readonly origin: { readonly kind: string; readonly id: string }
  readonly title: string
}

/** Whether an item approved later, by the same unit, is used wherever this one was: nobody misses it. */
const isReplacedBy = (newer: Standing, { unit, role, sessions, to }: Standing): boolean =>
  newer.unit === unit && newer.role === role && newer.to >= to && sessions.every((id) => newer.sessions.includes(id))

/**
 * Standing items that are of no use any more from a day on where units end: people signed them for those very units, or, a
 * chime, it is looked up by the unit it belongs to.
 */
export const standingsLostWith = async (
  db: Db,
  units: readonly string[],
  from: LocalDate,
): Promise<readonly StandingLost[]> => {
  const all = await standingsFrom(db, from)
  const standings = all.filter((each, place) => !all.slice(0, place).some((newer) => isReplacedBy(newer, each)))
  const releases = await releasesById(
    db,
    standings.map(({ release }) => release),
  )
  const byId = new Map(releases.map((release) => [release.candidate.release, release]))
  return standings.flatMap(({ release, unit, role, from: begins, to }) => {
    const signed = byId.get(release)
    if (signed === undefined) return []
    const isLost = signed.candidate.audience.some((each) => units.includes(each))
    if (!isLost && !(role === 'chime' && units.includes(unit))) return []
    return [{ release, role, from: begins, to, origin: signed.origin, title: signed.candidate.title }]
  })
}
