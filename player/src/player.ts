import { parseTopic, subscriptionsOf, toBase64, topics } from '@loa/protocol'
import { type Core, createCore } from './core.ts'
import { decodeAlone } from './decode.ts'
import { Fetching } from './fetching.ts'
import {
  messageBytesMax,
  type Opened,
  openConfig,
  openDeviceOrder,
  openReceiptAck,
  openUnitMessage,
  openWelcome,
  rostersOf,
} from './kernel/inbox.ts'
import { forget, remember, secondsOn, snapshot } from './kernel/memory.ts'
import { planned, policyOf, subscribedUnits } from './kernel/programme.ts'
import {
  askAgainMs,
  type Estimate,
  goodRoundTripMs,
  isBetter,
  senseAfterWelcome,
  senseAtBoot,
} from './kernel/trusted-time.ts'
import { Outbox, resendMs } from './outbox.ts'
import type { Identity, PlayerPorts } from './ports.ts'
import { Stage } from './stage.ts'

/** The time is asked for again this often: 50 ppm of drift are 180 ms in an hour. */
const helloEveryMs = 3_600_000
/** How far the floor may lag behind: it costs a record of the journal each time. */
const floorEveryMs = 600_000
/** On a line that is always slow the device makes do with the best of so many answers, until the next hour. */
const askAgainMax = 10
/** A nonce of 16 bytes is 24 characters. */
const nonceBytes = 16

export type PlayerState = {
  readonly device: string
  readonly online: boolean
  readonly clockTrusted: boolean
  /** The device's time. */
  readonly now: number
  /** Id of the airing that sounds. */
  readonly playing: string | null
  readonly volume: number
  readonly receiptsWaiting: number
  readonly soundsCached: number
  readonly secondsToday: number
  readonly listens: readonly string[]
  /** Airings it holds whose last moment to start has not passed: what it will play without needing anybody. */
  readonly airingsAhead: number
}

/** What can be told at no cost, of thousands of players each second. */
export type Glance = Pick<PlayerState, 'online' | 'clockTrusted' | 'playing' | 'receiptsWaiting'>

export type Player = { start(): Promise<void>; stop(): Promise<void>; state(): PlayerState; glance(): Glance }

/**
 * The program on a loudspeaker cluster or gateway, all its surroundings handed in. Many may run in one process. It
 * verifies everything it is told, plays what `judge` allows, and accounts for each airing once.
 */
export const createPlayer = (identity: Identity, ports: PlayerPorts): Player => new Device(identity, ports)

class Device implements Player {
  readonly #core: Core
  readonly #outbox: Outbox
  readonly #fetching: Fetching
  readonly #stage: Stage
  #subscribed: readonly string[] = []
  #asked: { readonly nonce: string; readonly at: number } | undefined
  #bootedAt = 0
  /** How the time in use was told, and how often a better answer has been asked for since the last good one. */
  #estimate: Estimate | undefined
  #askedAgain = 0
  #cancelTick = (): void => {}
  #cancelAskAgain = (): void => {}

