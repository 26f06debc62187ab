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
const WATCH_RETRY_MS = 1000
/** A notification can be lost with its connection without either end noticing; looking again bounds the harm. */
const RECHECK_MS = 60_000

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.byteLength === b.byteLength && timingSafeEqual(a, b)

/** Asks the table `device`, and remembers answers so that known devices can come back while the database is away. */
export const openCredentials = ({ databaseUrl, connected, onRevoked, onTrouble }: Options): Credentials => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: LOOKUP_MAX_MS,
    query_timeout: LOOKUP_MAX_MS,
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const known = new Map<string, Buffer>()
  const stopping = new AbortController()

  const lookUp = async (device: string): Promise<Buffer | undefined> => {
    const { rows } = await pool.query<{ secret_hash: Buffer | null }>(
      'select secret_hash from device where id = $1 and revoked_at is null',
      [device],
    )
    return rows[0]?.secret_hash ?? undefined
  }

  const revoke = (device: string): void => {
    known.delete(device)
    onRevoked(device)
  }

  const recheck = async (): Promise<void> => {
    const devices = [...new Set([...connected(), ...known.keys()])]
    if (devices.length === 0) return
    const { rows } = await pool.query<{ id: string }>(
      'select id from device where id = any($1) and revoked_at is null and secret_hash is not null',
      [devices],
    )
    const good = new Set(rows.map(({ id }) => id))
    for (const device of devices.filter((each) => !good.has(each))) revoke(device)
  }

  const watchOnce = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
    const ended = new Promise<void>((resolve) => client.once('end', resolve).once('error', () => resolve()))
    const close = () => void client.end().catch(() => undefined)
    stopping.signal.addEventListener('abort', close, { once: true })
    try {
      await client.connect()
      client.on('notification', ({ payload }) => payload && revoke(payload))
      await client.query(`listen ${REVOKED_CHANNEL}`)
      await recheck()
      await ended
    } finally {
      stopping.signal.removeEventListener('abort', close)
      close()
    }
  }

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await watchOnce().catch(() => onTrouble('cannot watch for revoked devices; the database is away'))
      await wait(WATCH_RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const watching = watch()
  const rechecking = setInterval(() => void recheck().catch(() => undefined), RECHECK_MS)

  return {
    accept: async (device, secret) => {
      const given = sha256(secret)
      try {
        const kept = await lookUp(device)
        if (kept === undefined) known.delete(device)
        else known.set(device, kept)
      } catch {
        onTrouble('the database is away; known devices are let in by the last known answer')
      }
      const kept = known.get(device)
      return kept !== undefined && sameBytes(kept, given)
    },
    stop: async () => {
      stopping.abort()
      clearInterval(rechecking)
      await watching
      await pool.end()
    },
  }
}
