import { z } from 'zod'
import { classSchema, hashSchema, idSchema, instantSchema, limits, spanSchema } from './words.ts'

/**
 * The candidate: exactly what an approver signs. Audience, class, hours, validity and the largest number of plays are
 * all in it, so that neither a captured broker nor a captured server can make a loudspeaker say anything else, elsewhere,
 * or again. A manifest may only choose within it.
 */
export const candidateSchema = z.strictObject({
  v: z.literal(1),
  /** Id of the release this becomes once signed. */
  release: idSchema,
  /** The unit that issues it. */
  unit: idSchema,
  /** The author's person id: whoever wrote it cannot be among the signers of an ordinary item. */
  author: idSchema,
  title: z.string().min(1).max(200),
  class: classSchema,
  /** Units it may be heard in. A device plays when one of the units it listens to is among them. */
  audience: z.array(idSchema).min(1).max(500),
  notBefore: instantSchema,
  notAfter: instantSchema,
  /** Local hours within which it may start; empty: any hour the device itself allows. */
  hours: z.array(spanSchema).max(8),
  /** Largest number of times one device may play it. */
  playsMax: z.number().int().min(1).max(1000),
  /** Language versions in the order they are played: the sound, by hash, is part of what is signed. */
  versions: z
    .array(
      z.strictObject({
        language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
        sound: hashSchema,
        bytes: z.number().int().min(1).max(64_000_000),
        durationMs: z.number().int().min(1).max(limits.soundDurationMsMax),
      }),
    )
    .min(1)
    .max(8),
  madeAt: instantSchema,
})
export type Candidate = z.infer<typeof candidateSchema>

/** The candidate's bytes: JSON with the keys in the order of the schema. Decoders take any order; the bytes are what is signed. */
export const encodeCandidate = (candidate: Candidate): string => JSON.stringify(candidateSchema.parse(candidate))
