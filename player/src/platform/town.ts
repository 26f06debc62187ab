/**
 * The other end, as small as it can be: a broker, people and servers with keys, and sounds. For specifications only; it
 * signs and sends whatever it is asked to, also what no honest server would.
 */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { encodeOggOpus } from '@loa/audio'
import {
  type Candidate,
  type Clock,
  type DeviceConfig,
  type Envelope,
  encodeCandidate,
  type Instant,
  type Manifest,
  type Order,
  type PlannedAiring,
  type Receipt,
  type Roster,
  receiptSchema,
  type SignedKind,
  type Status,
  signingBytes,
  toBase64,
  topics,
} from '@loa/protocol'
import { Aedes } from 'aedes'
import type { DeviceKeys, FetchSound, Identity } from '../ports.ts'
import { keysFrom, makePrivateKey } from './keys.ts'

const hour = 3_600_000
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A tone of so many seconds, as a broadcast sound. */
export const toneOf = async (seconds: number, amplitude = 0.5): Promise<Uint8Array> => {
  const samples = Float32Array.from({ length: seconds * 48_000 }, (_, i) => amplitude * Math.sin(i / 17))
  return encodeOggOpus({ samples, sampleRate: 48_000 })
}

export const sign = (kind: SignedKind, body: string, ...signers: readonly DeviceKeys[]): Envelope => ({
  body,
  signatures: signers.map((keys) => ({ key: keys.public.id, value: toBase64(keys.sign(signingBytes(kind, body))) })),
})

const makeKeys = (): DeviceKeys => keysFrom(makePrivateKey())

/** Everything one commune signs with, and what it has said so far. */
export class Town {
  readonly unit = 'commune'
  readonly root = makeKeys()
  readonly server = makeKeys()
  readonly author = makeKeys()
  readonly approver = makeKeys()
  readonly duty = makeKeys()
  readonly stranger = makeKeys()
  readonly sounds = new Map<string, Uint8Array>()
  readonly #clock: Clock
  #seq = 0
  #candidates = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  identity(device: string, more: Partial<Identity> = {}): Identity {
    return {
      device,
      epoch: 1,
      rootKey: this.root.public,
      serverKeys: [this.server.public],
      listens: [{ unit: this.unit, from: 0, to: null }],
      ...more,
    }
  }

  /** The sound server: what is put here can be fetched, whatever its hash says. */
  readonly fetchSound: FetchSound = async (hash) => this.sounds.get(hash) ?? { refused: 'http.404' }

  async sound(seconds: number, amplitude?: number): Promise<{ sound: string; bytes: number; durationMs: number }> {
    const bytes = await toneOf(seconds, amplitude)
    const hash = sha256(bytes)
    this.sounds.set(hash, bytes)
    return { sound: hash, bytes: bytes.length, durationMs: seconds * 1000 }
  }

  roster(more: Partial<Roster> = {}): Roster {
    const may = ['normal', 'priority', 'emergency', 'drill'] as const
    const person = (name: string, keys: DeviceKeys) => ({
      person: name,
      key: keys.public,
      may: [...may],
      from: 0,
      to: null,
    })
    return {
      v: 1,
      unit: this.unit,
      version: 1,
      issuedAt: this.#clock.now(),
      covers: [this.unit],
      people: [person('author', this.author), person('approver', this.approver), person('duty', this.duty)],
      servers: [{ key: this.server.public, from: 0, to: null }],
      ...more,
    }
  }

  candidate(sound: { sound: string; bytes: number; durationMs: number }, more: Partial<Candidate> = {}): Candidate {
    this.#candidates += 1
    const now = this.#clock.now()
    return {
      v: 1,
      release: `release-${this.#candidates}`,
      unit: this.unit,
      author: 'author',
      title: 'Lịch tiêm phòng',
      class: 'normal',
      audience: [this.unit],
      notBefore: now - 24 * hour,
      notAfter: now + 24 * hour,
      hours: [],
      playsMax: 1,
      versions: [{ language: 'vi', ...sound }],
      madeAt: now,
      ...more,
    }
  }

  /** A candidate signed by its approver: an emergency or drill also by the person who raised it. */
  approved(candidate: Candidate): Envelope {
    const two = candidate.class === 'emergency' || candidate.class === 'drill'
    return sign('candidate', encodeCandidate(candidate), ...(two ? [this.author, this.duty] : [this.approver]))
  }

  airing(candidate: Candidate, at: Instant, latestStart = at + hour / 6): PlannedAiring {
    return { id: `airing-${candidate.release}-${at}`, release: candidate.release, at, latestStart }
  }

  manifest(more: Partial<Manifest> = {}): Manifest {
    this.#seq += 1
    const issuedAt = this.#clock.now()
    return {
      v: 1,
      unit: this.unit,
      seq: this.#seq,
      issuedAt,
      airings: [],
      releases: [],
      stopped: [],
      prefetch: [],
      ...more,
    }
  }

  order(candidate: Candidate, more: Partial<Order> = {}): Order {
    this.#seq += 1
    const now = this.#clock.now()
    const airing = this.airing(candidate, now)
    return { v: 1, unit: this.unit, seq: this.#seq, issuedAt: now, airing, release: this.approved(candidate), ...more }
  }

  config(device: string, more: Partial<DeviceConfig> = {}): DeviceConfig {
    this.#seq += 1
    return {
      v: 1,
      device,
      seq: this.#seq,
      issuedAt: this.#clock.now(),
      listens: [{ unit: this.unit, from: 0, to: null }],
      quiet: [],
      minutesPerDayMax: 1440,
      volume: 80,
      volumeMax: 90,
      ...more,
    }
  }
}

