import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { resolveRoutes } from './resolve.ts'
import { mergerRoutes } from './routes.ts'
import { unitRoutes } from './units.ts'

export { type Resolved, resolveNames } from './resolve.ts'

export const mergers: Module<Context, Router> = {
  name: 'mergers',
  routes: (router, ctx) => {
    resolveRoutes(router, ctx)
    unitRoutes(router, ctx)
    mergerRoutes(router, ctx)
  },
}
