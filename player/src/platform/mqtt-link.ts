import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import packets from 'mqtt-packet'
import type { Link } from '../ports.ts'
import { random } from './keys.ts'

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
}

/** First wait before connecting again, and the longest. */
const backoffMs = { first: 500, max: 30_000 }
const connectTimeoutMs = 15_000
/** A broker that does not acknowledge in this time is as good as away; the journal sends again. */
const publishTimeoutMs = 20_000

const chance = (): number => {
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low) / 65_536
}

type Hooks = Parameters<Link['open']>[0]

class MqttLink implements Link {
  readonly #options: MqttLinkOptions
  #client: MqttClient | undefined
  #failures = 0
  #retry: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: MqttLinkOptions) {
    this.#options = options
  }

  async open(hooks: Hooks): Promise<void> {
    const { url, device, secret, ca, keepaliveSeconds = 30 } = this.#options
    const options: IClientOptions = {
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
    const client = connect(url, options)
    this.#client = client
    client.on('connect', () => {
      this.#failures = 0
      hooks.onUp()
    })
    client.on('message', (topic, payload) => hooks.onMessage(topic, payload))
    // Every failure also closes, and closing is what is acted upon.
    client.on('error', () => {})
    client.on('close', () => {
      hooks.onDown()
      this.#again()
    })
  }

  #again(): void {
    if (this.#closed || this.#retry !== undefined) return
    const span = Math.min(backoffMs.max, backoffMs.first * 2 ** Math.min(this.#failures, 10))
    this.#failures += 1
    // Half to one and a half: after a broker's restart a province must not come back in step.
    const wait = span * (0.5 + chance())
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      if (!this.#closed) this.#client?.reconnect()
    }, wait)
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
      const timer = setTimeout(() => resolve(false), publishTimeoutMs)
      client.publish(topic, payload, { qos: 1 }, (error) => {
        clearTimeout(timer)
        resolve(!error)
      })
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#client?.endAsync(!this.#client.connected).catch(() => undefined)
  }
}

/** One MQTT 3.1.1 connection of one device, with a session the broker keeps while it is away. */
export const createMqttLink = (options: MqttLinkOptions): Link => new MqttLink(options)
