import type { Instant, LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at, jsonb } from '../../../platform/database.ts'
import type { AirtimeRule, RepeatRule } from './model.ts'

type By = { readonly person: string; readonly at: Instant }

export const repeatRulesOf = async (
  db: Db,
  units: readonly string[],
): Promise<{ unit: string; rules: readonly RepeatRule[] }[]> =>
  (
    await sql<{ unit: string; rules: readonly RepeatRule[] }>`select unit, rules from repeat_rule
      where unit = any(${[...units]}::text[])`.execute(db)
  ).rows

export const saveRepeatRules = async (db: Db, unit: string, rules: readonly RepeatRule[], by: By): Promise<void> => {
  await sql`insert into repeat_rule (unit, rules, saved_by, saved_at)
    values (${unit}, ${jsonb(rules)}, ${by.person}, ${at(by.at)})
    on conflict (unit) do update set rules = excluded.rules, saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(
    db,
  )
}

export const airtimeRulesOf = async (db: Db, units: readonly string[]): Promise<(AirtimeRule & { unit: string })[]> =>
  (
    await sql<
      AirtimeRule & { unit: string }
    >`select unit, purposes, minutes_per_day as "minutesPerDay" from airtime_rule
      where unit = any(${[...units]}::text[])`.execute(db)
  ).rows

export const saveAirtimeRule = async (db: Db, unit: string, rule: AirtimeRule, by: By): Promise<void> => {
  await sql`insert into airtime_rule (unit, purposes, minutes_per_day, saved_by, saved_at)
    values (${unit}, ${[...rule.purposes]}::text[], ${rule.minutesPerDay}, ${by.person}, ${at(by.at)})
    on conflict (unit) do update set purposes = excluded.purposes, minutes_per_day = excluded.minutes_per_day,
      saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(db)
}

/** What a unit says for others on each of the days, in milliseconds, as it is planned. */
export const thirdPartyMs = async (
  db: Db,
  unit: string,
  dates: readonly LocalDate[],
): Promise<ReadonlyMap<LocalDate, number>> => {
  const { rows } = await sql<{ date: LocalDate; ms: number }>`select a.local_date as date, sum(a.duration_ms) as ms
    from airing a join release_plan p on p.release = a.release
    where p.third_party and a.unit = ${unit} and a.local_date = any(${[...dates]}::date[])
      and a.superseded_by is null and a.stopped_at is null and a.only_device is null
    group by a.local_date`.execute(db)
  return new Map(rows.map(({ date, ms }) => [date, ms]))
}
