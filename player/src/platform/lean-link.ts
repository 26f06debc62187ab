import { createConnection } from 'node:net'
import packets, { type Packet } from 'mqtt-packet'
import type { Link } from '../ports.ts'

/** The bytes of one connection. What is sent after it has closed is dropped. */
export type Wire = { send(bytes: Uint8Array): void; close(): void }
export type WireHooks = { onOpen(): void; onData(bytes: Uint8Array): void; onClose(): void }
/** Opens a connection; `onClose` comes exactly once, also where it never opened. */
export type Dial = (address: { readonly host: string; readonly port: number }, hooks: WireHooks) => Wire

/** Plain TCP. */
export const dialTcp: Dial = ({ host, port }, hooks) => {
  const socket = createConnection({ host, port, noDelay: true })
  socket.on('connect', () => hooks.onOpen())
  socket.on('data', (bytes) => hooks.onData(bytes))
  socket.on('error', () => undefined)
  socket.on('close', () => hooks.onClose())
  return { send: (bytes) => socket.writable && socket.write(bytes), close: () => socket.destroy() }
}

export type LeanLinkOptions = {
  /** `mqtt://host:port`. */
  readonly url: string
  readonly device: string
  readonly secret: string
  /** Default: the device's id, as the broker wants it of a device. */
  readonly clientId?: string
  /** From 0 to below 1: spreads out those that come back together. */
  readonly chance: () => number
  readonly dial?: Dial
  readonly keepaliveSeconds?: number
}

const backoffMs = { first: 500, max: 30_000 }
const openTimeoutMs = 30_000
const publishTimeoutMs = 20_000
/** One timer of each link does everything that is due now and then. */
const lookMs = 10_000
const idMax = 65_535

type Hooks = Parameters<Link['open']>[0]
type Waiting = { readonly since: number; readonly settle: (taken: boolean) => void }

/** One connection: from dialling to its end. */
class Session {
  readonly #wire: Wire
  readonly #parser = packets.parser({ protocolVersion: 4 })
  readonly #waiting = new Map<number, Waiting>()
  readonly #keepaliveMs: number
  #unsent: Buffer[] = []
  #lastId = 0
  #heardAt = performance.now()
  #sentAt = performance.now()
  connected = false

  constructor(
    options: LeanLinkOptions,
    hooks: { onUp(): void; onMessage: Hooks['onMessage']; onClose(): void },
    will: Hooks['will'],
  ) {
    const { url, device, secret, clientId = device, keepaliveSeconds = 30, dial = dialTcp } = options
    const { hostname, port } = new URL(url)
    this.#keepaliveMs = keepaliveSeconds * 1000
    this.#parser.on('packet', (packet: Packet) => this.#take(packet, hooks))
    this.#parser.on('error', () => this.close())
    const connect: Packet = {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      clientId,
      keepalive: keepaliveSeconds,
      username: device,
      password: Buffer.from(secret),
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false },
    }
    this.#wire = dial(
      { host: hostname, port: Number(port) },
      {
        onOpen: () => this.#write(connect),
        onData: (bytes) => {
          this.#heardAt = performance.now()
          this.#parser.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
        },
        onClose: () => {
          this.connected = false
          for (const { settle } of [...this.#waiting.values()]) settle(false)
          this.#waiting.clear()
          hooks.onClose()
        },
      },
    )
  }

  /** Sends a packet that is answered; resolves to whether it was. */
  ask(packet: Packet): Promise<boolean> {
    return new Promise((settle) => {
      this.#lastId = (this.#lastId % idMax) + 1
      this.#waiting.set(this.#lastId, { since: performance.now(), settle })
      this.#write({ ...packet, messageId: this.#lastId })
    })
  }

