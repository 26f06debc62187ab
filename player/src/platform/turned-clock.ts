import type { Clock } from '@loa/protocol'

export type TurnedClock = Clock & {
  /** Goes to an instant, running what is due on the way, each task at its own time. */
  turnTo(instant: number): Promise<void>
  turn(ms: number): Promise<void>
  /** Tasks still waiting: what a test that stops everything finds to be none. */
  waiting(): number
}

/**
 * A clock that stands still until it is turned. Between two tasks it lets everything that was set off run to where it
 * waits again, so that one long turn and many short ones have the same outcome.
 */
export const createTurnedClock = (start: number): TurnedClock => {
  let time = start
  let order = 0
  let tasks: { at: number; order: number; task: () => void }[] = []
  const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const turnTo = async (instant: number): Promise<void> => {
    for (;;) {
      await breathe()
      const next = tasks.filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (next === undefined) break
      tasks = tasks.filter((task) => task !== next)
      time = Math.max(time, next.at)
      next.task()
    }
    time = Math.max(time, instant)
  }
  return {
    now: () => time,
    at(at, task) {
      order += 1
      const waiting = { at, order, task }
      tasks.push(waiting)
      return () => {
        tasks = tasks.filter((other) => other !== waiting)
      }
    },
    turnTo,
    turn: (ms) => turnTo(time + ms),
    waiting: () => tasks.length,
  }
}
