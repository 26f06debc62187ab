import type { Me, Role, Unit } from '../api/types.ts'

/** The units that have sessions of their own and that a person may look at, nearest first: communes and their stations. */
export const sessionUnitsOf = (me: Me, all: readonly Unit[]): Unit[] => {
  const own = new Set([...me.units, ...me.approves, ...me.posts.map(({ unit }) => unit)])
  const rank = (unit: Unit): number => (own.has(unit.id) ? 0 : unit.kind === 'commune' ? 1 : 2)
  const reached = all.filter(({ kind }) => kind === 'commune' || kind === 'station')
  return reached
    .filter((unit) => own.has(unit.id) || own.has(unit.parent ?? '') || unit.kind === 'commune')
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi', { numeric: true }))
}

/** Whether the person holds one of these posts at a unit or above it. The server decides by itself; this only spares a press. */
export const holdsAt = (me: Me, roles: readonly Role[], unit: string, all: readonly Unit[]): boolean => {
  const parentOf = new Map(all.map(({ id, parent }) => [id, parent]))
  const path = new Set<string>()
  for (let at: string | null | undefined = unit; at && !path.has(at); at = parentOf.get(at)) path.add(at)
  return me.posts.some((post) => roles.includes(post.role) && path.has(post.unit))
}

/** Who says when sessions are, and who lays down the rules for them. */
export const sessionEditors: readonly Role[] = ['officer', 'leader', 'administrator']
export const ruleSetters: readonly Role[] = ['approver', 'leader', 'administrator']
