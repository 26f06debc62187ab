import { type Instant, type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import type { Context } from '../../../platform/context.ts'
import { type Release, releasesById } from '../../release/index.ts'
import type { Airing } from '../model.ts'
import { heardAt, loadDays } from '../order/day.ts'
import type { Day } from '../order/programme.ts'
import { datesBetween, runsOn, type SessionRun } from '../sessions/model.ts'
import { unitsAround } from '../sessions/present.ts'
import { versionsAt } from '../sessions/store.ts'
import { airingsBetween, leftInSessions, type Meeting, meetingsOf, plannedInSessions } from '../store.ts'

/** Airings outside of sessions that one answer shows. */
const LOOSE_MAX = 500
const MEETINGS_MAX = 200
/** Sessions of one answer: fourteen days of a commune with a dozen stations. */
const RUNS_MAX = 800

export type Waiting = { readonly run: SessionRun; readonly release: Release }

/** Everything a timeline shows, as it stands. */
export type Loaded = {
  readonly now: Instant
  readonly dates: readonly LocalDate[]
  readonly days: readonly Day[]
  readonly loose: readonly Airing[]
  readonly meetings: readonly Meeting[]
  /** Submitted, not yet approved. */
  readonly waiting: readonly Waiting[]
  /** Taken off because they no longer fitted. */
  readonly left: readonly Airing[]
}

const waitingIn = async (ctx: Context, runs: readonly SessionRun[]): Promise<Waiting[]> => {
  const [sessions, dates] = [runs.map(({ session }) => session), runs.map(({ date }) => date)]
  const planned = await plannedInSessions(ctx.db, [...new Set(sessions)], [...new Set(dates)])
  const found = await releasesById(
    ctx.db,
    planned.map(({ release }) => release),
  )
  const open = new Map(
    found
      .filter(({ issuedAt, withdrawnAt }) => issuedAt === null && withdrawnAt === null)
      .map((each) => [each.id, each]),
  )
  return planned.flatMap(({ release: id, plan }) => {
    const release = open.get(id)
    if (release === undefined) return []
    return runs
      .filter((run) => plan.sessions.includes(run.session) && plan.dates.includes(run.date))
      .map((run) => ({ run, release }))
  })
}

/** The timeline of a unit from one day to another: its sessions, those below, and those above that the person may see. */
export const loadTimeline = async (
  ctx: Context,
  actor: Actor,
  { unit, from, to }: { unit: string; from: LocalDate; to: LocalDate },
): Promise<Loaded> => {
  const now = ctx.clock.now()
  const dates = datesBetween(from, to)
  const units = await unitsAround(ctx, actor, unit)
  const runs = runsOn(await versionsAt(ctx.db, units, { from, to }), dates).slice(0, RUNS_MAX)
  const days = await loadDays(ctx.db, runs)
  const heard = [...(await heardAt(ctx.db, unit, localDate(now)))]
  const inSessions = new Set(days.flatMap(({ airings }) => airings.map(({ id }) => id)))
  const all = await airingsBetween(ctx.db, { from, to, units: heard, limit: LOOSE_MAX })
  const loose = all.filter(({ id }) => !inSessions.has(id)).reverse()
  const shown = [...inSessions, ...loose.map(({ id }) => id)]
  const sessions = [...new Set(runs.map(({ session }) => session))]
  return {
    ...{ now, dates, days, loose },
    meetings: await meetingsOf(ctx.db, shown, MEETINGS_MAX),
    waiting: await waitingIn(ctx, runs),
    left: await leftInSessions(ctx.db, sessions, { from, to }),
  }
}
