import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import type { Context } from '../../platform/context.ts'
import { communeOf, recordsBelow, unitPath, unitsOn } from '../org/index.ts'
import type { Airing, Reach } from '../schedule/index.ts'

/** What somebody may see of what was on air. */
export type Scope = {
  /** The units of their posts and everything below. */
  readonly below: ReadonlySet<string>
  /** The units above: what these send is heard here too. */
  readonly above: ReadonlySet<string>
  /** Communes whose devices they may see. */
  readonly communes: ReadonlySet<string>
}

export const scopeOfUnits = async (ctx: Context, units: readonly string[], on: LocalDate): Promise<Scope> => {
  const below = new Set(await recordsBelow(ctx.db, units, on))
  const above = new Set<string>()
  for (const unit of units) for (const each of (await unitPath(ctx.db, unit, on)) ?? []) above.add(each)
  const alive = await unitsOn(ctx.db, on, [...below])
  const inside = alive.filter(({ kind }) => kind === 'commune')
  const there = new Set(alive.map(({ id }) => id))
  // what was heard in a commune that went into this one stands under its own name
  const former = [...below].filter((unit) => !there.has(unit))
  const around = await Promise.all(units.map((unit) => communeOf(ctx.db, unit, on)))
  return { below, above, communes: new Set([...[...inside, ...around].flatMap((unit) => unit?.id ?? []), ...former]) }
}

/** The actor's scope today: whatever post they hold, of the units they hold it at. */
export const scopeOf = (ctx: Context, actor: Actor): Promise<Scope> =>
  scopeOfUnits(ctx, [...new Set(actor.posts.map(({ unit }) => unit))], localDate(ctx.clock.now()))

/** Whether an airing is any of their business: sent from here, or meant for here. */
export const concerns = (scope: Scope, airing: Airing): boolean =>
  scope.below.has(airing.unit) || airing.audience.some((unit) => scope.below.has(unit) || scope.above.has(unit))

/** Whether a reached device stands where they may look. */
export const standsWithin = (scope: Scope, { commune, stands }: Reach): boolean =>
  commune === null ? scope.below.has(stands) : scope.communes.has(commune)
