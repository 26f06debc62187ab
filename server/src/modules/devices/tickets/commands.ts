import { localDate } from '@loa/protocol'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { record } from '../../audit/index.ts'
import { unitPath } from '../../org/index.ts'
import { postsOf } from '../../people/index.ts'
import { bootsOf, presencesOf, reportsSince } from '../presence/store.ts'
import { deviceById } from '../store.ts'
import {
  CAUSE_RECOVERED,
  CAUSE_REVOKED,
  DOUBLED,
  stateOf,
  type TicketEventKind,
  type TicketFacts,
  type TicketKind,
} from './model.ts'
import * as store from './store.ts'

/** What a device reported within this time is put down with a ticket. */
export const REPORTS_LOOKED_AT_MS = 3_600_000

/** Starts that have come back after another one: the machines that carry the same identity. */
const takingTurns = async (db: Db, device: string) =>
  (await bootsOf(db, [device]))
    .filter(({ returnedAt }) => returnedAt !== null)
    .map(({ bootedAt, program, lastAt }) => ({ bootedAt, program, lastAt }))

/** What is known of a device now, to be kept with a ticket. */
const factsNow = async (ctx: Context, db: Db, device: string): Promise<TicketFacts> => {
  const [presence] = await presencesOf(db, [device])
  const reports = (await reportsSince(db, [device], ctx.clock.now() - REPORTS_LOOKED_AT_MS)).map(({ code }) => code)
  return {
    online: presence?.online ?? null,
    since: presence?.since ?? null,
    seenAt: presence?.seenAt ?? null,
    clockTrusted: presence?.clockTrusted ?? null,
    program: presence?.program ?? '',
    telemetry: presence?.telemetry ?? null,
    reports: reports.toSorted(),
    ...(reports.includes(DOUBLED) ? { boots: await takingTurns(db, device) } : {}),
  }
}

type Said = {
  readonly ticket: string
  readonly kind: TicketEventKind
  readonly by: string | null
  readonly note?: string
}

const say = (ctx: Context, db: Db, { ticket, kind, by, note = '' }: Said): Promise<void> =>
  store.insertEvent(db, { id: ctx.ids.next(), ticket, kind, at: ctx.clock.now(), by, note })

export type Opening = {
  readonly device: string
  readonly kind: TicketKind
  /** The person who noticed it; null: the system. */
  readonly by: string | null
  readonly note?: string
  /** The airing of the daily chime that was not heard. */
  readonly airing?: string
}

/**
 * Opens a ticket for a device, with what is known of it at that moment. Where it has one of the kind open, that one gets the
 * note instead: a device has at most one open ticket of a kind. Returns the ticket's id. Within the caller's transaction.
 */
export const openTicket = async (ctx: Context, db: Db, opening: Opening): Promise<string> => {
  const { device, kind, by, note = '', airing } = opening
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const facts = { ...(await factsNow(ctx, db, device)), ...(airing === undefined ? {} : { airing }) }
  if (await store.insertTicket(db, { id, device, kind, openedAt: now, openedBy: by, facts })) {
    await say(ctx, db, { ticket: id, kind: 'opened', by, note })
    const unit = (await deviceById(db, device))?.unit
    const where = unit === undefined ? {} : { unit }
    await record(db, { at: now, person: by, action: 'ticket.opened', subject: id, detail: { device, kind }, ...where })
    return id
  }
  const open = await store.openTicketOf(db, device, kind)
  if (open === undefined) return openTicket(ctx, db, opening)
  if (note !== '') await say(ctx, db, { ticket: open.id, kind: 'noted', by, note })
  return open.id
}

/** Opens a ticket for something a person noticed. */
export const reportTrouble = (ctx: Context, asked: { device: string; note: string; by: string }): Promise<string> =>
  inTransaction(ctx.db, (db) => openTicket(ctx, db, { ...asked, kind: 'manual' }))

type Done = { readonly id: string; readonly by: string }