  constructor(identity: Identity, ports: PlayerPorts) {
    this.#core = createCore(identity, ports)
    this.#outbox = new Outbox(this.#core)
    this.#fetching = new Fetching(this.#core, () => this.#stage.look())
    this.#stage = new Stage(this.#core, {
      outbox: this.#outbox,
      fetching: this.#fetching,
      decode: ports.decode ?? decodeAlone,
    })
  }

  async start(): Promise<void> {
    const { ports, memory, identity } = this.#core
    const records = await ports.journal.open(() => snapshot(memory))
    for (const record of records) remember(memory, record)
    const { countFrom } = identity
    if (records.length === 0 && countFrom !== undefined) await this.#core.keep({ t: 'counter', counter: countFrom })
    this.#bootedAt = ports.clock.now()
    this.#core.sense = senseAtBoot(this.#bootedAt, memory.floor, identity.rtc ?? false)
    if (identity.rtc && !this.#core.sense.trusted) this.#core.report('clock.belowFloor')
    await this.#stage.recover()
    this.#core.running = true
    this.#tick()
    await ports.link.open({
      will: { topic: topics.status(identity.device), payload: this.#outbox.farewell() },
      onUp: () => void this.#up(),
      onDown: () => this.#down(),
      onMessage: (topic, payload) => this.#message(topic, payload),
    })
  }

  async stop(): Promise<void> {
    if (!this.#core.running) return
    const { ports, identity } = this.#core
    this.#cancelTick()
    this.#cancelAskAgain()
    this.#core.running = false
    await this.#stage.stop()
    this.#fetching.stop()
    if (this.#core.online) {
      await this.#outbox.sendReceipts()
      await ports.link.publish(topics.status(identity.device), this.#outbox.farewell())
    }
    this.#core.online = false
    await ports.link.close()
    await ports.journal.close()
  }

  glance(): Glance {
    const { memory, sense, online } = this.#core
    const { trusted: clockTrusted } = sense
    return { online, clockTrusted, playing: this.#stage.playing(), receiptsWaiting: memory.waiting.size }
  }

  state(): PlayerState {
    const { identity, memory, sense, online, ports } = this.#core
    return {
      device: identity.device,
      online,
      clockTrusted: sense.trusted,
      now: this.#core.now(),
      playing: this.#stage.playing(),
      volume: policyOf(memory).volume,
      receiptsWaiting: memory.waiting.size,
      soundsCached: ports.sounds.count(),
      secondsToday: secondsOn(memory, this.#core.now()),
      listens: this.#core.listens(),
      airingsAhead: planned(memory, this.#core.listening(), () => undefined).filter(
        ({ airing }) => airing.latestStart >= this.#core.now(),
      ).length,
    }
  }

  /** Every 30 seconds: what has no event of its own. */
  #tick(): void {
    const { ports, memory, sense } = this.#core
    this.#cancelTick = ports.clock.at(ports.clock.now() + resendMs, () => this.#tick())
    if (sense.trusted) {
      const now = this.#core.now()
      if (now - memory.floor >= floorEveryMs) {
        forget(memory, now)
        void this.#core.keep({ t: 'floor', at: now })
      }
    }
    this.#outbox.status(this.#stage.playing(), { evenIfSame: true })
    void this.#outbox.sendReceipts()
    const waited = ports.clock.now() - (this.#asked?.at ?? 0)
    if (this.#core.online && (waited >= helloEveryMs || (!sense.trusted && waited >= resendMs))) {
      this.#askedAgain = 0
      void this.#hello()
    }
    this.#stage.look()
  }

  async #up(): Promise<void> {
    this.#core.online = true
    this.#core.ports.log({ code: 'link.up', at: this.#core.now() })
    this.#subscribed = []
    this.#askedAgain = 0
    this.#outbox.restart()
    await this.#subscribe()
    await this.#hello()
    this.#outbox.status(this.#stage.playing(), { evenIfSame: true })
    await this.#outbox.sendReceipts()
  }

  #down(): void {
    if (this.#core.online) this.#core.ports.log({ code: 'link.down', at: this.#core.now() })
    this.#core.online = false
    this.#asked = undefined
    this.#cancelAskAgain()
  }

  async #hello(): Promise<void> {
    const nonce = toBase64(this.#core.ports.random(nonceBytes))
    this.#asked = { nonce, at: this.#core.ports.clock.now() }
    await this.#outbox.hello(nonce, this.#bootedAt + this.#core.sense.offset)
  }

  /** Brings the subscriptions in line with the units listened to, now or later. */
  async #subscribe(): Promise<void> {
    if (!this.#core.online) return
    const { identity, memory, sense, ports } = this.#core
    const units = subscribedUnits(memory, identity.listens, sense.trusted ? this.#core.now() : undefined)
    const wanted = subscriptionsOf(identity.device, units)
    const added = wanted.filter((topic) => !this.#subscribed.includes(topic))
    const dropped = this.#subscribed.filter((topic) => !wanted.includes(topic))
    this.#subscribed = wanted
    if (dropped.length > 0) await ports.link.unsubscribe(dropped)
    if (added.length > 0) await ports.link.subscribe(added)
  }

  #message(topic: string, bytes: Uint8Array): void {
    if (!this.#core.running) return
    const refused = this.#receive(topic, bytes)
    if (refused !== undefined) this.#core.report(refused, topic)
  }

  /** Takes a message in, or answers why it is refused: then the device does nothing, and says so. */
  #receive(topic: string, bytes: Uint8Array): string | undefined {
    const parsed = parseTopic(topic)
    if (parsed === undefined) return 'topic.unknown'
    if (bytes.length > messageBytesMax) return 'message.tooLarge'
    const payload = new TextDecoder().decode(bytes)
    const facts = this.#core.inboxFacts()
    if (parsed.scope === 'unit') return this.#accept(openUnitMessage(facts, parsed.id, parsed.leaf, payload))
    if (parsed.id !== this.#core.identity.device) return 'topic.foreign'
    if (parsed.leaf === 'ack') return this.#acknowledged(payload)
    if (parsed.leaf === 'order') return this.#accept(openDeviceOrder(facts, payload))
    return parsed.leaf === 'config' ? this.#accept(openConfig(facts, payload)) : 'topic.unknown'
  }

  #accept(opened: Opened): string | undefined {
    if ('refused' in opened) return opened.refused
    if ('repeat' in opened) return undefined
    // What comes of an order, a start or a receipt, is written to disk after it and with it: it need not wait for itself.
    void this.#core.keep(opened.remember, { sync: opened.remember.t !== 'order' })
    if (opened.remember.t === 'config') void this.#subscribe()
    this.#outbox.status(this.#stage.playing())
    this.#stage.look()
    return undefined
  }

  /** The acknowledgement topic carries two things: receipts that are safe, and the time. */
  #acknowledged(payload: string): string | undefined {
    const receipts = openReceiptAck(this.#core.inboxFacts(), payload)
    if (receipts === 'none') return this.#welcomed(payload)
    if ('refused' in receipts) return receipts.refused
    const ids = receipts.ids.filter((id) => this.#core.memory.waiting.has(id))
    if (ids.length > 0) void this.#core.keep({ t: 'acked', ids })
    return undefined
  }

  /** A start among many on a busy machine is answered late, and half the delay is the error: a calmer moment tells better. */
  #askAgain({ roundTrip, own }: Estimate): void {
    this.#cancelAskAgain()
    if (roundTrip <= goodRoundTripMs || this.#askedAgain >= askAgainMax) return
    this.#askedAgain += 1
    this.#cancelAskAgain = this.#core.ports.clock.at(own + askAgainMs, () => {
      if (this.#core.running && this.#core.online) void this.#hello()
    })
  }

  #welcomed(payload: string): string | undefined {
    const { identity, memory, ports } = this.#core
    const welcome = openWelcome(this.#core.inboxFacts(), payload)
    if ('refused' in welcome) return welcome.refused
    const own = ports.clock.now()
    const rosterAt = Math.max(0, ...rostersOf(memory).map(({ issuedAt }) => issuedAt))
    const facts = { welcome, device: identity.device, floor: memory.floor, rosterAt, asked: this.#asked, own }
    const told = senseAfterWelcome(facts)
    if ('refused' in told) return told.refused
    this.#asked = { nonce: '', at: own }
    this.#askAgain(told.estimate)
    if (!isBetter(this.#estimate, told.estimate)) return undefined
    this.#estimate = told.estimate
    if (!this.#core.sense.trusted) ports.log({ code: 'clock.set', at: this.#core.now() })
    this.#core.sense = told.sense
    void this.#core.keep({ t: 'floor', at: this.#core.now() }, { sync: true })
    void this.#subscribe()
    this.#outbox.status(this.#stage.playing())
    this.#stage.look()
    return undefined
  }
}
