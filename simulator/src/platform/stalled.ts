import { createConnection, type Socket } from 'node:net'
import packets, { type Packet } from 'mqtt-packet'

export type StalledOptions = {
  readonly url: string
  readonly device: string
  readonly secret: string
  /** Filters it asks for. */
  readonly topics: readonly string[]
}

const pingMs = 15_000
const keepaliveSeconds = 60
const againMs = 5_000

/**
 * A consumer that asks for everything, reads nothing and goes on saying that it lives: the worst a broker has to stand.
 * Thrown out, it comes back.
 */
export class Stalled {
  readonly #options: StalledOptions
  #socket: Socket | undefined
  #pinging: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #ended = false
  /** How often it was thrown out. */
  thrownOut = 0

  constructor(options: StalledOptions) {
    this.#options = options
  }

  /** Resolves once it is subscribed and has stopped reading. */
  open(): Promise<void> {
    const { url, device, secret, topics } = this.#options
    const { hostname, port } = new URL(url)
    const socket = createConnection({ host: hostname, port: Number(port), noDelay: true })
    this.#socket = socket
    const write = (packet: Packet): void => void (socket.writable && socket.write(packets.generate(packet)))
    const parser = packets.parser({ protocolVersion: 4 })
    socket.on('error', () => undefined)
    socket.on('connect', () =>
      write({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId: '',
        keepalive: keepaliveSeconds,
        username: device,
        password: Buffer.from(secret),
      }),
    )
    return new Promise((resolve) => {
      parser.on('packet', ({ cmd }: Packet) => {
        if (cmd === 'connack') {
          write({ cmd: 'subscribe', messageId: 1, subscriptions: topics.map((topic) => ({ topic, qos: 1 })) })
        } else if (cmd === 'suback') {
          socket.pause()
          this.#pinging = setInterval(() => write({ cmd: 'pingreq' }), pingMs)
          resolve()
        }
      })
      socket.on('data', (bytes) => parser.parse(bytes))
      socket.on('close', () => {
        clearInterval(this.#pinging)
        resolve()
        if (this.#ended) return
        this.thrownOut += 1
        this.#again = setTimeout(() => void this.open(), againMs)
      })
    })
  }

  get connected(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed
  }

  close(): void {
    this.#ended = true
    clearTimeout(this.#again)
    clearInterval(this.#pinging)
    this.#socket?.destroy()
  }
}
