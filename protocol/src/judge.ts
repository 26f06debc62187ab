import type { Candidate } from './candidate.ts'
import type { PlannedAiring } from './manifest.ts'
import type { Reason } from './receipt.ts'
import type { Roster } from './roster.ts'
import { type DailySpan, type Instant, isWithin } from './time.ts'
import { signersNeeded } from './words.ts'

/** What a device knows at the moment an airing is due. Signatures have been verified before: `signers` are keys that checked out. */
export type JudgedFacts = {
  readonly now: Instant
  readonly clockTrusted: boolean
  readonly airing: PlannedAiring
  readonly candidate: Candidate
  /** Ids of keys in `rosters` whose signature over the candidate verified. */
  readonly signers: readonly string[]
  /** Rosters the device holds, root signature verified. */
  readonly rosters: readonly Roster[]
  /** Units the device listens to at `now`. */
  readonly listens: readonly string[]
  readonly stopped: boolean
  readonly playsSoFar: number
  readonly secondsToday: number
  readonly policy: {
    readonly quiet: readonly DailySpan[]
    readonly minutesPerDayMax: number
    readonly volume: number
    readonly volumeMax: number
  }
}

export type Judgement =
  | { readonly play: true; readonly unit: string; readonly volume: number }
  | { readonly play: false; readonly unit: string; readonly reason: Reason }

/** People whose valid signature counts for the candidate at `unit` and `now`. Distinct people, not distinct keys. */
const signingPeople = (facts: JudgedFacts, unit: string): Set<string> => {
  const people = new Set<string>()
  for (const roster of facts.rosters) {
    if (!roster.covers.includes(unit)) continue
    for (const entry of roster.people) {
      const inForce = entry.from <= facts.now && (entry.to === null || facts.now < entry.to)
      if (inForce && entry.may.includes(facts.candidate.class) && facts.signers.includes(entry.key.id)) {
        people.add(entry.person)
      }
    }
  }
  return people
}

const reasonAgainstSigners = (facts: JudgedFacts, unit: string): Reason | undefined => {
  const people = signingPeople(facts, unit)
  const { author, class: bulletinClass } = facts.candidate
  // The raiser of an emergency or a drill counts as the first of two; an ordinary item's author counts for nothing.
  if (bulletinClass === 'normal' || bulletinClass === 'priority') {
    if (people.delete(author) && people.size === 0) return 'candidate.ownApproval'
  }
  return people.size < signersNeeded[bulletinClass] ? 'candidate.tooFewSigners' : undefined
}

const reasonAgainstTime = ({ now, airing, candidate }: JudgedFacts): Reason | undefined => {
  if (now < candidate.notBefore) return 'candidate.notYet'
  if (now > candidate.notAfter) return 'candidate.over'
  if (now > airing.latestStart) return 'airing.expired'
  const { hours } = candidate
  return hours.length > 0 && !hours.some((span) => isWithin(span, now)) ? 'candidate.outsideHours' : undefined
}

const reasonAgainstPolicy = (facts: JudgedFacts): Reason | undefined => {
  if (facts.candidate.class === 'emergency') return undefined
  if (facts.policy.quiet.some((span) => isWithin(span, facts.now))) return 'device.quietHours'
  const seconds = facts.candidate.versions.reduce((sum, version) => sum + version.durationMs / 1000, 0)
  return facts.secondsToday + seconds > facts.policy.minutesPerDayMax * 60 ? 'device.minutesUsedUp' : undefined
}

/**
 * The last guard's whole decision, pure: may this airing sound here and now, and how loud. Every device, the page's
 * virtual cluster and the simulator decide by this one function.
 */
export const judge = (facts: JudgedFacts): Judgement => {
  const unit = facts.listens.find((id) => facts.candidate.audience.includes(id))
  if (unit === undefined) return { play: false, unit: facts.listens[0] ?? 'none', reason: 'device.notListening' }
  const reason =
    (facts.stopped ? 'airing.stopped' : undefined) ??
    (facts.airing.release !== facts.candidate.release ? 'candidate.foreign' : undefined) ??
    reasonAgainstSigners(facts, unit) ??
    (facts.clockTrusted ? undefined : 'clock.untrusted') ??
    reasonAgainstTime(facts) ??
    (facts.playsSoFar >= facts.candidate.playsMax ? 'candidate.playsUsedUp' : undefined) ??
    reasonAgainstPolicy(facts)
  if (reason !== undefined) return { play: false, unit, reason }
  const cap = facts.candidate.class === 'emergency' ? 100 : facts.policy.volumeMax
  return { play: true, unit, volume: Math.min(facts.policy.volume, cap) }
}
