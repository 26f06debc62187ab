import type { LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { jsonb } from '../../platform/database.ts'
import type { NewStation, NewUnit, StationRow, UnitRow, VillageOfStation } from './model.ts'
import type { Succession, UnitEvent, UnitVersion } from './succession.ts'

/** Ids from the unit up to the root, nearest first; empty where the unit does not exist on that day. */
export const pathUp = async (db: Db, unit: string, on: LocalDate): Promise<readonly string[]> => {
  const { rows } = await sql<{ unit: string }>`
    with recursive up (unit, parent, depth) as (
      select unit, parent, 1 from unit_version where unit = ${unit} and valid @> ${on}::date
      union all
      select v.unit, v.parent, up.depth + 1 from unit_version v join up on v.unit = up.parent
      where v.valid @> ${on}::date and up.depth < 12
    )
    select unit from up order by depth`.execute(db)
  return rows.map((row) => row.unit)
}

/** The given units and everything below them on that day, each once, in no promised order. */
export const below = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> => {
  const { rows } = await sql<{ unit: string }>`
    with recursive down (unit, depth) as (
      select unit, 1 from unit_version where unit = any(${[...units]}::text[]) and valid @> ${on}::date
      union
      select v.unit, down.depth + 1 from unit_version v join down on v.parent = down.unit
      where v.valid @> ${on}::date and down.depth < 12
    )
    select distinct unit from down`.execute(db)
  return rows.map((row) => row.unit)
}

/** Units that exist on that day, in no promised order; `within`: only these. */
export const unitsThen = async (db: Db, on: LocalDate, within?: readonly string[]): Promise<readonly UnitRow[]> => {
  const { rows } = await sql<UnitRow>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented
    from unit_version
    where valid @> ${on}::date and (${within === undefined} or unit = any(${[...(within ?? [])]}::text[]))`.execute(db)
  return rows
}

/** From which to before which day the version of each unit that is in force on `on` is valid. */
export const validityThen = async (
  db: Db,
  units: readonly string[],
  on: LocalDate,
): Promise<readonly { unit: string; from: LocalDate; to: LocalDate | null }[]> => {
  const { rows } = await sql<{ unit: string; from: LocalDate; to: LocalDate | null }>`
    select unit, lower(valid) as "from", upper(valid) as "to" from unit_version
    where valid @> ${on}::date and unit = any(${[...units]}::text[])`.execute(db)
  return rows
}

/** Stations among the units, with their technology on that day. */
export const stationsThen = async (
  db: Db,
  on: LocalDate,
  within: readonly string[],
): Promise<readonly StationRow[]> => {
  const { rows } = await sql<StationRow>`
    select unit as id, technology, invented from station
    where valid @> ${on}::date and unit = any(${[...within]}::text[])`.execute(db)
  return rows
}

/** Which village belongs to which of the stations on that day. */
export const villagesThen = async (
  db: Db,
  stations: readonly string[],
  on: LocalDate,
): Promise<readonly VillageOfStation[]> => {
  const { rows } = await sql<VillageOfStation>`
    select station, village from station_village
    where valid @> ${on}::date and station = any(${[...stations]}::text[]) order by station, village`.execute(db)
  return rows
}

/** The station that serves each of the villages on that day. */
export const stationsServing = async (
  db: Db,
  villages: readonly string[],
  on: LocalDate,
): Promise<readonly VillageOfStation[]> => {
  const { rows } = await sql<VillageOfStation>`
    select station, village from station_village
    where valid @> ${on}::date and village = any(${[...villages]}::text[])`.execute(db)
  return rows
}

/** Languages besides Vietnamese wanted in any of the units on that day. */
export const languagesOf = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> => {
  const { rows } = await sql<{ language: string }>`
    select distinct language from unit_language
    where valid @> ${on}::date and unit = any(${[...units]}::text[]) order by language`.execute(db)
  return rows.map((row) => row.language)
}

/** Adds units with their first version; one that is there already in that time stays as it is. */
export const insertUnits = async (db: Db, units: readonly NewUnit[]): Promise<void> => {
  await sql`insert into unit (id) select id from jsonb_to_recordset(${jsonb(units)}) as u (id text)
    on conflict do nothing`.execute(db)
  await sql`insert into unit_version (unit, valid, kind, name, short_name, parent, gso_code, population, invented, source)
    select id, daterange("from"::date, "to"::date), kind, name, "shortName", parent, "gsoCode", population, invented, source
    from jsonb_to_recordset(${jsonb(units)}) as u (id text, "from" text, "to" text, kind text, name text, "shortName" text,
      parent text, "gsoCode" text, population integer, invented boolean, source text)
    on conflict do nothing`.execute(db)
}

/** Ends a unit's version that is in force; from that day it has none, or the next one. */
export const endVersion = async (db: Db, unit: string, on: LocalDate): Promise<void> => {
  await sql`update unit_version set valid = daterange(lower(valid), ${on}::date)
    where unit = ${unit} and valid @> ${on}::date and lower(valid) < ${on}::date`.execute(db)
}

/** Adds a time of one technology to each station. */
export const insertStations = async (db: Db, stations: readonly NewStation[]): Promise<void> => {
  await sql`insert into station (unit, technology, valid, invented)
    select id, technology, daterange("from"::date, "to"::date), invented
    from jsonb_to_recordset(${jsonb(stations)})
      as s (id text, technology text, "from" text, "to" text, invented boolean)
    on conflict do nothing`.execute(db)
}

/** Lays villages to stations from a day on. */
export const insertStationVillages = async (
  db: Db,
  pairs: readonly VillageOfStation[],
  from: LocalDate,
): Promise<void> => {
  await sql`insert into station_village (station, village, valid)
    select station, village, daterange(${from}::date, null)
    from jsonb_to_recordset(${jsonb(pairs)}) as p (station text, village text)
    on conflict do nothing`.execute(db)
}

/** Records that notices for a unit are wanted in a language too, from a day on. */
export const insertLanguage = async (
  db: Db,
  wanted: { unit: string; language: string; from: LocalDate; invented: boolean },
): Promise<void> => {
  await sql`insert into unit_language (unit, language, valid, invented)
    values (${wanted.unit}, ${wanted.language}, daterange(${wanted.from}::date, null), ${wanted.invented})
    on conflict do nothing`.execute(db)
}

/** Every version of provinces, districts and communes, and of whatever else something happened to; first days first. */
export const versionsInHistory = async (db: Db): Promise<readonly UnitVersion[]> => {
  const { rows } = await sql<UnitVersion>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented, gso_code as "gsoCode",
      lower(valid) as "from", upper(valid) as "to", source
    from unit_version
    where kind in ('province', 'district', 'commune')
      or unit in (select from_unit from unit_succession union select to_unit from unit_succession
        union select unit from unit_event)
    order by lower(valid), unit`.execute(db)
  return rows
}

/** Every version of one unit, first days first. */
export const versionsOf = async (db: Db, unit: string): Promise<readonly UnitVersion[]> => {
  const { rows } = await sql<UnitVersion>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented, gso_code as "gsoCode",
      lower(valid) as "from", upper(valid) as "to", source
    from unit_version where unit = ${unit} order by lower(valid)`.execute(db)
  return rows
}

/** Every event, earlier ones first. */
export const allEvents = async (db: Db): Promise<readonly UnitEvent[]> => {
  const { rows } = await sql<UnitEvent>`
    select id, effective_on as "on", kind, unit, source from unit_event order by effective_on, id`.execute(db)
  return rows
}

/** Every part that went anywhere. */
export const allSuccessions = async (db: Db): Promise<readonly Succession[]> => {
  const { rows } = await sql<Succession>`
    select event, from_unit as "from", to_unit as "to", basis, weight::float8 as weight, quality
    from unit_succession order by event, from_unit, to_unit, basis`.execute(db)
  return rows
}

/** Adds events; one that is there already stays as it is. Their units must be there. */
export const insertEvents = async (db: Db, events: readonly UnitEvent[]): Promise<void> => {
  await sql`insert into unit_event (id, effective_on, kind, unit, source)
    select id, "on"::date, kind, unit, source
    from jsonb_to_recordset(${jsonb(events)}) as e (id text, "on" text, kind text, unit text, source text)
    on conflict do nothing`.execute(db)
}

/** Adds what went where. In one transaction the parts of a unit must add up to 1. */
export const insertSuccessions = async (db: Db, successions: readonly Succession[]): Promise<void> => {
  await sql`insert into unit_succession (event, from_unit, to_unit, basis, weight, quality)
    select event, "from", "to", basis, weight, quality
    from jsonb_to_recordset(${jsonb(successions)})
      as s (event text, "from" text, "to" text, basis text, weight numeric, quality text)
    on conflict do nothing`.execute(db)
}
