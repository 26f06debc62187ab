import type { BulletinClass, Clock, Enrolled, Instant, PublicKey, Receipt, Telemetry } from '@loa/protocol'
import type { JournalRecord } from './kernel/memory.ts'
import type { Verify } from './kernel/trust.ts'

/** What a device learnt when it was enrolled. An `Enrolled` answer fits as it is. */
export type Identity = Pick<Enrolled, 'device' | 'epoch' | 'rootKey' | 'serverKeys' | 'listens'> & {
  /** The device has a clock of its own that runs without power: it may be trusted at boot. */
  readonly rtc?: boolean
  /**
   * Where the journal is empty although the device has run before: receipts are numbered from here, since a number that was
   * used already would be taken for a repeat and lost.
   */
  readonly countFrom?: number
  /** Name and version of the program, as told in `hello`. */
  readonly program?: string
}

/** MQTT 3.1.1, QoS 1. It connects again by itself, for ever; `onUp` is called at every connection. */
export type Link = {
  open(hooks: {
    /** Published by the broker when the device goes away without a word. */
    readonly will: { readonly topic: string; readonly payload: string }
    onUp(): void
    onDown(): void
    onMessage(topic: string, payload: Uint8Array): void
  }): Promise<void>
  subscribe(topics: readonly string[]): Promise<void>
  unsubscribe(topics: readonly string[]): Promise<void>
  /** Whether the broker acknowledged it. `false` while offline: nothing is queued here, the journal is the queue. */
  publish(topic: string, payload: string): Promise<boolean>
  close(): Promise<void>
}

/** The bytes of a sound, whole or in pieces. */
export type SoundBytes = Uint8Array | AsyncIterable<Uint8Array>
export type FetchSound = (hash: string) => Promise<SoundBytes | { readonly refused: string }>

export type SoundRefusal = { readonly refused: 'sound.missing' | 'sound.wrongHash' | 'sound.tooLarge' | 'disk.full' }

/** Sounds by SHA-256, on disk or in memory. May be handed to many players, which then fetch each sound once. */
export type SoundCache = {
  has(hash: string): boolean
  count(): number
  /** Fetches what is not there yet, checks its hash while it comes in, and keeps it. One fetch per hash at a time. */
  ensure(hash: string, fetch: FetchSound): Promise<'kept' | SoundRefusal>
  /** Checked again while it is read: a card that rots must not be heard. `undefined` where it is gone or has changed. */
  read(hash: string): Promise<Uint8Array | undefined>
  /** What `owner` still needs; it is not evicted. The last call of an owner holds. */
  need(owner: string, hashes: readonly string[]): void
}

/** An append-only log that survives a power cut. */
export type Journal = {
  /** Everything written so far, in order. `snapshot` gives the fewest records that mean the same, for compaction. */
  open(snapshot: () => readonly JournalRecord[]): Promise<readonly JournalRecord[]>
  /** With `sync` it resolves when the record is on disk. A refused record is kept in memory and tried again later. */
  append(
    record: JournalRecord,
    options?: { readonly sync?: boolean },
  ): Promise<'kept' | { readonly refused: 'disk.full' | 'disk.failed' }>
  close(): Promise<void>
}

/** What an output is told before the first sample. */
export type OutputMeta = {
  readonly airing: string
  readonly release: string
  readonly title: string
  readonly class: BulletinClass
  /** Counter of the receipt: makes names of files unique. */
  readonly counter: number
  readonly startedAt: Instant
}

/** One airing being played. 48 kHz, mono, −1 … 1. The samples handed to `write` may be overwritten once it has resolved. */
export type Playback = {
  /** Resolves when the output is ready for more, or when it was released. */
  write(samples: Float32Array): Promise<'written' | { readonly refused: string }>
  /** Seconds of sound really given out. */
  secondsWritten(): number
  /** Lets a `write` or `drain` that is waiting return at once. */
  release(): void
  /** Waits until everything written has been heard, then closes. */
  drain(): Promise<void>
  /** Silent at once; what was not heard yet is dropped. Closes. */
  stop(): Promise<void>
}

export type Output = {
  readonly kind: Receipt['output']
  /** Milliseconds of sound it likes to be given at a time, a multiple of 20. */
  readonly chunkMs: number
  /**
   * It gives nothing out and looks at no sample, only at how many there are: nothing is shaped for it, and the level is that
   * of the sound without its fades. For crowds of simulated devices.
   */
  readonly deaf?: true
  open(meta: OutputMeta): Promise<Playback | { readonly refused: string }>
}

export type DeviceKeys = {
  readonly public: PublicKey
  /** Ed25519 signature of the device. */
  sign(message: Uint8Array): Uint8Array
  /** Checks a signature of anyone, Ed25519 or P-256. */
  readonly verify: Verify
}

/** 48 kHz mono sound, piece by piece. */
export type SoundReader = { readonly durationMs: number; next(): Float32Array | undefined; close(): void }
/** Opens a sound. Many players may be handed one that decodes a sound once for all of them. */
export type Decode = (
  hash: string,
  bytes: () => Promise<Uint8Array | undefined>,
) => Promise<SoundReader | { refused: string }>

export type LogLine = { readonly code: string; readonly subject?: string; readonly at: Instant }

export type PlayerPorts = {
  readonly clock: Clock
  readonly link: Link
  readonly fetchSound: FetchSound
  readonly sounds: SoundCache
  readonly journal: Journal
  readonly output: Output
  readonly keys: DeviceKeys
  readonly random: (bytes: number) => Uint8Array
  readonly log: (line: LogLine) => void
  /** What the hardware measures of itself now. Default: nothing. */
  readonly telemetry?: () => Telemetry
  /** Default: every sound is decoded for itself by @loa/audio. */
  readonly decode?: Decode
  /** Remembers what was parsed and verified. Handed to many players, they do the work once. Default: one of its own. */
  readonly memo?: Memo
  /** Prefetches begin within this many milliseconds, at random, so that a district does not fetch at the same instant. Default 2,000. */
  readonly prefetchJitterMs?: number
}

/** A bounded table of results by key. */
export type Memo = <T>(key: string, make: () => T, kind?: string) => T
