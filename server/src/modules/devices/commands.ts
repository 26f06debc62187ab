import { type Enrolled, type Enrolment, type Instant, localDate, type PublicKey, topics } from '@loa/protocol'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { rootKey, serverKeys } from '../trust/index.ts'
import { CODE_BYTES, codeHash, codeOf, isGenuine, sameHash, secretHash } from './codes.ts'
import {
  DEVICE_CONFIGURED,
  DEVICE_ENROLLED,
  DEVICE_REVOKED,
  type DeviceConfigured,
  type DeviceEnrolled,
  type DeviceRevoked,
} from './facts.ts'
import { type ClusterRow, CODE_VALID_MS, type DeviceRow, type Settings } from './model.ts'
import { insertPart, removeParts } from './parts/store.ts'
import { listensOf } from './reach.ts'
import { publishConfig } from './settings.ts'
import * as store from './store.ts'
import { closeForRevoked } from './tickets/commands.ts'

const SECRET_BYTES = 32

export type Code = { readonly code: string; readonly expiresAt: Instant }

const storeCode = async (ctx: Context, db: Db, device: string): Promise<Code> => {
  const now = ctx.clock.now()
  const code = codeOf(ctx.ids.secret(CODE_BYTES))
  const expiresAt = now + CODE_VALID_MS
  await store.insertCode(db, { hash: codeHash(code), device, now, expiresAt })
  return { code, expiresAt }
}

export type NewDeviceAsked = {
  readonly kind: 'cluster' | 'gateway'
  readonly name: string
  readonly unit: string
  /** Horns of a cluster; of a gateway, clusters behind it are entered on their own. */
  readonly horns: number
  readonly by: string
}

/** Enters a device and makes its first enrolment code. The caller has checked that the unit fits the kind. */
export const enterDevice = (ctx: Context, asked: NewDeviceAsked): Promise<Code & { readonly device: string }> =>
  inTransaction(ctx.db, async (db) => {
    const { kind, name, unit, horns, by } = asked
    const now = ctx.clock.now()
    const device = ctx.ids.next()
    // the demonstration must speak whenever somebody tries it; it is reached from this machine alone and wakes nobody
    const quiet = ctx.config.demo ? { quiet: [] } : {}
    await store.insertDevices(db, [{ id: device, kind, name, unit, invented: false, madeAt: now, ...quiet }])
    if (kind === 'cluster') {
      const cluster: ClusterRow = { id: device, village: unit, name, horns, device, gateway: null, invented: false }
      await store.insertClusters(db, [cluster])
    }
    const code = await storeCode(ctx, db, device)
    await record(db, { at: now, person: by, action: 'device.entered', subject: device, unit, detail: { kind } })
    return { device, ...code }
  })

/** Makes a new code for a device; codes not yet used lapse. Refused for a device that is revoked. */
export const makeCode = (ctx: Context, id: string, by: string | null): Promise<Code | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const device = await store.lockDevice(db, id)
    if (device === undefined || device.kind === 'page') return refuse('input.notFound')
    if (device.revokedAt !== null) return refuse('device.revoked')
    const code = await storeCode(ctx, db, id)
    await record(db, { at: ctx.clock.now(), person: by, action: 'device.codeMade', subject: id, unit: device.unit })
    return code
  })

const whyCodeFails = async (db: Db, hash: Uint8Array): Promise<Refusal> => {
  const code = await store.codeByHash(db, hash)
  if (code === undefined) return refuse('device.codeUnknown')
  return refuse(code.usedAt === null ? 'device.codeExpired' : 'device.codeUsed')
}

/**
 * Makes a new code for each of many devices at once, as for a fleet that enrols together; revoked and unknown ones are left
 * out. One line in the record.
 */
export const makeCodes = (
  ctx: Context,
  ids: readonly string[],
  by: string | null,
): Promise<ReadonlyMap<string, string>> =>
  inTransaction(ctx.db, async (db) => {
    const codes = new Map<string, string>()
    for (const id of ids) {
      const device = await store.lockDevice(db, id)
      if (device === undefined || device.revokedAt !== null || device.kind === 'page') continue
      codes.set(id, (await storeCode(ctx, db, id)).code)
    }
    const detail = { devices: codes.size }
    await record(db, { at: ctx.clock.now(), person: by, action: 'device.codesMade', subject: 'fleet', detail })
    return codes
  })

