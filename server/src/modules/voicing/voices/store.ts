import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { OwnSettings } from './model.ts'

/** What these units have set themselves. */
export const settingsOf = async (db: Db, units: readonly string[]): Promise<(OwnSettings & { unit: string })[]> =>
  (
    await sql<OwnSettings & { unit: string }>`select unit, accent, rate, voices, horn_filter as "hornFilter"
      from unit_voice where unit = any(${[...units]}::text[])`.execute(db)
  ).rows

export const saveSettings = async (
  db: Db,
  { unit, own }: { readonly unit: string; readonly own: OwnSettings },
  by: { readonly person: string; readonly at: Instant },
): Promise<void> => {
  const voices = own.voices === null ? null : [...own.voices]
  await sql`insert into unit_voice (unit, accent, rate, voices, horn_filter, saved_by, saved_at)
    values (${unit}, ${own.accent}, ${own.rate}, ${voices}::text[], ${own.hornFilter}, ${by.person}, ${at(by.at)})
    on conflict (unit) do update set accent = excluded.accent, rate = excluded.rate, voices = excluded.voices,
      horn_filter = excluded.horn_filter, saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(db)
}
