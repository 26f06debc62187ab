import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { AgainRule, FrameChoice, SoundChoice } from './model.ts'

type Row = {
  readonly unit: string
  readonly attention: 'chime' | 'own' | 'none' | null
  readonly attentionVoicing: string | null
  readonly opening: 'own' | 'none' | null
  readonly openingVoicing: string | null
  readonly closing: 'own' | 'none' | null
  readonly closingVoicing: string | null
  readonly again: AgainRule | null
}

const choiceOf = (use: 'chime' | 'own' | 'none' | null, voicing: string | null): SoundChoice => {
  if (use !== 'own') return use && { use }
  return voicing === null ? null : { use, voicing }
}

/** What these units have chosen, by unit. */
export const frameChoices = async (db: Db, units: readonly string[]): Promise<Map<string, FrameChoice>> => {
  const { rows } = await sql<Row>`select unit, attention, attention_voicing as "attentionVoicing", opening,
      opening_voicing as "openingVoicing", closing, closing_voicing as "closingVoicing", again
    from notice_frame where unit = any(${[...units]}::text[])`.execute(db)
  return new Map(
    rows.map((row) => [
      row.unit,
      {
        attention: choiceOf(row.attention, row.attentionVoicing),
        opening: choiceOf(row.opening, row.openingVoicing),
        closing: choiceOf(row.closing, row.closingVoicing),
        again: row.again,
      },
    ]),
  )
}

const useOf = (choice: SoundChoice) => choice?.use ?? null
const voicingOf = (choice: SoundChoice) => (choice?.use === 'own' ? choice.voicing : null)

/** One at a time for a unit: who comes second sees what the first has chosen. */
export const lockFrame = async (db: Db, unit: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa frame ' || ${unit}, 0))`.execute(db)
}

export const saveFrame = async (
  db: Db,
  unit: string,
  { choice, by, now }: { readonly choice: FrameChoice; readonly by: string; readonly now: Instant },
): Promise<void> => {
  const { attention, opening, closing, again } = choice
  await sql`insert into notice_frame (unit, attention, attention_voicing, opening, opening_voicing, closing,
      closing_voicing, again, changed_by, changed_at)
    values (${unit}, ${useOf(attention)}, ${voicingOf(attention)}, ${useOf(opening)}, ${voicingOf(opening)},
      ${useOf(closing)}, ${voicingOf(closing)}, ${again}, ${by}, ${at(now)})
    on conflict (unit) do update set attention = excluded.attention, attention_voicing = excluded.attention_voicing,
      opening = excluded.opening, opening_voicing = excluded.opening_voicing, closing = excluded.closing,
      closing_voicing = excluded.closing_voicing, again = excluded.again, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`.execute(db)
}

/** Units whose notices have this sound around them now. */
export const unitsFramedBy = async (db: Db, sound: string): Promise<string[]> =>
  (
    await sql<{ unit: string }>`select unit from notice_frame
      where exists (select from voicing v where v.sound = ${sound}
        and v.id in (attention_voicing, opening_voicing, closing_voicing))`.execute(db)
  ).rows.map(({ unit }) => unit)
