import type { Context, Db } from '../../../platform/context.ts'
import type { Airing } from '../model.ts'
import { airingOf, type Lookups, moveAiring, place, takeOff } from '../placing.ts'
import type { SessionRun } from '../sessions/model.ts'
import { lockSession } from '../sessions/store.ts'
import { loadDays } from './day.ts'
import { type Change, type Entry, type Programme, programmeOf } from './programme.ts'

type Into = { readonly run: SessionRun; readonly known: Lookups }

const placeEntry = async (ctx: Context, db: Db, entry: Entry, { run, known }: Into): Promise<void> => {
  const { at, airing, sought, kind, holdUntil } = entry
  const release = sought?.release
  const latestStart = run.own.to
  if (at === null) return
  if (release !== undefined) {
    await place(ctx, db, airingOf(ctx, release, { at, latestStart, kind, session: run.session }), known)
  } else if (airing !== undefined && (airing.at !== at || airing.latestStart !== latestStart)) {
    await moveAiring(ctx, db, { airing, at, latestStart, holdUntil })
  }
}

/**
 * Makes the programme true: what moves is moved, what is new is placed, what no longer fits is taken off. A new item for
 * which there is no room is placed nowhere.
 */
export const apply = async (
  ctx: Context,
  db: Db,
  { day, entries, dropped }: Programme,
  known: Lookups = new Map(),
): Promise<void> => {
  const left = entries.flatMap(({ at, airing }): Airing[] => (at === null && airing !== undefined ? [airing] : []))
  await takeOff(ctx, db, [...dropped, ...left])
  for (const entry of entries) await placeEntry(ctx, db, entry, { run: day.run, known })
}

/**
 * Brings running orders to what they should be, or to what a change makes of each. Doing it again changes nothing. Sessions
 * are locked in one order, whoever comes: two approvals at once never wait for each other in a ring.
 */
export const arrangeAll = async (
  ctx: Context,
  db: Db,
  runs: readonly SessionRun[],
  change: Change = {},
): Promise<Programme[]> => {
  for (const session of [...new Set(runs.map((run) => run.session))].sort()) await lockSession(db, session)
  const now = ctx.clock.now()
  const known: Lookups = new Map()
  const programmes = (await loadDays(db, runs)).map((day) => programmeOf(day, now, change))
  for (const programme of programmes) await apply(ctx, db, programme, known)
  return programmes
}

/** The same for one session on one date. */
export const arrange = (ctx: Context, db: Db, run: SessionRun, change: Change = {}): Promise<Programme[]> =>
  arrangeAll(ctx, db, [run], change)
