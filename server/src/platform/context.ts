import type { Clock } from '@loa/protocol'
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Ids } from '../kernel/ids.ts'

/**
 * The database is reached through Kysely for transactions and pooling; queries themselves are plain SQL in `sql``…```
 * templates inside store.ts files. There is no table type: every query names the row type it returns.
 */
// biome-ignore lint/complexity/noBannedTypes: no table types on purpose, see above
export type Db = Kysely<{}>

export type Mqtt = {
  /** QoS 1. Resolves when the broker has acknowledged. Rejects when the broker is away for longer than 5 s. */
  publish(topic: string, payload: string, options?: { retain?: boolean }): Promise<void>
  /**
   * `filter` may hold `+` and `#`. The handler's promise is awaited before the next message of that filter is handled. `together`: of
   * messages that wait, so many are handed over in one go, in their order, and awaited together.
   */
  subscribe(
    filter: string,
    handler: (topic: string, payload: Uint8Array) => Promise<void>,
    options?: { readonly together?: number },
  ): Promise<void>
  connected(): boolean
}

/** Content-addressed store. A hash is 64 lower-case hex digits of SHA-256. Writes are fsynced (file and folder). */
export type Blobs = {
  put(bytes: Uint8Array): Promise<string>
  /** `undefined` where no blob has that hash. Throws when the stored bytes no longer match it. */
  get(hash: string): Promise<Uint8Array | undefined>
  has(hash: string): Promise<boolean>
}

export type Spoken = {
  /** Mono, −1 … 1. */
  readonly samples: Float32Array
  readonly sampleRate: number
  /** Where each word of the text begins in the sound. `from`/`to` are UTF-16 offsets in the text, `atMs` in the sound. */
  readonly words: readonly { from: number; to: number; atMs: number }[]
  /** The voice did not tell when words begin: the times are estimated from their letters. */
  readonly timesEstimated?: boolean
}

export type VoiceAccent = 'north' | 'central' | 'south'
export type VoiceRefusal = { readonly refused: 'voice.unavailable' | 'voice.textTooLong' | 'voice.nothingToSay' }

/** A voice this server has. */
export type VoiceInfo = {
  readonly id: string
  readonly name: string
  /** `away`: what is asked of it is refused at once, until it comes back. */
  readonly state: 'ready' | 'starting' | 'away'
  /** Never empty. Asked for another accent, it speaks with the first of these. */
  readonly accents: readonly VoiceAccent[]
  /** Why it is away, for whoever looks after the server. */
  readonly trouble?: VoiceTrouble | undefined
}

/**
 * `folderRefused`: a file of its folder is missing, too large or elsewhere. `engineMissing`: what speaks it is not installed.
 * `modelBroken`: it does not load, or its program keeps ending. `unreachable`, `wrongAnswer`, `tokenRefused`: of a voice over HTTP.
 */
export type VoiceTrouble = {
  readonly code: 'folderRefused' | 'engineMissing' | 'modelBroken' | 'unreachable' | 'wrongAnswer' | 'tokenRefused'
  /** The file, or what the engine said; never a secret. */
  readonly detail: string
}

export type Voice = {
  /** Every voice this server knows, the built-in one first. */
  list(): readonly VoiceInfo[]
  /** Speaks with one voice, by its id. A voice that is not there is refused `voice.unavailable`. */
  speak(
    text: string,
    options: { readonly accent: VoiceAccent; readonly rate: number; readonly voice: string },
  ): Promise<Spoken | VoiceRefusal>
}

export type Log = {
  info(message: string, details?: Record<string, unknown>): void
  warn(message: string, details?: Record<string, unknown>): void
  error(message: string, details?: Record<string, unknown>): void
}

export type Context = {
  readonly config: Config
  readonly clock: Clock
  readonly ids: Ids
  readonly db: Db
  readonly mqtt: Mqtt
  /** Where devices reach the broker, as it is told to them when they enrol: `mqtt://127.0.0.1:1883`. */
  readonly deviceMqttUrl: string
  readonly blobs: Blobs
  readonly voice: Voice
  readonly log: Log
  /**
   * Runs the named task soon, at least once, in a worker; enqueued in the caller's transaction. `onceAs`: of several that wait
   * under this name one is run, with the last payload.
   */
  enqueue(
    db: Db,
    task: string,
    payload: unknown,
    options?: { readonly onceAs?: string; readonly afterMs?: number },
  ): Promise<void>
}
