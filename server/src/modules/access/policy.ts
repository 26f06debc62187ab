import { type Actor, may, type Role, unitsOf } from '../../kernel/actor.ts'
import type { Entry } from '../audit/index.ts'

/** Leaders and administrators read the record of their unit and everything below it. */
const auditors: readonly Role[] = ['leader', 'administrator']

/** Whether the actor may read the record at all. */
export const mayReadSomeAudit = (actor: Actor): boolean => unitsOf(actor, auditors).length > 0

/**
 * Whether the actor may read an entry. `path` is that of the entry's unit, root first; an entry that belongs to no unit is
 * the installation's own and is read by the administrator of the root.
 */
export const mayReadEntry = (
  actor: Actor,
  entry: Entry,
  { path, root }: { path: readonly string[]; root: readonly string[] },
): boolean => (entry.unit === null ? may(actor, ['administrator'], root) : may(actor, auditors, path))

/** What may be asked of `/api` without a person's session, each with who answers for it. Everything else is closed. */
const open: readonly { readonly method: string; readonly path: RegExp }[] = [
  { method: 'POST', path: /^\/api\/session$/ }, // signing in
  { method: 'DELETE', path: /^\/api\/session$/ }, // signing out, also of a session that has ended
  { method: 'GET', path: /^\/api\/demo-accounts$/ }, // empty except in the demonstration
  { method: 'GET', path: /^\/api\/openapi\.json$/ }, // the description of this very API
  { method: 'GET', path: /^\/api\/topics$/ }, // words of the law
  { method: 'POST', path: /^\/api\/enrolments$/ }, // a device shows its one-time code
  { method: 'GET', path: /^\/api\/device\// }, // a device shows its own secret, checked by `devices`
]

/** Whether an address of the API is open to somebody who is not signed in. */
export const opensWithoutSignIn = (method: string, path: string): boolean =>
  open.some((each) => (each.method === method || (each.method === 'GET' && method === 'HEAD')) && each.path.test(path))

/** What a person with a one-time password may do before choosing one of their own: be known, choose, leave. */
const opensBeforeChoosing: readonly { readonly method: string; readonly path: string }[] = [
  { method: 'GET', path: '/api/me' },
  { method: 'POST', path: '/api/password' },
]

/** Whether an address of the API is open to somebody who signed in with a one-time password. */
export const opensWithOneTime = (method: string, path: string): boolean =>
  opensBeforeChoosing.some((each) => each.method === method && each.path === path)