/** Of codes by device, those that the device's present identity was made with, or that may still make one. */
export const stillGood = async (
  ctx: Context,
  codes: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  const hashes = [...codes.values()].map(codeHash)
  const inForce = new Map(
    (await store.codesInForce(ctx.db, hashes, ctx.clock.now())).map(({ device, hash }) => [device, hash]),
  )
  return new Map(
    [...codes].filter(([device, code]) => sameHash(inForce.get(device) ?? new Uint8Array(), codeHash(code))),
  )
}

/** Checks everything that could refuse before the code is used up. */
const enrolmentOf = async (db: Db, asked: Enrolment, now: Instant): Promise<DeviceRow | Refusal> => {
  if (!isGenuine(asked.key)) return refuse('input.malformed', { field: 'key' })
  const hash = codeHash(asked.code)
  const code = await store.codeByHash(db, hash)
  if (code === undefined || code.usedAt !== null || code.expiresAt <= now) return whyCodeFails(db, hash)
  const device = await store.lockDevice(db, code.device)
  if (device === undefined) return refuse('device.codeUnknown')
  if (device.revokedAt !== null) return refuse('device.revoked')
  if (await store.keyIsTaken(db, asked.key, device.id)) return refuse('input.conflict')
  return (await store.useCode(db, hash, now)) === undefined ? whyCodeFails(db, hash) : device
}

/**
 * Enrols a device: its key is registered, its secret answered this once. A device that had a key before gets the next
 * epoch. Refused `device.codeUnknown`, `.codeUsed`, `.codeExpired`, `.revoked`; `input.conflict` for a key in use elsewhere.
 */
export const enrol = async (ctx: Context, asked: Enrolment): Promise<Enrolled | Refusal> => {
  const enrolled = await inTransaction(ctx.db, async (db): Promise<Enrolled | Refusal> => {
    const now = ctx.clock.now()
    const device = await enrolmentOf(db, asked, now)
    if (isRefusal(device)) return device
    const epoch = device.enrolledAt === null ? device.epoch : device.epoch + 1
    const secret = Buffer.from(ctx.ids.secret(SECRET_BYTES)).toString('base64url')
    await store.saveKey(db, { device: device.id, epoch, key: asked.key, secretHash: secretHash(secret), now })
    await removeParts(db, { device: device.id, by: null, note: '', now })
    await insertPart(db, { device: device.id, epoch, program: asked.program, now })
    const listens = (await listensOf(db, device.id, localDate(now))).map((each) => ({ ...each }))
    const answer: Enrolled = {
      device: device.id,
      name: device.name,
      epoch,
      secret,
      mqttUrl: ctx.deviceMqttUrl,
      rootKey: await rootKey(ctx, db),
      serverKeys: await serverKeys(ctx, db),
      listens,
    }
    const body: DeviceEnrolled = { device: device.id, unit: device.unit, epoch }
    await announce(db, { id: ctx.ids.next(), kind: DEVICE_ENROLLED, at: now, subject: device.id, body })
    const detail = { epoch, key: asked.key.id, program: asked.program }
    await record(db, {
      at: now,
      person: null,
      action: 'device.enrolled',
      subject: device.id,
      unit: device.unit,
      detail,
    })
    return answer
  })
  if (!isRefusal(enrolled)) await publishSoon(ctx, enrolled.device)
  return enrolled
}

/** The broker may be away; the device gets its configuration at its next hello all the same. */
const publishSoon = async (ctx: Context, device: string): Promise<void> => {
  try {
    await publishConfig(ctx, ctx.db, device)
  } catch (error) {
    ctx.log.warn('Chưa gửi được cấu hình cho thiết bị; sẽ gửi khi thiết bị kết nối lại.', { device, error })
  }
}

