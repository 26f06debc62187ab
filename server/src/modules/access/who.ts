import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { type Actor, may, type Role, type UnitPath } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { refusedResponse } from '../../platform/http.ts'

/** Who asks. Throws where the route was opened to people who are not signed in: a bug, not a refusal. */
export const actorOf = (c: HonoContext): Actor => {
  const actor = c.get('actor') as Actor | undefined
  if (actor === undefined) throw new Error(`${c.req.path} asks for an actor but is open to everybody`)
  return actor
}

/** For a route that wants to say so itself; every `/api` address is closed already. */
export const signedIn: MiddlewareHandler = (c, next) =>
  c.get('actor') === undefined ? Promise.resolve(refusedResponse(c, refuse('access.signInRequired'))) : next()

/**
 * `undefined` where the actor holds one of `roles` at the unit of `path` or above it. Somebody with other posts there is told
 * `access.notAllowed`; to everybody else, and for a unit that does not exist, the thing itself does not exist.
 */
export const authorise = (actor: Actor, roles: readonly Role[], path: UnitPath | undefined): Refusal | undefined => {
  if (path === undefined || !actor.posts.some(({ unit }) => path.includes(unit))) return refuse('input.notFound')
  return may(actor, roles, path) ? undefined : refuse('access.notAllowed')
}
