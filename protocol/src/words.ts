import { z } from 'zod'

/** Limits that both ends rely on; each with its reason. */
export const limits = {
  /** A village cluster is not an archive: 14 days of sessions fit in well under this many airings. */
  airingsInManifestMax: 500,
  /** 30 minutes: the longest relay in a 45-minute rural session leaves room for local items. */
  soundDurationMsMax: 30 * 60_000,
  /** "Play now" that could not start within this time is stale news and stays silent. */
  nowLatestStartMs: 10 * 60_000,
  /** A release cannot be valid for longer than this without a new approval. */
  validityMsMax: 366 * 86_400_000,
} as const

export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
export const instantSchema = z.number().int().min(0).max(8_640_000_000_000)
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)
export const spanSchema = z.strictObject({
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
})

/**
 * Bulletin classes. The first three are those of Thông tư 39/2020/TT-BTTTT (thông thường, ưu tiên, khẩn cấp); a drill is
 * a class of its own so that it can never be mistaken for, or raised to, the real thing.
 */
export const classSchema = z.enum(['normal', 'priority', 'emergency', 'drill'])
export type BulletinClass = z.infer<typeof classSchema>

/** People who must sign, by class. The raiser of an emergency counts as the first of the two. */
export const signersNeeded: Readonly<Record<BulletinClass, number>> = { normal: 1, priority: 1, emergency: 2, drill: 2 }

/** Which airing gives way: a higher number interrupts a lower one; equal numbers wait for each other. */
export const precedence: Readonly<Record<BulletinClass, number>> = { normal: 1, priority: 2, drill: 2, emergency: 4 }
