import type { Instant } from '@loa/protocol'
import type { Fact } from '../../kernel/fact.ts'
import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { type ReleaseProposed, type ReleaseWithdrawn, releaseProposed, releaseWithdrawn } from '../release/index.ts'
import {
  AIRING_PLANNED,
  AIRING_STOPPED,
  AIRING_SUPERSEDED,
  type AiringStopped,
  type AiringSuperseded,
  ALL_STOPPED,
  unitsWithAiringsBetween,
} from '../schedule/index.ts'
import { rosterIssued } from '../trust/index.ts'
import {
  announceAiring,
  announceRoster,
  announceStop,
  REFRESH,
  type Refresh,
  refreshManifest,
  refreshSoon,
} from './commands.ts'
import { WINDOW_MS } from './model.ts'
import { publishWaiting } from './outbox.ts'
import { forgetPublished, removeOrders, unitsWithManifest } from './store.ts'

/** Airings come into the two weeks of a manifest slowly: looking every quarter of an hour is often enough. */
const SWEEP_MS = 15 * 60_000
const ORDERS_KEPT_MS = 86_400_000

/** Until when airings have been looked at, by context. */
const swept = new WeakMap<Context, Instant>()

/** Manifests of the units for which an airing has come into the window since the last look. */
const sweep = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  const before = swept.get(ctx)
  if (before !== undefined && now < before + SWEEP_MS) return
  if (before !== undefined)
    await refreshSoon(ctx, await unitsWithAiringsBetween(ctx.db, before + WINDOW_MS, now + WINDOW_MS))
  await removeOrders(ctx.db, now - ORDERS_KEPT_MS)
  swept.set(ctx, now)
}

const onStopped = async (fact: Fact, ctx: Context): Promise<void> => {
  const { audience, withAll } = fact.body as AiringStopped
  if (!withAll) await announceStop(ctx, audience, fact.subject)
  await refreshSoon(ctx, audience)
}

/** A proposed release is fetched before it may be played, and a withdrawn one is no longer fetched. */
const onRelease = (fact: Fact, ctx: Context): Promise<void> =>
  refreshSoon(ctx, (fact.body as ReleaseProposed | ReleaseWithdrawn).audience)

export const broadcast: Module<Context, Router> = {
  name: 'broadcast',
  on: {
    [AIRING_PLANNED]: (fact, ctx) => announceAiring(ctx, fact.subject),
    [AIRING_SUPERSEDED]: (fact, ctx) => refreshSoon(ctx, (fact.body as AiringSuperseded).audience),
    [AIRING_STOPPED]: onStopped,
    [ALL_STOPPED]: (fact, ctx) => announceStop(ctx, [fact.subject], null),
    [releaseProposed]: onRelease,
    [releaseWithdrawn]: onRelease,
    [rosterIssued]: (fact, ctx) => announceRoster(ctx, fact.subject),
  },
  tasks: {
    [REFRESH]: async (payload, ctx) => {
      const { units, force } = payload as Refresh
      for (const unit of units) await refreshManifest(ctx, unit, force)
    },
  },
  tick: async (ctx) => {
    await publishWaiting(ctx)
    await sweep(ctx)
  },
  start: async (ctx) => {
    await forgetPublished(ctx.db)
    await publishWaiting(ctx, { all: true })
    await refreshSoon(ctx, await unitsWithManifest(ctx.db), true)
    return async () => undefined
  },
}
