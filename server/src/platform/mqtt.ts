import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Log, Mqtt } from './context.ts'

/** After this a publish is given up: the caller decides what to do, rather than an old order going out late. */
const PUBLISH_MAX_MS = 5000
const RECONNECT_MS = 500
/** What has arrived when we stop is handled for so long; the rest is dropped, and devices send theirs again. */
const STOP_MAX_MS = 3000
const KEEPALIVE_S = 15
/**
 * Messages waiting for one handler; beyond it the newest are dropped, and devices send theirs again unacknowledged. Twice what
 * ten thousand devices say when they come back together.
 */
const WAITING_MAX = 20_000

export type MqttLink = Mqtt & {
  /** Resolves once connected; with the broker away, after 5 s. */
  ready(): Promise<void>
  /** Resolves once every message that has arrived has been handled. */
  idle(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  readonly url: string
  readonly credentials?: { readonly username: string; readonly password: string }
  readonly log: Log
}

type Handler = (topic: string, payload: Uint8Array) => Promise<void>

/** Whether a topic falls under a filter [MQTT-4.7]. Neither wildcard at the start matches a topic that begins with `$`. */
export const matches = (filter: string, topic: string): boolean => {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false
  const wanted = filter.split('/')
  const levels = topic.split('/')
  const open = wanted.indexOf('#')
  if (open >= 0 ? levels.length < open : levels.length !== wanted.length) return false
  return wanted.slice(0, open >= 0 ? open : undefined).every((level, place) => level === '+' || level === levels[place])
}

/** One filter with its handler: messages one after another, or so many together, in the order of arrival. */
class Line {
  readonly filter: string
  /** The broker's answer to the last subscription. */
  asked: Promise<void> = Promise.resolve()
  readonly #handle: Handler
  readonly #together: number
  readonly #log: Log
  #waiting: { readonly topic: string; readonly payload: Uint8Array }[] = []
  #closed = false
  #dropped = 0
  #working: Promise<void> | undefined

  constructor(filter: string, { handle, together, log }: { handle: Handler; together: number; log: Log }) {
    this.filter = filter
    this.#handle = handle
    this.#together = together
    this.#log = log
  }

  push(topic: string, payload: Uint8Array): void {
    if (this.#waiting.length >= WAITING_MAX) {
      // told once for a jam: a line for each message would push everything else out of the log
      if (this.#dropped === 0)
        this.#log.warn('Quá nhiều tin từ thiết bị chờ xử lý; bỏ bớt, thiết bị sẽ gửi lại.', { filter: this.filter })
      this.#dropped += 1
      return
    }
    this.#waiting.push({ topic, payload })
    this.#working ??= this.#work()
  }

  async #work(): Promise<void> {
    await Promise.resolve()
    while (this.#waiting.length > 0 && !this.#closed) {
      const all = this.#waiting.splice(0, this.#together)
      const done = await Promise.allSettled(all.map(({ topic, payload }) => this.#handle(topic, payload)))
      const place = done.findIndex(({ status }) => status === 'rejected')
      const failed = done[place]
      if (failed?.status !== 'rejected') continue
      // of many that failed together for one reason, one is told
      const messages = done.filter(({ status }) => status === 'rejected').length
      const told = { topic: all[place]?.topic, error: failed.reason, ...(messages > 1 ? { messages } : {}) }
      this.#log.error('Không xử lý được một tin từ thiết bị.', told)
    }
    if (this.#dropped > 0)
      this.#log.warn('Đã xử lý hết tin chờ từ thiết bị.', { filter: this.filter, dropped: this.#dropped })
    this.#dropped = 0
    this.#working = undefined
  }

  /** Nothing further is handled. */
  close(): void {
    this.#closed = true
  }

  async idle(): Promise<void> {
    await this.#working
  }
}

const clientOptions = (credentials: Options['credentials']): IClientOptions => ({
  ...credentials,
  protocolVersion: 4,
  clientId: `loa-server-${randomBytes(6).toString('hex')}`,
  clean: true,
  keepalive: KEEPALIVE_S,
  connectTimeout: PUBLISH_MAX_MS,
  reconnectPeriod: RECONNECT_MS,
  resubscribe: false,
  queueQoSZero: false,
})

type Outgoing = { readonly topic: string; readonly payload: string; readonly retain: boolean }

const publishWithin = (client: MqttClient, { topic, payload, retain }: Outgoing): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      // a client that was ended meanwhile has no store of outgoing messages left to remove it from
      if (!client.disconnecting && !client.disconnected) client.removeOutgoingMessage(packetId)
      reject(new Error(`the broker did not take ${topic} within ${PUBLISH_MAX_MS} ms`))
    }, PUBLISH_MAX_MS)
    client.publish(topic, payload, { qos: 1, retain }, (error) => {
      clearTimeout(giveUp)
      if (error) reject(error)
      else resolve()
    })
    const packetId = client.getLastMessageId()
  })

