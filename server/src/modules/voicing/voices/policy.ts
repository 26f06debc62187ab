import type { Role } from '../../../kernel/actor.ts'

/** Whoever has a post at the unit may know how it is read out. */
export const maySeeVoice: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']

/** How a unit sounds is decided by who answers for it, like the other rules that hold for everybody there. */
export const maySetVoice: readonly Role[] = ['leader', 'administrator', 'approver']
