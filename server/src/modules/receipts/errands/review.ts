import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { descendantsOf, unitsOn, villagesOfStations } from '../../org/index.ts'
import { type Airing, airingsById } from '../../schedule/index.ts'
import { type Standing, standingOf } from '../model.ts'
import { saidOf } from '../store.ts'
import { openErrand } from './commands.ts'
import { REVIEW_AFTER_MS, REVIEW_WITHIN_MS, whyVisit } from './model.ts'
import { devicesByVillage, dueForReview, insertReview } from './store.ts'

/** Airings looked at in one second; more wait for the next. */
const REVIEWS_PER_TICK_MAX = 20

/** Villages an airing was meant for, as the tree stood on its day. */
export const villagesFor = async (db: Db, { audience, localDate }: Airing): Promise<string[]> => {
  const inside = await descendantsOf(db, audience, localDate)
  const served = (await villagesOfStations(db, inside, localDate)).map(({ village }) => village)
  const units = await unitsOn(db, localDate, [...new Set([...inside, ...served])])
  return units.filter(({ kind }) => kind === 'village').map(({ id }) => id)
}

/** By airing and village, what each device that was to be heard there has said so far. */
export const standingsByVillage = async (
  db: Db,
  airings: readonly string[],
): Promise<(airing: string, village: string) => readonly Standing[]> => {
  const said = new Map((await saidOf(db, airings)).map((each) => [`${each.airing} ${each.device}`, each]))
  const placed = Map.groupBy(await devicesByVillage(db, airings), ({ airing, village }) => `${airing} ${village}`)
  return (airing, village) =>
    (placed.get(`${airing} ${village}`) ?? []).map(({ device }) => standingOf(said.get(`${airing} ${device}`)))
}

const review = (outer: Context, airing: Airing): Promise<void> =>
  inTransaction(outer.db, async (db) => {
    const ctx: Context = { ...outer, db }
    if (!(await insertReview(db, airing.id, ctx.clock.now()))) return
    const standings = await standingsByVillage(db, [airing.id])
    for (const village of await villagesFor(db, airing)) {
      const why = whyVisit(standings(airing.id, village))
      if (why !== undefined) await openErrand(ctx, db, { airing: airing.id, village, why })
    }
  })

/**
 * Looks once, a quarter of an hour after its end, at each priority and emergency airing: villages from which nothing was
 * reported are visited. Once is enough however often it is called, also by two servers at the same time.
 */
export const reviewAirings = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  const due = await dueForReview(ctx.db, {
    endedBefore: now - REVIEW_AFTER_MS,
    startedAfter: now - REVIEW_WITHIN_MS,
    limit: REVIEWS_PER_TICK_MAX,
  })
  for (const airing of await airingsById(ctx.db, due)) await review(ctx, airing)
}
