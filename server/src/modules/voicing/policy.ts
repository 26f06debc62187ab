import type { Role } from '../../kernel/actor.ts'

/** Whoever writes or approves for a unit may have words read out and recordings taken in for it. */
export const mayVoice: readonly Role[] = ['officer', 'approver', 'leader']

/** A recording is taken in for a notice, or for what stands around all of them (frame/). */
export const mayRecord: readonly Role[] = [...mayVoice, 'administrator']

/** Everybody with a post at the unit may listen. */
export const mayListen: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']
