import type { LocalDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import type { UnitRow } from './model.ts'
import { below, formerUnitsOf, heirOf, languagesOf, pathUp, stationsServing, unitsThen, villagesThen } from './store.ts'

const inAlphabet = new Intl.Collator('vi', { numeric: true })

/** The unit with its ancestors, root first, unit last; `undefined` where it does not exist on that day. */
export const unitPath = async (db: Db, unit: string, on: LocalDate): Promise<readonly string[] | undefined> => {
  const path = await pathUp(db, unit, on)
  return path.length === 0 ? undefined : path.toReversed()
}

/** The unit itself and everything below it, villages and stations alike. Empty where it does not exist on that day. */
export const descendants = (db: Db, unit: string, on: LocalDate): Promise<readonly string[]> => below(db, [unit], on)

/** Like `descendants`, for several units at once; each unit once. */
export const descendantsOf = (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> =>
  below(db, units, on)

/** Units that exist on that day, by name in Vietnamese order ("Thôn 2" before "Thôn 10"); `within`: only these. */
export const unitsOn = async (db: Db, on: LocalDate, within?: readonly string[]): Promise<readonly UnitRow[]> =>
  [...(await unitsThen(db, on, within))].sort((a, b) => inAlphabet.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))

/** One unit as it is on that day. */
export const unitOn = async (db: Db, unit: string, on: LocalDate): Promise<UnitRow | undefined> =>
  (await unitsThen(db, on, [unit]))[0]

/** The commune a unit belongs to: itself, or the nearest one above. `undefined` for the province. */
export const communeOf = async (db: Db, unit: string, on: LocalDate): Promise<UnitRow | undefined> =>
  (await unitsThen(db, on, await pathUp(db, unit, on))).find(({ kind }) => kind === 'commune')

/** Villages a station serves. */
export const villagesOfStation = async (db: Db, station: string, on: LocalDate): Promise<readonly string[]> =>
  (await villagesThen(db, [station], on)).map(({ village }) => village)

/** The station that serves a village; `undefined` where none does. */
export const stationOfVillage = async (db: Db, village: string, on: LocalDate): Promise<string | undefined> =>
  (await stationsServing(db, [village], on))[0]?.station

/**
 * Languages besides Vietnamese wanted in the units or in anything below them (NĐ 49/2024 Art. 8). A station stands for
 * its villages.
 */
export const languagesWanted = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> => {
  const all = await below(db, units, on)
  const villages = (await villagesThen(db, all, on)).map(({ village }) => village)
  return languagesOf(db, [...all, ...villages], on)
}

/** The units and everything below them, with the former communes that became one of them: whose records are theirs now. */
export const recordsBelow = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> => {
  const inside = await below(db, units, on)
  return [...new Set([...inside, ...(await formerUnitsOf(db, inside, on))])]
}

/**
 * The path of a unit; of one that is gone, that of the unit it went into, and itself last: who answers for what it has left.
 * `undefined` where neither is.
 */
export const recordPath = async (db: Db, unit: string, on: LocalDate): Promise<readonly string[] | undefined> => {
  const path = await unitPath(db, unit, on)
  if (path !== undefined) return path
  const heir = await heirOf(db, unit, on)
  const above = heir === undefined ? undefined : await unitPath(db, heir, on)
  return above === undefined ? undefined : [...above, unit]
}
