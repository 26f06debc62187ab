import { createLeanLink, createSystemClock, dialTcp, type LeanLink } from '@loa/player'
import {
  Crowd,
  chanceOf,
  demoAccount,
  dialFaulty,
  type Faults,
  noFaults,
  peopleTown,
  Roll,
  Stalled,
  signIn,
  type TownDevices,
} from '@loa/simulator'
import type { AiringTimes, BackTimes, HerdOrders, HerdState } from './herd-words.ts'
import { wallNow } from './listener.ts'

/** The simulated devices, stalled consumers and bare subscribers of the bench, in one process beside it. */
class Herd {
  #town: TownDevices = { crowd: [], stalled: [] }
  #faults: Faults = noFaults
  #crowd: Crowd | undefined
  #stalled: Stalled[] = []
  #bare: LeanLink[] = []
  #arrivals: number[] = []
  #data = ''
  #server = ''
  readonly #airings = new Map<string, { firstSamples: number[]; silences: number[] }>()
  #back = { up: new Map<number, number>(), welcomed: new Map<number, number>(), configured: new Map<number, number>() }

  async people(asked: Extract<HerdOrders, { do: 'people' }>): Promise<number> {
    const { server, data, unit, clusters, stalled, loss, seed } = asked
    this.#data = data
    this.#server = server
    this.#faults = { ...noFaults, loss, seed }
    const account = await demoAccount(server)
    if ('refused' in account) throw new Error(account.refused)
    const api = await signIn(server, account)
    if ('refused' in api) throw new Error(api.refused)
    const roll = await new Roll(`${data}/roll.jsonl`).open()
    const wish = { server, gateways: 0, clusters, stalled, unit }
    const town = await peopleTown(api, roll, { wish, onStep: () => undefined })
    if ('refused' in town) throw new Error(town.refused)
    this.#town = town
    return town.crowd.length
  }

  async stall(topics: readonly string[]): Promise<number> {
    this.#stalled = this.#town.stalled.map(({ enrolled: { mqttUrl: url, device, secret, listens } }) => {
      return new Stalled({
        url,
        device,
        secret,
        topics: [...listens.map(({ unit }) => `loa/v1/unit/${unit}/+`), ...topics],
      })
    })
    await Promise.all(this.#stalled.map((each) => each.open()))
    return this.#stalled.length
  }

  unstall(): void {
    for (const each of this.#stalled) each.close()
    this.#stalled = []
  }

  #timesOf(airing: string): { firstSamples: number[]; silences: number[] } {
    const known = this.#airings.get(airing) ?? { firstSamples: [], silences: [] }
    this.#airings.set(airing, known)
    return known
  }

  async connect(): Promise<number> {
    const note = (place: number, topic: string): void => {
      const { up, welcomed, configured } = this.#back
      const times =
        topic === 'up' ? up : topic.endsWith('/ack') ? welcomed : topic.endsWith('/config') ? configured : undefined
      if (times !== undefined && !times.has(place)) times.set(place, wallNow())
    }
    this.#crowd = new Crowd({
      ...{ server: this.#server, data: this.#data, identities: this.#town.crowd, faults: this.#faults },
      clock: createSystemClock(),
      onFirstSample: (airing) => void this.#timesOf(airing).firstSamples.push(wallNow()),
      onSilent: (airing) => void this.#timesOf(airing).silences.push(wallNow()),
      onHeard: note,
    })
    await this.#crowd.start()
    return this.#crowd.size
  }

  async disconnect(): Promise<void> {
    await this.#crowd?.stop()
    this.#crowd = undefined
  }

  drop(): number {
    this.#back = { up: new Map(), welcomed: new Map(), configured: new Map() }
    const at = wallNow()
    this.#crowd?.dropAll()
    return at
  }

  back(): BackTimes {
    const { up, welcomed, configured } = this.#back
    return { up: [...up.values()], welcomed: [...welcomed.values()], configured: [...configured.values()] }
  }

  state(): HerdState {
    const none = { members: 0, connected: 0, clockTrusted: 0, playing: 0, receiptsWaiting: 0 }
    return {
      ...(this.#crowd?.state() ?? none),
      stalledConnected: this.#stalled.filter(({ connected }) => connected).length,
      stalledThrownOut: this.#stalled.reduce((sum, { thrownOut }) => sum + thrownOut, 0),
    }
  }

  airing(airing: string): AiringTimes {
    return this.#timesOf(airing)
  }

  /** As many bare subscribers as there are devices, over the same kind of line with the same losses. */
  async bare({ url, user, password, count, topic }: Extract<HerdOrders, { do: 'bare' }>): Promise<number> {
    let subscribed = 0
    const { seed, loss } = this.#faults
    this.#bare = Array.from({ length: count }, (_, place) =>
      createLeanLink({
        ...{ url, device: user, secret: password, clientId: `bare-${place}`, chance: chanceOf(seed, 'bare', place) },
        dial:
          loss === 0
            ? dialTcp
            : dialFaulty(this.#faults, {
                up: chanceOf(seed, 'bare up', place),
                down: chanceOf(seed, 'bare down', place),
              }),
      }),
    )
    for (const [place, link] of this.#bare.entries()) {
      await link.open({
        will: { topic: 'loa/v1/up/bench/status', payload: 'gone' },
        onUp: () => void link.subscribe([topic]).then(() => (subscribed += 1)),
        onDown: () => undefined,
        onMessage: () => void this.#arrivals.push(wallNow()),
      })
      if (place % 64 === 63) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    while (subscribed < count) await new Promise((resolve) => setTimeout(resolve, 50))
    return subscribed
  }

  bareReset(): void {
    this.#arrivals = []
  }

  bareArrivals(): readonly number[] {
    return this.#arrivals
  }

  async bareClose(): Promise<void> {
    for (const link of this.#bare) await link.close()
    this.#bare = []
  }
}

const herd = new Herd()

const answer = async (orders: HerdOrders): Promise<unknown> => {
  switch (orders.do) {
    case 'people':
      return herd.people(orders)
    case 'stall':
      return herd.stall(orders.topics)
    case 'unstall':
      return herd.unstall()
    case 'connect':
      return herd.connect()
    case 'disconnect':
      return herd.disconnect()
    case 'drop':
      return herd.drop()
    case 'back':
      return herd.back()
    case 'state':
      return herd.state()
    case 'airing':
      return herd.airing(orders.airing)
    case 'bare':
      return herd.bare(orders)
    case 'bareReset':
      return herd.bareReset()
    case 'bareArrivals':
      return herd.bareArrivals()
    case 'bareClose':
      return herd.bareClose()
  }
}

process.on('message', ({ id, orders }: { id: number; orders: HerdOrders }) => {
  answer(orders).then(
    (done) => process.send?.({ id, done: done ?? null }),
    (error: unknown) =>
      process.send?.({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
