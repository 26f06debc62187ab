import { z } from '@hono/zod-openapi'
import { correctionSchema } from './lexicon/model.ts'
import type { TimedWord } from './model.ts'
import type { VoicingRow } from './store.ts'

/** A word that is said: `from` and `to` in the text as written, `atMs` from the beginning of its sound. */
export const timedWordSchema = z.object({
  text: z.string(),
  from: z.number(),
  to: z.number(),
  rule: z.string(),
  /** What else it could be; empty where it was a guess, absent without a doubt. */
  doubtful: z.array(z.string()).optional(),
  atMs: z.number(),
})

export const presentWord = (word: TimedWord, beginsMs = 0): z.input<typeof timedWordSchema> => {
  const { text, from, to, rule, doubtful, atMs } = word
  return { text, from, to, rule, ...(doubtful && { doubtful: [...doubtful] }), atMs: beginsMs + atMs }
}

const voiceNameSchema = z.object({ id: z.string(), name: z.string() }).nullable()

/** What made a reading sound as it does. */
export const readBySchema = z.object({
  /** The voice did not tell when its words begin: the times are estimated. */
  timesEstimated: z.boolean(),
  /** The voice that spoke, and the one that was wanted and could not. */
  voice: voiceNameSchema,
  wantedVoice: voiceNameSchema,
  /** Readings put right for this one text. */
  corrections: z.array(correctionSchema),
})

type ReadByRow = Pick<VoicingRow, 'timesEstimated' | 'voice' | 'wantedVoice' | 'corrections'>

export const presentReadBy = (row: ReadByRow): z.input<typeof readBySchema> => ({
  timesEstimated: row.timesEstimated,
  voice: row.voice && { id: row.voice.id, name: row.voice.name },
  wantedVoice: row.wantedVoice && { id: row.wantedVoice.id, name: row.wantedVoice.name },
  corrections: row.corrections.map(({ written, spoken }) => ({ written, spoken })),
})
