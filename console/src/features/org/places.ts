import type { Unit } from '../../api/types.ts'

/** The tree of one commune as an officer chooses in it. */
export type Places = {
  commune: Unit
  /** Stations with the villages they reach. */
  stations: { station: Unit; villages: Unit[] }[]
  /** Villages that no station is said to reach. */
  villages: Unit[]
}

const byName = (a: Unit, b: Unit): number => a.name.localeCompare(b.name, 'vi', { numeric: true })

/** `undefined` where the unit is no commune that can be seen. */
export const placesOf = (units: readonly Unit[], commune: string): Places | undefined => {
  const root = units.find((unit) => unit.id === commune)
  if (!root) return undefined
  const below = units.filter((unit) => unit.parent === commune)
  const stations = below.filter((unit) => unit.kind === 'station').sort(byName)
  const villages = below.filter((unit) => unit.kind === 'village').sort(byName)
  const reached = new Set(stations.flatMap((station) => station.villages ?? []))
  return {
    commune: root,
    stations: stations.map((station) => ({
      station,
      villages: villages.filter((village) => station.villages?.includes(village.id)),
    })),
    villages: villages.filter((village) => !reached.has(village.id)),
  }
}

/**
 * The audience after a press on `unit`. The whole commune stands for everything in it: choosing it drops the rest, and
 * choosing a part drops the whole. Choosing a station drops its villages.
 */
export const toggled = (places: Places, chosen: readonly string[], unit: string): string[] => {
  if (chosen.includes(unit)) return chosen.filter((id) => id !== unit)
  if (unit === places.commune.id) return [unit]
  const parts = chosen.filter((id) => id !== places.commune.id)
  const station = places.stations.find((entry) => entry.station.id === unit)
  const held = station ? station.villages.map((village) => village.id) : []
  return [...parts.filter((id) => !held.includes(id)), unit]
}

/** Whether a unit is heard because something above it was chosen. */
export const isCovered = (places: Places, chosen: readonly string[], unit: string): boolean =>
  chosen.includes(places.commune.id) ||
  places.stations.some(
    ({ station, villages }) => chosen.includes(station.id) && villages.some((village) => village.id === unit),
  )

/** Names of what was chosen, largest first: for the live sentence. */
export const namesOf = (units: readonly Unit[], chosen: readonly string[]): string[] =>
  units
    .filter((unit) => chosen.includes(unit.id))
    .sort(byName)
    .map((unit) => unit.name)
