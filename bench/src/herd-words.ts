/** What the bench asks of the herd, a process of its own, and what it answers. */
export type HerdOrders =
  | {
      readonly do: 'people'
      readonly server: string
      readonly data: string
      readonly unit: string
      readonly clusters: number
      readonly stalled: number
      readonly loss: number
      readonly seed: number
    }
  | { readonly do: 'stall'; readonly topics: readonly string[] }
  | { readonly do: 'unstall' }
  | { readonly do: 'connect' }
  | { readonly do: 'disconnect' }
  /** All lines go dead at once. */
  | { readonly do: 'drop' }
  | { readonly do: 'back' }
  | { readonly do: 'state' }
  | { readonly do: 'airing'; readonly airing: string }
  | {
      readonly do: 'bare'
      readonly url: string
      readonly user: string
      readonly password: string
      readonly count: number
      readonly topic: string
    }
  | { readonly do: 'bareReset' }
  | { readonly do: 'bareArrivals' }
  | { readonly do: 'bareClose' }

/** Instants in milliseconds since 1970 by the machine's wall clock, one for each device. */
export type AiringTimes = { readonly firstSamples: readonly number[]; readonly silences: readonly number[] }
/** After a drop: when each device was connected, had been told the time, and had its configuration again. */
export type BackTimes = {
  readonly up: readonly number[]
  readonly welcomed: readonly number[]
  readonly configured: readonly number[]
}
export type HerdState = {
  readonly members: number
  readonly connected: number
  readonly clockTrusted: number
  readonly playing: number
  readonly receiptsWaiting: number
  readonly stalledConnected: number
  readonly stalledThrownOut: number
}
