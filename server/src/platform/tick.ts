import type { Clock } from '@loa/protocol'
import type { Log } from './context.ts'

const EVERY_MS = 1000

export type Tickable = { readonly name: string; tick(): Promise<void> }

export type Ticker = {
  /** Ends the round under way and starts no other. */
  stop(): Promise<void>
}

/**
 * Calls each in turn once a second by the clock that is handed in. A round that takes longer delays the next one: two
 * never overlap. One that fails is written to the log when it begins to fail and when it is well again, not each second.
 */
export const startTicking = (clock: Clock, log: Log, all: readonly Tickable[]): Ticker => {
  const failing = new Set<string>()
  let stopped = false
  let cancel = () => undefined as unknown
  let round: Promise<void> = Promise.resolve()

  const tickOne = async ({ name, tick }: Tickable): Promise<void> => {
    try {
      await tick()
      if (failing.delete(name)) log.info(`Phần "${name}" đã chạy lại bình thường.`)
    } catch (error) {
      if (!failing.has(name)) log.error(`Phần "${name}" không chạy được việc định kỳ; sẽ thử lại mỗi giây.`, { error })
      failing.add(name)
    }
  }

  const runRound = async (): Promise<void> => {
    for (const each of all) {
      if (stopped) return
      await tickOne(each)
    }
    if (!stopped) arm()
  }

  const arm = (): void => {
    // the promise is given back so that a turned clock waits for the round
    cancel = clock.at(clock.now() + EVERY_MS, () => {
      round = runRound()
      return round
    })
  }
  arm()
  return {
    stop: async () => {
      stopped = true
      cancel()
      await round
    },
  }
}
