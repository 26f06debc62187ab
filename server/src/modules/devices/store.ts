import { type Instant, type PublicKey, policyBeforeConfig } from '@loa/protocol'
import { sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { ClusterRow, CodeRow, DeviceRow, NewDevice, Settings } from './model.ts'

const deviceColumns = sql.raw(`id, kind, name, unit, invented, epoch, key_id as "keyId", key_alg as "keyAlg",
  public_key as "publicKey", enrolled_at as "enrolledAt", revoked_at as "revokedAt", volume, volume_max as "volumeMax",
  minutes_per_day_max as "minutesPerDayMax", quiet, config_seq as "configSeq", config, replacing_since as "replacingSince"`)

export const deviceById = async (db: Db, id: string): Promise<DeviceRow | undefined> => {
  const { rows } = await sql<DeviceRow>`select ${deviceColumns} from device where id = ${id}`.execute(db)
  return rows[0]
}

/** The devices, locked until the transaction ends; always in one order, so that two never wait for each other in a ring. */
export const lockDevices = async (db: Db, ids: readonly string[]): Promise<readonly DeviceRow[]> => {
  const { rows } = await sql<DeviceRow>`select ${deviceColumns} from device
    where id = any(${[...ids]}::text[]) order by id for no key update`.execute(db)
  return rows
}

/** The device, locked until the transaction ends. */
export const lockDevice = async (db: Db, id: string): Promise<DeviceRow | undefined> => {
  const { rows } = await sql<DeviceRow>`select ${deviceColumns} from device where id = ${id} for no key update`.execute(
    db,
  )
  return rows[0]
}

/** The devices of these ids, revoked ones too. */
export const devicesById = async (db: Db, ids: readonly string[]): Promise<readonly DeviceRow[]> => {
  const { rows } = await sql<DeviceRow>`select ${deviceColumns} from device
    where id = any(${[...ids]}::text[]) and kind <> 'page' order by name, id`.execute(db)
  return rows
}

/** Keys of devices in use, pages too. */
export const currentKeys = async (
  db: Db,
  ids: readonly string[],
): Promise<readonly { device: string; epoch: number; id: string; alg: PublicKey['alg']; key: string }[]> => {
  const { rows } = await sql<{ device: string; epoch: number; id: string; alg: PublicKey['alg']; key: string }>`
    select id as device, epoch, key_id as id, key_alg as alg, public_key as key from device
    where id = any(${[...ids]}::text[]) and revoked_at is null and public_key is not null`.execute(db)
  return rows
}

/** Clusters and gateways in use. */
export const countDevices = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from device
    where kind <> 'page' and revoked_at is null`.execute(db)
  return rows[0]?.count ?? 0
}

/** Clusters and gateways that stand at the units; revoked ones too where asked. Pages never. */
export const devicesAt = async (
  db: Db,
  units: readonly string[],
  { revoked }: { revoked: boolean },
): Promise<readonly DeviceRow[]> => {
  const { rows } = await sql<DeviceRow>`select ${deviceColumns} from device
    where unit = any(${[...units]}::text[]) and kind <> 'page' and (${revoked} or revoked_at is null)
    order by name, id`.execute(db)
  return rows
}

/** Adds devices; those whose id is taken stay as they are. Returns the ids added. */
export const insertDevices = async (db: Db, devices: readonly NewDevice[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`
    insert into device (id, kind, name, unit, invented, made_at, quiet)
    select id, kind, name, unit, invented, 'epoch'::timestamptz + "madeAt" * interval '1 millisecond',
      coalesce(quiet, ${jsonb(policyBeforeConfig.quiet)})
    from jsonb_to_recordset(${jsonb(devices)})
      as d (id text, kind text, name text, unit text, invented boolean, "madeAt" bigint, quiet jsonb)
    on conflict do nothing returning id`.execute(db)
  return rows.map((row) => row.id)
}

/** A page's virtual cluster stands where its person is looking. */
export const moveDevice = async (db: Db, device: string, unit: string): Promise<void> => {
  await sql`update device set unit = ${unit} where id = ${device} and kind = 'page' and unit <> ${unit}`.execute(db)
}

/** Adds clusters; those whose id is taken stay as they are. */
export const insertClusters = async (db: Db, clusters: readonly ClusterRow[]): Promise<void> => {
  await sql`insert into cluster (id, village, name, horns, device, gateway, invented)
    select id, village, name, horns, device, gateway, invented from jsonb_to_recordset(${jsonb(clusters)})
      as c (id text, village text, name text, horns integer, device text, gateway text, invented boolean)
    on conflict do nothing`.execute(db)
}

/** Clusters in the villages. */
export const clustersIn = async (db: Db, villages: readonly string[]): Promise<readonly ClusterRow[]> => {
  const { rows } = await sql<ClusterRow>`select id, village, name, horns, device, gateway, invented from cluster
    where village = any(${[...villages]}::text[]) order by id`.execute(db)
  return rows
}

export const clusterById = async (db: Db, id: string): Promise<ClusterRow | undefined> => {
  const { rows } = await sql<ClusterRow>`select id, village, name, horns, device, gateway, invented from cluster
    where id = ${id}`.execute(db)
  return rows[0]
}

/** Clusters that the devices are, or stand in front of. */
export const clustersOf = async (db: Db, devices: readonly string[]): Promise<readonly ClusterRow[]> => {
  const { rows } = await sql<ClusterRow>`select id, village, name, horns, device, gateway, invented from cluster
    where device = any(${[...devices]}::text[]) or gateway = any(${[...devices]}::text[]) order by id`.execute(db)
  return rows
}

/** Stores a new code and lets every other unused code of the device lapse. */
export const insertCode = async (
  db: Db,
  code: { hash: Uint8Array; device: string; now: Instant; expiresAt: Instant },
): Promise<void> => {
  await sql`update device_enrolment set expires_at = ${at(code.now)}
    where device = ${code.device} and used_at is null and expires_at > ${at(code.now)}`.execute(db)
  await sql`insert into device_enrolment (code_hash, device, made_at, expires_at)
    values (${Buffer.from(code.hash)}, ${code.device}, ${at(code.now)}, ${at(code.expiresAt)})`.execute(db)
}

/** Codes of devices that have none yet. */
export const insertCodes = async (
  db: Db,
  codes: readonly { hash: Uint8Array; device: string }[],
  { now, expiresAt }: { now: Instant; expiresAt: Instant },
): Promise<void> => {
  await sql`insert into device_enrolment (code_hash, device, made_at, expires_at)
    select hash, device, ${at(now)}, ${at(expiresAt)}
    from unnest(${codes.map(({ hash }) => Buffer.from(hash))}::bytea[], ${codes.map(({ device }) => device)}::text[])
      as c (hash, device)`.execute(db)
}

/** Uses a code up, if it is good: of several that race, one gets the device and the others nothing. */
export const useCode = async (db: Db, hash: Uint8Array, now: Instant): Promise<string | undefined> => {
  const { rows } = await sql<{ device: string }>`update device_enrolment set used_at = ${at(now)}
    where code_hash = ${Buffer.from(hash)} and used_at is null and expires_at > ${at(now)} returning device`.execute(db)
  return rows[0]?.device
}

export const codeByHash = async (db: Db, hash: Uint8Array): Promise<CodeRow | undefined> => {
  const { rows } = await sql<CodeRow>`select device, expires_at as "expiresAt", used_at as "usedAt"
    from device_enrolment where code_hash = ${Buffer.from(hash)}`.execute(db)
  return rows[0]
}

/** Of these codes, those with which a device in use has enrolled, or still may. */
export const codesInForce = async (
  db: Db,
  hashes: readonly Uint8Array[],
  now: Instant,
): Promise<readonly { device: string; hash: Uint8Array }[]> => {
  const { rows } = await sql<{ device: string; hash: Uint8Array }>`
    select e.device, e.code_hash as hash from device_enrolment e join device d on d.id = e.device
    where e.code_hash = any(${hashes.map((hash) => Buffer.from(hash))}::bytea[]) and d.revoked_at is null
      and (e.used_at = d.enrolled_at or (e.used_at is null and e.expires_at > ${at(now)}))`.execute(db)
  return rows
}

/** Whether another device in use has this key. */
export const keyIsTaken = async (db: Db, key: PublicKey, device: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`select id from device
    where key_id = ${key.id} and id <> ${device} and revoked_at is null and kind <> 'page'`.execute(db)
  return rows.length > 0
}

export type KeyChange = {
  readonly device: string
  readonly epoch: number
  readonly key: PublicKey
  readonly secretHash: Uint8Array | null
  readonly now: Instant
}

/** Gives a device its key, secret and epoch. Its configuration is to be published anew. */
export const saveKey = async (db: Db, { device, epoch, key, secretHash, now }: KeyChange): Promise<void> => {
  await sql`update device set epoch = ${epoch}, key_id = ${key.id}, key_alg = ${key.alg}, public_key = ${key.public},
      secret_hash = ${secretHash === null ? null : Buffer.from(secretHash)}, enrolled_at = ${at(now)}, config = null,
      replacing_since = null
    where id = ${device}`.execute(db)
}

/** The stored secret hash of a device that may still connect. */
export const secretHashOf = async (db: Db, device: string): Promise<Uint8Array | undefined> => {
  const { rows } = await sql<{ secret_hash: Uint8Array | null }>`select secret_hash from device
    where id = ${device} and revoked_at is null`.execute(db)
  return rows[0]?.secret_hash ?? undefined
}

/** Revokes a device and tells brokers at commit. Returns whether it had not been revoked before. */
export const revokeRow = async (db: Db, device: string, now: Instant): Promise<boolean> => {
  const { numAffectedRows } = await sql`update device set revoked_at = ${at(now)}, secret_hash = null, config = null
    where id = ${device} and revoked_at is null`.execute(db)
  if (numAffectedRows === 0n) return false
  await sql`select pg_notify('loa_device_revoked', ${device})`.execute(db)
  return true
}

/** Takes a device's key and secret away and tells brokers at commit; its place, clusters and history stay. */
export const takeKeyAway = async (db: Db, device: string, now: Instant): Promise<void> => {
  await sql`update device set secret_hash = null, key_id = null, key_alg = null, public_key = null, config = null,
      replacing_since = ${at(now)} where id = ${device}`.execute(db)
  await sql`select pg_notify('loa_device_revoked', ${device})`.execute(db)
}

export const saveSettings = async (db: Db, device: string, settings: Settings): Promise<void> => {
  await sql`update device set volume = ${settings.volume}, volume_max = ${settings.volumeMax},
      minutes_per_day_max = ${settings.minutesPerDayMax}, quiet = ${jsonb(settings.quiet)}
    where id = ${device}`.execute(db)
}

/** Keeps the configuration as it was signed. */
export const saveConfig = async (
  db: Db,
  device: string,
  { seq, payload }: { seq: number; payload: string },
): Promise<void> => {
  await sql`update device set config_seq = ${seq}, config = ${payload} where id = ${device}`.execute(db)
}

/** Keeps configurations as they were signed. */
export const saveConfigs = async (
  db: Db,
  configs: readonly { device: string; seq: number; payload: string }[],
): Promise<void> => {
  await sql`update device d set config_seq = c.seq, config = c.payload
    from jsonb_to_recordset(${jsonb(configs)}) as c (device text, seq bigint, payload text)
    where d.id = c.device`.execute(db)
}

/** The retained messages of units, as they were last signed; rows belong to `broadcast`, which keeps them to refill a broker. */
export const retainedMessages = async (
  db: Db,
  units: readonly string[],
): Promise<readonly { unit: string; kind: 'manifest' | 'stop' | 'roster'; payload: string }[]> => {
  const { rows } = await sql<{ unit: string; kind: 'manifest' | 'stop' | 'roster'; payload: string }>`
    select unit, kind, payload from unit_message where unit = any(${[...units]}::text[])
    order by case kind when 'roster' then 1 when 'stop' then 2 else 3 end, unit`.execute(db)
  return rows
}

/** Names by id, for lists; revoked devices too. */
export const namesOfDevices = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from device
    where id = any(${[...ids]}::text[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type ClusterFound = { readonly id: string; readonly name: string; readonly village: string }
export type DeviceFound = { readonly id: string; readonly name: string; readonly kind: string; readonly unit: string }

/** Clusters of these villages by name. */
export const findClusters = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  units: readonly string[],
): Promise<readonly ClusterFound[]> => {
  const { rows } = await sql<ClusterFound>`
    select id, name, village from cluster
    where village = any(${[...units]}::text[]) and words @@ ${folded}::tsquery
    order by words @@ ${exact}::tsquery desc, name, id limit ${most}`.execute(db)
  return rows
}

/** Devices at these units that are in use, by name; those that are a cluster of their own are found as clusters. */
export const findDevices = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  units: readonly string[],
): Promise<readonly DeviceFound[]> => {
  const { rows } = await sql<DeviceFound>`
    select id, name, kind, unit from device
    where unit = any(${[...units]}::text[]) and kind = 'gateway' and revoked_at is null and words @@ ${folded}::tsquery
    order by words @@ ${exact}::tsquery desc, name, id limit ${most}`.execute(db)
  return rows
}
