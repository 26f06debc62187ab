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
