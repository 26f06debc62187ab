import type { Instant, LocalDate } from '@loa/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { Airing, Plan, StandingRole } from './model.ts'

const columns = sql`id, release, jsonb_build_object('kind', origin_kind, 'id', origin) as origin, unit, class, title,
  audience, sounds, at, latest_start as "latestStart", local_date as "localDate", duration_ms as "durationMs",
  stopped_at as "stoppedAt", stopped_by as "stoppedBy", made_at as "madeAt", kind, session, only_device as "onlyDevice",
  superseded_by as "supersededBy", hold_until as "holdUntil"`

/** Keeps an airing unless the release already has one at that time; tells whether it is new. */
export const insertAiring = async (db: Db, airing: Airing): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`insert into airing (id, release, origin_kind, origin, unit, class, title, audience,
      sounds, at, latest_start, local_date, duration_ms, made_at, kind, session, only_device, hold_until)
    values (${airing.id}, ${airing.release}, ${airing.origin.kind}, ${airing.origin.id}, ${airing.unit}, ${airing.class},
      ${airing.title}, ${[...airing.audience]}::text[], ${jsonb(airing.sounds)}, ${at(airing.at)},
      ${at(airing.latestStart)}, ${airing.localDate}::date, ${airing.durationMs}, ${at(airing.madeAt)},
      ${airing.kind}, ${airing.session}, ${airing.onlyDevice}, ${airing.holdUntil === null ? null : at(airing.holdUntil)})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export type Target = {
  readonly device: string
  readonly kind: 'cluster' | 'gateway'
  readonly unit: string
  readonly stands: string
  readonly commune: string | null
}

export const hasReach = async (db: Db, airing: string): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select 1 from airing_target where airing = ${airing}) as found`.execute(db)
  return rows[0]?.found ?? false
}

export const insertTargets = async (db: Db, airing: string, targets: readonly Target[]): Promise<void> => {
  await sql`insert into airing_target (airing, device, kind, unit, stands, commune)
    select ${airing}, device, kind, unit, stands, commune
    from jsonb_to_recordset(${jsonb(targets)}) as t (device text, kind text, unit text, stands text, commune text)
    on conflict do nothing`.execute(db)
}

export type ReachedCluster = { readonly cluster: string; readonly device: string; readonly behindGateway: boolean }

export const insertClusters = async (db: Db, airing: string, clusters: readonly ReachedCluster[]): Promise<void> => {
  await sql`insert into airing_cluster (airing, cluster, device, behind_gateway)
    select ${airing}, cluster, device, "behindGateway"
    from jsonb_to_recordset(${jsonb(clusters)}) as c (cluster text, device text, "behindGateway" boolean)
    on conflict do nothing`.execute(db)
}

export const airingsById = async (db: Db, ids: readonly string[]): Promise<Airing[]> =>
  (await sql<Airing>`select ${columns} from airing where id = any(${[...ids]}::text[])`.execute(db)).rows

/** Airings of a release; not those that another took the place of. */
export const airingsOfRelease = async (db: Db, release: string): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where release = ${release} and superseded_by is null order by at, id`.execute(db)
  ).rows

/** The airing with its row locked until the transaction ends. */
export const lockAiring = async (db: Db, id: string): Promise<Airing | undefined> =>
  (await sql<Airing>`select ${columns} from airing where id = ${id} for update`.execute(db)).rows[0]

export type AiringQuery = {
  readonly from: LocalDate
  readonly to: LocalDate
  /** Audience units of interest; an airing needs one of them. */
  readonly units: readonly string[]
  readonly limit: number
}

/** Airings by local day, `to` included, newest first; not those that another took the place of, nor those for one device. */
export const airingsBetween = async (db: Db, { from, to, units, limit }: AiringQuery): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where local_date between ${from}::date and ${to}::date and superseded_by is null and only_device is null
        and (audience && ${[...units]}::text[] or unit = any(${[...units]}::text[]))
      order by at desc, id desc limit ${limit}`.execute(db)
  ).rows

/** The next airing, on whatever day, that is for one of the units or sent from one, and is not stopped. */
export const nextAfter = async (db: Db, units: readonly string[], now: Instant): Promise<Airing | undefined> =>
  (
    await sql<Airing>`select ${columns} from airing
      where at > ${at(now)} and stopped_at is null and superseded_by is null and only_device is null
        and (audience && ${[...units]}::text[] or unit = any(${[...units]}::text[]))
      order by at, id limit 1`.execute(db)
  ).rows[0]

