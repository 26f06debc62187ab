import type { MqttClient } from 'mqtt'
import { wallNow } from '../listener.ts'
import type { Town } from '../place.ts'
import { until } from '../waiting.ts'

const TOPIC = 'loa/v1/unit/bench-bare/order'

/** As many bare subscribers as an order has devices, on the same broker: what the network alone costs. */
export class FanOut {
  readonly #subscribers: readonly MqttClient[]
  readonly #publisher: MqttClient
  #arrivals: number[] = []

  private constructor(publisher: MqttClient, subscribers: readonly MqttClient[]) {
    this.#publisher = publisher
    this.#subscribers = subscribers
    for (const subscriber of subscribers) subscriber.on('message', () => this.#arrivals.push(wallNow()))
  }

  static async open({ broker }: Town, size: number): Promise<FanOut> {
    const names = Array.from({ length: size }, (_, number) => `bare-${number}`)
    const subscribers = await Promise.all(names.map((name) => broker.connect(name)))
    await Promise.all(subscribers.map((subscriber) => subscriber.subscribeAsync(TOPIC, { qos: 1 })))
    return new FanOut(await broker.connect('bare-publisher'), subscribers)
  }

  /** Publishes the bytes; returns after how many milliseconds each subscriber had them. */
  async once(payload: Buffer): Promise<number[]> {
    this.#arrivals = []
    const began = wallNow()
    await this.#publisher.publishAsync(TOPIC, payload, { qos: 1 })
    await until('the bare fan-out', () => this.#arrivals.length === this.#subscribers.length, {
      withinMs: 10_000,
      everyMs: 5,
    })
    return this.#arrivals.map((at) => at - began)
  }

  async close(): Promise<void> {
    for (const client of [this.#publisher, ...this.#subscribers]) await client.endAsync(true)
  }
}
