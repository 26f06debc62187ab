import type { Role } from '../../kernel/actor.ts'

/** Silence is always allowed: everybody who answers for what is said may stop it, alone and with one press. */
export const mayStop: readonly Role[] = ['officer', 'approver', 'leader']

/** Everybody who works here may see what is and was on air. */
export const maySee: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']
