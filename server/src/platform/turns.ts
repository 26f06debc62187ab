import { performance } from 'node:perf_hooks'
import { setTimeout as rest } from 'node:timers/promises'
import { type Refusal, refuse } from '../kernel/refusal.ts'

type Lane = { running: number; readonly waiting: (() => void)[] }
type Width = { readonly running: number; readonly waiting: number }

export type Lanes = <Result>(key: string, work: () => Promise<Result>) => Promise<Result | Refusal>

/**
 * Gives everybody a lane of their own: so many pieces of work of one key under way, so many more waiting, further ones refused
 * `system.busy`. What one person or one address asks for cannot fill a queue that all share.
 */
export const openLanes = ({ running, waiting }: Width): Lanes => {
  const lanes = new Map<string, Lane>()
  return async (key, work) => {
    const lane = lanes.get(key) ?? { running: 0, waiting: [] }
    lanes.set(key, lane)
    if (lane.running < running) lane.running += 1
    else if (lane.waiting.length >= waiting) return refuse('system.busy')
    else await new Promise<void>((go) => lane.waiting.push(go)) // who ends hands the place on
    try {
      return await work()
    } finally {
      const next = lane.waiting.shift()
      if (next !== undefined) next()
      else if (lane.running === 1) lanes.delete(key)
      else lane.running -= 1
    }
  }
}

/** After work that held the event loop, the loop is left to everybody else for this many times as long. */
const REST_FACTOR = 3

export type OneByOne = <Result>(work: () => Result) => Promise<Result>

/**
 * Runs work that cannot be divided and holds the event loop, one piece after another with a rest between them: whatever is
 * asked for, three quarters of the time belong to approvals, orders and stops.
 */
export const openOneByOne = (): OneByOne => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(() => {
      const from = performance.now()
      try {
        return { result: work(), tookMs: performance.now() - from }
      } catch (error) {
        return { error, tookMs: performance.now() - from }
      }
    })
    last = done.then(({ tookMs }) => rest(Math.ceil(tookMs * REST_FACTOR)))
    return done.then((outcome) => {
      if ('error' in outcome) throw outcome.error
      return outcome.result
    })
  }
}
