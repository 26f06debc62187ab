import type { LocalDate } from '@loa/protocol'
import type { Db } from '../../../platform/context.ts'
import { descendants, everyVersion, fateOf, type UnitVersion, unitsOn } from '../../org/index.ts'
import { folded, type Place } from './places.ts'

type Asked = { readonly unit: string; readonly text: string; readonly on: LocalDate }
type Villages = ReadonlyMap<string, string>

/** The villages of today in which a village of another day, or of another name, lives on. */
const heirsOf = async (db: Db, { id }: UnitVersion, villages: Villages, on: LocalDate): Promise<readonly string[]> => {
  if (villages.has(id)) return [id]
  const fate = await fateOf(db, { unit: id, today: on })
  return (fate?.units ?? []).map((part) => part.id).filter((part) => villages.has(part))
}

/** Villages by a name that is no more, where the text has it and no village of today is called so. */
const byFormerNames = async (db: Db, villages: Villages, { text, on }: Asked): Promise<readonly Place[]> => {
  const written = folded(text)
  const today = new Set([...villages.values()].map(folded))
  const former = (await everyVersion(db)).filter(
    ({ kind, to, name }) =>
      kind === 'village' && to !== null && to <= on && !today.has(folded(name)) && written.includes(folded(name)),
  )
  const places: Place[] = []
  for (const version of former) {
    for (const unit of await heirsOf(db, version, villages, on)) {
      const isKnown = places.some((place) => place.unit === unit && place.was === version.name)
      if (!isKnown) places.push({ unit, name: villages.get(unit) ?? '', was: version.name })
    }
  }
  return places
}

/** Villages that a dispatch to this unit may name: by the names they have, and where it uses them, by those they had. */
export const placesNamed = async (db: Db, asked: Asked): Promise<readonly Place[]> => {
  const units = await unitsOn(db, asked.on, await descendants(db, asked.unit, asked.on))
  const villages = units.filter(({ kind }) => kind === 'village')
  const byId = new Map(villages.map(({ id, name }) => [id, name]))
  return [...villages.map(({ id, name }) => ({ unit: id, name })), ...(await byFormerNames(db, byId, asked))]
}
