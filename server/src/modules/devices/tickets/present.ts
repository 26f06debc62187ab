import { z } from '@hono/zod-openapi'
import { localDate, telemetrySchema } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import type { Context } from '../../../platform/context.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import { namesOf } from '../../people/index.ts'
import type { DeviceRow } from '../model.ts'
import { mayTendDevices } from '../policy.ts'
import { clustersOf, devicesById } from '../store.ts'
import { stateOf, type TicketEventRow, type TicketRow, ticketKinds } from './model.ts'
import { eventsOf } from './store.ts'

const personSchema = z.object({ person: z.string(), name: z.string() })

export const ticketSchema = z
  .object({
    id: z.string(),
    device: z.string(),
    deviceName: z.string(),
    deviceKind: z.enum(['cluster', 'gateway']),
    cluster: z.string().nullable(),
    unit: z.string(),
    unitName: z.string(),
    kind: z.enum(ticketKinds),
    state: z.enum(['open', 'assigned', 'closed']),
    openedAt: z.string(),
    openedBy: personSchema.nullable(),
    recoveredAt: z.string().nullable(),
    facts: z.object({
      online: z.boolean().nullable(),
      since: z.string().nullable(),
      seenAt: z.string().nullable(),
      clockTrusted: z.boolean().nullable(),
      program: z.string(),
      telemetry: telemetrySchema.nullable(),
      reports: z.array(z.string()).readonly(),
      boots: z.array(z.object({ bootedAt: z.string(), program: z.string(), lastAt: z.string() })).optional(),
      airing: z.string().optional(),
    }),
    assignedTo: personSchema.nullable(),
    events: z.array(
      z.object({
        kind: z.enum(['opened', 'assigned', 'noted', 'recovered', 'again', 'closed']),
        at: z.string(),
        by: personSchema.nullable(),
        note: z.string(),
      }),
    ),
    closedAt: z.string().nullable(),
    closedBy: personSchema.nullable(),
    cause: z.string().nullable(),
    invented: z.boolean(),
    may: z.object({ assign: z.boolean(), close: z.boolean() }),
  })
  .openapi('Ticket')

export type TicketShown = z.input<typeof ticketSchema>

/** The newest of a ticket's lines that are shown. */
const EVENTS_SHOWN_MAX = 50

type Names = {
  readonly people: ReadonlyMap<string, string>
  readonly units: ReadonlyMap<string, string>
  readonly clusters: ReadonlyMap<string, string>
}

const personIn = ({ people }: Names, id: string | null): { person: string; name: string } | null =>
  id === null ? null : { person: id, name: people.get(id) ?? id }
const isoOrNull = (at: number | null): string | null => (at === null ? null : localIso(at))

const presentFacts = ({ facts }: TicketRow): TicketShown['facts'] => ({
  online: facts.online,
  since: isoOrNull(facts.since),
  seenAt: isoOrNull(facts.seenAt),
  clockTrusted: facts.clockTrusted,
  program: facts.program,
  telemetry: facts.telemetry,
  reports: facts.reports,
  ...(facts.airing === undefined ? {} : { airing: facts.airing }),
  ...(facts.boots === undefined
    ? {}
    : {
        boots: facts.boots.map(({ bootedAt, program, lastAt }) => ({
          bootedAt: localIso(bootedAt),
          program,
          lastAt: localIso(lastAt),
        })),
      }),
})

const presentEvent = ({ kind, at, by, note }: TicketEventRow, names: Names): TicketShown['events'][number] => ({
  kind,
  at: localIso(at),
  by: personIn(names, by),
  // whom it was given to is kept as an id: people change their names
  note: kind === 'assigned' ? (names.people.get(note) ?? note) : note,
})

type Around = { readonly device: DeviceRow; readonly names: Names; readonly mayTend: boolean }

const presentOne = (
  ticket: TicketRow,
  events: readonly TicketEventRow[],
  { device, names, mayTend }: Around,
): TicketShown => {
  const isOpen = stateOf(ticket) !== 'closed'
  return {
    id: ticket.id,
    device: device.id,
    deviceName: device.name,
    deviceKind: device.kind === 'gateway' ? 'gateway' : 'cluster',
    cluster: names.clusters.get(device.id) ?? null,
    unit: device.unit,
    unitName: names.units.get(device.unit) ?? device.unit,
    kind: ticket.kind,
    state: stateOf(ticket),
    openedAt: localIso(ticket.openedAt),
    openedBy: personIn(names, ticket.openedBy),
    recoveredAt: isoOrNull(ticket.recoveredAt),
    facts: presentFacts(ticket),
    assignedTo: personIn(names, ticket.assignedTo),
    events: events.map((event) => presentEvent(event, names)),
    closedAt: isoOrNull(ticket.closedAt),
    closedBy: personIn(names, ticket.closedBy),
    cause: ticket.cause,
    invented: device.invented,
    may: { assign: isOpen && mayTend, close: isOpen && mayTend },
  }
}

/** Which of the units' devices the actor may tend. */
const tendedAmong = async (ctx: Context, actor: Actor, units: readonly string[]): Promise<ReadonlySet<string>> => {
  const on = localDate(ctx.clock.now())
  const tended = new Set<string>()
  for (const unit of new Set(units)) {
    const path = await unitPath(ctx.db, unit, on)
    if (path !== undefined && mayTendDevices(actor, path)) tended.add(unit)
  }
  return tended
}

/** Tickets as they leave the server. */
export const presentTickets = async (
  ctx: Context,
  actor: Actor,
  tickets: readonly TicketRow[],
): Promise<TicketShown[]> => {
  const { db } = ctx
  const ids = [...new Set(tickets.map(({ device }) => device))]
  const devices = new Map((await devicesById(db, ids)).map((device) => [device.id, device]))
  const units = [...devices.values()].map(({ unit }) => unit)
  const events = await eventsOf(
    db,
    tickets.map(({ id }) => id),
    EVENTS_SHOWN_MAX,
  )
  const named = [
    ...tickets.flatMap(({ openedBy, assignedTo, closedBy }) => [openedBy, assignedTo, closedBy]),
    ...events.flatMap(({ by, kind, note }) => [by, kind === 'assigned' ? note : null]),
  ]
  const on = localDate(ctx.clock.now())
  const names: Names = {
    people: await namesOf(db, [...new Set(named.flatMap((id) => id ?? []))]),
    units: new Map((await unitsOn(db, on, units)).map(({ id, name }) => [id, name])),
    clusters: new Map((await clustersOf(db, ids)).flatMap(({ id, device }) => (device === null ? [] : [[device, id]]))),
  }
  const tended = await tendedAmong(ctx, actor, units)
  const byTicket = Map.groupBy(events, ({ ticket }) => ticket)
  return tickets.flatMap((ticket) => {
    const device = devices.get(ticket.device)
    if (device === undefined) return []
    return [presentOne(ticket, byTicket.get(ticket.id) ?? [], { device, names, mayTend: tended.has(device.unit) })]
  })
}
