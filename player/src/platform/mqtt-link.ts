import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import packets from 'mqtt-packet'
import type { Link } from '../ports.ts'
import { random } from './keys.ts'
import { type TransportTrouble, transportTrouble } from './trouble.ts'

// mqtt-packet keeps 65,536 small buffers to save writing two bytes: 10 MB that a small board needs more.
Object.assign(packets.writeToStream, { cacheNumbers: false })

export type MqttLinkOptions = {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://` of the broker. */
  readonly url: string
  readonly device: string
  readonly secret: string
  /** PEM of a private certificate authority to trust besides none other. */
  readonly ca?: string | undefined
  /** Seconds between signs of life; the broker gives a device up after one and a half of them. */
  readonly keepaliveSeconds?: number
  /** Told the first time a connection fails in this way after one that worked. */
  readonly onTrouble?: (code: LinkTrouble) => void
}

export type LinkTrouble = 'link.revoked' | 'link.refused' | 'link.unreachable' | TransportTrouble

/** MQTT 3.1.1 §3.2.2.3: "bad user name or password" is all the standard has for a device that is no longer wanted. */
const NOT_WANTED = 4

/** A broker that says no gives a number, a network that fails gives a name. */
const troubleOf = (url: string, error: Error): LinkTrouble => {
  const code = 'code' in error ? error.code : undefined
  if (code === NOT_WANTED) return 'link.revoked'
  return typeof code === 'number' ? 'link.refused' : (transportTrouble(url, error) ?? 'link.unreachable')
}

/** First wait before connecting again, and the longest. */
const backoffMs = { first: 500, max: 30_000 }
/** A device that was revoked is asked for by hand again, or never: it must not knock on the door all day. */
const revokedRetryMs = 300_000
const connectTimeoutMs = 15_000
/** A broker that does not acknowledge in this time is as good as away; the journal sends again. */
const publishTimeoutMs = 20_000
const closeTimeoutMs = 2_000

const chance = (): number => {
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low) / 65_536
}

type Hooks = Parameters<Link['open']>[0]

class MqttLink implements Link {
  readonly #options: MqttLinkOptions
  /** Publications the broker has not acknowledged: what ends each. */
  readonly #unacknowledged = new Set<(taken: boolean) => void>()
  #client: MqttClient | undefined
  #failures = 0
  #trouble: LinkTrouble | undefined
  #retry: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: MqttLinkOptions) {
    this.#options = options
  }

  async open(hooks: Hooks): Promise<void> {
    this.#connect(hooks)
  }

  /**
   * Every connection is a client of its own: one that is used again would send what it still holds, and an old hello or
   * status is worse than none. The broker keeps the session; the journal keeps the receipts.
   */
  #connect(hooks: Hooks): void {
    const client = connect(this.#options.url, this.#clientOptions(hooks))
    this.#client = client
    client.on('connect', () => {
      this.#failures = 0
      this.#trouble = undefined
      hooks.onUp()
    })
    client.on('message', (topic, payload) => hooks.onMessage(topic, payload))
    // Every failure also closes, and closing is what is acted upon.
    client.on('error', (error) => {
      const trouble = troubleOf(this.#options.url, error)
      if (trouble !== this.#trouble) this.#options.onTrouble?.(trouble)
      this.#trouble = trouble
    })
    client.on('close', () => {
      if (this.#client !== client) return
      this.#client = undefined
      client.end(true)
      this.#giveUp()
      hooks.onDown()
      this.#again(hooks)
    })
  }

  #clientOptions(hooks: Hooks): IClientOptions {
    const { device, secret, ca, keepaliveSeconds = 30 } = this.#options
    return {
      clientId: device,
      username: device,
      password: secret,
      clean: false,
      protocolVersion: 4,
      keepalive: keepaliveSeconds,
      connectTimeout: connectTimeoutMs,
      // Connecting again and subscribing again are done here, with back-off and chance.
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      will: { ...hooks.will, payload: Buffer.from(hooks.will.payload), qos: 1, retain: false },
      ...(ca === undefined ? {} : { ca }),
    }
  }

  #again(hooks: Hooks): void {
    if (this.#closed) return
    const growing = Math.min(backoffMs.max, backoffMs.first * 2 ** Math.min(this.#failures, 10))
    const span = this.#trouble === 'link.revoked' ? revokedRetryMs : growing
    this.#failures += 1
    // Half to one and a half: after a broker's restart a province must not come back in step.
    this.#retry = setTimeout(() => this.#connect(hooks), span * (0.5 + chance()))
  }

  /** What was on its way is not known to have arrived. */
  #giveUp(): void {
    for (const settle of [...this.#unacknowledged]) settle(false)
  }

  async subscribe(topics: readonly string[]): Promise<void> {
    if (!this.#client?.connected) return
    // A broker that refuses a topic closes nothing; what it does not send cannot be played.
    await this.#client.subscribeAsync([...topics], { qos: 1 }).catch(() => undefined)
  }

  async unsubscribe(topics: readonly string[]): Promise<void> {
    if (!this.#client?.connected) return
    await this.#client.unsubscribeAsync([...topics]).catch(() => undefined)
  }

  publish(topic: string, payload: string): Promise<boolean> {
    const client = this.#client
    if (!client?.connected) return Promise.resolve(false)
    return new Promise((resolve) => {
      const settle = (taken: boolean): void => {
        clearTimeout(timer)
        this.#unacknowledged.delete(settle)
        resolve(taken)
      }
      const timer = setTimeout(() => settle(false), publishTimeoutMs)
      this.#unacknowledged.add(settle)
      client.publish(topic, payload, { qos: 1 }, (error) => settle(!error))
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    const client = this.#client
    this.#client = undefined
    this.#giveUp()
    if (client === undefined) return
    // A broker that no longer answers is not waited for.
    const timer = setTimeout(() => client.end(true), closeTimeoutMs)
    await client.endAsync(!client.connected).catch(() => undefined)
    clearTimeout(timer)
  }
}

/** One MQTT 3.1.1 connection of one device, with a session the broker keeps while it is away. */
export const createMqttLink = (options: MqttLinkOptions): Link => new MqttLink(options)
