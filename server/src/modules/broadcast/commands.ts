import type { Envelope, Instant } from '@loa/protocol'
import { manifestSchema, parseAs, parseEnvelope } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { proposedFor, releaseById, releasesById } from '../release/index.ts'
import { type Airing, airingsById, comingFor, reachOf, SOON_MS, stoppedFor } from '../schedule/index.ts'
import { currentRoster, signAsServer } from '../trust/index.ts'
import { manifestOf, orderOf, prefetchOf, STOPPED_KEPT_MS, saysTheSame, stopOf, WINDOW_MS } from './model.ts'
import { sendMessages, sendOrders } from './outbox.ts'
import {
  keepMessage,
  keepOrders,
  messageOf,
  nextDeviceSeq,
  nextSeq,
  type OrderMessage,
  type UnitMessage,
} from './store.ts'

/** The job that makes manifests anew: `{ units, force? }`. */
export const REFRESH = 'broadcast.refresh'
export type Refresh = { readonly units: readonly string[]; readonly force?: boolean }

const AIRINGS_MAX = 500
const PROPOSED_MAX = 100

const dueSoon = (airing: Airing, now: Instant): boolean =>
  airing.stoppedAt === null && airing.supersededBy === null && airing.at <= now + SOON_MS && airing.latestStart >= now

/** Units in one order, so that two transactions that number the same units never wait for each other in a ring. */
const inOrder = (units: readonly string[]): string[] => [...new Set(units)].sort()

/** An order for one device alone, in a sequence of its own; `unit` is the one by which it is reached. */
const deviceOrder = async (ctx: Context, airing: Airing, release: Envelope): Promise<OrderMessage[]> => {
  const now = ctx.clock.now()
  const orders: OrderMessage[] = []
  for (const { device, unit } of await reachOf(ctx.db, [airing.id])) {
    const seq = await nextDeviceSeq(ctx.db, device, now)
    const order = orderOf({ unit, seq, issuedAt: now, airing, release, device })
    const envelope = await signAsServer(ctx, ctx.db, 'order', JSON.stringify(order))
    orders.push({ unit, airing: airing.id, seq, payload: JSON.stringify(envelope), device })
  }
  return orders
}

const signedOrder = async (
  ctx: Context,
  airing: Airing,
  options: { unit: string; release: Envelope },
): Promise<OrderMessage> => {
  const now = ctx.clock.now()
  const { unit, release } = options
  const seq = await nextSeq(ctx.db, { unit, kind: 'order' }, now)
  const order = orderOf({ unit, seq, issuedAt: now, airing, release })
  const envelope = await signAsServer(ctx, ctx.db, 'order', JSON.stringify(order))
  return { unit, airing: airing.id, seq, payload: JSON.stringify(envelope), device: null }
}

const unitOrders = async (ctx: Context, airing: Airing, release: Envelope): Promise<OrderMessage[]> => {
  const orders: OrderMessage[] = []
  for (const unit of inOrder(airing.audience)) orders.push(await signedOrder(ctx, airing, { unit, release }))
  return orders
}

/**
 * What follows when an airing is planned: for one that starts within the minute an order to each unit of the audience, on
 * its way right after the commit and before anything slow; then the units' manifests, as a job. One for a single device is
 * told by its order alone.
 */
export const announceAiring = async (ctx: Context, id: string): Promise<void> => {
  const [airing] = await airingsById(ctx.db, [id])
  if (airing === undefined) return
  if (dueSoon(airing, ctx.clock.now())) {
    const release = await releaseById(ctx.db, airing.release)
    if (release === undefined) throw new Error(`airing ${id} without its release ${airing.release}`)
    const tell = airing.onlyDevice === null ? unitOrders : deviceOrder
    const orders = await tell(ctx, airing, release.envelope)
    await keepOrders(ctx.db, orders, ctx.clock.now())
    sendOrders(ctx, orders)
  }
  if (airing.onlyDevice === null) await refreshSoon(ctx, airing.audience)
}

/** Silences one airing, or with `null` everything that should have started by now, in each of the units. */
export const announceStop = async (ctx: Context, units: readonly string[], airing: string | null): Promise<void> => {
  const now = ctx.clock.now()
  const messages: UnitMessage[] = []
  for (const unit of inOrder(units)) {
    const seq = await nextSeq(ctx.db, { unit, kind: 'stop' }, now)
    const envelope = await signAsServer(
      ctx,
      ctx.db,
      'stop',
      JSON.stringify(stopOf({ unit, seq, issuedAt: now, airing })),
    )
    const message: UnitMessage = { unit, kind: 'stop', seq, payload: JSON.stringify(envelope) }
    await keepMessage(ctx.db, message, now)
    messages.push(message)
  }
  sendMessages(ctx, messages)
}

/** Sends out a unit's newest roster. */
export const announceRoster = async (ctx: Context, unit: string): Promise<void> => {
  const current = await currentRoster(ctx.db, unit)
  if (current === undefined) return
  const { version: seq } = current.roster
  const message: UnitMessage = { unit, kind: 'roster', seq, payload: JSON.stringify(current.envelope) }
  await keepMessage(ctx.db, message, ctx.clock.now())
  sendMessages(ctx, [message])
}

/** Has the manifests of the units made anew soon, in the caller's transaction. */
export const refreshSoon = async (ctx: Context, units: readonly string[], force = false): Promise<void> => {
  if (units.length === 0) return
  const payload: Refresh = { units: inOrder(units), force }
  await ctx.enqueue(ctx.db, REFRESH, payload)
}

const manifestNow = async (db: Db, unit: string, issuedAt: Instant, seq: number) => {
  const span = { now: issuedAt, until: issuedAt + WINDOW_MS, limit: AIRINGS_MAX }
  const airings = await comingFor(db, unit, span)
  const found = await releasesById(db, [...new Set(airings.map(({ release }) => release))])
  const releases = new Map(found.map(({ id, envelope }) => [id, envelope]))
  const stopped = await stoppedFor(db, unit, issuedAt - STOPPED_KEPT_MS, AIRINGS_MAX)
  const proposed = await releasesById(
    db,
    await proposedFor(db, unit, { since: issuedAt - WINDOW_MS, limit: PROPOSED_MAX }),
  )
  const prefetch = prefetchOf(proposed.map(({ candidate }) => candidate))
  return manifestOf({ unit, seq, issuedAt, airings, releases, stopped, prefetch })
}

const lastManifest = async (db: Db, unit: string) => {
  const last = await messageOf(db, unit, 'manifest')
  const envelope = last && parseEnvelope(last.payload)
  return envelope && parseAs(manifestSchema, envelope.body)
}

/**
 * Makes a unit's manifest from the state as it is, and publishes it where it says anything new. `force`: also where it says
 * nothing new, with a higher number: after a restore devices may hold something the database no longer knows.
 */
export const refreshManifest = (outer: Context, unit: string, force = false): Promise<void> =>
  inTransaction(outer.db, async (db) => {
    const ctx: Context = { ...outer, db }
    const now = ctx.clock.now()
    const seq = await nextSeq(db, { unit, kind: 'manifest' }, now)
    const manifest = await manifestNow(db, unit, now, seq)
    const last = await lastManifest(db, unit)
    if (!force && last !== undefined && saysTheSame(last, manifest)) return
    const envelope = await signAsServer(ctx, db, 'manifest', JSON.stringify(manifest))
    const message: UnitMessage = { unit, kind: 'manifest', seq, payload: JSON.stringify(envelope) }
    await keepMessage(db, message, now)
    sendMessages(ctx, [message])
  })
