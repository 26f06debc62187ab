import { localDate } from '@loa/protocol'
import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { POST_CHANGED } from '../people/index.ts'
import { refreshRosters } from './rosters.ts'
import { trustRoutes } from './routes.ts'

export { type RosterIssued, rosterIssued } from './facts.ts'
export { rootKey, serverKeys, signAsPerson, signAsRoot, signAsServer, verify } from './keys.ts'
export { currentRoster, refreshRosters } from './rosters.ts'
export { type RosterRow, rostersOf } from './store.ts'

const refresh = (_fact: unknown, ctx: Context): Promise<void> => refreshRosters(ctx, ctx.db)

/** The local day for which rosters were last looked at, by context: posts begin and end at midnight, without any fact. */
const lookedAt = new WeakMap<Context, string>()

export const trust: Module<Context, Router> = {
  name: 'trust',
  routes: trustRoutes,
  on: { [POST_CHANGED]: refresh },
  tick: async (ctx) => {
    const today = localDate(ctx.clock.now())
    if (lookedAt.get(ctx) === today) return
    await refreshRosters(ctx, ctx.db)
    lookedAt.set(ctx, today)
  },
  start: async (ctx) => {
    await refreshRosters(ctx, ctx.db)
    return async () => undefined
  },
}
