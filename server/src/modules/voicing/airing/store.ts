import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at, jsonb } from '../../../platform/database.ts'
import type { Accent } from '../model.ts'
import { type SoundRow, soundColumns } from '../store.ts'
import type { Part, PartSound } from './model.ts'

export const findComposition = async (db: Db, request: string): Promise<SoundRow | undefined> =>
  (
    await sql<SoundRow>`select ${soundColumns} from sound
      where hash = (select sound from composition where request = ${request})`.execute(db)
  ).rows[0]

export type CompositionRow = {
  readonly request: string
  readonly unit: string
  readonly sound: string
  readonly parts: readonly Part[]
  readonly madeAt: Instant
}

export const insertComposition = async (db: Db, row: CompositionRow): Promise<void> => {
  await sql`insert into composition (request, unit, sound, parts, made_at)
    values (${row.request}, ${row.unit}, ${row.sound}, ${jsonb(row.parts)}, ${at(row.madeAt)})
    on conflict do nothing`.execute(db)
}

/** The parts of composed sounds, by hash; those composed before parts were kept are not among them. */
export const partsOf = async (db: Db, sounds: readonly string[]): Promise<Map<string, readonly Part[]>> => {
  const { rows } = await sql<{ sound: string; parts: readonly Part[] }>`select distinct on (sound) sound, parts
    from composition where sound = any(${[...sounds]}::text[]) and parts is not null
    order by sound, made_at, request`.execute(db)
  return new Map(rows.map(({ sound, parts }) => [sound, parts]))
}

type SoundFor = { readonly sound: string; readonly durationMs: number; readonly units: readonly string[] }

/**
 * The parts of one sound; of one that is a reading by itself, that reading. Two units may have the same sound of different words:
 * what these units made comes before what others did.
 */
export const partsOfSound = async (db: Db, { sound, durationMs, units }: SoundFor): Promise<readonly Part[]> => {
  const isOwn = sql`unit = any(${[...units]}::text[])`
  const composed = await sql<{ parts: readonly Part[] }>`select parts from composition
    where sound = ${sound} and parts is not null order by ${isOwn} desc, made_at, request limit 1`.execute(db)
  if (composed.rows[0]) return composed.rows[0].parts
  const { rows } = await sql<{ id: string }>`select id from voicing where sound = ${sound}
    order by ${isOwn} desc, made_at, id limit 1`.execute(db)
  return rows.map(({ id }) => ({ kind: 'reading', number: 1, sound, voicing: id, atMs: 0, durationMs }))
}

/** A voice's steps of speed are a twentieth; the database keeps them in single precision. */
const RATE_STEP = 0.001

type Wanted = {
  readonly unit: string
  readonly words: string
  readonly accent: Accent
  readonly rate: number
  /** Which voice; null for readings made before that was kept. */
  readonly voice: string | null
}

/** These few words as the unit has had them said in this accent and at this speed; the last of several. */
export const findLead = async (db: Db, { unit, words, accent, rate, voice }: Wanted): Promise<PartSound | undefined> =>
  (
    await sql<PartSound>`select v.sound, s.duration_ms as "durationMs", v.id as voicing
      from voicing v join sound s on s.hash = v.sound
      where v.unit = ${unit} and v.written = ${words} and length(v.written) <= 40 and v.kind = 'text'
        and v.accent = ${accent} and abs(v.rate - ${rate}::real) < ${RATE_STEP} and v.corrections = '[]'
        and v.voice->>'id' is not distinct from ${voice}
      order by v.made_at desc, v.id desc limit 1`.execute(db)
  ).rows[0]
