import type { Role } from '../../kernel/actor.ts'

/** Who hands a village head the link by which they say what was heard, and ends it. */
export const whoAsks: readonly Role[] = ['officer', 'leader', 'administrator']

/** Who goes through a village with the mobile loudspeaker, or says that nobody has to. */
export const whoGoes: readonly Role[] = ['officer', 'approver', 'leader', 'clerk']