export type Heard = { readonly topic: string; readonly payload: string }

/** A broker of its own, which answers `hello` and acknowledges receipts as a server would, unless told not to. */
export class TownBroker {
  readonly heard: Heard[] = []
  /** False: the server is silent, as in an outage of the server alone. */
  welcomes = true
  /** How long a welcome is on its way back, and the time it tells where that is not the true one. */
  welcomeTakesMs = 0
  tells: number | undefined
  acknowledges = true
  readonly #town: Town
  readonly #clock: Clock
  readonly #listener: Server
  readonly #broker: Aedes

  private constructor(town: Town, clock: Clock, broker: Aedes) {
    this.#town = town
    this.#clock = clock
    this.#broker = broker
    this.#listener = createServer((socket) => broker.handle(socket))
    broker.on('publish', (packet, client) => {
      if (client) this.#hear({ topic: packet.topic, payload: packet.payload.toString() })
    })
  }

  /** On a free port, or on that of a broker that has gone. */
  static async open(town: Town, clock: Clock, port = 0): Promise<TownBroker> {
    const broker = new TownBroker(town, clock, await Aedes.createBroker())
    await new Promise<void>((resolve) => broker.#listener.listen(port, '127.0.0.1', resolve))
    return broker
  }

  get port(): number {
    const address = this.#listener.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`
  }

  get connected(): number {
    return this.#broker.connectedClients
  }

  receipts(): Receipt[] {
    const bodies = this.heard
      .filter(({ topic }) => topic.endsWith('/receipt'))
      .map(({ payload }) => JSON.parse(payload).body)
    const receipts = bodies.map((body) => receiptSchema.parse(JSON.parse(body)))
    return receipts.filter(({ id }, index) => receipts.findIndex((other) => other.id === id) === index)
  }

  statuses(): Status[] {
    return this.heard.filter(({ topic }) => topic.endsWith('/status')).map(({ payload }) => JSON.parse(payload))
  }

  reports(): string[] {
    return this.heard.filter(({ topic }) => topic.endsWith('/report')).map(({ payload }) => JSON.parse(payload).code)
  }

  publish(topic: string, payload: unknown, retain = false): Promise<void> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const packet = { cmd: 'publish', topic, payload: Buffer.from(text), qos: 1, retain, dup: false } as const
    return new Promise((resolve, reject) => {
      this.#broker.publish(packet, (error) => (error ? reject(error) : resolve()))
    })
  }

  roster(roster: Roster): Promise<void> {
    return this.publish(topics.roster(roster.unit), sign('roster', JSON.stringify(roster), this.#town.root), true)
  }

  manifest(manifest: Manifest): Promise<void> {
    return this.publish(
      topics.manifest(manifest.unit),
      sign('manifest', JSON.stringify(manifest), this.#town.server),
      true,
    )
  }

  order(order: Order): Promise<void> {
    return this.publish(topics.order(order.unit), sign('order', JSON.stringify(order), this.#town.server))
  }

  orderFor(device: string, order: Order): Promise<void> {
    return this.publish(topics.deviceOrder(device), sign('order', JSON.stringify(order), this.#town.server))
  }

  stop(airing: string | null, issuedAt = this.#clock.now()): Promise<void> {
    const { unit, server } = this.#town
    const body = JSON.stringify({ v: 1, unit, seq: 1, issuedAt, airing })
    return this.publish(topics.stop(unit), sign('stop', body, server), true)
  }

  config(config: DeviceConfig): Promise<void> {
    return this.publish(topics.config(config.device), sign('config', JSON.stringify(config), this.#town.server), true)
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#broker.close(() => resolve()))
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()))
  }

  #hear(message: Heard): void {
    this.heard.push(message)
    const [, device = '', leaf] = /^loa\/v1\/up\/([^/]+)\/(\w+)$/.exec(message.topic) ?? []
    if (leaf === 'hello' && this.welcomes) {
      const { nonce } = JSON.parse(message.payload)
      const serverTime = this.tells ?? this.#clock.now()
      const body = JSON.stringify({ v: 1, kind: 'welcome', device, nonce, serverTime })
      const welcome = () => void this.publish(topics.ack(device), sign('welcome', body, this.#town.server))
      if (this.welcomeTakesMs === 0) welcome()
      else this.#clock.at(this.#clock.now() + this.welcomeTakesMs, welcome)
    }
    if (leaf === 'receipt' && this.acknowledges) {
      const { id } = JSON.parse(JSON.parse(message.payload).body)
      const body = JSON.stringify({ v: 1, kind: 'receipts', device, ids: [id] })
      void this.publish(topics.ack(device), sign('ack', body, this.#town.server))
    }
  }
}
