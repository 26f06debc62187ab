import type { Role } from '../../../kernel/actor.ts'

/** What stands around every notice of a unit is set by who answers for all of them. */
export const maySetFrame: readonly Role[] = ['leader', 'administrator']

/** Everybody with a post at the unit may see and hear it. */
export const maySeeFrame: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']
