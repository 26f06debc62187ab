import { localDate } from '@loa/protocol'
import type { Fact } from '../../kernel/fact.ts'
import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { communeOf, UNITS_CHANGED, type UnitsChanged } from '../org/index.ts'
import { POST_CHANGED, type PostChanged } from '../people/index.ts'
import words from './i18n/trust.vi.json' with { type: 'json' }
import { keyFileIsLost } from './keys.ts'
import { refreshRosters } from './rosters.ts'
import { trustRoutes } from './routes.ts'

export { type RosterIssued, rosterIssued } from './facts.ts'
export { rootKey, serverKeys, serverSigner, signAsPerson, signAsRoot, signAsServer, verify } from './keys.ts'
export { currentRoster, refreshRosters } from './rosters.ts'
export { type RosterRow, rostersOf } from './store.ts'

/** The job that looks at the rosters of a unit and below: `{ below }`. */
const REFRESH = 'trust.refreshRosters'
type Refresh = { readonly below: string }

/** Twenty posts given in one commune are one new roster, not twenty. */
const refreshSoon = (ctx: Context, below: string): Promise<void> => {
  const payload: Refresh = { below }
  return ctx.enqueue(ctx.db, REFRESH, payload, { onceAs: `${REFRESH} ${below}` })
}

const onPostChanged = (fact: Fact, ctx: Context): Promise<void> => refreshSoon(ctx, (fact.body as PostChanged).unit)

/** What hangs where says whose signature counts there. A village belongs to the roster of the commune it hangs below. */
const onUnitsChanged = async (fact: Fact, ctx: Context): Promise<void> => {
  const { units, from } = fact.body as UnitsChanged
  const communes = await Promise.all(units.map(async (unit) => (await communeOf(ctx.db, unit, from))?.id ?? unit))
  for (const unit of new Set(communes)) await refreshSoon(ctx, unit)
}

/** The local day for which rosters were last looked at, by context: posts begin and end at midnight, without any fact. */
const lookedAt = new WeakMap<Context, string>()

/** Looks at every roster, or says aloud that nothing can be signed; what was approved before plays on either way. */
const lookAtAll = async (ctx: Context): Promise<void> => {
  lookedAt.set(ctx, localDate(ctx.clock.now()))
  if (await keyFileIsLost(ctx, ctx.db)) ctx.log.error(words.keyFileLost)
  else await refreshRosters(ctx, ctx.db)
}

export const trust: Module<Context, Router> = {
  name: 'trust',
  routes: trustRoutes,
  on: { [POST_CHANGED]: onPostChanged, [UNITS_CHANGED]: onUnitsChanged },
  tasks: { [REFRESH]: (payload, ctx) => refreshRosters(ctx, ctx.db, (payload as Refresh).below) },
  tick: async (ctx) => {
    if (lookedAt.get(ctx) !== localDate(ctx.clock.now())) await lookAtAll(ctx)
  },
  start: async (ctx) => {
    await lookAtAll(ctx)
    return async () => undefined
  },
}
