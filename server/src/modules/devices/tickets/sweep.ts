import type { Context } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { openTicket, REPORTS_LOOKED_AT_MS, stepTicket } from './commands.ts'
import { CLOCK_ERROR_MS_MAX, failingVolts, OFFLINE_MS, stepOf, troublesOf } from './model.ts'
import { conditionsToLookAt } from './store.ts'

const EVERY_SECONDS = 10
/** A power cut over many communes is hundreds of tickets of some 15 ms each; those beyond this wait for the next look, since airings must not wait for them. */
const STEPS_AT_ONCE = 40

/** Every ten seconds: what is wrong with a device becomes a ticket; what has mended itself is written down. */
export const sweepTickets = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  if (Math.floor(now / 1000) % EVERY_SECONDS !== 0) return
  const asked = {
    offlineBefore: now - OFFLINE_MS,
    reportsSince: now - REPORTS_LOOKED_AT_MS,
    clockErrorMsMax: CLOCK_ERROR_MS_MAX,
    failingVolts,
  }
  let steps = 0
  for (const condition of await conditionsToLookAt(ctx.db, asked)) {
    if (steps >= STEPS_AT_ONCE) return
    const troubles = troublesOf(condition, now)
    const open = new Set(condition.open.map(({ kind }) => kind))
    for (const kind of troubles.filter((each) => !open.has(each))) {
      await inTransaction(ctx.db, (db) => openTicket(ctx, db, { device: condition.device, kind, by: null }))
      steps += 1
    }
    for (const ticket of condition.open) {
      const step = stepOf(ticket, condition, troubles)
      if (step === undefined) continue
      await stepTicket(ctx, ticket.id, step)
      steps += 1
    }
  }
}