/** Revokes a device for good: its connections end, nothing it says counts from now on. Revoking twice changes nothing. */
export const revoke = async (ctx: Context, id: string, by: string): Promise<undefined | Refusal> => {
  const refused = await inTransaction(ctx.db, async (db): Promise<undefined | Refusal> => {
    const now = ctx.clock.now()
    const device = await store.lockDevice(db, id)
    if (device === undefined || device.kind === 'page') return refuse('input.notFound')
    if (!(await store.revokeRow(db, id, now))) return undefined
    await closeForRevoked(ctx, db, { id, by })
    const body: DeviceRevoked = { device: id, unit: device.unit }
    await announce(db, { id: ctx.ids.next(), kind: DEVICE_REVOKED, at: now, subject: id, body })
    await record(db, { at: now, person: by, action: 'device.revoked', subject: id, unit: device.unit })
    return undefined
  })
  // the broker forgets what it kept for the device; if it is away, nobody can ask for it either
  if (refused === undefined) await ctx.mqtt.publish(topics.config(id), '', { retain: true }).catch(() => undefined)
  return refused
}

/**
 * Takes a broken machine out of service and makes the code its successor enrols with. The old key is good for nothing from this
 * moment; the device's place, its clusters, its settings and its history stay, and the next machine has the next epoch.
 */
export const replaceMachine = (
  ctx: Context,
  { id, note, by }: { id: string; note: string; by: string },
): Promise<Code | Refusal> =>
  inTransaction(ctx.db, async (db): Promise<Code | Refusal> => {
    const now = ctx.clock.now()
    const device = await store.lockDevice(db, id)
    if (device === undefined || device.kind === 'page') return refuse('input.notFound')
    if (device.revokedAt !== null) return refuse('device.revoked')
    if (device.enrolledAt !== null) await store.takeKeyAway(db, id, now)
    await removeParts(db, { device: id, by, note, now })
    const code = await storeCode(ctx, db, id)
    const detail = { epoch: device.epoch, note }
    await record(db, { at: now, person: by, action: 'device.machineRemoved', subject: id, unit: device.unit, detail })
    return code
  })

/** Changes the settings of a device and sends them out. Returns them as they now are. */
export const configure = async (
  ctx: Context,
  { id, change, by }: { id: string; change: Partial<Settings>; by: string },
): Promise<Settings | Refusal> => {
  const settings = await inTransaction(ctx.db, async (db): Promise<Settings | Refusal> => {
    const now = ctx.clock.now()
    const device = await store.lockDevice(db, id)
    if (device === undefined || device.kind === 'page') return refuse('input.notFound')
    if (device.revokedAt !== null) return refuse('device.revoked')
    const { volume, volumeMax, minutesPerDayMax, quiet } = device
    const next: Settings = { volume, volumeMax, minutesPerDayMax, quiet, ...change }
    await store.saveSettings(db, id, next)
    const body: DeviceConfigured = { device: id, unit: device.unit }
    await announce(db, { id: ctx.ids.next(), kind: DEVICE_CONFIGURED, at: now, subject: id, body })
    await record(db, {
      at: now,
      person: by,
      action: 'device.configured',
      subject: id,
      unit: device.unit,
      detail: { ...change },
    })
    return next
  })
  if (!isRefusal(settings)) await publishSoon(ctx, id)
  return settings
}

/** The device that shows this secret, `<device>.<secret>`; `undefined` where it is not the one of a device still in use. */
export const deviceWithSecret = async (db: Db, shown: string): Promise<string | undefined> => {
  const dot = shown.indexOf('.')
  if (dot < 1) return undefined
  const device = shown.slice(0, dot)
  const kept = await store.secretHashOf(db, device)
  if (kept === undefined) return undefined
  return sameHash(kept, secretHash(shown.slice(dot + 1))) ? device : undefined
}

/** The public keys devices sign with now, and their epochs; those unknown, revoked or not enrolled are left out. */
export const deviceKeys = async (
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { key: PublicKey; epoch: number }>> =>
  new Map(
    (await store.currentKeys(db, ids)).map(({ device, epoch, id, alg, key }) => [
      device,
      { key: { id, alg, public: key }, epoch },
    ]),
  )

/** The public key a device signs with, and its epoch; `undefined` for a device that is unknown, revoked or not enrolled. */
export const deviceKey = async (db: Db, id: string): Promise<{ key: PublicKey; epoch: number } | undefined> => {
  const device = await store.deviceById(db, id)
  if (device === undefined || device.revokedAt !== null) return undefined
  const { keyId, keyAlg, publicKey, epoch } = device
  if (keyId === null || keyAlg === null || publicKey === null) return undefined
  return { key: { id: keyId, alg: keyAlg, public: publicKey }, epoch }
}