/** Airings for a unit that are neither stopped nor past their latest start, by time; `until` bounds how far ahead. */
export const comingFor = async (
  db: Db,
  unit: string,
  span: { now: Instant; until: Instant; limit: number },
): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where audience @> ${[unit]}::text[] and stopped_at is null and superseded_by is null and only_device is null
        and latest_start >= ${at(span.now)} and at <= ${at(span.until)}
      order by at, id limit ${span.limit}`.execute(db)
  ).rows

/** Stopped airings for a unit that a device might still hold: not older than `since` by their latest start; newest stop first. */
export const stoppedFor = async (db: Db, unit: string, since: Instant, limit: number): Promise<string[]> =>
  (
    await sql<{ id: string }>`select id from airing
      where audience @> ${[unit]}::text[] and stopped_at is not null and latest_start >= ${at(since)}
      order by stopped_at desc, id limit ${limit}`.execute(db)
  ).rows.map(({ id }) => id)

/** Airings that have begun, are not stopped and reach one of the units, locked until the transaction ends. */
export const lockBegun = async (
  db: Db,
  units: readonly string[],
  span: { since: Instant; now: Instant },
): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where audience && ${[...units]}::text[] and stopped_at is null and superseded_by is null and at <= ${at(span.now)} and at >= ${at(span.since)}
      order by id for update`.execute(db)
  ).rows

export const markStopped = async (db: Db, ids: readonly string[], stop: { at: Instant; by: string }): Promise<void> => {
  await sql`update airing set stopped_at = ${at(stop.at)}, stopped_by = ${stop.by}
    where id = any(${[...ids]}::text[]) and stopped_at is null`.execute(db)
}

/** Units whose coming airings include one that entered the window between two instants. */
export const unitsWithAiringsBetween = async (db: Db, from: Instant, to: Instant): Promise<string[]> =>
  (
    await sql<{ unit: string }>`select distinct unnest(audience) as unit from airing
      where stopped_at is null and superseded_by is null and only_device is null and at > ${at(from)} and at <= ${at(to)} order by unit`.execute(
      db,
    )
  ).rows.map(({ unit }) => unit)

export type Reach = {
  readonly airing: string
  readonly device: string
  readonly kind: 'cluster' | 'gateway'
  /** The unit of the audience by which it is reached. */
  readonly unit: string
  /** The village or station it stood at. */
  readonly stands: string
  readonly commune: string | null
  /** Clusters that are this very device (0 or 1). */
  readonly own: number
  /** Clusters behind this gateway. */
  readonly behind: number
}

/** Which devices each airing was to reach, with how many clusters, as the network stood when it was placed. */
export const reachOf = async (db: Db, airings: readonly string[]): Promise<Reach[]> =>
  (
    await sql<Reach>`select t.airing, t.device, t.kind, t.unit, t.stands, t.commune,
        count(c.cluster) filter (where not c.behind_gateway)::int as own,
        count(c.cluster) filter (where c.behind_gateway)::int as behind
      from airing_target t left join airing_cluster c on c.airing = t.airing and c.device = t.device
      where t.airing = any(${[...airings]}::text[])
      group by t.airing, t.device, t.kind, t.unit, t.stands, t.commune order by t.airing, t.device`.execute(db)
  ).rows

/** Says which airing took the place of each; itself where none did; `null` puts it back. */
export const markSuperseded = async (
  db: Db,
  pairs: readonly { readonly airing: string; readonly by: string | null }[],
): Promise<void> => {
  await sql`update airing a set superseded_by = p.by
    from jsonb_to_recordset(${jsonb(pairs)}) as p (airing text, by text) where a.id = p.airing`.execute(db)
}

/** The network an airing was to reach holds for the one that takes its place as well. */
export const copyReach = async (db: Db, from: string, to: string): Promise<void> => {
  await sql`insert into airing_target (airing, device, kind, unit, stands, commune)
    select ${to}, device, kind, unit, stands, commune from airing_target where airing = ${from}`.execute(db)
  await sql`insert into airing_cluster (airing, cluster, device, behind_gateway)
    select ${to}, cluster, device, behind_gateway from airing_cluster where airing = ${from}`.execute(db)
}

