import type { Role } from '../../kernel/actor.ts'

/** Silence is always allowed: everybody who answers for what is said may stop it, alone and with one press. */
export const mayStop: readonly Role[] = ['officer', 'approver', 'leader']

/** Everybody who works here may see what is and was on air. */
export const maySee: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']

/** Whoever is at the unit or above it and writes, leads or administers there says when its sessions are. */
export const mayEditSessions: readonly Role[] = ['officer', 'leader', 'administrator']

/** Hours of the night take a second person: one of those who approve. */
export const mayConfirmSessions: readonly Role[] = ['approver', 'leader']

/** The order of a session is the work of those who write and of those who approve. */
export const mayArrange: readonly Role[] = ['officer', 'approver', 'leader']

/** Rules hold for a unit and everything below it: its leader and its administrator set them. */
export const maySetRules: readonly Role[] = ['leader', 'administrator', 'approver']
