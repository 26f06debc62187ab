import { orderSchema, parseAs, parseEnvelope, parseTopic, statusSchema, topicRoot, topics } from '@loa/protocol'
import type { MqttClient } from 'mqtt'
import { wallNow } from './listener.ts'
import { COMMUNE } from './people.ts'
import { until } from './waiting.ts'

/** An order as it passed through the broker. */
export type SeenOrder = {
  readonly at: number
  readonly airing: string
  readonly release: string
  readonly payload: Buffer
}

/** Sees every order to the commune, with the moment it came. */
export class OrderWatch {
  readonly #seen: SeenOrder[] = []
  readonly #client: MqttClient

  constructor(client: MqttClient) {
    this.#client = client
    client.on('message', (_, payload) => {
      const at = wallNow()
      const envelope = parseEnvelope(payload.toString())
      const order = envelope && parseAs(orderSchema, envelope.body)
      if (order !== undefined) {
        this.#seen.push({ at, airing: order.airing.id, release: order.airing.release, payload })
      }
    })
  }

  async open(unit = COMMUNE): Promise<this> {
    await this.#client.subscribeAsync(topics.order(unit), { qos: 1 })
    return this
  }

  ofRelease(release: string): Promise<SeenOrder> {
    return until(`the order of release ${release}`, () => this.#seen.find((order) => order.release === release), {
      withinMs: 10_000,
      everyMs: 2,
    })
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true)
  }
}

/** Sees every device say that it has begun to play: by the bench's own clock, whatever the device's clock shows. */
export class StartWatch {
  readonly #starts = new Map<string, Map<string, number>>()
  readonly #client: MqttClient

  constructor(client: MqttClient) {
    this.#client = client
    client.on('message', (topic, payload) => {
      const at = wallNow()
      const device = parseTopic(topic)?.id ?? ''
      const playing = parseAs(statusSchema, payload.toString())?.playing
      if (playing === undefined || playing === null) return
      const starts = this.#starts.get(playing) ?? new Map<string, number>()
      this.#starts.set(playing, starts)
      if (!starts.has(device)) starts.set(device, at)
    })
  }

  async open(): Promise<this> {
    await this.#client.subscribeAsync(`${topicRoot}/up/+/status`, { qos: 1 })
    return this
  }

  /** When each device said so, milliseconds since 1970. */
  ofAiring(airing: string): ReadonlyMap<string, number> {
    return this.#starts.get(airing) ?? new Map()
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true)
  }
}
