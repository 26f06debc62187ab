import { createHash, timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** Channel on which the server names a revoked device: `notify loa_device_revoked, '<id>'`. */
export const REVOKED_CHANNEL = 'loa_device_revoked'

export type Credentials = {
  /** Whether `secret` is the device's and it is not revoked. With the database away, the last known answer holds. */
  accept(device: string, secret: Uint8Array): Promise<boolean>
  stop(): Promise<void>
}

type Options = {
  readonly databaseUrl: string
  /** Devices connected now, for the check after the watch on revocations was interrupted. */
  readonly connected: () => readonly string[]
  /** The device may no longer be connected. */
  readonly onRevoked: (device: string) => void
  readonly onTrouble: (words: string) => void
}

const LOOKUP_MAX_MS = 3000
/** Devices asked about with one query. */
const LOOKUPS_AT_ONCE = 500
const WATCH_RETRY_MS = 1000
/** A notification can be lost with its connection without either end noticing; looking again bounds the harm. */
const RECHECK_MS = 60_000

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.byteLength === b.byteLength && timingSafeEqual(a, b)

/** Asks the table `device`, and remembers answers so that known devices can come back while the database is away. */
class DeviceBook implements Credentials {
  readonly #options: Options
  readonly #pool: pg.Pool
  readonly #known = new Map<string, Buffer>()
  #asking: {
    readonly device: string
    readonly resolve: (hash: Buffer | undefined) => void
    readonly reject: (error: unknown) => void
  }[] = []
  #answering: Promise<void> | undefined
  readonly #stopping = new AbortController()
  readonly #watching: Promise<void>
  readonly #rechecking: NodeJS.Timeout

  constructor(options: Options) {
    this.#options = options
    this.#pool = new pg.Pool({
      connectionString: options.databaseUrl,
      max: 4,
      connectionTimeoutMillis: LOOKUP_MAX_MS,
      query_timeout: LOOKUP_MAX_MS,
    })
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
    this.#watching = this.#watch()
    this.#rechecking = setInterval(() => void this.#recheck().catch(() => undefined), RECHECK_MS)
  }

  async accept(device: string, secret: Uint8Array): Promise<boolean> {
    try {
      const kept = await this.#lookUp(device)
      if (kept === undefined) this.#known.delete(device)
      else this.#known.set(device, kept)
    } catch (error) {
      this.#options.onTrouble('the database is away; known devices are let in by the last known answer')
      // "cannot say" is not "no": a device that is told no believes itself revoked
      if (!this.#known.has(device)) throw error
    }
    const kept = this.#known.get(device)
    return kept !== undefined && sameBytes(kept, sha256(secret))
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#rechecking)
    await this.#watching
    await this.#pool.end()
  }

  /** Those who ask at the same time are asked about together: after a power cut that is everybody. */
  async #lookUp(device: string): Promise<Buffer | undefined> {
    const found = new Promise<Buffer | undefined>((resolve, reject) => {
      this.#asking.push({ device, resolve, reject })
    })
    this.#answering ??= this.#answer()
    return found
  }

  async #answer(): Promise<void> {
    while (this.#asking.length > 0) {
      const batch = this.#asking.splice(0, LOOKUPS_AT_ONCE)
      try {
        const { rows } = await this.#pool.query<{ id: string; secret_hash: Buffer | null }>(
          'select id, secret_hash from device where id = any($1) and revoked_at is null',
          [[...new Set(batch.map(({ device }) => device))]],
        )
        const hashes = new Map(rows.map(({ id, secret_hash: hash }) => [id, hash ?? undefined]))
        for (const { device, resolve } of batch) resolve(hashes.get(device))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#answering = undefined
  }

  #revoke(device: string): void {
    this.#known.delete(device)
    this.#options.onRevoked(device)
  }

  async #recheck(): Promise<void> {
    const devices = [...new Set([...this.#options.connected(), ...this.#known.keys()])]
    if (devices.length === 0) return
    const { rows } = await this.#pool.query<{ id: string }>(
      'select id from device where id = any($1) and revoked_at is null and secret_hash is not null',
      [devices],
    )
    const good = new Set(rows.map(({ id }) => id))
    for (const device of devices.filter((each) => !good.has(each))) this.#revoke(device)
  }

  /** Listens until the connection ends, and looks once at what may have been missed before. */
  async #watchOnce(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.databaseUrl, keepAlive: true })
    const ended = new Promise<void>((resolve) => client.once('end', resolve).once('error', () => resolve()))
    const close = () => void client.end().catch(() => undefined)
    this.#stopping.signal.addEventListener('abort', close, { once: true })
    try {
      await client.connect()
      client.on('notification', ({ payload }) => payload && this.#revoke(payload))
      await client.query(`listen ${REVOKED_CHANNEL}`)
      await this.#recheck()
      await ended
    } finally {
      this.#stopping.signal.removeEventListener('abort', close)
      close()
    }
  }

  async #watch(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#watchOnce().catch(() =>
        this.#options.onTrouble('cannot watch for revoked devices; the database is away'),
      )
      await wait(WATCH_RETRY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }
}

export const openCredentials = (options: Options): Credentials => new DeviceBook(options)
