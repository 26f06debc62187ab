import type { Db } from './context.ts'
import { rootOf } from './database.ts'

const underWay = new WeakMap<Db, Set<Promise<unknown>>>()

/** Notes work that goes on after its caller has returned, so that stopping, and a story that turns the clock, can wait for it. */
export const noteBusy = (db: Db, work: Promise<unknown>): void => {
  const root = rootOf(db)
  const all = underWay.get(root) ?? new Set()
  underWay.set(root, all)
  const watched = work.catch(() => undefined)
  all.add(watched)
  void watched.finally(() => all.delete(watched))
}

/** Waits until none of the noted work, nor what it started, is going on. */
export const untilIdle = async (db: Db): Promise<void> => {
  const all = underWay.get(rootOf(db))
  while (all !== undefined && all.size > 0) await Promise.all(all)
}
