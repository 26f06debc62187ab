import type { Role } from '../../../kernel/actor.ts'

/** Whoever writes for a unit, or keeps its book, may say how its names are read: neither decides alone. */
export const mayPropose: readonly Role[] = ['officer', 'approver', 'clerk', 'leader', 'administrator']

/** Whoever answers for what is heard there agrees to it. */
export const mayDecide: readonly Role[] = ['approver', 'leader', 'administrator']
