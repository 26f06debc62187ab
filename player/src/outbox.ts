import { type Hello, type Receipt, type Status, signingBytes, type Telemetry, toBase64, topics } from '@loa/protocol'
import type { Core } from './core.ts'
import { policyOf } from './kernel/programme.ts'

/** Receipts the server has not acknowledged are sent again this often. */
export const resendMs = 30_000
/** One that was sent only just before is left for the next time. */
const restMs = resendMs / 2
/** Receipts on their way at the same time: after a long outage they go in step with the broker's acknowledgements. */
const inFlightMax = 20

/** Everything a device says: who it is, how it is, and what was heard. */
export class Outbox {
  readonly #core: Core
  readonly #sentAt = new Map<string, number>()
  #sending: Promise<void> | undefined
  #lastSaid = ''
  #saying = false

  constructor(core: Core) {
    this.#core = core
  }

  /** Signs a receipt: the text that is kept and sent, however often. */
  sign(receipt: Receipt): string {
    const { keys } = this.#core.ports
    const body = JSON.stringify(receipt)
    const value = toBase64(keys.sign(signingBytes('receipt', body)))
    return JSON.stringify({ body, signatures: [{ key: keys.public.id, value }] })
  }

  /** Sends what waits and was not sent lately, oldest first; resolves when there is no more to send now. */
  sendReceipts(): Promise<void> {
    this.#sending ??= this.#sendAll()
    return this.#sending
  }

  /** Forgets what was sent when: a new connection begins anew. */
  restart(): void {
    this.#sentAt.clear()
    this.#lastSaid = ''
  }

  async hello(nonce: string, bootedAt: number): Promise<void> {
    const { identity, ports } = this.#core
    const hello: Hello = {
      v: 1,
      device: identity.device,
      nonce,
      epoch: identity.epoch,
      program: identity.program ?? 'loa-player/0.1.0',
      output: ports.output.kind,
      bootedAt: Math.max(0, bootedAt),
    }
    await ports.link.publish(topics.hello(identity.device), JSON.stringify(hello))
  }

  status(playing: string | null, { evenIfSame = false } = {}): void {
    const status = this.#statusOf(playing, true)
    const said = JSON.stringify([status.playing, status.clockTrusted, status.volume])
    if (!this.#core.online) return
    // The same once more only when the last has arrived: a line that is slow is not filled with repetitions.
    if (said === this.#lastSaid && (!evenIfSame || this.#saying)) return
    this.#lastSaid = said
    this.#saying = true
    const arrived = this.#core.ports.link.publish(topics.status(this.#core.identity.device), JSON.stringify(status))
    void arrived.then(() => {
      this.#saying = false
    })
  }

  /** The last will, and what is said when going away in good order. */
  farewell(): string {
    return JSON.stringify(this.#statusOf(null, false))
  }

  #statusOf(playing: string | null, online: boolean): Status {
    const { identity, memory, ports, sense } = this.#core
    return {
      v: 1,
      device: identity.device,
      at: online ? this.#core.now() : null,
      online,
      playing,
      clockTrusted: sense.trusted,
      volume: policyOf(memory).volume,
      receiptsWaiting: memory.waiting.size,
      soundsCached: ports.sounds.count(),
      ...(online ? this.#measured() : {}),
    }
  }

  /** What the hardware measures, and how far its clock is off, once that is known. Nothing measured: nothing said. */
  #measured(): { readonly telemetry?: Telemetry } {
    const { ports, sense } = this.#core
    const telemetry: Telemetry = {
      ...ports.telemetry?.(),
      ...(sense.trusted && sense.offset !== 0 ? { clockErrorMs: -sense.offset } : {}),
    }
    return Object.keys(telemetry).length === 0 ? {} : { telemetry }
  }

  async #sendAll(): Promise<void> {
    await Promise.resolve()
    for (let batch = this.#due(); this.#core.online && batch.length > 0; batch = this.#due()) {
      await Promise.all(batch.map((receipt) => this.#send(receipt)))
    }
    // In the same breath as the last look: a receipt that comes now begins anew, and none falls between.
    this.#sending = undefined
  }

  #due(): readonly (readonly [string, string])[] {
    const { memory, ports } = this.#core
    const now = ports.clock.now()
    for (const id of this.#sentAt.keys()) if (!memory.waiting.has(id)) this.#sentAt.delete(id)
    const rested = ([id]: readonly [string, string]): boolean => {
      const sentAt = this.#sentAt.get(id)
      return sentAt === undefined || sentAt + restMs <= now
    }
    return [...memory.waiting].filter(rested).slice(0, inFlightMax)
  }

  async #send([id, payload]: readonly [string, string]): Promise<void> {
    this.#sentAt.set(id, this.#core.ports.clock.now())
    await this.#core.ports.link.publish(topics.receipt(this.#core.identity.device), payload)
  }
}
