/** How much may be said at once, and how much more in each second after that. */
export type Allowance = { readonly atOnce: number; readonly perSecond: number }

/**
 * What a device says of itself: hello, status and report. A player says a few such things in a minute; the server answers every
 * hello with a signature and a row, and does so for all devices in one line, so that one of them must not fill it.
 */
const OF_ITSELF: Allowance = { atOnce: 120, perSecond: 2 }
/** Receipts of a month without a line come in one go, twenty under way at a time. */
const RECEIPTS: Allowance = { atOnce: 10_000, perSecond: 100 }
/** A filter costs memory for as long as it is held, and every one brings what is retained; a device listens to at most 200 units. */
const FILTERS: Allowance = { atOnce: 1_000, perSecond: 20 }

type Said = { left: number; at: number }

/** Counts what each name does; a name that has rested long enough has everything before it again. */
export class Pace {
  readonly #allowance: Allowance
  readonly #said = new Map<string, Said>()

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  /** Takes one for a name at a time in milliseconds; `false` where nothing is left. */
  take(name: string, now: number): boolean {
    const { atOnce, perSecond } = this.#allowance
    const said = this.#said.get(name) ?? { left: atOnce, at: now }
    const left = Math.min(atOnce, said.left + ((now - said.at) / 1000) * perSecond)
    const has = left >= 1
    this.#said.set(name, { left: has ? left - 1 : left, at: now })
    return has
  }
}

/** What one device may do in a time, over all its connections: it does not begin anew by coming again. */
export class Paces {
  readonly #ofItself = new Pace(OF_ITSELF)
  readonly #receipts = new Pace(RECEIPTS)
  readonly #filters = new Pace(FILTERS)

  /** Whether the device may say one thing more on a topic of its own. */
  maySay(device: string, topic: string, now: number): boolean {
    return (topic.endsWith('/receipt') ? this.#receipts : this.#ofItself).take(device, now)
  }

  /** Whether the device may subscribe to one filter more. */
  mayAsk(device: string, now: number): boolean {
    return this.#filters.take(device, now)
  }
}
