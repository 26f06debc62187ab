import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { sweepAccess } from './commands.ts'
import { accessRoutes } from './routes.ts'

export { actorFor, actorWithToken, closeAccount, openAccount, whenSessionEnds } from './commands.ts'
export { addressGroup } from './model.ts'
export { addressOf, COOKIE } from './routes.ts'
export { actorOf, authorise, signedIn } from './who.ts'

/** Ended sessions harm nobody: they are swept on the first second of each minute. */
const isSweepTime = (now: number): boolean => Math.floor(now / 1000) % 60 === 0

export const access: Module<Context, Router> = {
  name: 'access',
  routes: accessRoutes,
  tick: async (ctx) => {
    if (isSweepTime(ctx.clock.now())) await sweepAccess(ctx)
  },
}
