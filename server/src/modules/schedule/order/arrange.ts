import type { Context, Db } from '../../../platform/context.ts'
import type { Airing } from '../model.ts'
import { airingOf, moveAiring, place, takeOff } from '../placing.ts'
import type { SessionRun } from '../sessions/model.ts'
import { lockSession } from '../sessions/store.ts'
import { loadDay } from './day.ts'
import { type Change, type Entry, type Programme, programmeOf } from './programme.ts'

const placeEntry = async (ctx: Context, db: Db, run: SessionRun, entry: Entry): Promise<void> => {
  const { at, airing, sought, kind, holdUntil } = entry
  const release = sought?.release
  const latestStart = run.own.to
  if (at === null) return
  if (release !== undefined) {
    await place(ctx, db, airingOf(ctx, release, { at, latestStart, kind, session: run.session }))
  } else if (airing !== undefined && (airing.at !== at || airing.latestStart !== latestStart)) {
    await moveAiring(ctx, db, { airing, at, latestStart, holdUntil })
  }
}

/**
 * Makes the programme true: what moves is moved, what is new is placed, what no longer fits is taken off. A new item for
 * which there is no room is placed nowhere.
 */
export const apply = async (ctx: Context, db: Db, { day, entries, dropped }: Programme): Promise<void> => {
  const left = entries.flatMap(({ at, airing }): Airing[] => (at === null && airing !== undefined ? [airing] : []))
  await takeOff(ctx, db, [...dropped, ...left])
  for (const entry of entries) await placeEntry(ctx, db, day.run, entry)
}

/** Brings the running order of a session on a date to what it should be, or to what a change makes of it. Doing it again changes nothing. */
export const arrange = async (ctx: Context, db: Db, run: SessionRun, change: Change = {}): Promise<Programme> => {
  await lockSession(db, run.session)
  const programme = programmeOf(await loadDay(db, run), ctx.clock.now(), change)
  await apply(ctx, db, programme)
  return programme
}
