import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { Correction } from './lexicon/model.ts'
import type { Accent, TimedWord } from './model.ts'
import type { VoiceName } from './voices/choosing.ts'

export type SoundRow = {
  readonly hash: string
  readonly bytes: number
  readonly durationMs: number
  readonly loudnessLufs: number
  readonly peakDbtp: number
  readonly levels: readonly number[]
  readonly madeAt: Instant
}

export type VoicingRow = {
  readonly id: string
  readonly request: string
  readonly unit: string
  readonly kind: 'text' | 'recording'
  readonly written: string | null
  readonly spoken: string | null
  readonly words: readonly TimedWord[] | null
  readonly timesEstimated: boolean
  readonly accent: Accent | null
  readonly rate: number | null
  readonly corrections: readonly Correction[]
  /** The voice that spoke; `wantedVoice`: the one that the unit would rather have heard and that could not. */
  readonly voice: VoiceName | null
  readonly wantedVoice: VoiceName | null
  readonly uploadHash: string | null
  readonly sound: string
  readonly madeBy: string | null
  readonly madeAt: Instant
}

export const soundColumns = sql`hash, bytes, duration_ms as "durationMs", loudness_lufs as "loudnessLufs",
  peak_dbtp as "peakDbtp", levels, made_at as "madeAt"`
const voicingColumns = sql`id, request, unit, kind, written, spoken, words, times_estimated as "timesEstimated", accent, rate,
  corrections, voice, wanted_voice as "wantedVoice", upload_hash as "uploadHash", sound, made_by as "madeBy", made_at as "madeAt"`

export const findSounds = async (db: Db, hashes: readonly string[]): Promise<SoundRow[]> =>
  (await sql<SoundRow>`select ${soundColumns} from sound where hash = any(${[...hashes]}::text[])`.execute(db)).rows

/** Keeps what was measured on a sound; the same bytes are the same row. */
export const insertSound = async (db: Db, row: SoundRow): Promise<void> => {
  await sql`insert into sound (hash, bytes, duration_ms, loudness_lufs, peak_dbtp, levels, made_at)
    values (${row.hash}, ${row.bytes}, ${row.durationMs}, ${row.loudnessLufs}, ${row.peakDbtp},
      ${[...row.levels]}::real[], ${at(row.madeAt)}) on conflict do nothing`.execute(db)
}

export const findVoicings = async (db: Db, ids: readonly string[]): Promise<VoicingRow[]> =>
  (await sql<VoicingRow>`select ${voicingColumns} from voicing where id = any(${[...ids]}::text[])`.execute(db)).rows

export const findByRequest = async (db: Db, request: string): Promise<VoicingRow | undefined> =>
  (await sql<VoicingRow>`select ${voicingColumns} from voicing where request = ${request}`.execute(db)).rows[0]

/** Keeps a voicing; false where the same request was answered meanwhile. */
export const insertVoicing = async (db: Db, row: VoicingRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into voicing
    (id, request, unit, kind, written, spoken, words, times_estimated, accent, rate, corrections, voice, wanted_voice,
      upload_hash, sound, made_by, made_at)
    values (${row.id}, ${row.request}, ${row.unit}, ${row.kind}, ${row.written}, ${row.spoken},
      ${row.words === null ? null : jsonb(row.words)}, ${row.timesEstimated}, ${row.accent}, ${row.rate},
      ${jsonb(row.corrections)}, ${row.voice === null ? null : jsonb(row.voice)},
      ${row.wantedVoice === null ? null : jsonb(row.wantedVoice)}, ${row.uploadHash}, ${row.sound},
      ${row.madeBy}, ${at(row.madeAt)}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Units for which this sound was made. */
export const unitsHaving = async (db: Db, sound: string): Promise<string[]> =>
  (
    await sql<{ unit: string }>`select unit from voicing where sound = ${sound}
      union select unit from composition where sound = ${sound}`.execute(db)
  ).rows.map((row) => row.unit)
