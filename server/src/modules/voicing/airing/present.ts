import { z } from '@hono/zod-openapi'
import type { Part } from './model.ts'

/** A part of a composed sound. Words of a reading are told from its beginning: `atMs` is to be added to their times. */
export const partSchema = z
  .object({
    kind: z.enum(['attention', 'opening', 'reading', 'again', 'closing']),
    /** Which reading it is or leads to, from 1; null for what stands around. */
    number: z.number().nullable(),
    atMs: z.number(),
    durationMs: z.number(),
  })
  .openapi('SoundPart')

export const presentPart = ({ kind, number, atMs, durationMs }: Part): z.input<typeof partSchema> => ({
  kind,
  number,
  atMs,
  durationMs,
})
