import type { Me, Unit } from '../api/types.ts'

/** The units that have sessions of their own and that a person may look at, nearest first: communes and their stations. */
export const sessionUnitsOf = (me: Me, all: readonly Unit[]): Unit[] => {
  const own = new Set([...me.units, ...me.approves, ...me.posts.map(({ unit }) => unit)])
  const rank = (unit: Unit): number => (own.has(unit.id) ? 0 : unit.kind === 'commune' ? 1 : 2)
  const reached = all.filter(({ kind }) => kind === 'commune' || kind === 'station')
  return reached
    .filter((unit) => own.has(unit.id) || own.has(unit.parent ?? '') || unit.kind === 'commune')
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi', { numeric: true }))
}
