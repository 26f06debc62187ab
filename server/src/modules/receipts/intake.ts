import { noteBusy } from '../../platform/busy.ts'
import type { Context } from '../../platform/context.ts'
import { isDatabaseAway } from '../../platform/database.ts'
import { acknowledge, takeReceipts } from './commands.ts'
import type { Arrived } from './model.ts'

/** Receipts in one transaction. One statement of this size takes a few milliseconds. */
const BATCH_MAX = 500
/** Waiting in memory; beyond it new ones are dropped, and their devices send them again. */
const WAITING_MAX = 20_000

export type Intake = {
  /** Queues a message; never waits. */
  push(arrived: Arrived): void
  /** Takes in nothing more; what waits is still written. */
  close(): void
}

/**
 * Takes receipts in one batch after another: while one is being written the next gathers. A single receipt is written at
 * once, a thousand at the same time share a handful of commits; no timer is needed to decide which. A batch that fails is
 * not acknowledged, so its devices send it again: nothing is retried here.
 */
export const openIntake = (ctx: Context): Intake => {
  let waiting: Arrived[] = []
  let working: Promise<void> | undefined
  let closed = false

  const take = async (batch: readonly Arrived[]): Promise<void> => {
    try {
      await acknowledge(ctx, await takeReceipts(ctx, batch))
    } catch (error) {
      ctx.log.error('Không ghi được biên nhận; thiết bị sẽ gửi lại.', { receipts: batch.length, error })
      if (batch.length > 1 && !isDatabaseAway(error)) for (const each of batch) await take([each])
    }
  }

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX)
      waiting = waiting.slice(BATCH_MAX)
      await take(batch)
    }
    working = undefined
  }

  return {
    push: (arrived) => {
      if (closed || waiting.length >= WAITING_MAX) return
      waiting.push(arrived)
      if (working !== undefined) return
      working = work()
      noteBusy(ctx.db, working)
    },
    close: () => {
      closed = true
    },
  }
}
