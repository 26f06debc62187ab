import { z } from 'zod'
import { publicKeySchema } from './envelope.ts'
import { idSchema, instantSchema, spanSchema } from './words.ts'

/** A unit a device listens to, for a time: communes merge, devices stay. */
export const listensSchema = z.strictObject({ unit: idSchema, from: instantSchema, to: instantSchema.nullable() })

/**
 * A device's own desired state: topic `up/{device}/config`, retained, signed by a server key. The last guard: quiet
 * hours, minutes a day and the volume cap may only be passed by a real emergency.
 */
export const configSchema = z.strictObject({
  v: z.literal(1),
  device: idSchema,
  seq: z.number().int().min(1),
  issuedAt: instantSchema,
  listens: z.array(listensSchema).max(200),
  quiet: z.array(spanSchema).max(8),
  minutesPerDayMax: z.number().min(0).max(1440),
  /** Percent of full scale, linear in amplitude. */
  volume: z.number().min(0).max(100),
  volumeMax: z.number().min(0).max(100),
})
export type DeviceConfig = z.infer<typeof configSchema>

/** What a device is before it has been told anything: it listens to nothing and keeps the night quiet. */
export const policyBeforeConfig = {
  quiet: [{ from: '21:00', to: '05:00' }],
  minutesPerDayMax: 180,
  volume: 80,
  volumeMax: 90,
} as const

/** device → server, `up/{device}/hello`, at every connection. */
export const helloSchema = z.strictObject({
  v: z.literal(1),
  device: idSchema,
  /** 22–44 characters, fresh: the welcome repeats it, so an old welcome cannot set the clock. */
  nonce: z.string().min(22).max(44),
  epoch: z.number().int().min(1),
  program: z.string().max(60),
  output: z.enum(['alsa', 'wav', 'null', 'virtual', 'page']),
  bootedAt: instantSchema,
})
export type Hello = z.infer<typeof helloSchema>

/** server → device, `up/{device}/ack`, signed (kind `welcome`): trusted time. */
export const welcomeSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('welcome'),
  device: idSchema,
  nonce: z.string().min(22).max(44),
  serverTime: instantSchema,
})
export type Welcome = z.infer<typeof welcomeSchema>

/**
 * server → device, `up/{device}/ack`, signed (kind `ack`): these receipts are safe in the database; the device may forget
 * them. Signed, or a captured broker could make a device forget what it has played.
 */
export const receiptAckSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('receipts'),
  device: idSchema,
  ids: z.array(z.string().max(120)).max(500),
})
export type ReceiptAck = z.infer<typeof receiptAckSchema>

/**
 * What a device measures of itself; each only where its hardware can. Bounds are those of physics, so that a broken sensor
 * is refused as such and not drawn.
 */
export const telemetrySchema = z.strictObject({
  /** Strength of the radio link, dBm. */
  signalDbm: z.number().min(-150).max(0).optional(),
  /** Voltage of the supply. */
  powerVolts: z.number().min(0).max(400).optional(),
  /** False: running from a battery. */
  onMains: z.boolean().optional(),
  /** Of the processor or the case, °C. */
  temperatureC: z.number().min(-60).max(150).optional(),
  /** How far the device's own clock is from the server's, ms; positive: it runs ahead. */
  clockErrorMs: z.number().min(-8_640_000_000_000).max(8_640_000_000_000).optional(),
})
export type Telemetry = z.infer<typeof telemetrySchema>

/** device → server, `up/{device}/status`; also the last will, with `online: false`. */
export const statusSchema = z.strictObject({
  v: z.literal(1),
  device: idSchema,
  at: instantSchema.nullable(),
  online: z.boolean(),
  playing: idSchema.nullable(),
  clockTrusted: z.boolean(),
  volume: z.number().min(0).max(100),
  receiptsWaiting: z.number().int().min(0),
  soundsCached: z.number().int().min(0),
  /** Absent from devices that measure nothing, and from programs before it was invented. */
  telemetry: telemetrySchema.optional(),
})
export type Status = z.infer<typeof statusSchema>

/** device → server, `up/{device}/report`: something was refused, and kept silent, that is no airing of ours. */
export const reportSchema = z.strictObject({
  v: z.literal(1),
  device: idSchema,
  at: instantSchema,
  code: z.string().max(60),
  subject: z.string().max(200),
})
export type Report = z.infer<typeof reportSchema>

/** device → server, HTTP `POST /api/enrolments`. */
export const enrolmentSchema = z.strictObject({
  code: z.string().min(8).max(40),
  key: publicKeySchema,
  program: z.string().max(60),
})
export type Enrolment = z.infer<typeof enrolmentSchema>

/** The answer to an enrolment: everything a device must remember. The secret is shown once and stored hashed. */
export const enrolledSchema = z.strictObject({
  device: idSchema,
  name: z.string(),
  epoch: z.number().int().min(1),
  secret: z.string(),
  mqttUrl: z.string(),
  rootKey: publicKeySchema,
  /** The server keys of today, so that the first config can be checked before the first roster has come. */
  serverKeys: z.array(publicKeySchema),
  listens: z.array(listensSchema),
})
export type Enrolled = z.infer<typeof enrolledSchema>
