import type { Clock, Instant } from '@loa/protocol'

/** Node's timers hold at most 2^31−1 ms (24.8 days); a longer wait is made of several. */
const TIMER_MAX_MS = 2_147_483_647

/** The clock of the machine. A task whose instant has passed runs soon, never at once within the call. */
export const systemClock = (): Clock => ({
  now: () => Date.now(),
  at: (at, task) => {
    let timer: NodeJS.Timeout
    const arm = () => {
      const wait = Math.max(0, at - Date.now())
      timer = setTimeout(() => (Date.now() >= at ? task() : arm()), Math.min(wait, TIMER_MAX_MS))
    }
    arm()
    return () => clearTimeout(timer)
  },
})

export type TurnedClock = Clock & {
  /** Goes to `at`, firing every task that falls due on the way, in order, each at its own instant. */
  turnTo(at: Instant): Promise<void>
  turnBy(ms: number): Promise<void>
  /** Goes to `at` in one step, as after a sleep of the machine: what is due meanwhile fires once there, in order. */
  leapTo(at: Instant): Promise<void>
}

type Due = { readonly at: Instant; readonly order: number; readonly task: () => unknown }

/** How often waiting code gets a turn after each task: enough for chains of promises that need no outside answer. */
const SETTLE_ROUNDS = 5

const settle = async (): Promise<void> => {
  for (let round = 0; round < SETTLE_ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve))
}

/**
 * A clock that stands until it is turned. A task that returns a promise is awaited before the clock goes on, so that
 * a story which turns one minute finds everything done that falls within it.
 */
export const turnedClock = (start: Instant): TurnedClock => {
  let now = start
  let order = 0
  let waiting: readonly Due[] = []
  const nextDue = (until: Instant): Due | undefined =>
    waiting.filter((due) => due.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0]
  const fireUntil = async (until: Instant): Promise<void> => {
    for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
      const fired = due
      waiting = waiting.filter((other) => other !== fired)
      now = Math.max(now, fired.at)
      await fired.task()
      await settle()
    }
    now = Math.max(now, until)
    await settle()
  }
  return {
    now: () => now,
    at: (at, task) => {
      // whole milliseconds, as the machine's clock: what is told the time may write it down
      const due: Due = { at: Math.ceil(at), order: order++, task }
      waiting = [...waiting, due]
      return () => {
        waiting = waiting.filter((other) => other !== due)
      }
    },
    turnTo: fireUntil,
    turnBy: (ms) => fireUntil(now + ms),
    leapTo: async (at) => {
      now = Math.max(now, at)
      const due = [...waiting].filter((each) => each.at <= now).sort((a, b) => a.at - b.at || a.order - b.order)
      waiting = waiting.filter((each) => !due.includes(each))
      for (const each of due) {
        await each.task()
        await settle()
      }
    },
  }
}
