import type { Reason } from '@loa/protocol'
import type { Core } from './core.ts'

/** Sounds fetched at a time: one slow one does not hold up the next, and a 4G line is not swamped. */
const fetchesAtOnce = 2
/** After a failure: twice as long each time. */
const retryMs = { first: 5_000, max: 600_000 }
/** A district that is told of a new sound at the same instant does not ask for it at the same instant. */
const prefetchJitterMsDefault = 2_000

/** Gets sounds into the cache ahead of their time, two at a time, each after a short wait of its own. */
export class Fetching {
  readonly #core: Core
  readonly #onChange: () => void
  /** Waiting for their moment: what cancels each. */
  readonly #waiting = new Map<string, () => void>()
  readonly #failures = new Map<string, { readonly count: number; readonly reason: Reason }>()
  readonly #running = new Set<string>()
  #queue: string[] = []

  /** `onChange` is called when a sound has come, or could not be had. */
  constructor(core: Core, onChange: () => void) {
    this.#core = core
    this.#onChange = onChange
  }

  /** What should be in the cache, soonest first. */
  want(hashes: readonly string[]): void {
    const { ports, identity } = this.#core
    ports.sounds.need(identity.device, hashes)
    for (const hash of hashes) {
      const underWay = this.#waiting.has(hash) || this.#running.has(hash) || this.#queue.includes(hash)
      if (!underWay && !ports.sounds.has(hash))
        this.#later(hash, this.#chance(ports.prefetchJitterMs ?? prefetchJitterMsDefault))
    }
  }

  /** Fetches these before anything else. One that has failed still waits its time, or asking again would be a storm. */
  hurry(hashes: readonly string[]): void {
    for (const hash of hashes) {
      const cancel = this.#waiting.get(hash)
      if (cancel !== undefined && this.#failures.has(hash)) continue
      cancel?.()
      this.#waiting.delete(hash)
      this.#enqueue(hash, true)
    }
  }

  /** Why a sound could not be had, the last time it was tried. */
  trouble(hash: string): Reason | undefined {
    return this.#failures.get(hash)?.reason
  }

  stop(): void {
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
    this.#queue = []
    this.#core.ports.sounds.need(this.#core.identity.device, [])
  }

  /** A whole number of milliseconds below `spanMs`, by chance. */
  #chance(spanMs: number): number {
    const [high = 0, low = 0] = this.#core.ports.random(2)
    return Math.floor(((high * 256 + low) / 65_536) * spanMs)
  }

  #later(hash: string, delayMs: number): void {
    if (delayMs <= 0) {
      this.#enqueue(hash, false)
      return
    }
    const { clock } = this.#core.ports
    const go = (): void => {
      this.#waiting.delete(hash)
      this.#enqueue(hash, false)
    }
    this.#waiting.set(hash, clock.at(clock.now() + delayMs, go))
  }

  #enqueue(hash: string, first: boolean): void {
    if (this.#running.has(hash) || this.#core.ports.sounds.has(hash)) return
    if (first) this.#queue = [hash, ...this.#queue.filter((other) => other !== hash)]
    else if (!this.#queue.includes(hash)) this.#queue.push(hash)
    this.#pump()
  }

  #pump(): void {
    while (this.#core.running && this.#running.size < fetchesAtOnce) {
      const hash = this.#queue.shift()
      if (hash === undefined) return
      this.#running.add(hash)
      void this.#fetch(hash)
    }
  }

  async #fetch(hash: string): Promise<void> {
    const outcome = await this.#core.ports.sounds.ensure(hash, this.#core.ports.fetchSound)
    this.#running.delete(hash)
    if (!this.#core.running) return
    if (outcome === 'kept') this.#failures.delete(hash)
    else this.#failed(hash, outcome.refused)
    this.#onChange()
    this.#pump()
  }

  #failed(hash: string, refused: string): void {
    const reason: Reason = refused === 'sound.wrongHash' ? 'sound.wrongHash' : 'sound.missing'
    const count = (this.#failures.get(hash)?.count ?? 0) + 1
    this.#failures.set(hash, { count, reason })
    this.#core.report(refused, hash)
    const span = Math.min(retryMs.max, retryMs.first * 2 ** (count - 1))
    this.#later(hash, span + this.#chance(span / 2))
  }
}
