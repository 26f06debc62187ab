import type { LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import { jsonb } from '../../platform/database.ts'
import {
  type NewStation,
  type NewUnit,
  organisationKinds,
  type StationRow,
  type UnitRow,
  type VillageOfStation,
} from './model.ts'
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

/** Organisations beside the administration, as a list of SQL. */
const organisations = [...organisationKinds]

/**
 * The given units and everything below them on that day, each once, in no promised order. `all`: also organisations beside
 * the administration, which have no part in the network and are left out otherwise.
 */
export const below = async (
  db: Db,
  units: readonly string[],
  on: LocalDate,
  { all = false }: { readonly all?: boolean } = {},
): Promise<readonly string[]> => {
  const { rows } = await sql<{ unit: string }>`
    with recursive down (unit, depth) as (
      select unit, 1 from unit_version where unit = any(${[...units]}::text[]) and valid @> ${on}::date
        and (${all} or kind <> all(${organisations}::text[]))
      union
      select v.unit, down.depth + 1 from unit_version v join down on v.parent = down.unit
      where v.valid @> ${on}::date and down.depth < 12 and (${all} or v.kind <> all(${organisations}::text[]))
    )
    select distinct unit from down`.execute(db)
  return rows.map((row) => row.unit)
}

/** Units that exist on that day, in no promised order, without organisations; `within`: only these, whatever they are. */
export const unitsThen = async (db: Db, on: LocalDate, within?: readonly string[]): Promise<readonly UnitRow[]> => {
  const { rows } = await sql<UnitRow>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented
    from unit_version
    where valid @> ${on}::date and case when ${within === undefined} then kind <> all(${organisations}::text[])
      else unit = any(${[...(within ?? [])]}::text[]) end`.execute(db)
  return rows
}

/** For how long each unit that is there on `on` is there without a break, whatever it is called and wherever it hangs. */
export const lifeAround = async (
  db: Db,
  units: readonly string[],
  on: LocalDate,
): Promise<readonly { unit: string; from: LocalDate; to: LocalDate | null }[]> => {
  const { rows } = await sql<{ unit: string; from: LocalDate; to: LocalDate | null }>`
    select unit, lower(life) as "from", upper(life) as "to"
    from (select unit, unnest(range_agg(valid)) as life from unit_version
      where unit = any(${[...units]}::text[]) group by unit) as lives
    where life @> ${on}::date`.execute(db)
  return rows
}

/**
 * The next day after `after` on which one of the units begins, ends or hangs elsewhere, or a station serves other villages. A
 * new name alone turns nothing.
 */
export const nextTurn = async (db: Db, units: readonly string[], after: LocalDate): Promise<LocalDate | undefined> => {
  const { rows } = await sql<{ day: LocalDate | null }>`
    select min(day) as day from (
      select lower(v.valid) as day from unit_version v where v.unit = any(${[...units]}::text[])
        and not exists (select 1 from unit_version e where e.unit = v.unit and upper(e.valid) = lower(v.valid)
          and e.parent is not distinct from v.parent)
      union all
      select upper(v.valid) from unit_version v where v.unit = any(${[...units]}::text[])
        and not exists (select 1 from unit_version l where l.unit = v.unit and lower(l.valid) = upper(v.valid)
          and l.parent is not distinct from v.parent)
      union all
      select unnest(array[lower(valid), upper(valid)]) from station_village
        where station = any(${[...units]}::text[]) or village = any(${[...units]}::text[])
    ) as days where day > ${after}::date`.execute(db)
  return rows[0]?.day ?? undefined
}

/** Communes whose first day is still to come. */
export const communesToCome = async (db: Db, after: LocalDate): Promise<readonly { id: string; from: LocalDate }[]> => {
  const { rows } = await sql<{ id: string; from: LocalDate }>`
    select unit as id, min(lower(valid)) as "from" from unit_version where kind = 'commune'
    group by unit having min(lower(valid)) > ${after}::date order by 2, 1`.execute(db)
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

/** What hangs right below a unit on that day, organisations too. */
export const childrenThen = async (db: Db, parent: string, on: LocalDate): Promise<readonly UnitRow[]> => {
  const { rows } = await sql<UnitRow>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented
    from unit_version where parent = ${parent} and valid @> ${on}::date`.execute(db)
  return rows
}

/** Everything that hangs right below the units on the day or at any time after it; one row for each unit and parent. */
export const hangingFrom = async (db: Db, parents: readonly string[], on: LocalDate): Promise<readonly UnitRow[]> => {
  const { rows } = await sql<UnitRow>`
    select distinct on (unit, parent) unit as id, kind, name, short_name as "shortName", parent, population, invented
    from unit_version
    where parent = any(${[...parents]}::text[]) and (upper(valid) is null or upper(valid) > ${on}::date)
    order by unit, parent, lower(valid)`.execute(db)
  return rows
}

/** Makes the day the first of a version of its own, which is like the one before but for where its facts come from. */
export const splitVersion = async (
  db: Db,
  { unit, on, source }: { unit: string; on: LocalDate; source: string },
): Promise<void> => {
  const { rows } = await sql<UnitVersion>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented, gso_code as "gsoCode",
      lower(valid) as "from", upper(valid) as "to", source
    from unit_version where unit = ${unit} and valid @> ${on}::date and lower(valid) < ${on}::date for update`.execute(
    db,
  )
  const [version] = rows
  if (version === undefined) return
  await endVersion(db, unit, on)
  await insertUnits(db, [{ ...version, from: on, source }])
}

/** The name of a unit in every version that begins on the day or later. */
export const nameFrom = async (
  db: Db,
  { unit, on, name, shortName }: { unit: string; on: LocalDate; name: string; shortName: string },
): Promise<void> => {
  await sql`update unit_version set name = ${name}, short_name = ${shortName}
    where unit = ${unit} and lower(valid) >= ${on}::date`.execute(db)
}

/** Ends a unit for good: its version of that day gets an end, later ones are taken away. */
export const endFrom = async (db: Db, unit: string, on: LocalDate): Promise<void> => {
  await sql`delete from unit_version where unit = ${unit} and lower(valid) >= ${on}::date`.execute(db)
  await endVersion(db, unit, on)
}

/** Whatever hangs below `from` in a version that begins on the day or later hangs below `to`. */
export const hangElsewhere = async (
  db: Db,
  { from, to, on }: { from: readonly string[]; to: string; on: LocalDate },
): Promise<void> => {
  await sql`update unit_version set parent = ${to}
    where parent = any(${[...from]}::text[]) and lower(valid) >= ${on}::date`.execute(db)
}

/** Versions from the day on that hang below `to` hang below `was` again. */
export const hangBack = async (
  db: Db,
  { unit, was, to, on }: { unit: string; was: string; to: string; on: LocalDate },
): Promise<void> => {
  await sql`update unit_version set parent = ${was}
    where unit = ${unit} and parent = ${to} and lower(valid) >= ${on}::date`.execute(db)
}

/** Where the version that ends on the day and the one that begins on it say the same, they are one again. */
export const mendVersion = async (db: Db, unit: string, on: LocalDate): Promise<void> => {
  const { rows } = await sql<{ until: LocalDate | null }>`
    delete from unit_version l using unit_version e
    where l.unit = ${unit} and e.unit = l.unit and lower(l.valid) = ${on}::date and upper(e.valid) = ${on}::date
      and (e.kind, e.name, e.short_name, e.invented) = (l.kind, l.name, l.short_name, l.invented)
      and e.parent is not distinct from l.parent and e.gso_code is not distinct from l.gso_code
      and e.population is not distinct from l.population
    returning upper(l.valid) as until`.execute(db)
  const [row] = rows
  if (row !== undefined) await reopen(db, { unit, on, until: row.until })
}

/** The version that ends on the day lasts until another one, or without a set end. */
export const reopen = async (
  db: Db,
  { unit, on, until }: { unit: string; on: LocalDate; until: LocalDate | null },
): Promise<void> => {
  await sql`update unit_version set valid = daterange(lower(valid), ${until}::date)
    where unit = ${unit} and upper(valid) = ${on}::date`.execute(db)
}

/** From the day on, notices for `to` are wanted in every language in which they were for the others. Returns those added. */
export const wantAlso = async (
  db: Db,
  { gone, to, on }: { gone: readonly string[]; to: string; on: LocalDate },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ language: string }>`
    insert into unit_language (unit, language, valid, invented)
    select ${to}, language, daterange(${on}::date, null), bool_and(invented) from unit_language
    where unit = any(${[...gone]}::text[]) and valid @> ${on}::date group by language
    on conflict do nothing returning language`.execute(db)
  return rows.map(({ language }) => language)
}

/** Takes back what `wantAlso` added. */
export const unwant = async (
  db: Db,
  { unit, language, on }: { unit: string; language: string; on: LocalDate },
): Promise<void> => {
  await sql`delete from unit_language where unit = ${unit} and language = ${language} and lower(valid) = ${on}::date`.execute(
    db,
  )
}

/** Takes an event back, with what went where in it: for one that has not come to pass. */
export const removeEvent = async (db: Db, event: string): Promise<void> => {
  await sql`delete from unit_succession where event = ${event}`.execute(db)
  await sql`delete from unit_event where id = ${event}`.execute(db)
}

/** Takes every version of a unit away: it never was. Its id stays, for what was signed ahead may name it. */
export const removeVersions = async (db: Db, unit: string): Promise<void> => {
  await sql`delete from unit_version where unit = ${unit}`.execute(db)
}

/** Versions of all units whose name may be asked for, with their days; districts and former communes too. */
export const everyVersion = async (db: Db): Promise<readonly UnitVersion[]> => {
  const { rows } = await sql<UnitVersion>`
    select unit as id, kind, name, short_name as "shortName", parent, population, invented, gso_code as "gsoCode",
      lower(valid) as "from", upper(valid) as "to", source
    from unit_version order by lower(valid), unit`.execute(db)
  return rows
}

export type UnitFound = {
  readonly id: string
  readonly kind: UnitRow['kind']
  readonly name: string
  readonly parent: string | null
  /** The name it was found by, where that is not the one it has today. */
  readonly formerName: string | null
}

/** Units that exist on that day, found by the name they have or had. */
export const findUnits = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  { units, on }: { units: readonly string[]; on: LocalDate },
): Promise<readonly UnitFound[]> => {
  const { rows } = await sql<UnitFound>`
    select id, kind, name, parent, "formerName" from (
      select distinct on (now.unit) now.unit as id, now.kind, now.name, now.parent, found.words @@ ${exact}::tsquery as exact,
        case when now.words @@ ${folded}::tsquery then null else found.name end as "formerName"
      from unit_version now join unit_version found on found.unit = now.unit and found.words @@ ${folded}::tsquery
      where now.valid @> ${on}::date and now.unit = any(${[...units]}::text[])
      order by now.unit, found.words @@ ${exact}::tsquery desc, lower(found.valid) desc
    ) units
    order by "formerName" is not null, exact desc,
      array_position(array['province', 'commune', 'station', 'village'], kind) nulls last, name, id limit ${most}`.execute(
    db,
  )
  return rows
}

/** Units that went whole into one of the units, at once or by way of others, and are no more on that day. */
export const formerUnitsOf = async (db: Db, units: readonly string[], on: LocalDate): Promise<readonly string[]> => {
  const { rows } = await sql<{ unit: string }>`
    with recursive former (unit, depth) as (
      select s.from_unit, 1 from unit_succession s join unit_event e on e.id = s.event
      where s.to_unit = any(${[...units]}::text[]) and s.basis = 'whole' and e.effective_on <= ${on}::date
      union
      select s.from_unit, former.depth + 1 from unit_succession s join unit_event e on e.id = s.event
        join former on former.unit = s.to_unit
      where s.basis = 'whole' and e.effective_on <= ${on}::date and former.depth < 12
    )
    select distinct unit from former`.execute(db)
  return rows.map(({ unit }) => unit)
}

/** The unit of that day into which a former one went whole, by way of however many; `undefined` where there is none. */
export const heirOf = async (db: Db, unit: string, on: LocalDate): Promise<string | undefined> => {
  const { rows } = await sql<{ unit: string }>`
    with recursive next (unit, depth) as (
      select s.to_unit, 1 from unit_succession s join unit_event e on e.id = s.event
      where s.from_unit = ${unit} and s.basis = 'whole' and e.effective_on <= ${on}::date
      union
      select s.to_unit, next.depth + 1 from unit_succession s join unit_event e on e.id = s.event
        join next on next.unit = s.from_unit
      where s.basis = 'whole' and e.effective_on <= ${on}::date and next.depth < 12
    )
    select next.unit from next join unit_version v on v.unit = next.unit and v.valid @> ${on}::date
    order by next.depth desc limit 1`.execute(db)
  return rows[0]?.unit
}

/** Communes among the units that were there on some day of a period, by name; called as at its end. */
export const communesWithin = async (
  db: Db,
  units: readonly string[],
  period: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly { id: string; name: string }[]> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (unit) unit as id, name from unit_version
    where kind = 'commune' and unit = any(${[...units]}::text[])
      and valid && daterange(${period.from}::date, ${period.to}::date, '[]')
    order by unit, lower(valid) desc`.execute(db)
  return rows
}
