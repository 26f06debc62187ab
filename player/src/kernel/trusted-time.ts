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

export const deviceNow = (sense: TimeSense, own: Instant): Instant => own + sense.offset

/**
 * The sense of time at boot. A clock that shows less than the latest instant ever trusted has stopped or was set back:
 * it is not trusted even where the device is said to have a good one.
 */
export const senseAtBoot = (own: Instant, floor: Instant, rtc: boolean): TimeSense => {
  const sound = own >= floor - floorToleranceMs
  return { offset: sound ? 0 : floor - own, trusted: rtc && sound }
}

export type WelcomeFacts = {
  readonly welcome: Welcome
  readonly device: string
  readonly floor: Instant
  /** The device's own clock when `hello` was sent and now, and the nonce it carried. */
  readonly asked: { readonly nonce: string; readonly at: Instant } | undefined
  readonly own: Instant
}

/** The sense of time after a welcome whose signature has been checked; half the round trip is taken as its way here. */
export const senseAfterWelcome = (facts: WelcomeFacts): TimeSense | { readonly refused: string } => {
  const { welcome, asked, own } = facts
  if (welcome.device !== facts.device) return { refused: 'welcome.foreign' }
  if (asked === undefined || welcome.nonce !== asked.nonce) return { refused: 'welcome.replayed' }
  const roundTrip = own - asked.at
  if (roundTrip < 0 || roundTrip > welcomeRoundTripMsMax) return { refused: 'welcome.late' }
  const now = welcome.serverTime + roundTrip / 2
  if (now < facts.floor - floorToleranceMs) return { refused: 'clock.belowFloor' }
  return { offset: Math.round(now - own), trusted: true }
}
