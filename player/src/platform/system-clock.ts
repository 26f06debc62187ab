import type { Clock } from '@loa/protocol'

/** Longest wait a timer of Node can hold; a longer one is waited for in steps. */
const timerMsMax = 2_147_483_647

/**
 * The device's own clock: the wall clock as it stood when the program began, carried on by the monotonic one. Whatever
 * sets the system's time meanwhile cannot make the program jump.
 */
export const createSystemClock = (): Clock => {
  const began = Date.now() - performance.now()
  const now = (): number => Math.round(began + performance.now())
  const at: Clock['at'] = (instant, task) => {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const left = instant - now()
      if (left <= 0) task()
      else timer = setTimeout(wait, Math.min(left, timerMsMax))
    }
    timer = setTimeout(wait, Math.min(Math.max(0, instant - now()), timerMsMax))
    return () => clearTimeout(timer)
  }
  return { now, at }
}
