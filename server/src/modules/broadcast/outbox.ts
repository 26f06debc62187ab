import { topics } from '@loa/protocol'
import { noteBusy } from '../../platform/busy.ts'
import type { Context } from '../../platform/context.ts'
import { afterCommit, rootOf } from '../../platform/database.ts'
import {
  markOrdersPublished,
  markPublished,
  messageOf,
  type OrderMessage,
  type UnitMessage,
  waitingMessages,
  waitingOrders,
} from './store.ts'

/** The tick leaves to the direct way what was made this recently: it is most likely on its way already. */
const DIRECT_WAY_MS = 2_000
/** An order that could not be published for so long is left to the manifest, which holds the same airing. */
const ORDER_AGE_MS_MAX = 10 * 60_000
const PER_TICK_MAX = 500
/** A unit whose message is overtaken again and again while it is being published is left to the tick. */
const OVERTAKEN_MAX = 5

/** Publishes orders at the same time, and marks those the broker has taken. The rest waits for the tick. */
const publishOrders = async (ctx: Context, orders: readonly OrderMessage[]): Promise<void> => {
  const taken = await Promise.allSettled(
    orders.map(({ unit, device, payload }) =>
      ctx.mqtt.publish(device === null ? topics.order(unit) : topics.deviceOrder(device), payload),
    ),
  )
  const done = orders.filter((_, place) => taken[place]?.status === 'fulfilled')
  if (done.length > 0) await markOrdersPublished(ctx.db, done, ctx.clock.now())
}

/**
 * Publishes a retained message. Two makers of one unit's messages may publish in the wrong order, and the broker keeps what
 * came last: whoever finds a newer one in the database afterwards publishes that as well, so the newest always ends on top.
 */
const publishMessage = async (ctx: Context, message: UnitMessage): Promise<void> => {
  let current: UnitMessage | undefined = message
  for (let round = 0; current !== undefined && round < OVERTAKEN_MAX; round += 1) {
    await ctx.mqtt.publish(topics[current.kind](current.unit), current.payload, { retain: true })
    if (await markPublished(ctx.db, current, ctx.clock.now())) return
    current = await messageOf(ctx.db, message.unit, message.kind)
  }
}

const publishMessages = async (ctx: Context, messages: readonly UnitMessage[]): Promise<void> => {
  const taken = await Promise.allSettled(messages.map((message) => publishMessage(ctx, message)))
  const failed = taken.find((each) => each.status === 'rejected')
  if (failed !== undefined)
    ctx.log.warn('Một số tin chưa gửi được tới máy chủ tin nhắn; sẽ gửi lại.', { error: failed.reason })
}

const afterwards = (ctx: Context, publish: (root: Context) => Promise<void>): void => {
  const root: Context = { ...ctx, db: rootOf(ctx.db) }
  afterCommit(ctx.db, () => {
    const publishing = publish(root).catch((error: unknown) =>
      ctx.log.warn('Chưa gửi được tin; sẽ gửi lại.', { error }),
    )
    noteBusy(root.db, publishing)
  })
}

/** Publishes as soon as the transaction of `ctx.db` is committed; the tick repairs what a crash prevents. */
export const sendOrders = (ctx: Context, orders: readonly OrderMessage[]): void =>
  afterwards(ctx, (root) => publishOrders(root, orders))

export const sendMessages = (ctx: Context, messages: readonly UnitMessage[]): void =>
  afterwards(ctx, (root) => publishMessages(root, messages))

/** Publishes whatever the broker still lacks: after a crash, a lost broker, or a start. */
export const publishWaiting = async (ctx: Context, { all = false } = {}): Promise<void> => {
  if (!ctx.mqtt.connected()) return
  const now = ctx.clock.now()
  const to = all ? now : now - DIRECT_WAY_MS
  await publishOrders(ctx, await waitingOrders(ctx.db, { from: now - ORDER_AGE_MS_MAX, to, limit: PER_TICK_MAX }))
  await publishMessages(ctx, await waitingMessages(ctx.db, to, PER_TICK_MAX))
}