const withOpen = (
  ctx: Context,
  { id, by }: Done,
  { action, work }: { action: string; work: (db: Db, device: string) => Promise<Refusal | undefined> },
): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    const ticket = await store.lockTicket(db, id)
    if (ticket === undefined) return refuse('input.notFound')
    if (stateOf(ticket) === 'closed') return refuse('ticket.closed')
    const refused = await work(db, ticket.device)
    if (isRefusal(refused)) return refused
    const unit = (await deviceById(db, ticket.device))?.unit
    const where = unit === undefined ? {} : { unit }
    await record(db, { at: ctx.clock.now(), person: by, action, subject: id, ...where })
    return undefined
  })

/** Gives a ticket to somebody who holds a post at the device's unit or above it. */
export const assignTicket = (ctx: Context, asked: Done & { person: string }): Promise<Refusal | undefined> =>
  withOpen(ctx, asked, {
    action: 'ticket.assigned',
    work: async (db, device) => {
      const on = localDate(ctx.clock.now())
      const unit = (await deviceById(db, device))?.unit ?? ''
      const path = (await unitPath(db, unit, on)) ?? []
      const posts = await postsOf(db, asked.person, on)
      if (!posts.some((post) => path.includes(post.unit))) return refuse('ticket.personElsewhere')
      await store.setAssigned(db, asked.id, asked.person)
      await say(ctx, db, { ticket: asked.id, kind: 'assigned', by: asked.by, note: asked.person })
      return undefined
    },
  })

export const noteOnTicket = (ctx: Context, asked: Done & { note: string }): Promise<Refusal | undefined> =>
  withOpen(ctx, asked, {
    action: 'ticket.noted',
    work: async (db) => {
      await say(ctx, db, { ticket: asked.id, kind: 'noted', by: asked.by, note: asked.note })
      return undefined
    },
  })

/** Closes a ticket for good; what goes wrong again afterwards is a new one. */
export const closeTicket = (
  ctx: Context,
  asked: Done & { cause: string; note: string },
): Promise<Refusal | undefined> =>
  withOpen(ctx, asked, {
    action: 'ticket.closed',
    work: async (db) => {
      await store.setClosed(db, asked.id, { at: ctx.clock.now(), by: asked.by, cause: asked.cause })
      await say(ctx, db, { ticket: asked.id, kind: 'closed', by: asked.by, note: asked.note })
      return undefined
    },
  })

/** A device that is revoked needs no mending any more. Within the caller's transaction, which records the revocation. */
export const closeForRevoked = async (ctx: Context, db: Db, { id, by }: Done): Promise<void> => {
  const closed = await store.closeAllOf(db, id, { at: ctx.clock.now(), by, cause: CAUSE_REVOKED })
  for (const ticket of closed) await say(ctx, db, { ticket, kind: 'closed', by })
}

/** A trouble of the system's own has gone, or come back. Does nothing to a ticket that was closed meanwhile. */
export const stepTicket = (ctx: Context, id: string, step: 'recover' | 'again' | 'close'): Promise<void> =>
  inTransaction(ctx.db, async (db) => {
    const ticket = await store.lockTicket(db, id)
    if (ticket === undefined || stateOf(ticket) === 'closed') return
    const now = ctx.clock.now()
    await say(ctx, db, { ticket: id, kind: step === 'again' ? 'again' : 'recovered', by: null })
    await store.setRecovered(db, id, step === 'again' ? null : now)
    if (step !== 'close') return
    await store.setClosed(db, id, { at: now, by: null, cause: CAUSE_RECOVERED })
    await say(ctx, db, { ticket: id, kind: 'closed', by: null })
    await record(db, {
      at: now,
      person: null,
      action: 'ticket.closed',
      subject: id,
      detail: { cause: CAUSE_RECOVERED },
    })
  })

/** What the daily chime was not heard for is mended as soon as it is heard again. */
export const mendTicket = async (ctx: Context, device: string, kind: TicketKind): Promise<void> => {
  const open = await store.openTicketOf(ctx.db, device, kind)
  if (open === undefined || open.recoveredAt !== null) return
  await stepTicket(ctx, open.id, 'recover')
}
