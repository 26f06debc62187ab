import {
  type BulletinClass,
  type Candidate,
  type Instant,
  type Judgement,
  precedence,
  type Reason,
} from '@loa/protocol'
import type { Planned } from './programme.ts'

/** What is sounding now. */
export type Current = { readonly airing: string; readonly class: BulletinClass; readonly stopped: boolean }

/** One planned airing with everything there is to know about it now. */
export type Weighed = {
  readonly planned: Planned
  /** Undefined where the release is missing or its body is no candidate. */
  readonly candidate: Candidate | undefined
  readonly judgement: Judgement
  readonly soundsReady: boolean
  /** Why its sounds could not be had so far. */
  readonly soundTrouble: Reason | undefined
}

export type Situation = {
  readonly now: Instant
  readonly clockTrusted: boolean
  readonly current: Current | undefined
  /** Airings of the units listened to that are not done with, those broken off by an emergency included. */
  readonly pending: readonly Planned[]
  /** Weighs an airing; asked only for those that are due. */
  readonly weigh: (planned: Planned) => Weighed
  /** Airings about which "the clock is not trusted" has been said. */
  readonly saidUntrusted: (airing: string) => boolean
}

export type Action =
  | {
      readonly do: 'start'
      readonly weighed: Weighed & { candidate: Candidate }
      readonly unit: string
      readonly volume: number
    }
  | {
      readonly do: 'end'
      readonly outcome: 'stopped' | 'preempted'
      readonly reason: Reason
      readonly by: BulletinClass | undefined
    }
  | {
      readonly do: 'silent'
      readonly planned: Planned
      readonly unit: string
      readonly reason: Reason
      readonly settles: boolean
    }
  | { readonly do: 'fetch'; readonly planned: Planned; readonly candidate: Candidate }

export type Decision = {
  readonly actions: readonly Action[]
  /** When to look again, on the device's time, if nothing happens before. */
  readonly wakeAt: Instant | undefined
}

/** A device that has just booted is given a minute to hear the time before it says that it has none. */
export const untrustedGraceMs = 60_000

const earliest = (instants: readonly Instant[]): Instant | undefined =>
  instants.length === 0 ? undefined : instants.reduce((a, b) => Math.min(a, b))

const decideUntrusted = (situation: Situation): Decision => {
  const { now } = situation
  const sayAt = ({ airing }: Planned): Instant =>
    Math.min(airing.at + untrustedGraceMs, Math.max(airing.latestStart, airing.at))
  const unsaid = situation.pending.filter(({ airing }) => !situation.saidUntrusted(airing.id))
  return {
    actions: unsaid
      .filter((planned) => sayAt(planned) <= now)
      .map((planned) => {
        const { unit } = situation.weigh(planned).judgement
        return { do: 'silent', planned, unit, reason: 'clock.untrusted', settles: false } as const
      }),
    wakeAt: earliest(unsaid.map(sayAt).filter((at) => at > now)),
  }
}

const rankOf = (bulletinClass: BulletinClass | undefined): number => (bulletinClass ? precedence[bulletinClass] : 0)

/** Higher class first; within a class in the order of the programme. */
const inTurn = (a: Weighed, b: Weighed): number =>
  rankOf(b.candidate?.class) - rankOf(a.candidate?.class) ||
  a.planned.airing.at - b.planned.airing.at ||
  (a.planned.airing.id < b.planned.airing.id ? -1 : 1)

const silent = ({ planned, judgement, soundTrouble }: Weighed, reason: Reason): Action => ({
  do: 'silent',
  planned,
  unit: judgement.unit,
  // What kept it from starting is told, rather than that its time ran out while it waited for that.
  reason: reason === 'airing.expired' && soundTrouble !== undefined ? soundTrouble : reason,
  settles: true,
})

/** Verdicts that waiting cannot change: they are told while something else is still sounding. */
const saidAtOnce: readonly Reason[] = ['airing.expired', 'airing.stopped']

/**
 * What to do now. Silent verdicts are given to all that are due; then at most one airing starts, or the one that is
 * sounding ends, after which the device looks again.
 */
const decideTrusted = (situation: Situation): Decision => {
  const { now, current } = situation
  const actions: Action[] = []
  const wake = situation.pending.map(({ airing }) => airing.at).filter((at) => at > now)
  const due = situation.pending.filter(({ airing }) => airing.at <= now && airing.id !== current?.airing)
  for (const weighed of due.map(situation.weigh).sort(inTurn)) {
    const { planned, candidate, judgement } = weighed
    const waits = current !== undefined && rankOf(candidate?.class) <= rankOf(current.class)
    if (candidate === undefined) actions.push(silent(weighed, 'candidate.malformed'))
    else if (!judgement.play && (!waits || saidAtOnce.includes(judgement.reason))) {
      actions.push(silent(weighed, judgement.reason))
    } else if (waits || !judgement.play) wake.push(planned.airing.latestStart + 1)
    else if (!weighed.soundsReady) {
      actions.push({ do: 'fetch', planned, candidate })
      wake.push(planned.airing.latestStart + 1)
    } else if (current !== undefined) {
      actions.push({ do: 'end', outcome: 'preempted', reason: 'higherClass', by: candidate.class })
      return { actions, wakeAt: earliest(wake) }
    } else {
      actions.push({ do: 'start', weighed: { ...weighed, candidate }, unit: judgement.unit, volume: judgement.volume })
      return { actions, wakeAt: earliest(wake) }
    }
  }
  return { actions, wakeAt: earliest(wake.filter((at) => at > now)) }
}

/** The device's whole behaviour in time, pure: the same situation always gives the same decision. */
export const decide = (situation: Situation): Decision => {
  if (situation.current?.stopped) {
    return { actions: [{ do: 'end', outcome: 'stopped', reason: 'airing.stopped', by: undefined }], wakeAt: undefined }
  }
  return situation.clockTrusted ? decideTrusted(situation) : decideUntrusted(situation)
}