export type PlanRow = { readonly release: string; readonly plan: Plan; readonly thirdParty: boolean }

/** Keeps when a release is to be heard. */
export const insertPlan = async (db: Db, { release, plan, thirdParty }: PlanRow): Promise<void> => {
  await sql`insert into release_plan (release, plan, third_party)
    values (${release}, ${jsonb(plan)}, ${thirdParty}) on conflict do nothing`.execute(db)
}

export const planOf = async (db: Db, release: string): Promise<unknown> =>
  (await sql<{ plan: unknown }>`select plan from release_plan where release = ${release}`.execute(db)).rows[0]?.plan

export type Standing = {
  readonly release: string
  readonly unit: string
  readonly role: StandingRole
  readonly sessions: readonly string[]
  readonly from: LocalDate
  readonly to: LocalDate
  readonly issuedAt: Instant
}

export const insertStanding = async (db: Db, row: Standing): Promise<void> => {
  await sql`insert into standing (release, unit, role, sessions, from_date, to_date, issued_at)
    values (${row.release}, ${row.unit}, ${row.role}, ${[...row.sessions]}::text[], ${row.from}::date, ${row.to}::date,
      ${at(row.issuedAt)}) on conflict do nothing`.execute(db)
}

const standingColumns = sql`release, unit, role, sessions, from_date as "from", to_date as "to", issued_at as "issuedAt"`

/** Standing items of the units in force on some day of a span, the one approved last first. */
export const standingsOf = async (
  db: Db,
  units: readonly string[],
  span: { from: LocalDate; to: LocalDate },
): Promise<Standing[]> =>
  (
    await sql<Standing>`select ${standingColumns} from standing
      where unit = any(${[...units]}::text[]) and from_date <= ${span.to}::date and to_date >= ${span.from}::date
      order by issued_at desc, release desc`.execute(db)
  ).rows

/** Standing items of every unit in force on a day or later, the one approved last first; a province has some dozens. */
export const standingsFrom = async (db: Db, from: LocalDate): Promise<Standing[]> =>
  (
    await sql<Standing>`select ${standingColumns} from standing where to_date >= ${from}::date
      order by issued_at desc, release desc`.execute(db)
  ).rows

/** Standing items that any of these sessions uses on some day of a span, the one approved last first. */
export const standingsForSessions = async (
  db: Db,
  sessions: readonly string[],
  span: { from: LocalDate; to: LocalDate },
): Promise<Standing[]> =>
  (
    await sql<Standing>`select ${standingColumns} from standing
      where sessions && ${[...sessions]}::text[] and from_date <= ${span.to}::date and to_date >= ${span.from}::date
      order by issued_at desc, release desc`.execute(db)
  ).rows

/** Airings of the sessions from a day on that have not begun, by time. */
export const comingInSessions = async (
  db: Db,
  sessions: readonly string[],
  { from, after }: { from: LocalDate; after: Instant },
): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where session = any(${[...sessions]}::text[]) and local_date >= ${from}::date and at > ${at(after)}
        and superseded_by is null and stopped_at is null
      order by at, id`.execute(db)
  ).rows

export type AiringFound = { readonly id: string; readonly title: string; readonly unit: string; readonly at: Instant }

/** Airings sent from the units below, or meant for one of all, by title; the newest first. Not those for one device alone. */
export const searchAirings = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  { below, above }: { below: readonly string[]; above: readonly string[] },
): Promise<readonly AiringFound[]> => {
  const { rows } = await sql<AiringFound>`
    select a.id, a.title, a.unit, a.at from release r join airing a on a.release = r.id
    where r.words @@ ${folded}::tsquery and a.superseded_by is null and a.only_device is null
      and (a.unit = any(${[...below]}::text[]) or a.audience && ${[...below, ...above]}::text[])
    order by r.words @@ ${exact}::tsquery desc, a.at desc, a.id limit ${most}`.execute(db)
  return rows
}

type Days = { readonly from: LocalDate; readonly to: LocalDate }

const ofSessions = async (
  db: Db,
  { sessions, from, to }: Days & { readonly sessions: readonly string[] },
  which: RawBuilder<unknown>,
): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where session = any(${[...sessions]}::text[]) and local_date between ${from}::date and ${to}::date and ${which}
      order by at, id`.execute(db)
  ).rows

