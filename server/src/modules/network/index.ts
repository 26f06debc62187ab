import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { sweepTests } from './functional/commands.ts'
import { functionalRoutes } from './functional/routes.ts'
import { routes } from './routes.ts'

export { setRule } from './functional/commands.ts'
export { rulesOf } from './functional/store.ts'

export const network: Module<Context, Router> = {
  name: 'network',
  routes: (router, ctx) => {
    routes(router, ctx)
    functionalRoutes(router, ctx)
  },
  tick: sweepTests,
}
