import { type Actor, may, type Role, type UnitPath } from '../../kernel/actor.ts'

/** Officers write, for their unit and everything below it. */
const writers: readonly Role[] = ['officer']
/** Approvers and leaders approve and return. */
const approvers: readonly Role[] = ['approver', 'leader']
/** Everybody with a post there may read what is being said, and may check a version in a language they understand. */
const readers: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']

export const mayRead = (actor: Actor, path: UnitPath): boolean => may(actor, readers, path)
export const mayWrite = (actor: Actor, path: UnitPath): boolean => may(actor, writers, path)
export const mayApprove = (actor: Actor, path: UnitPath): boolean => may(actor, approvers, path)

export { writers as whoWrites }
/** Who records an oral briefing: those who speak for the unit, and the clerk who keeps its book. */
export const whoBriefs: readonly Role[] = ['officer', 'approver', 'leader', 'clerk']
