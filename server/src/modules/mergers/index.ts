import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { handOverDrafts } from './commands.ts'
import { resolveRoutes } from './resolve.ts'
import { mergerRoutes } from './routes.ts'
import { unitRoutes } from './units.ts'

export { type Resolved, resolveNames } from './resolve.ts'

export const mergers: Module<Context, Router> = {
  name: 'mergers',
  tick: async (ctx) => {
    // a minute after midnight is soon enough
    if (Math.floor(ctx.clock.now() / 1000) % 60 === 0) await handOverDrafts(ctx)
  },
  routes: (router, ctx) => {
    resolveRoutes(router, ctx)
    unitRoutes(router, ctx)
    mergerRoutes(router, ctx)
  },
}
