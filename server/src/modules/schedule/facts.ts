import type { Instant } from '@loa/protocol'

/** A release was placed at a time; one fact for each airing. Subject: the airing. */
export const AIRING_PLANNED = 'airing.planned'
export type AiringPlanned = { readonly release: string; readonly at: Instant; readonly audience: readonly string[] }

/** Another airing took the place of this one, or none did (`by` is then itself): it is not heard. Subject: the airing. */
export const AIRING_SUPERSEDED = 'airing.superseded'
export type AiringSuperseded = { readonly audience: readonly string[]; readonly by: string }

/** An airing was stopped. Subject: the airing. */
export const AIRING_STOPPED = 'airing.stopped'
export type AiringStopped = {
  readonly audience: readonly string[]
  readonly by: string
  /** Part of a stop of everything, whose one message already silences it. */
  readonly withAll: boolean
}

/** Everything that should have started in a unit was silenced. Subject: the unit. */
export const ALL_STOPPED = 'airing.allStopped'
export type AllStopped = { readonly by: string }
