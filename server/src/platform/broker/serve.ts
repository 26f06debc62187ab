import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Aedes, type AedesOptions, type AuthenticateError, type Client } from 'aedes'
import {
  CONNECTIONS_OF_DEVICE_MAX,
  deviceMayPublish,
  deviceMaySubscribe,
  deviceMayUseClientId,
  TOPIC_LEVELS_MAX,
} from './acl.ts'
import { type Credentials, openCredentials } from './credentials.ts'
import { Paces } from './pace.ts'
import { Patience } from './patience.ts'
import { ShelvedPersistence } from './retained.ts'

/** Under this name the server itself connects; no device id can hold a `$`. */
export const SERVER_NAME = '$server'

/** An alert with its sound inline is about 60 KB; four times that leaves room and bounds what a stranger can make us hold. */
const PACKET_MAX_BYTES = 256 * 1024
/** How often the log says that listeners were cut off which read nothing: once for all of them, not once for each. */
const TELL_CUTS_MS = 10_000
const CONNECT_MAX_MS = 10_000

/** What the broker process is told on its standard input, one line of JSON. */
export type BrokerOrders = {
  readonly port: number
  readonly databaseUrl: string
  /** The server's own password for this run. */
  readonly serverSecret: string
  /** Where devices reach the broker from elsewhere; absent: this machine only. */
  readonly open?: { readonly host: string; readonly port: number; readonly certFile: string; readonly keyFile: string }
}

export type RunningBroker = { stop(): Promise<void> }

type Say = (level: 'info' | 'warn', message: string, details?: Record<string, unknown>) => void

const refusal = (returnCode: 2 | 4 | 5, words: string): AuthenticateError =>
  Object.assign(new Error(words), { returnCode })

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** Who is behind each connection. */
class Guests {
  readonly #devices = new WeakMap<Client, string>()
  readonly #servers = new WeakSet<Client>()
  readonly #open = new Map<string, Set<Client>>()

  admitServer(client: Client): void {
    this.#servers.add(client)
  }

  /** Whether the device may have one more connection; one that ended while it was looked up is neither let in nor counted. */
  admitDevice(client: Client, device: string): boolean {
    // what ended before it was quite open is told by nobody
    const clients = new Set(this.clientsOf(device).filter(({ closed }) => !closed))
    if (client.closed || clients.size >= CONNECTIONS_OF_DEVICE_MAX) return false
    this.#devices.set(client, device)
    this.#open.set(device, clients.add(client))
    return true
  }

  leave(client: Client): void {
    const device = this.#devices.get(client) ?? ''
    const clients = this.#open.get(device)
    clients?.delete(client)
    if (clients?.size === 0) this.#open.delete(device)
  }

  isServer(client: Client | null): boolean {
    return client !== null && this.#servers.has(client)
  }

  deviceOf(client: Client | null): string | undefined {
    return client === null ? undefined : this.#devices.get(client)
  }

  devices(): readonly string[] {
    return [...this.#open.keys()]
  }

  clientsOf(device: string): readonly Client[] {
    return [...(this.#open.get(device) ?? [])]
  }
}

type Door = {
  readonly guests: Guests
  readonly credentials: Credentials
  readonly serverHash: Buffer
  readonly paces: Paces
  readonly onTooMuch: () => void
  readonly say: Say
}

/** Whether the device keeps to its pace; one that does not is counted, and told of together with all others. */
const keepsPace = (door: Door, device: string | undefined, take: (device: string, now: number) => boolean): boolean => {
  if (device === undefined || take(device, performance.now())) return true
  door.onTooMuch()
  return false
}

/** Clients that sent an empty client id and want a session kept: impossible by the standard. [MQTT-3.1.3-8] */
const nameless = new WeakSet<Client>()
const clientIds = new WeakMap<Client, string>()

const authenticate = async (
  door: Door,
  client: Client,
  name: string,
  secret: Uint8Array,
): Promise<AuthenticateError | null> => {
  if (nameless.has(client)) return refusal(2, 'an empty client id needs a clean session')
  if (name === SERVER_NAME) {
    if (!timingSafeEqual(sha256(secret), door.serverHash)) return refusal(4, 'wrong server secret')
    door.guests.admitServer(client)
    return null
  }
  if (!deviceMayUseClientId(name, clientIds.get(client) ?? ''))
    return refusal(2, 'this client id belongs to another device')
  if (!(await door.credentials.accept(name, secret))) {
    door.say('warn', 'Từ chối một thiết bị không có quyền kết nối.', { device: name.slice(0, 64) })
    return refusal(4, 'unknown device, wrong secret or revoked')
  }
  return door.guests.admitDevice(client, name) ? null : refusal(5, 'this device is connected too often')
}

const hooks = (door: Door): AedesOptions => ({
  preConnect: (client, packet, done) => {
    if (packet.clientId === '' && !packet.clean) nameless.add(client)
    clientIds.set(client, packet.clientId)
    done(null, true)
  },
  authenticate: (client, name, secret, done) => {
    authenticate(door, client, name ?? '', secret ?? new Uint8Array()).then(
      (refused) => done(refused, refused === null),
      () => done(refusal(5, 'cannot check now'), false),
    )
  },
  authorizePublish: (client, packet, done) => {
    const device = door.guests.deviceOf(client)
    const allowed = door.guests.isServer(client) || (device !== undefined && deviceMayPublish(device, packet.topic))
    if (!allowed)
      door.say('warn', 'Một thiết bị gửi tin ngoài quyền của mình; đã ngắt.', {
        device,
        topic: packet.topic.slice(0, 128),
      })
    const paced = keepsPace(door, device, (each, now) => door.paces.maySay(each, packet.topic, now))
    done(allowed && paced ? null : new Error('not allowed to publish here, or not so much'))
  },
  authorizeSubscribe: (client, subscription, done) => {
    const device = door.guests.deviceOf(client)
    const allowed =
      door.guests.isServer(client) || (device !== undefined && deviceMaySubscribe(device, subscription.topic))
    const paced = keepsPace(door, device, (each, now) => door.paces.mayAsk(each, now))
    done(paced ? null : new Error('too many filters'), allowed && paced ? subscription : null)
  },
})

type Parser = {
  packet: { length: number }
  _parseLength(): boolean
  _emitError(error: Error): void
}

/**
 * Refuses a packet by its announced length, before its body is held. aedes has no such limit, and its parser's state
 * is the one place where the length is known first.
 */
const limitPackets = (client: Client): void => {
  const parser = (client as unknown as { _parser: Parser })._parser
  const parseLength = parser._parseLength
  parser._parseLength = function (this: Parser) {
    const known = parseLength.call(this)
    if (!known || this.packet.length <= PACKET_MAX_BYTES) return known
    this._emitError(new Error(`packet of ${this.packet.length} bytes is over the limit`))
    return false
  }
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve()
    })
  })

