import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../../kernel/words.ts'
import type { Db } from '../../../platform/context.ts'
import { at, jsonb } from '../../../platform/database.ts'
import type { Condition, TicketEventRow, TicketFacts, TicketKind, TicketRow } from './model.ts'

const columns = sql.raw(`t.id, t.device, t.kind, t.opened_at as "openedAt", t.opened_by as "openedBy", t.facts,
  t.recovered_at as "recoveredAt", t.assigned_to as "assignedTo", t.closed_at as "closedAt", t.closed_by as "closedBy", t.cause`)

export type NewTicket = {
  readonly id: string
  readonly device: string
  readonly kind: TicketKind
  readonly openedAt: Instant
  readonly openedBy: string | null
  readonly facts: TicketFacts
}

/** Opens a ticket, unless the device has one of the kind open. Returns whether it was opened. */
export const insertTicket = async (db: Db, ticket: NewTicket): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into ticket (id, device, kind, opened_at, opened_by, facts)
    values (${ticket.id}, ${ticket.device}, ${ticket.kind}, ${at(ticket.openedAt)}, ${ticket.openedBy}, ${jsonb(ticket.facts)})
    on conflict (device, kind) where closed_at is null do nothing`.execute(db)
  return numAffectedRows === 1n
}

export const insertEvent = async (db: Db, event: TicketEventRow & { readonly id: string }): Promise<void> => {
  await sql`insert into ticket_event (id, ticket, kind, at, by, note)
    values (${event.id}, ${event.ticket}, ${event.kind}, ${at(event.at)}, ${event.by}, ${event.note})`.execute(db)
}

/** The ticket, locked until the transaction ends. */
export const lockTicket = async (db: Db, id: string): Promise<TicketRow | undefined> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t where t.id = ${id} for update`.execute(db)
  return rows[0]
}

export const ticketById = async (db: Db, id: string): Promise<TicketRow | undefined> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t where t.id = ${id}`.execute(db)
  return rows[0]
}

/** The open ticket of a kind that a device has. */
export const openTicketOf = async (db: Db, device: string, kind: TicketKind): Promise<TicketRow | undefined> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t
    where t.device = ${device} and t.kind = ${kind} and t.closed_at is null`.execute(db)
  return rows[0]
}

/** Open tickets of these kinds that the devices have. */
export const openTicketsOf = async (
  db: Db,
  devices: readonly string[],
  kinds: readonly TicketKind[],
): Promise<readonly TicketRow[]> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t
    where t.device = any(${[...devices]}::text[]) and t.kind = any(${[...kinds]}::text[]) and t.closed_at is null
    order by t.opened_at, t.id`.execute(db)
  return rows
}

export type TicketsAsked = {
  readonly units: readonly string[]
  readonly states: readonly ('open' | 'assigned' | 'closed')[]
  readonly max: number
}

/** Tickets of devices at the units: those still to be done first, and within each the newest first. */
export const ticketsAt = async (db: Db, { units, states, max }: TicketsAsked): Promise<readonly TicketRow[]> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t join device d on d.id = t.device
    where d.unit = any(${[...units]}::text[])
      and (case when t.closed_at is not null then 'closed' when t.assigned_to is not null then 'assigned' else 'open' end)
        = any(${[...states]}::text[])
    order by t.closed_at is not null, t.opened_at desc, t.id desc limit ${max}`.execute(db)
  return rows
}

/** The newest tickets of one device. */
export const ticketsOfDevice = async (db: Db, device: string, max: number): Promise<readonly TicketRow[]> => {
  const { rows } = await sql<TicketRow>`select ${columns} from ticket t where t.device = ${device}
    order by t.closed_at is not null, t.opened_at desc, t.id desc limit ${max}`.execute(db)
  return rows
}

/** How many tickets each of the devices has that are not closed. */
export const openTicketCounts = async (db: Db, devices: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ device: string; count: number }>`select device, count(*) as count from ticket
    where closed_at is null and device = any(${[...devices]}::text[]) group by device`.execute(db)
  return new Map(rows.map(({ device, count }) => [device, count]))
}

/** The latest events of each ticket, oldest first. */
export const eventsOf = async (
  db: Db,
  tickets: readonly string[],
  eachMax: number,
): Promise<readonly TicketEventRow[]> => {
  const { rows } = await sql<TicketEventRow>`
    select ticket, kind, at, by, note from (
      select e.*, row_number() over (partition by ticket order by at desc, id desc) as place
      from ticket_event e where ticket = any(${[...tickets]}::text[])) newest
    where place <= ${eachMax} order by ticket, at, id`.execute(db)
  return rows
}

