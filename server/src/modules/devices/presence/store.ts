import type { Hello, Instant, Report, Status } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at, jsonb } from '../../../platform/database.ts'
import type { PresenceRow } from '../model.ts'

/**
 * Keeps what devices say of themselves, each device once; one that is unknown, revoked or of another kind leaves no trace. A
 * farewell measures nothing: what was known stays.
 */
export const saveStatuses = async (db: Db, statuses: readonly Status[], now: Instant): Promise<void> => {
  await sql`
    insert into device_presence as p (device, online, since, seen_at, playing, clock_trusted, volume, receipts_waiting,
      sounds_cached, telemetry, clock_doubted_since)
    select d.id, s.online, ${at(now)}, ${at(now)}, s.playing, s."clockTrusted", round(s.volume)::int,
      least(s."receiptsWaiting", 2147483647)::int, least(s."soundsCached", 2147483647)::int, s.telemetry,
      case when s."clockTrusted" or not s.online then null else ${at(now)}::timestamptz end
    from jsonb_to_recordset(${jsonb(statuses)}) as s (device text, online boolean, playing text, "clockTrusted" boolean,
      volume numeric, "receiptsWaiting" bigint, "soundsCached" bigint, telemetry jsonb)
    join device d on d.id = s.device and d.revoked_at is null and d.kind <> 'page'
    order by d.id
    on conflict (device) do update set
      since = case when p.online = excluded.online then p.since else excluded.since end,
      seen_at = case when excluded.online then excluded.seen_at else p.seen_at end,
      online = excluded.online, playing = excluded.playing, volume = excluded.volume,
      -- a last will was written before the welcome came: it knows nothing of the clock
      clock_trusted = case when excluded.online then excluded.clock_trusted else p.clock_trusted end,
      receipts_waiting = excluded.receipts_waiting, sounds_cached = excluded.sounds_cached,
      telemetry = coalesce(excluded.telemetry, p.telemetry),
      -- a device that was away begins anew: it is given the time when it comes back
      clock_doubted_since = case when excluded.clock_doubted_since is not null and p.online
        then coalesce(p.clock_doubted_since, excluded.clock_doubted_since) else excluded.clock_doubted_since end`.execute(
    db,
  )
}

/** Keeps that devices have connected, each once, with what program and what output. */
export const saveHellos = async (db: Db, hellos: readonly Hello[], now: Instant): Promise<void> => {
  await sql`
    insert into device_presence as p (device, online, since, seen_at, output, program)
    select d.id, true, ${at(now)}, ${at(now)}, h.output, h.program
    from jsonb_to_recordset(${jsonb(hellos)}) as h (device text, output text, program text)
    join device d on d.id = h.device and d.revoked_at is null and d.kind <> 'page'
    order by d.id
    on conflict (device) do update set
      since = case when p.online then p.since else excluded.since end,
      online = true, seen_at = excluded.seen_at, output = excluded.output, program = excluded.program`.execute(db)
}

export type KeptReport = Report & { readonly id: string }

/** Keeps reports, of one device one at a time, unless the device has made `perHourMax` within the hour before. */
export const saveReports = async (
  db: Db,
  reports: readonly KeptReport[],
  { now, perHourMax }: { now: Instant; perHourMax: number },
): Promise<void> => {
  const flat = reports.map(({ id, device, code, subject }) => ({ id, device, code, subject }))
  await sql`insert into device_report (id, device, at, code, subject)
    select n.id, d.id, ${at(now)}, n.code, n.subject
    from jsonb_to_recordset(${jsonb(flat)}) as n (id text, device text, code text, subject text)
    join device d on d.id = n.device and d.revoked_at is null
    where (select count(*) from device_report r where r.device = d.id and r.at > ${at(now - 3_600_000)})
        < ${perHourMax}`.execute(db)
}

export const presencesOf = async (db: Db, devices: readonly string[]): Promise<readonly PresenceRow[]> => {
  const { rows } = await sql<PresenceRow>`
    select device, online, since, seen_at as "seenAt", playing, clock_trusted as "clockTrusted",
      clock_doubted_since as "clockDoubtedSince", volume, program, telemetry
    from device_presence where device = any(${[...devices]}::text[])`.execute(db)
  return rows
}

export type BootRow = {
  readonly device: string
  readonly bootedAt: Instant
  readonly program: string
  readonly lastAt: Instant
  readonly returnedAt: Instant | null
}

/** Starts looked at of one device; those before are of no use any more. */
const BOOTS_LOOKED_AT = 8

/** The last starts that hellos of the devices have told of, of each device the one heard last first. */
export const bootsOf = async (db: Db, devices: readonly string[]): Promise<readonly BootRow[]> => {
  const { rows } = await sql<BootRow>`select device, booted_at as "bootedAt", program, last_at as "lastAt",
      returned_at as "returnedAt"
    from (select b.*, row_number() over (partition by device order by last_at desc, booted_at desc) as place
      from device_boot b where device = any(${[...devices]}::text[])) newest
    where place <= ${BOOTS_LOOKED_AT} order by device, place`.execute(db)
  return rows
}