/** Airings of the sessions on the days, by time; not those that another took the place of. */
export const airingsInSessions = (db: Db, sessions: readonly string[], days: Days): Promise<Airing[]> =>
  ofSessions(db, { sessions, ...days }, sql`superseded_by is null`)

/** Airings of the sessions on the days that were taken off because they no longer fitted. */
export const leftInSessions = (db: Db, sessions: readonly string[], days: Days): Promise<Airing[]> =>
  ofSessions(db, { sessions, ...days }, sql`superseded_by = id and kind = 'item'`)

/** Airings for any of the units that sound at some moment of a span, by time. */
export const airingsDuring = async (
  db: Db,
  units: readonly string[],
  { from, to }: { from: Instant; to: Instant },
): Promise<Airing[]> =>
  (
    await sql<Airing>`select ${columns} from airing
      where audience && ${[...units]}::text[] and superseded_by is null and stopped_at is null and only_device is null
        and at < ${at(to)} and at + duration_ms * interval '1 millisecond' > ${at(from)}
        and at > ${at(from)} - interval '5 hours'
      order by at, id`.execute(db)
  ).rows

/** Sessions and days on which a release has, or had, an airing. */
export const placedInSessions = async (db: Db, release: string): Promise<{ session: string; date: LocalDate }[]> =>
  (
    await sql<{ session: string; date: LocalDate }>`select distinct session, local_date as date from airing
      where release = ${release} and session is not null`.execute(db)
  ).rows

/** Sessions that use a standing item on some day of a span. */
export const sessionsWithStanding = async (db: Db, span: { from: LocalDate; to: LocalDate }): Promise<string[]> =>
  (
    await sql<{ session: string }>`select distinct unnest(sessions) as session from standing
      where role <> 'chime' and from_date <= ${span.to}::date and to_date >= ${span.from}::date order by session`.execute(
      db,
    )
  ).rows.map(({ session }) => session)

/** When something was placed for a device alone on a day, the newest first; whoever else asks waits until the transaction ends. */
export const lockPlacedFor = async (db: Db, device: string, date: LocalDate): Promise<Instant[]> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa tone ' || ${device}, 0))`.execute(db)
  const { rows } = await sql<{ at: Instant }>`select at from airing
    where local_date = ${date}::date and only_device = ${device} order by at desc`.execute(db)
  return rows.map(({ at: placed }) => placed)
}

/** Releases planned in any of the sessions on any of the dates, issued or not. */
export const plannedInSessions = async (
  db: Db,
  sessions: readonly string[],
  dates: readonly LocalDate[],
): Promise<{ release: string; plan: Extract<Plan, { when: 'sessions' }> }[]> =>
  (
    await sql<{ release: string; plan: Extract<Plan, { when: 'sessions' }> }>`select release, plan from release_plan
      where plan->>'when' = 'sessions' and plan->'sessions' ?| ${[...sessions]}::text[]
        and plan->'dates' ?| ${[...dates]}::text[]
      order by release`.execute(db)
  ).rows

export type Meeting = {
  readonly a: string
  readonly b: string
  /** Communes where devices are to play both. */
  readonly communes: readonly string[]
}

/** Pairs of these airings that are to sound on the same devices at the same time, the one that begins first first. */
export const meetingsOf = async (db: Db, airings: readonly string[], limit: number): Promise<Meeting[]> =>
  (
    await sql<Meeting>`select a.id as a, b.id as b, array_remove(array_agg(distinct ta.commune), null) as communes
      from airing a
        join airing b on (a.at, a.id) < (b.at, b.id) and b.at < a.at + a.duration_ms * interval '1 millisecond'
        join airing_target ta on ta.airing = a.id
        join airing_target tb on tb.airing = b.id and tb.device = ta.device
      where a.id = any(${[...airings]}::text[]) and b.id = any(${[...airings]}::text[])
        and a.stopped_at is null and b.stopped_at is null
      group by a.id, a.at, b.id, b.at order by a.at, a.id, b.at, b.id limit ${limit}`.execute(db)
  ).rows
