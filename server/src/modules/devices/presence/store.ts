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
      s."receiptsWaiting", s."soundsCached", s.telemetry,
      case when s."clockTrusted" or not s.online then null else ${at(now)}::timestamptz end
    from jsonb_to_recordset(${jsonb(statuses)}) as s (device text, online boolean, playing text, "clockTrusted" boolean,
      volume real, "receiptsWaiting" bigint, "soundsCached" bigint, telemetry jsonb)
    join device d on d.id = s.device and d.revoked_at is null and d.kind <> 'page'
    order by d.id
    on conflict (device) do update set
      since = case when p.online = excluded.online then p.since else excluded.since end,
      seen_at = case when excluded.online then excluded.seen_at else p.seen_at end,
      online = excluded.online, playing = excluded.playing, clock_trusted = excluded.clock_trusted, volume = excluded.volume,
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

/** Keeps a report, unless the device has made `perHourMax` within the hour before. */
export const saveReport = async (
  db: Db,
  report: Report & { id: string; now: Instant; perHourMax: number },
): Promise<void> => {
  await sql`insert into device_report (id, device, at, code, subject)
    select ${report.id}, d.id, ${at(report.now)}, ${report.code}, ${report.subject} from device d
    where d.id = ${report.device} and d.revoked_at is null
      and (select count(*) from device_report r where r.device = d.id and r.at > ${at(report.now - 3_600_000)})
        < ${report.perHourMax}`.execute(db)
}

export const presencesOf = async (db: Db, devices: readonly string[]): Promise<readonly PresenceRow[]> => {
  const { rows } = await sql<PresenceRow>`
    select device, online, since, seen_at as "seenAt", playing, clock_trusted as "clockTrusted",
      clock_doubted_since as "clockDoubtedSince", volume, program, telemetry
    from device_presence where device = any(${[...devices]}::text[])`.execute(db)
  return rows
}

export type BootRow = {
  readonly bootedAt: Instant
  readonly program: string
  readonly output: string
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly returnedAt: Instant | null
}

/** The last starts a device's hellos have told of, the one heard last first. */
export const bootsOf = async (db: Db, device: string): Promise<readonly BootRow[]> => {
  const { rows } = await sql<BootRow>`select booted_at as "bootedAt", program, output, first_at as "firstAt",
      last_at as "lastAt", returned_at as "returnedAt"
    from device_boot where device = ${device} order by last_at desc, booted_at desc limit 8`.execute(db)
  return rows
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

/** Devices said to be online that have been quiet since before an instant go offline as of then. */
export const loseQuietOnes = async (db: Db, quietSince: Instant, now: Instant): Promise<void> => {
  await sql`update device_presence set online = false, playing = null, since = ${at(now)}
    where online and seen_at < ${at(quietSince)}`.execute(db)
}

/** Reports older than an instant are forgotten. */
export const dropReports = async (db: Db, before: Instant): Promise<void> => {
  await sql`delete from device_report where at < ${at(before)}`.execute(db)
}
