import type { Role } from '../../kernel/actor.ts'

/** The administrator of the unit under which communes hang, and of everything above it, joins them and takes that back. */
export const whoMerges: readonly Role[] = ['administrator']

/** The administrator of a unit enters what hangs below it: villages, and organisations beside the administration. */
export const whoEntersUnits: readonly Role[] = ['administrator']
