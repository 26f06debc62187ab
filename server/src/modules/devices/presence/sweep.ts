import type { Context } from '../../../platform/context.ts'
import { dropReports, dropSamples, loseQuietOnes } from './store.ts'

/** Devices speak every 30 s; the broker tells of a lost connection within a minute. This catches what the broker lost. */
const QUIET_MAX_MS = 5 * 60_000
const REPORTS_KEPT_MS = 90 * 86_400_000
/** A day is shown; two more for whoever looks after a holiday. */
const SAMPLES_KEPT_MS = 3 * 86_400_000
const EVERY_SECONDS = 10
const FORGET_EVERY_SECONDS = 600

/** Once in ten seconds: devices that have gone quiet without a word are offline; now and then what is old is forgotten. */
export const sweepPresence = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  if (Math.floor(now / 1000) % EVERY_SECONDS !== 0) return
  await loseQuietOnes(ctx.db, now - QUIET_MAX_MS, now)
  if (Math.floor(now / 1000) % FORGET_EVERY_SECONDS !== 0) return
  await dropReports(ctx.db, now - REPORTS_KEPT_MS)
  await dropSamples(ctx.db, now - SAMPLES_KEPT_MS)
}