type Boot = {
  readonly device: string
  readonly bootedAt: Instant
  readonly program: string
  readonly output: string
  /** The row this goes on from, for its time wavers by what the clock was corrected. */
  readonly from: Instant | undefined
  readonly returned: boolean
}

/** Keeps that starts were told of, each device once. */
export const saveBoots = async (db: Db, boots: readonly Boot[], now: Instant): Promise<void> => {
  const told = sql`jsonb_to_recordset(${jsonb(boots)}) as b (device text, "bootedAt" bigint, program text, output text,
    "from" bigint, returned boolean)`
  await sql`update device_boot x set booted_at = 'epoch'::timestamptz + b."bootedAt" * interval '1 millisecond',
      last_at = ${at(now)}, program = b.program, output = b.output,
      returned_at = case when b.returned then ${at(now)} else x.returned_at end
    from ${told} where x.device = b.device
      and x.booted_at = 'epoch'::timestamptz + b."from" * interval '1 millisecond'`.execute(db)
  await sql`insert into device_boot (device, booted_at, program, output, first_at, last_at)
    select d.id, 'epoch'::timestamptz + b."bootedAt" * interval '1 millisecond', b.program, b.output, ${at(now)}, ${at(now)}
    from ${told} join device d on d.id = b.device and d.revoked_at is null
    where b."from" is null order by d.id on conflict do nothing`.execute(db)
}

export type SampleRow = {
  readonly at: Instant
  readonly online: boolean
  readonly signalDbm: number | null
  readonly powerVolts: number | null
  readonly onMains: boolean | null
  readonly temperatureC: number | null
}

/** What a device measured since an instant, oldest first. */
export const samplesOf = async (
  db: Db,
  { device, since, max }: { readonly device: string; readonly since: Instant; readonly max: number },
): Promise<readonly SampleRow[]> => {
  const { rows } = await sql<SampleRow>`select at, online, signal_dbm as "signalDbm", power_volts as "powerVolts",
      on_mains as "onMains", temperature_c as "temperatureC"
    from (select * from device_sample where device = ${device} and at >= ${at(since)} order by at desc limit ${max}) newest
    order by at`.execute(db)
  return rows
}

/** Codes the devices have reported since an instant. */
export const reportsSince = async (
  db: Db,
  devices: readonly string[],
  since: Instant,
): Promise<readonly { device: string; code: string }[]> => {
  const { rows } = await sql<{ device: string; code: string }>`
    select distinct device, code from device_report
    where device = any(${[...devices]}::text[]) and at > ${at(since)}`.execute(db)
  return rows
}

/** Devices in use that went away since an instant and are not back. */
export const countGoneSince = async (db: Db, since: Instant): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from device_presence p join device d on d.id = p.device
    where not p.online and p.since > ${at(since)} and d.revoked_at is null and d.kind <> 'page'`.execute(db)
  return rows[0]?.count ?? 0
}

/** Devices said to be online that have been quiet since before an instant go offline as of then. */
export const loseQuietOnes = async (db: Db, quietSince: Instant, now: Instant): Promise<void> => {
  await sql`with lost as (update device_presence set online = false, playing = null, since = ${at(now)},
      clock_doubted_since = null where online and seen_at < ${at(quietSince)} returning device)
    insert into device_sample (device, at, online) select device, ${at(now)}, false from lost
    on conflict do nothing`.execute(db)
}

/** Keeps what devices measured, to a thousandth: a smaller number than a `real` holds would refuse them all. One that is unknown, revoked or a page leaves no trace. */
export const insertSamples = async (db: Db, statuses: readonly Status[], now: Instant): Promise<void> => {
  await sql`insert into device_sample (device, at, online, signal_dbm, power_volts, on_mains, temperature_c)
    select d.id, ${at(now)}, s.online, round((s.telemetry->>'signalDbm')::numeric, 3)::real, round((s.telemetry->>'powerVolts')::numeric, 3)::real,
      (s.telemetry->>'onMains')::boolean, round((s.telemetry->>'temperatureC')::numeric, 3)::real
    from jsonb_to_recordset(${jsonb(statuses)}) as s (device text, online boolean, telemetry jsonb)
      join device d on d.id = s.device and d.revoked_at is null and d.kind <> 'page'
    order by d.id
    -- what came last in the same instant holds: coming and going can arrive together
    on conflict (device, at) do update set online = excluded.online`.execute(db)
}

/** Samples and starts older than an instant are forgotten. */
export const dropSamples = async (db: Db, before: Instant): Promise<void> => {
  await sql`delete from device_sample where at < ${at(before)}`.execute(db)
  await sql`delete from device_boot where last_at < ${at(before)}`.execute(db)
}

/** Reports older than an instant are forgotten. */
export const dropReports = async (db: Db, before: Instant): Promise<void> => {
  await sql`delete from device_report where at < ${at(before)}`.execute(db)
}
