import { z } from '@hono/zod-openapi'
import { idSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf } from '../../access/index.ts'
import { descendants, unitPath } from '../../org/index.ts'
import { namesOf, peopleWithRole } from '../../people/index.ts'
import { unitsSeenBy } from '../overview.ts'
import { maySee, mayTendDevices } from '../policy.ts'
import { deviceById } from '../store.ts'
import { assignTicket, closeTicket, noteOnTicket, reportTrouble } from './commands.ts'
import type { TicketRow, TicketState } from './model.ts'
import { presentTickets, type TicketShown, ticketSchema } from './present.ts'
import { ticketById, ticketsAt } from './store.ts'

/** A commune that has more to mend than this needs no longer list. */
const TICKETS_SHOWN_MAX = 300

const helperSchema = z.object({ person: z.string(), name: z.string(), unit: z.string() })

/** Technicians of the units and of those above: whom a ticket may be given to. */
const techniciansOf = async (ctx: Context, units: readonly string[]) => {
  const on = localDate(ctx.clock.now())
  const above = new Set(units)
  for (const unit of units) for (const each of (await unitPath(ctx.db, unit, on)) ?? []) above.add(each)
  const found = await peopleWithRole(ctx.db, [...above], 'technician', on)
  const names = await namesOf(
    ctx.db,
    found.map(({ person }) => person),
  )
  const each = new Map(found.map(({ person, unit }) => [person, { person, name: names.get(person) ?? person, unit }]))
  return [...each.values()].slice(0, TICKETS_SHOWN_MAX)
}

const ticketsShown = async (
  ctx: Context,
  actor: Actor,
  { unit, state }: { unit: string | undefined; state: TicketState | 'todo' | undefined },
) => {
  const on = localDate(ctx.clock.now())
  const seen = await unitsSeenBy(ctx.db, actor, on)
  if (unit !== undefined && !seen.includes(unit)) return refuse('input.notFound')
  const units = unit === undefined ? seen : await descendants(ctx.db, unit, on)
  const states: readonly TicketState[] =
    state === undefined ? ['open', 'assigned', 'closed'] : state === 'todo' ? ['open', 'assigned'] : [state]
  const rows = await ticketsAt(ctx.db, { units, states, max: TICKETS_SHOWN_MAX })
  return { tickets: await presentTickets(ctx, actor, rows), technicians: await techniciansOf(ctx, units) }
}

/** The path of a device's unit, if the actor may look there; else the device does not exist for them. */
const seenAt = async (ctx: Context, actor: Actor, device: string): Promise<readonly string[] | Refusal> => {
  const row = await deviceById(ctx.db, device)
  if (row === undefined || row.kind === 'page') return refuse('input.notFound')
  const path = await unitPath(ctx.db, row.unit, localDate(ctx.clock.now()))
  return path === undefined || !maySee(actor, path) ? refuse('input.notFound') : path
}

const presented = async (ctx: Context, actor: Actor, id: string): Promise<TicketShown | Refusal> => {
  const row = await ticketById(ctx.db, id)
  const [shown] = row === undefined ? [] : await presentTickets(ctx, actor, [row])
  return shown ?? refuse('input.notFound')
}

/** A ticket the actor may work on. */
const tendedTicket = async (ctx: Context, actor: Actor, id: string): Promise<TicketRow | Refusal> => {
  const ticket = await ticketById(ctx.db, id)
  if (ticket === undefined) return refuse('input.notFound')
  const path = await seenAt(ctx, actor, ticket.device)
  if (isRefusal(path)) return path
  return mayTendDevices(actor, path) ? ticket : refuse('access.notAllowed')
}

const note = z.string().trim().min(1).max(1000)
const idParam = z.object({ id: idSchema })

const actOn = async (
  ctx: Context,
  actor: Actor,
  { id, act }: { id: string; act: (id: string) => Promise<Refusal | undefined> },
): Promise<TicketShown | Refusal> => {
  const ticket = await tendedTicket(ctx, actor, id)
  if (isRefusal(ticket)) return ticket
  return (await act(id)) ?? presented(ctx, actor, id)
}

const stepRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/tickets/{id}/assign',
      summary: 'Giao phiếu sửa chữa cho một người',
      params: idParam,
      body: z.object({ person: idSchema }),
      result: ticketSchema,
    },
    ({ params, body, c }) => {
      const actor = actorOf(c)
      const act = (id: string) => assignTicket(ctx, { id, by: actor.person, person: body.person })
      return actOn(ctx, actor, { id: params.id, act })
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/tickets/{id}/note',
      summary: 'Ghi thêm vào phiếu sửa chữa',
      params: idParam,
      body: z.object({ note }),
      result: ticketSchema,
    },
    ({ params, body, c }) => {
      const actor = actorOf(c)
      const act = (id: string) => noteOnTicket(ctx, { id, by: actor.person, note: body.note })
      return actOn(ctx, actor, { id: params.id, act })
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/tickets/{id}/close',
      summary: 'Đóng phiếu sửa chữa, ghi nguyên nhân',
      params: idParam,
      body: z.object({ cause: z.string().trim().min(1).max(200), note: z.string().trim().max(1000).default('') }),
      result: ticketSchema,
    },
    ({ params, body, c }) => {
      const actor = actorOf(c)
      const act = (id: string) => closeTicket(ctx, { id, by: actor.person, ...body })
      return actOn(ctx, actor, { id: params.id, act })
    },
  )
}

export const ticketRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/tickets',
      summary: 'Phiếu sửa chữa; state: open, assigned, closed, hoặc todo (chưa đóng)',
      query: z.object({ unit: idSchema.optional(), state: z.enum(['open', 'assigned', 'closed', 'todo']).optional() }),
      result: z.object({ tickets: z.array(ticketSchema), technicians: z.array(helperSchema) }),
    },
    ({ query, c }) => ticketsShown(ctx, actorOf(c), { unit: query.unit, state: query.state }),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/tickets/{id}',
      summary: 'Một phiếu sửa chữa',
      params: idParam,
      result: ticketSchema,
    },
    async ({ params, c }) => {
      const actor = actorOf(c)
      const ticket = await ticketById(ctx.db, params.id)
      const path = ticket === undefined ? refuse('input.notFound') : await seenAt(ctx, actor, ticket.device)
      return isRefusal(path) ? path : presented(ctx, actor, params.id)
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/tickets',
      summary: 'Báo một thiết bị hỏng; thiết bị đã có phiếu tự báo thì ghi thêm vào phiếu đó',
      body: z.object({ device: idSchema, note }),
      result: ticketSchema,
    },
    async ({ body, c }) => {
      const actor = actorOf(c)
      const path = await seenAt(ctx, actor, body.device)
      if (isRefusal(path)) return path
      return presented(ctx, actor, await reportTrouble(ctx, { ...body, by: actor.person }))
    },
  )
  stepRoutes(router, ctx)
}