const untilConnected = (client: MqttClient): Promise<void> => {
  if (client.connected) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const onConnect = () => {
      clearTimeout(giveUp)
      resolve()
    }
    const giveUp = setTimeout(() => {
      client.off('connect', onConnect)
      reject(new Error(`the broker has been away for more than ${PUBLISH_MAX_MS} ms`))
    }, PUBLISH_MAX_MS)
    client.once('connect', onConnect)
  })
}

/**
 * Connects to a broker and stays connected. What was published to be retained is published again after each
 * reconnection: a broker may come back empty, and the desired state of devices must not wait for the next change.
 */
export const openMqtt = ({ url, credentials, log }: Options): MqttLink => {
  const client = connect(url, clientOptions(credentials))
  const lines: Line[] = []
  const retained = new Map<string, string>()
  let before = false
  let away = false
  let stopping = false
  const ask = (line: Line): void => {
    line.asked = client.subscribeAsync(line.filter, { qos: 1 }).then((granted) => {
      if (granted.some(({ qos }) => qos === 128)) throw new Error(`the broker refused the subscription ${line.filter}`)
    })
    line.asked.catch((error) => log.warn('Máy chủ tin nhắn chưa nhận một đăng ký.', { filter: line.filter, error }))
  }
  client.on('error', (error) => log.warn('Kết nối tới máy chủ tin nhắn báo lỗi.', { error }))
  client.on('close', () => {
    if (before && !away && !stopping) log.warn('Mất kết nối tới máy chủ tin nhắn; đang kết nối lại.')
    away = true
  })
  client.on('connect', () => {
    for (const line of lines) ask(line)
    if (before) {
      for (const [topic, payload] of retained) client.publish(topic, payload, { qos: 1, retain: true }, () => undefined)
      log.info('Đã kết nối lại máy chủ tin nhắn.')
    }
    before = true
    away = false
  })
  client.on('message', (topic, payload) => {
    for (const line of lines) if (matches(line.filter, topic)) line.push(topic, new Uint8Array(payload))
  })
  return {
    publish: async (topic, payload, { retain = false } = {}) => {
      await untilConnected(client)
      await publishWithin(client, { topic, payload, retain })
      if (retain && payload === '') retained.delete(topic)
      else if (retain) retained.set(topic, payload)
    },
    subscribe: async (filter, handle, { together = 1 } = {}) => {
      const line = new Line(filter, { handle, together, log })
      lines.push(line)
      if (client.connected) ask(line)
      // with the broker away, the connection to come asks
      await untilConnected(client).catch(() => undefined)
      await line.asked
    },
    connected: () => client.connected,
    ready: () => untilConnected(client).catch(() => undefined),
    idle: async () => {
      await Promise.all(lines.map((line) => line.idle()))
    },
    stop: async () => {
      stopping = true
      await client.endAsync(true)
      // what has arrived still needs the database, which closes after us
      const late = new AbortController()
      const limit = wait(STOP_MAX_MS, undefined, { signal: late.signal }).catch(() => undefined)
      await Promise.race([Promise.all(lines.map((line) => line.idle())), limit])
      late.abort()
      for (const line of lines) line.close()
    },
  }
}
