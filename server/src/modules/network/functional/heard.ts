import { type DailySpan, type Instant, isWithin } from '@loa/protocol'
import type { Context } from '../../../platform/context.ts'
import { type Carrier, carriersOf, devicesById } from '../../devices/index.ts'
import { receiptsOfAiring } from '../../receipts/index.ts'
import { type Reach, reachOf } from '../../schedule/index.ts'
import type { AskedDevice } from './model.ts'

/** Whether an instant lies in one of the spans of a day. */
export const isWithinAny = (spans: readonly DailySpan[], at: Instant): boolean =>
  spans.some((span) => isWithin(span, at))

export type AskedOfTest = AskedDevice & {
  readonly carrier: Carrier
  readonly reach: Reach
  /** Why it kept silent, as it said itself. */
  readonly reason: string | null
}

/** Every device a test was to reach, and what is known of it: its own word first, then its line. */
export const sayingOf = async (ctx: Context, airing: string): Promise<{ readonly asked: readonly AskedOfTest[] }> => {
  const reach = new Map((await reachOf(ctx.db, [airing])).map((each) => [each.device, each]))
  const carriers = await carriersOf(ctx, await devicesById(ctx.db, [...reach.keys()]))
  const receipts = Map.groupBy(await receiptsOfAiring(ctx.db, airing), ({ device }) => device)
  const asked = carriers.flatMap((carrier): AskedOfTest[] => {
    const of = reach.get(carrier.device.id)
    if (of === undefined || carrier.device.revokedAt !== null) return []
    const said = receipts.get(carrier.device.id) ?? []
    const sounded = said.some(({ secondsWritten }) => secondsWritten > 0)
    return [
      {
        device: carrier.device.id,
        enrolled: carrier.facts.enrolled,
        online: carrier.facts.online,
        said: sounded ? 'sounded' : said.length > 0 ? 'silent' : undefined,
        reason: said.find(({ reason }) => reason !== null)?.reason ?? null,
        carrier,
        reach: of,
      },
    ]
  })
  return { asked }
}