const serversFor = (
  orders: BrokerOrders,
  onSocket: (socket: Socket) => void,
): readonly { server: Server; port: number; host: string }[] => {
  const local = {
    server: createServer({ noDelay: true, keepAlive: true }, onSocket),
    port: orders.port,
    host: '127.0.0.1',
  }
  if (orders.open === undefined) return [local]
  const { certFile, keyFile, host, port } = orders.open
  const server = createTlsServer(
    { cert: readFileSync(certFile), key: readFileSync(keyFile), minVersion: 'TLSv1.2' },
    onSocket,
  )
  server.on('tlsClientError', () => undefined)
  return [local, { server, port, host }]
}

/** Opens the broker of `orders`. Rejects when its port cannot be had. */
export const serveBroker = async (orders: BrokerOrders, say: Say): Promise<RunningBroker> => {
  const guests = new Guests()
  const credentials = openCredentials({
    databaseUrl: orders.databaseUrl,
    connected: () => guests.devices(),
    onRevoked: (device) => {
      for (const client of guests.clientsOf(device)) client.close()
    },
    onTrouble: (words) => say('warn', 'Máy chủ tin nhắn không hỏi được cơ sở dữ liệu.', { words }),
  })
  let cuts = 0
  let tooMuch = 0
  const onTooMuch = () => {
    tooMuch += 1
  }
  const serverHash = sha256(orders.serverSecret)
  const door: Door = { guests, credentials, serverHash, paces: new Paces(), onTooMuch, say }
  const broker = await Aedes.createBroker({
    ...hooks(door),
    persistence: new ShelvedPersistence(),
    connectTimeout: CONNECT_MAX_MS,
    maxTopicLevels: TOPIC_LEVELS_MAX,
    // no queue inside: nobody is waited for, and aedes works a long queue for which nobody listens off by recursion, until the
    // stack is full and the broker dies: thousands of devices speaking while the server is away
    concurrency: 0,
  })
  broker.on('clientDisconnect', (client) => guests.leave(client))
  broker.on('clientError', (client) => guests.leave(client))
  ;(broker as unknown as NodeJS.EventEmitter).on('error', (error: Error) =>
    say('warn', 'Máy chủ tin nhắn báo lỗi.', { words: error.message }),
  )
  const sockets = new Set<Socket>()
  const patience = new Patience(() => {
    cuts += 1
  })
  const telling = setInterval(() => {
    if (cuts > 0) say('warn', 'Đã ngắt những thiết bị nối vào mà không nhận tin.', { connections: cuts })
    if (tooMuch > 0) say('warn', 'Đã ngắt những thiết bị nói quá nhiều.', { times: tooMuch })
    cuts = 0
    tooMuch = 0
  }, TELL_CUTS_MS)
  const servers = serversFor(orders, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    patience.watch(socket)
    limitPackets(broker.handle(socket))
  })
  for (const { server, port, host } of servers) await listen(server, port, host)
  return {
    stop: async () => {
      clearInterval(telling)
      patience.stop()
      for (const { server } of servers) server.close()
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await credentials.stop()
    },
  }
}
