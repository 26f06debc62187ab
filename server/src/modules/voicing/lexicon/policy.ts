import type { Role } from '../../../kernel/actor.ts'

/** Whoever writes for a unit may say how its names are read. */
export const mayPropose: readonly Role[] = ['officer', 'approver', 'leader', 'administrator']

/** Whoever answers for what is heard there agrees to it. */
export const mayDecide: readonly Role[] = ['approver', 'leader', 'administrator']