  /** Signs of life, and what was waited for too long. */
  look(): void {
    const now = performance.now()
    if (!this.connected && now - this.#heardAt > openTimeoutMs) this.close()
    if (now - this.#heardAt > 2 * this.#keepaliveMs + lookMs) this.close()
    if (this.connected && now - this.#sentAt > this.#keepaliveMs / 2) this.#write({ cmd: 'pingreq' })
    for (const [id, { since, settle }] of this.#waiting) {
      if (now - since < publishTimeoutMs) break
      this.#waiting.delete(id)
      settle(false)
    }
  }

  /** In good order: the broker does not speak the last will. */
  end(): void {
    if (this.connected) this.#write({ cmd: 'disconnect' })
    this.#flush()
    this.close()
  }

  close(): void {
    this.#wire.close()
  }

  /** What is said in one breath goes out in one piece. */
  #write(packet: Packet): void {
    this.#unsent.push(packets.generate(packet))
    if (this.#unsent.length === 1) process.nextTick(() => this.#flush())
  }

  #flush(): void {
    const [first] = this.#unsent
    if (first === undefined) return
    this.#sentAt = performance.now()
    this.#wire.send(this.#unsent.length === 1 ? first : Buffer.concat(this.#unsent))
    this.#unsent = []
  }

  #take(packet: Packet, hooks: { onUp(): void; onMessage: Hooks['onMessage'] }): void {
    if (packet.cmd === 'publish') {
      if (packet.qos === 1 && packet.messageId !== undefined)
        this.#write({ cmd: 'puback', messageId: packet.messageId })
      const { payload } = packet
      hooks.onMessage(packet.topic, typeof payload === 'string' ? Buffer.from(payload) : payload)
    } else if (packet.cmd === 'connack') {
      this.connected = packet.returnCode === 0
      if (this.connected) hooks.onUp()
      else this.close()
    } else if ((packet.cmd === 'puback' || packet.cmd === 'suback' || packet.cmd === 'unsuback') && packet.messageId) {
      const waiting = this.#waiting.get(packet.messageId)
      this.#waiting.delete(packet.messageId)
      waiting?.settle(true)
    }
  }
}

export type LeanLink = Link & {
  /** The line goes dead without a word; it connects again by itself. */
  drop(): void
}

/**
 * The same link as `createMqttLink`, by hand over `mqtt-packet`: for thousands of simulated devices in one process, where a
 * client library would cost a hundred kilobytes and a tenth of a millisecond each. It speaks plain TCP only, and its bytes
 * go through a `Dial` that may lose and delay them.
 */
class LeanLinkOf implements LeanLink {
  readonly #options: LeanLinkOptions
  #session: Session | undefined
  #failures = 0
  #looking: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: LeanLinkOptions) {
    this.#options = options
  }

  async open(hooks: Hooks): Promise<void> {
    this.#looking = setInterval(() => this.#session?.look(), lookMs * (0.75 + this.#options.chance() / 2))
    this.#connect(hooks)
  }

  #connect(hooks: Hooks): void {
    const session: Session = new Session(
      this.#options,
      {
        onUp: () => {
          this.#failures = 0
          hooks.onUp()
        },
        onMessage: hooks.onMessage,
        onClose: () => {
          if (this.#session !== session) return
          this.#session = undefined
          hooks.onDown()
          if (!this.#closed) this.#again(hooks)
        },
      },
      hooks.will,
    )
    this.#session = session
  }

  #again(hooks: Hooks): void {
    const growing = Math.min(backoffMs.max, backoffMs.first * 2 ** Math.min(this.#failures, 10))
    this.#failures += 1
    // Half to one and a half: after a power cut a province must not come back in step.
    this.#retry = setTimeout(() => this.#connect(hooks), growing * (0.5 + this.#options.chance()))
  }

  async subscribe(topics: readonly string[]): Promise<void> {
    if (!this.#session?.connected) return
    const subscriptions = topics.map((topic) => ({ topic, qos: 1 as const }))
    await this.#session.ask({ cmd: 'subscribe', subscriptions })
  }

  async unsubscribe(topics: readonly string[]): Promise<void> {
    if (!this.#session?.connected) return
    await this.#session.ask({ cmd: 'unsubscribe', unsubscriptions: [...topics] })
  }

  publish(topic: string, payload: string): Promise<boolean> {
    if (!this.#session?.connected) return Promise.resolve(false)
    return this.#session.ask({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false })
  }

  drop(): void {
    this.#session?.close()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    clearInterval(this.#looking)
    const session = this.#session
    this.#session = undefined
    session?.end()
  }
}

export const createLeanLink = (options: LeanLinkOptions): LeanLink => new LeanLinkOf(options)
