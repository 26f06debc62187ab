import {
  type BulletinClass,
  type Instant,
  instantOf,
  type LocalDate,
  limits,
  localDate,
  precedence,
} from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Db } from '../../platform/context.ts'
import { descendants } from '../org/index.ts'
import { PLACEMENTS_MAX, type Plan } from './model.ts'
import { isOpen, loadDays } from './order/day.ts'
import { type Day, programmeOf } from './order/programme.ts'
import { addDays, datesBetween, runsOn, type SessionRun, type SessionVersion } from './sessions/model.ts'
import { proposalsOf, versionsOf } from './sessions/store.ts'

/** A notice as it asks for room. */
export type Asking = {
  readonly unit: string
  readonly class: BulletinClass
  readonly title: string
  readonly durationMs: number
  readonly plan: Plan
  /** It was submitted before: dates that have passed since are left out. */
  readonly approving?: boolean
}

type SessionPlan = Extract<Plan, { when: 'sessions' | 'standing' }>

const DAY_MS = 86_400_000
const PRIORITY_RANK = precedence.priority
/** What is not approved yet will be approved for the hours of its sessions. */
const ANY_HOUR = { notBefore: 0, notAfter: Number.MAX_SAFE_INTEGER, hours: [] }

/** Whether the sessions are there, are the unit's own or below it, and wait for nobody's word. */
const refusalOfSessions = async (
  db: Db,
  { sessions }: SessionPlan,
  { versions, within }: { versions: readonly SessionVersion[]; within: ReadonlySet<string> },
): Promise<Refusal | undefined> => {
  if (sessions.length === 0) return refuse('session.notFound')
  const waiting = new Set((await proposalsOf(db, sessions)).map(({ session }) => session))
  for (const session of sessions) {
    const own = versions.filter((version) => version.session === session)
    if (own.length === 0) return refuse(waiting.has(session) ? 'session.notConfirmed' : 'session.notFound')
    if (!own.some(({ unit }) => within.has(unit))) return refuse('session.notFound')
  }
  return undefined
}

const refusalOfDates = (dates: readonly LocalDate[], now: Instant, approving: boolean): Refusal | undefined => {
  if (approving) return undefined
  const last = dates.toSorted().at(-1)
  if (dates.some((date) => date < localDate(now))) return refuse('notice.whenInPast')
  const tooFar = last !== undefined && instantOf(last, '00:00') - now > limits.validityMsMax - DAY_MS
  return tooFar ? refuse('input.malformed', { field: 'plan.dates' }) : undefined
}

/**
 * Why an item does not fit into a day. A priority item only has to begin in it itself, and what is ordinary slides back; any
 * other must leave everything that is there its place.
 */
export const refusalToFit = (asking: Asking, day: Day, now: Instant): Refusal | undefined => {
  const { title, durationMs, class: bulletinClass } = asking
  const adding = { title, durationMs, class: bulletinClass, approved: ANY_HOUR }
  const before = programmeOf(day, now)
  const { entries, overfullMs } = programmeOf(day, now, { adding })
  const placed = entries.some(({ sought, at }) => sought === adding && at !== null)
  const pushes = precedence[asking.class] >= PRIORITY_RANK
  if (placed && (pushes || overfullMs <= before.overfullMs)) return undefined
  const { name, date } = day.run
  return refuse('session.overfull', { session: name, date, overMs: Math.max(overfullMs - before.overfullMs, 0) })
}

const refusalOfRoom = async (
  db: Db,
  asking: Asking,
  { runs, now }: { runs: readonly SessionRun[]; now: Instant },
): Promise<Refusal | undefined> => {
  for (const day of await loadDays(db, runs)) {
    const refused = refusalToFit(asking, day, now)
    if (refused !== undefined) return refused
  }
  return undefined
}

const datesOf = (plan: SessionPlan): LocalDate[] =>
  plan.when === 'sessions' ? plan.dates : plan.from <= plan.to ? datesBetween(plan.from, plan.to) : []

const notRunning = (plan: SessionPlan, runs: readonly SessionRun[]): Refusal | undefined => {
  const running = new Set(runs.map(({ session }) => session))
  if (plan.sessions.every((session) => running.has(session))) return undefined
  return refuse('session.notRunning', {
    dates: plan.when === 'sessions' ? plan.dates.join(', ') : `${plan.from}…${plan.to}`,
  })
}

const refusalOfStanding = (plan: Extract<Plan, { when: 'standing' }>, now: Instant): Refusal | undefined => {
  if (plan.from > plan.to || plan.to > addDays(plan.from, 365)) return refuse('input.malformed', { field: 'plan.to' })
  if (plan.to < localDate(now)) return refuse('notice.whenInPast')
  return plan.role === 'chime' && plan.sessions.length > 0
    ? refuse('input.malformed', { field: 'plan.sessions' })
    : undefined
}

/**
 * Why a plan in sessions cannot be kept as things stand; `undefined` for one that gives its times itself. Asked when a
 * notice is submitted, and again when it is approved.
 */
export const refusalOfPlan = async (db: Db, asking: Asking, now: Instant): Promise<Refusal | undefined> => {
  const { plan, unit } = asking
  if (plan.when !== 'sessions' && plan.when !== 'standing') return undefined
  const refused =
    plan.when === 'standing' ? refusalOfStanding(plan, now) : refusalOfDates(plan.dates, now, asking.approving ?? false)
  if (refused !== undefined) return refused
  if (plan.when === 'standing' && plan.role === 'chime') return undefined
  const versions = await versionsOf(db, plan.sessions)
  const within = new Set(await descendants(db, unit, localDate(now)))
  const runs = runsOn(versions, datesOf(plan))
  const early = (await refusalOfSessions(db, plan, { versions, within })) ?? notRunning(plan, runs)
  if (early !== undefined) return early
  if (plan.when === 'standing') return undefined
  if (runs.length > PLACEMENTS_MAX) return refuse('input.malformed', { field: 'plan.dates' })
  const open = runs.filter((run) => isOpen(run, now))
  return open.length === 0 ? refuse('notice.whenInPast') : refusalOfRoom(db, asking, { runs: open, now })
}
