import { setTimeout as rest } from 'node:timers/promises'
import { type Refusal, refuse } from '../kernel/refusal.ts'

type Lane = { running: number; readonly waiting: (() => void)[] }
type Width = {
  readonly running: number
  readonly waiting: number
  /** Every piece of work waits so long before it begins, in its place. Default 0. */
  readonly pauseMs?: number
}

export type Lanes = <Result>(key: string, work: () => Promise<Result>) => Promise<Result | Refusal>

/**
 * Gives everybody a lane of their own: so many pieces of work of one key under way, so many more waiting, further ones refused
 * `system.busy`. What one person or one address asks for cannot fill a queue that all share.
 */
export const openLanes = ({ running, waiting, pauseMs = 0 }: Width): Lanes => {
  const lanes = new Map<string, Lane>()
  return async (key, work) => {
    const lane = lanes.get(key) ?? { running: 0, waiting: [] }
    lanes.set(key, lane)
    if (lane.running < running) lane.running += 1
    else if (lane.waiting.length >= waiting) return refuse('system.busy')
    else await new Promise<void>((go) => lane.waiting.push(go)) // who ends hands the place on
    try {
      if (pauseMs > 0) await rest(pauseMs)
      return await work()
    } finally {
      const next = lane.waiting.shift()
      if (next !== undefined) next()
      else if (lane.running === 1) lanes.delete(key)
      else lane.running -= 1
    }
  }
}

/** How work stands in one queue: a smaller rank goes first. From `slowFrom` on it may take minutes. */
type Ranking = { readonly places: number; readonly slowFrom: number; readonly waitingMax: number }
type Turn = { readonly rank: number; readonly isSlow?: boolean }
type Ranked = Turn & { readonly go: (place: number) => void }

export type ByRank = <Result>(turn: Turn, work: (place: number) => Promise<Result>) => Promise<Result | Refusal>

/**
 * One queue with a few places, where what is urgent goes before what came earlier, and slow work only ever gets the first
 * place: however many recordings wait, an alarm begins at once. `waitingMax` is counted for each rank, so that none fills the
 * queue for another; beyond it `system.busy`. `work` is told its place, 0 and up. `isSlow`: slow, and yet of a higher rank: it goes
 * before others for the first place and never gets another one.
 */
export const openByRank = ({ places, slowFrom, waitingMax }: Ranking): ByRank => {
  const free = Array.from({ length: places }, (_, place) => place)
  const waiting: Ranked[] = []
  const fits = ({ rank, isSlow = false }: Turn, place: number): boolean => place === 0 || (rank < slowFrom && !isSlow)

  /** The place for this turn; what is quick leaves the first one to what is slow as long as it can. */
  const taken = (turn: Turn): number | undefined => {
    const place = free.filter((each) => fits(turn, each)).at(-1)
    if (place !== undefined) free.splice(free.indexOf(place), 1)
    return place
  }

  const handOn = (place: number): void => {
    const able = waiting.filter((each) => fits(each, place))
    const [first] = able.toSorted((one, other) => one.rank - other.rank)
    if (first === undefined) {
      free.push(place)
      free.sort((one, other) => one - other)
      return
    }
    waiting.splice(waiting.indexOf(first), 1)
    first.go(place)
  }

  return async (turn, work) => {
    let place = taken(turn)
    if (place === undefined) {
      if (waiting.filter(({ rank }) => rank === turn.rank).length >= waitingMax) return refuse('system.busy')
      place = await new Promise<number>((go) => waiting.push({ ...turn, go }))
    }
    try {
      return await work(place)
    } finally {
      handOn(place)
    }
  }
}
