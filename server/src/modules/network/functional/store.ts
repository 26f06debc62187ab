import type { Instant, LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { Rule } from './model.ts'

export const rulesOf = async (db: Db, units?: readonly string[]): Promise<ReadonlyMap<string, Rule>> => {
  const { rows } = await sql<Rule>`select unit, enabled, time from functional_rule
    where ${units === undefined} or unit = any(${[...(units ?? [])]}::text[])`.execute(db)
  return new Map(rows.map((rule) => [rule.unit, rule]))
}

export const saveRule = async (db: Db, rule: Rule, { now, by }: { now: Instant; by: string }): Promise<void> => {
  await sql`insert into functional_rule (unit, enabled, time, set_at, set_by)
    values (${rule.unit}, ${rule.enabled}, ${rule.time}, ${at(now)}, ${by})
    on conflict (unit) do update set enabled = excluded.enabled, time = excluded.time, set_at = excluded.set_at,
      set_by = excluded.set_by`.execute(db)
}

export type TestRow = {
  readonly airing: string
  readonly unit: string
  readonly localDate: LocalDate
  readonly at: Instant
  readonly lookedAt: Instant | null
}

const columns = sql.raw(`airing, unit, local_date as "localDate", at, looked_at as "lookedAt"`)

/** Units that have their test of the day. */
export const testedOn = async (db: Db, days: readonly LocalDate[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ unit: string; localDate: LocalDate }>`select unit, local_date as "localDate"
    from functional_test where local_date = any(${[...days]}::date[])`.execute(db)
  return new Set(rows.map(({ unit, localDate }) => `${unit} ${localDate}`))
}

export const insertTest = async (db: Db, test: Omit<TestRow, 'lookedAt'>): Promise<void> => {
  await sql`insert into functional_test (airing, unit, local_date, at)
    values (${test.airing}, ${test.unit}, ${test.localDate}::date, ${at(test.at)}) on conflict do nothing`.execute(db)
}

/** Forgets tests of the units that have not sounded yet; answers their airings. */
export const dropComing = async (db: Db, units: readonly string[], now: Instant): Promise<readonly string[]> => {
  const { rows } = await sql<{ airing: string }>`delete from functional_test
    where unit = any(${[...units]}::text[]) and at > ${at(now)} returning airing`.execute(db)
  return rows.map(({ airing }) => airing)
}

/** Tests that sounded long enough ago for every receipt to have come, and that nobody has looked at. */
export const testsToLookAt = async (db: Db, before: Instant): Promise<readonly TestRow[]> => {
  const { rows } = await sql<TestRow>`select ${columns} from functional_test
    where looked_at is null and at <= ${at(before)} order by at limit 50`.execute(db)
  return rows
}

export const markLookedAt = async (db: Db, airing: string, now: Instant): Promise<void> => {
  await sql`update functional_test set looked_at = ${at(now)} where airing = ${airing}`.execute(db)
}

/** Tests of the units on a day, or the newest ones. */
export const testsOf = async (
  db: Db,
  asked: { readonly units: readonly string[]; readonly day: LocalDate | null; readonly max: number },
): Promise<readonly TestRow[]> => {
  const { rows } = await sql<TestRow>`select ${columns} from functional_test
    where unit = any(${[...asked.units]}::text[]) and (${asked.day}::date is null or local_date = ${asked.day}::date)
    order by at desc, unit limit ${asked.max}`.execute(db)
  return rows
}
