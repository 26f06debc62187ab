import { z } from 'zod'
import { envelopeSchema } from './envelope.ts'
import { hashSchema, idSchema, instantSchema, limits } from './words.ts'

/** An airing: a release placed at a time. `at` is the planned start; a device that could not start by `latestStart` stays silent and says so. */
export const airingSchema = z.strictObject({
  id: idSchema,
  release: idSchema,
  at: instantSchema,
  latestStart: instantSchema,
})
export type PlannedAiring = z.infer<typeof airingSchema>

/** A sound to fetch now although it may not be played yet: its release is still waiting for signatures. */
export const prefetchSchema = z.strictObject({ sound: hashSchema, bytes: z.number().int().min(1) })

/**
 * Desired state of one unit for the coming days: topic `unit/{unit}/manifest`, retained, signed by a server key that
 * stands in the unit's roster. Releases travel as they were signed by people (kind `candidate`).
 */
export const manifestSchema = z.strictObject({
  v: z.literal(1),
  unit: idSchema,
  /** Rises with every manifest of the unit; a device keeps the highest it has seen, across reboots. */
  seq: z.number().int().min(1),
  issuedAt: instantSchema,
  airings: z.array(airingSchema).max(limits.airingsInManifestMax),
  releases: z.array(envelopeSchema).max(limits.airingsInManifestMax),
  /** Airings that were stopped: they do not start, and end where they are playing. */
  stopped: z.array(idSchema).max(limits.airingsInManifestMax),
  prefetch: z.array(prefetchSchema).max(200),
})
export type Manifest = z.infer<typeof manifestSchema>

/**
 * "Play this": topic `unit/{unit}/order`, not retained, one small message. The next manifest holds the same airing. With
 * `device` it is for that one device, on `up/{device}/order`, and no manifest holds it: `unit` is then the unit by which
 * the device is reached. An order that names a device is refused by every other one and on every other topic.
 */
export const orderSchema = z.strictObject({
  v: z.literal(1),
  unit: idSchema,
  seq: z.number().int().min(1),
  issuedAt: instantSchema,
  airing: airingSchema,
  release: envelopeSchema,
  device: idSchema.optional(),
})
export type Order = z.infer<typeof orderSchema>

/**
 * "Be silent": topic `unit/{unit}/stop`, retained. One airing, or everything that should have started by `issuedAt`.
 * Silence is always allowed: a server key is enough, and no sequence check keeps an older stop from being obeyed.
 */
export const stopSchema = z.strictObject({
  v: z.literal(1),
  unit: idSchema,
  seq: z.number().int().min(1),
  issuedAt: instantSchema,
  airing: idSchema.nullable(),
})
export type Stop = z.infer<typeof stopSchema>
