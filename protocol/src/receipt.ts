import { z } from 'zod'
import { hashSchema, idSchema, instantSchema } from './words.ts'

/** How an airing ended on one device. */
export const outcomeSchema = z.enum(['completed', 'interrupted', 'stopped', 'preempted', 'silent'])
export type Outcome = z.infer<typeof outcomeSchema>

/** Why a device kept silent, or ended early. Stable: statistics and tickets are built on them. */
export const reasonSchema = z.enum([
  'clock.untrusted',
  'airing.expired',
  'airing.stopped',
  'candidate.malformed',
  'candidate.tooFewSigners',
  'candidate.ownApproval',
  'candidate.foreign',
  'candidate.outsideHours',
  'candidate.notYet',
  'candidate.over',
  'candidate.playsUsedUp',
  'device.quietHours',
  'device.minutesUsedUp',
  'device.notListening',
  'sound.missing',
  'sound.wrongHash',
  'sound.broken',
  'output.failed',
  'power.lost',
  'higherClass',
])
export type Reason = z.infer<typeof reasonSchema>

/**
 * A receipt: a device's account of one airing, signed with the device's own key (kind `receipt`). It says what was heard,
 * not what was sent. `id` is `<device>.<epoch>.<counter>`; the counter never repeats within an epoch, so the server can
 * keep each exactly once however often it is sent.
 */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}\.\d{1,9}\.\d{1,15}$/),
  device: idSchema,
  epoch: z.number().int().min(1),
  counter: z.number().int().min(1),
  airing: idSchema,
  release: idSchema,
  /** The unit of the device that the airing reached. */
  unit: idSchema,
  outcome: outcomeSchema,
  reason: reasonSchema.nullable(),
  /** On the device's clock; null where the airing never started. */
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema,
  /** Whether the device's clock had been set by a welcome, or by a clock of its own it may trust. */
  clockTrusted: z.boolean(),
  /** Seconds of sound really written to the output; eight language versions of 30 minutes are the most there can be. */
  secondsWritten: z.number().min(0).max(14_400),
  /** RMS level of what was written, dBFS; null where nothing was. */
  levelDbfs: z.number().min(-200).max(20).nullable(),
  volume: z.number().min(0).max(100),
  output: z.enum(['alsa', 'wav', 'null', 'virtual', 'page']),
  sounds: z.array(hashSchema).max(8),
})
export type Receipt = z.infer<typeof receiptSchema>
