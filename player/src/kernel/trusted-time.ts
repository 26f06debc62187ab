import type { Instant, Welcome } from '@loa/protocol'

/**
 * What the device believes the time to be: the clock handed in plus an offset, and whether that may be relied on. Once
 * set by a welcome it is carried on by the device's own clock; it is never set back to "untrusted" while running.
 */
export type TimeSense = { readonly offset: number; readonly trusted: boolean }

/** A device's crystal may run ahead of the server's: 5 minutes is 100 ppm for 34 days without contact. */
export const floorToleranceMs = 5 * 60_000
/** A welcome that took longer than this tells the time too badly; the device asks again. */
export const welcomeRoundTripMsMax = 10_000
/** After a welcome that took longer than this the device asks again soon: half of it is how wrong the time may be. */
export const goodRoundTripMs = 300
/** How soon it asks again. */
export const askAgainMs = 4_000
/** A worse answer does not replace a better one of the last minutes: a crystal of 100 ppm drifts 60 ms in ten. */
const estimateKeptMs = 10 * 60_000
/** Nobody plans further ahead than a year; a server's time beyond this is not to be believed. */
export const farAheadMs = 400 * 86_400_000
/** When this program was written: no true time is before it. Raised with each release. */
export const builtAt: Instant = Date.parse('2026-11-22T00:00:00+07:00')

export const deviceNow = (sense: TimeSense, own: Instant): Instant => own + sense.offset

/**
 * The sense of time at boot. A clock that shows less than the latest instant ever trusted has stopped or was set back:
 * it is not trusted even where the device is said to have a good one.
 */
export const senseAtBoot = (own: Instant, floor: Instant, rtc: boolean): TimeSense => {
  const sound = own >= floor - floorToleranceMs
  return { offset: sound ? 0 : floor - own, trusted: rtc && sound }
}

/** How good an estimate of the time is: the round trip it was made with, and when by the device's own clock. */
export type Estimate = { readonly roundTrip: number; readonly own: Instant }

/** Whether an answer just come tells the time better than the estimate in use, or that one is too old to hold on to. */
export const isBetter = (estimate: Estimate | undefined, next: Estimate): boolean =>
  estimate === undefined || next.roundTrip <= estimate.roundTrip || next.own - estimate.own >= estimateKeptMs

export type WelcomeFacts = {
  readonly welcome: Welcome
  readonly device: string
  readonly floor: Instant
  /** The latest date of a roster the device holds, 0 where it holds none: the root key signed it, which no broker and no server key can do. */
  readonly rosterAt: Instant
  /** The device's own clock when `hello` was sent and now, and the nonce it carried. */
  readonly asked: { readonly nonce: string; readonly at: Instant } | undefined
  readonly own: Instant
}

/**
 * The sense of time after a welcome whose signature has been checked; half the round trip is taken as its way here. A time
 * far ahead is refused: the device would remember it as the latest seen and keep silent until that year came.
 */
export const senseAfterWelcome = (
  facts: WelcomeFacts,
): { readonly sense: TimeSense; readonly estimate: Estimate } | { readonly refused: string } => {
  const { welcome, asked, own } = facts
  if (welcome.device !== facts.device) return { refused: 'welcome.foreign' }
  if (asked === undefined || welcome.nonce !== asked.nonce) return { refused: 'welcome.replayed' }
  const roundTrip = own - asked.at
  if (roundTrip < 0 || roundTrip > welcomeRoundTripMsMax) return { refused: 'welcome.late' }
  const now = welcome.serverTime + roundTrip / 2
  if (now < facts.floor - floorToleranceMs) return { refused: 'clock.belowFloor' }
  if (now > Math.max(facts.rosterAt, builtAt) + farAheadMs) return { refused: 'clock.farAhead' }
  return { sense: { offset: Math.round(now - own), trusted: true }, estimate: { roundTrip, own } }
}
