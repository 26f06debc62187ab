import { type BulletinClass, type Candidate, type DailySpan, type Instant, instantOf } from '@loa/protocol'
import { LATE_START_MS, type Plan, plannedTimes } from './draft.ts'

const DAY_MS = 86_400_000
/** "Now" stays good for a day: long enough for an approver in a meeting, too short to be heard as old news. */
const NOW_VALID_MS = DAY_MS
/** A device's clock may be this far behind when it first hears of the item. */
const CLOCK_SLACK_MS = 60_000
const MINUTE_MS = 60_000

const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The time of day at which it may begin: from a minute before the planned one to the end of its half hour. */
const startSpan = (time: string): DailySpan => {
  const planned = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return { from: minuteText((planned + 1439) % 1440), to: minuteText(planned + LATE_START_MS / MINUTE_MS + 1) }
}

type Bounds = Pick<Candidate, 'notBefore' | 'notAfter' | 'hours' | 'playsMax'>

/**
 * The time within which what is approved may sound, and how often: no more than the plan needs, since a device will let a
 * captured server do anything within it.
 */
export const boundsOf = (plan: Plan, now: Instant): Bounds => {
  if (plan.when === 'now')
    return { notBefore: now - CLOCK_SLACK_MS, notAfter: now + NOW_VALID_MS, hours: [], playsMax: 1 }
  const times = plannedTimes(plan)
  const dates = [...new Set(plan.dates)].sort()
  const lastDate = dates.at(-1) ?? ''
  return {
    notBefore: instantOf(dates[0] ?? '', '00:00'),
    // an item planned shortly before midnight may begin shortly after it
    notAfter: Math.max(instantOf(lastDate, '00:00') + DAY_MS, (times.at(-1) ?? 0) + LATE_START_MS + MINUTE_MS),
    hours: [startSpan(plan.time)],
    playsMax: times.length,
  }
}

/** Whether, approved at `now`, it could still be heard at least once. */
export const canStillBeHeard = (plan: Plan, candidate: Pick<Candidate, 'notAfter'>, now: Instant): boolean =>
  plan.when === 'now' ? now <= candidate.notAfter : plannedTimes(plan).some((at) => at + LATE_START_MS > now)

type Parts = {
  readonly release: string
  readonly unit: string
  readonly author: string
  readonly title: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  readonly plan: Plan
  readonly versions: Candidate['versions']
  readonly now: Instant
}

/** What the approver will sign. */
export const candidateOf = ({ plan, now, ...parts }: Parts): Candidate => ({
  v: 1,
  release: parts.release,
  unit: parts.unit,
  author: parts.author,
  title: parts.title.trim(),
  class: parts.class,
  audience: [...new Set(parts.audience)],
  ...boundsOf(plan, now),
  versions: parts.versions,
  madeAt: now,
})
