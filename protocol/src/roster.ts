import { z } from 'zod'
import { publicKeySchema } from './envelope.ts'
import { classSchema, idSchema, instantSchema } from './words.ts'

/**
 * The roster of a unit says whose key may approve what, for which units, and which server keys may choose among approved
 * releases. It is signed by the root key that a device learns when it is enrolled. A device never goes back to a lower
 * version, also not after a reboot.
 */
export const rosterSchema = z.strictObject({
  v: z.literal(1),
  /** The unit this roster is for; usually a commune. */
  unit: idSchema,
  version: z.number().int().min(1),
  issuedAt: instantSchema,
  /** The unit itself and everything below it, by id: where its people may be heard. */
  covers: z.array(idSchema).min(1).max(2000),
  people: z
    .array(
      z.strictObject({
        person: idSchema,
        key: publicKeySchema,
        may: z.array(classSchema),
        from: instantSchema,
        to: instantSchema.nullable(),
      }),
    )
    .max(200),
  servers: z.array(z.strictObject({ key: publicKeySchema, from: instantSchema, to: instantSchema.nullable() })).max(8),
})
export type Roster = z.infer<typeof rosterSchema>