export const setAssigned = async (db: Db, id: string, person: string): Promise<void> => {
  await sql`update ticket set assigned_to = ${person} where id = ${id}`.execute(db)
}

export const setRecovered = async (db: Db, id: string, recoveredAt: Instant | null): Promise<void> => {
  await sql`update ticket set recovered_at = ${recoveredAt === null ? null : at(recoveredAt)} where id = ${id}`.execute(
    db,
  )
}

export const setClosed = async (
  db: Db,
  id: string,
  closed: { readonly at: Instant; readonly by: string | null; readonly cause: string },
): Promise<void> => {
  await sql`update ticket set closed_at = ${at(closed.at)}, closed_by = ${closed.by}, cause = ${closed.cause}
    where id = ${id}`.execute(db)
}

/** Closes what is open of a device; answers the tickets. */
export const closeAllOf = async (
  db: Db,
  device: string,
  closed: { readonly at: Instant; readonly by: string | null; readonly cause: string },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`update ticket set closed_at = ${at(closed.at)}, closed_by = ${closed.by},
    cause = ${closed.cause} where device = ${device} and closed_at is null returning id`.execute(db)
  return rows.map(({ id }) => id)
}

type ConditionRow = Omit<Condition, 'online'> & { readonly online: boolean | null; readonly open: readonly TicketRow[] }

/**
 * Devices that may have something wrong with them, or have a ticket of the system's open: what a sweep has to look at. All
 * others are well, and there may be ten thousand of them.
 */
export const conditionsToLookAt = async (
  db: Db,
  asked: {
    readonly offlineBefore: Instant
    readonly reportsSince: Instant
    readonly clockErrorMsMax: number
    readonly failingVolts: readonly { readonly from: number; readonly to: number }[]
  },
): Promise<readonly (Condition & { readonly open: readonly TicketRow[] })[]> => {
  const { rows } = await sql<ConditionRow>`
    with reported as (select device, array_agg(distinct code) as codes from device_report
      where at > ${at(asked.reportsSince)} group by device),
    opened as (select t.device, jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'openedBy', t.opened_by,
        'recoveredAt', extract(epoch from t.recovered_at) * 1000, 'assignedTo', t.assigned_to)) as open
      from ticket t where t.closed_at is null group by t.device)
    select d.id as device, d.enrolled_at as "enrolledAt", d.replacing_since is not null as replacing, p.online, p.since,
      p.clock_doubted_since as "clockDoubtedSince", p.telemetry, coalesce(r.codes, '{}') as reports,
      coalesce(o.open, '[]') as open
    from device d left join device_presence p on p.device = d.id left join reported r on r.device = d.id
      left join opened o on o.device = d.id
    where d.enrolled_at is not null and d.revoked_at is null and d.kind <> 'page'
      and (p.device is null or (not p.online and p.since <= ${at(asked.offlineBefore)}) or p.clock_doubted_since is not null
        or exists (select from jsonb_to_recordset(${jsonb(asked.failingVolts)}) as v ("from" float8, "to" float8)
          where (p.telemetry->>'powerVolts')::float8 >= v."from" and (p.telemetry->>'powerVolts')::float8 < v."to") or abs((p.telemetry->>'clockErrorMs')::float8) > ${asked.clockErrorMsMax} or r.device is not null or o.device is not null)`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, online: row.online ?? false }))
}

export type TicketFound = {
  readonly id: string
  readonly kind: string
  readonly deviceName: string
  readonly unit: string
  readonly openedAt: Instant
  readonly isClosed: boolean
}

/** Tickets of devices of that name at these units, open ones first. */
export const findTickets = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  units: readonly string[],
): Promise<readonly TicketFound[]> => {
  const { rows } = await sql<TicketFound>`
    select t.id, t.kind, d.name as "deviceName", d.unit, t.opened_at as "openedAt", t.closed_at is not null as "isClosed"
    from ticket t join device d on d.id = t.device
    where d.unit = any(${[...units]}::text[]) and d.words @@ ${folded}::tsquery
    order by t.closed_at is not null, d.words @@ ${exact}::tsquery desc, t.opened_at desc, t.id limit ${most}`.execute(
    db,
  )
  return rows
}
