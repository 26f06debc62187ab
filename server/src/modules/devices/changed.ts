import { type Instant, instantOf, localDate } from '@loa/protocol'
import { isReconnecting, type PresenceRow } from './model.ts'

/** The first session of the day begins then: what people ask in the morning is what has changed since. */
const MORNING = '05:00'
const DAY_MS = 86_400_000

/** The last five o'clock in the morning that is over: before five it is that of the day before. */
export const morningBefore = (now: Instant): Instant => {
  const today = instantOf(localDate(now), MORNING)
  return today <= now ? today : today - DAY_MS
}

/** A device as far as its connection goes, with how many clusters it carries. */
export type Connection = {
  readonly presence: Pick<PresenceRow, 'online' | 'since'> | undefined
  readonly enrolledAt: Instant | null
  readonly isGateway: boolean
  readonly clusters: number
}

/** Clusters that answer for themselves, and gateways: what is behind a gateway is not known one by one, and never added. */
export type Counted = { readonly clusters: number; readonly gateways: number }
export type Changed = { readonly lost: Counted; readonly back: Counted }

const counted = (of: readonly Connection[]): Counted => ({
  clusters: of.filter(({ isGateway }) => !isGateway).reduce((sum, { clusters }) => sum + clusters, 0),
  gateways: of.filter(({ isGateway }) => isGateway).length,
})

/**
 * Who has lost the connection since an instant and is still away, and who was away then or later and is back. One that was
 * taken into use since then is new, not back; one that has just gone is coming back by itself and is told of apart.
 */
export const changedSince = (
  connections: readonly Connection[],
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Changed => {
  const turned = connections.filter(({ presence }) => presence !== undefined && presence.since >= since)
  const isNew = ({ enrolledAt }: Connection): boolean => enrolledAt === null || enrolledAt >= since
  return {
    lost: counted(turned.filter(({ presence }) => presence?.online === false && !isReconnecting(presence, now))),
    back: counted(turned.filter((each) => each.presence?.online === true && !isNew(each))),
  }
}
