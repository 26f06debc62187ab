import { type BulletinClass, type Candidate, type DailySpan, type Instant, instantOf } from '@loa/protocol'
import { LATE_START_MS, PLACEMENTS_MAX, type Plan, type SessionRun } from '../schedule/index.ts'
import { plannedTimes } from './draft.ts'

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

/** As many spans as a candidate may hold. */
const SPANS_MAX = 8
/** The chime of the daily test, and once a day a technician's own. */
const CHIMES_PER_DAY = 2
/** A chime is for the day; nobody approves one for the night. */
const DAYTIME: DailySpan = { from: '05:00', to: '21:00' }

/** The hours of the sessions: spans that touch are one, and of too many the nearest become one, until a candidate can hold them. */
export const spansOf = (runs: readonly Pick<SessionRun, 'from' | 'to'>[]): DailySpan[] => {
  const spans: { from: string; to: string }[] = []
  for (const { from, to } of runs.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = spans.at(-1)
    if (last !== undefined && from <= last.to) last.to = to > last.to ? to : last.to
    else spans.push({ from, to })
  }
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  while (spans.length > SPANS_MAX) {
    const gaps = spans.slice(1).map(({ from }, place) => minutes(from) - minutes(spans[place]?.to ?? from))
    const narrow = gaps.indexOf(Math.min(...gaps))
    const [closed] = spans.splice(narrow + 1, 1)
    const open = spans[narrow]
    if (open !== undefined && closed !== undefined) open.to = closed.to
  }
  return spans
}

const boundsOfSessions = (runs: readonly SessionRun[], now: Instant): Bounds => ({
  notBefore: runs[0]?.start ?? now,
  notAfter: Math.max(now, ...runs.map(({ end }) => end)),
  hours: spansOf(runs),
  playsMax: Math.min(PLACEMENTS_MAX, Math.max(1, runs.length)),
})

const boundsOfStanding = (plan: Extract<Plan, { when: 'standing' }>, runs: readonly SessionRun[]): Bounds => {
  const notBefore = instantOf(plan.from, '00:00')
  const notAfter = instantOf(plan.to, '00:00') + DAY_MS
  if (plan.role !== 'chime') return { ...boundsOfSessions(runs, notBefore), notBefore, notAfter }
  const days = Math.round((notAfter - notBefore) / DAY_MS)
  return { notBefore, notAfter, hours: [DAYTIME], playsMax: Math.min(PLACEMENTS_MAX, days * CHIMES_PER_DAY) }
}

/**
 * The time within which what is approved may sound, and how often: no more than the plan needs, since a device will let a
 * captured server do anything within it. `runs`: when the sessions of the plan run.
 */
export const boundsOf = (plan: Plan, now: Instant, runs: readonly SessionRun[] = []): Bounds => {
  if (plan.when === 'now')
    return { notBefore: now - CLOCK_SLACK_MS, notAfter: now + NOW_VALID_MS, hours: [], playsMax: 1 }
  if (plan.when === 'sessions') return boundsOfSessions(runs, now)
  if (plan.when === 'standing') return boundsOfStanding(plan, runs)
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
export const canStillBeHeard = (
  plan: Plan,
  { notAfter, runs = [] }: { readonly notAfter: Instant; readonly runs?: readonly SessionRun[] },
  now: Instant,
): boolean => {
  if (plan.when === 'times') return plannedTimes(plan).some((at) => at + LATE_START_MS > now)
  return plan.when === 'sessions' ? runs.some(({ own }) => own.to > now) : now <= notAfter
}

type Parts = {
  readonly release: string
  readonly unit: string
  readonly author: string
  readonly title: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  readonly plan: Plan
  readonly versions: Candidate['versions']
  readonly runs?: readonly SessionRun[]
  readonly now: Instant
}

/** What the approver will sign. */
export const candidateOf = ({ plan, now, runs, ...parts }: Parts): Candidate => ({
  v: 1,
  release: parts.release,
  unit: parts.unit,
  author: parts.author,
  title: parts.title.trim(),
  class: parts.class,
  audience: [...new Set(parts.audience)],
  ...boundsOf(plan, now, runs),
  versions: parts.versions,
  madeAt: now,
})
