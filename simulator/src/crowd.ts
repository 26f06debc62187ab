import {
  createCrowdOutput,
  createFetchSound,
  createLeanLink,
  createMemo,
  createPlayer,
  createSharedDecoder,
  type Dial,
  type JournalFile,
  keysFrom,
  type LeanLink,
  type LeanLinkOptions,
  type Link,
  type Output,
  openJournalFile,
  openSoundFolder,
  type Player,
  random,
  type StoredIdentity,
} from '@loa/player'
import type { Clock } from '@loa/protocol'
import { chanceOf } from './chance.ts'
import { clockErrorOf, type Faults } from './faults.ts'
import { within } from './members.ts'
import { dialFaulty } from './platform/faulty-wire.ts'

export type CrowdOptions = {
  /** Address of the server, `http://…`. */
  readonly server: string
  /** Folder for sounds and the journal. */
  readonly data: string
  readonly identities: readonly StoredIdentity[]
  readonly faults: Faults
  readonly clock: Clock
  /** Called when an airing sounds its first sample on any device. */
  readonly onFirstSample?: (airing: string) => void
  readonly onSilent?: (airing: string) => void
  /** Called for every message a device gets, and at every connection it makes (`up`). */
  readonly onHeard?: (place: number, topic: string) => void
}

export type CrowdState = {
  readonly members: number
  readonly connected: number
  readonly playing: number
  readonly receiptsWaiting: number
  readonly clockTrusted: number
}

/** Members begun at the same time. */
const atOnce = 64
const memoCharactersMax = 50_000_000
/** One file for thousands: it is summed up seldom, since that holds everybody up. */
const journalCompactBytes = 256_000_000
/** A sound is decoded two seconds at a time, once for all. */
const pieceMs = 2_000

/** A clock that is off by so many milliseconds, as a device's without a battery is. */
const wrongBy = (clock: Clock, errorMs: number): Clock =>
  errorMs === 0
    ? clock
    : { now: () => Math.max(0, clock.now() + errorMs), at: (at, task) => clock.at(at - errorMs, task) }

type Shared = {
  readonly sounds: Awaited<ReturnType<typeof openSoundFolder>>
  readonly journal: JournalFile
  readonly decode: ReturnType<typeof createSharedDecoder>
  readonly memo: ReturnType<typeof createMemo>
  readonly output: Output
}

/** Thousands of devices in one process, each a whole player with its own keys, memory and receipts, over lines that may be bad. */
export class Crowd {
  readonly #options: CrowdOptions
  readonly #players = new Map<number, Player>()
  readonly #links = new Map<number, LeanLink>()
  #shared: Shared | undefined
  #boots = 0

  constructor(options: CrowdOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#options.identities.length
  }

  async start(): Promise<void> {
    const { data, clock, onFirstSample, onSilent } = this.#options
    this.#shared = {
      sounds: await openSoundFolder({ folder: `${data}/sounds` }),
      journal: openJournalFile({ path: `${data}/crowd.jsonl`, compactBytes: journalCompactBytes, shareBodies: true }),
      decode: createSharedDecoder(undefined, pieceMs),
      memo: createMemo(memoCharactersMax),
      output: createCrowdOutput(clock, {
        onFirstSample: ({ airing }) => onFirstSample?.(airing),
        onClose: ({ airing }) => onSilent?.(airing),
      }),
    }
    await within(
      atOnce,
      this.#options.identities.map((_, place) => place),
      (place) => this.restore(place),
    )
  }

  async stop(): Promise<void> {
    const players = [...this.#players.values()]
    this.#players.clear()
    await Promise.all(players.map((player) => player.stop()))
  }

  /** Gives a device its power (back). */
  async restore(place: number): Promise<void> {
    const identity = this.#options.identities[place]
    if (this.#players.has(place) || identity === undefined || this.#shared === undefined) return
    const player = this.#boot(place, identity, this.#shared)
    this.#players.set(place, player)
    await player.start()
  }

  /** Cuts the power of a device: what it plays is broken off. */
  async cut(place: number): Promise<void> {
    const player = this.#players.get(place)
    this.#players.delete(place)
    await player?.stop()
  }

  /** All lines go dead at the same instant, without a word; each device connects again by itself. */
  dropAll(): void {
    for (const link of this.#links.values()) link.drop()
  }

  state(): CrowdState {
    const sum = { members: this.size, connected: 0, playing: 0, receiptsWaiting: 0, clockTrusted: 0 }
    for (const player of this.#players.values()) {
      const { online, playing, receiptsWaiting, clockTrusted } = player.glance()
      sum.connected += online ? 1 : 0
      sum.playing += playing === null ? 0 : 1
      sum.receiptsWaiting += receiptsWaiting
      sum.clockTrusted += clockTrusted ? 1 : 0
    }
    return sum
  }

  #boot(place: number, { enrolled, privateKey, countFrom }: StoredIdentity, shared: Shared): Player {
    const { server, faults, clock } = this.#options
    const { device, secret, mqttUrl } = enrolled
    this.#boots += 1
    return createPlayer(
      { ...enrolled, program: 'loa-simulator/0.1.0', ...(countFrom === undefined ? {} : { countFrom }) },
      {
        clock: wrongBy(clock, clockErrorOf(faults, place)),
        link: this.#link(place, {
          url: mqttUrl,
          device,
          secret,
          chance: chanceOf(faults.seed, 'back-off', place, this.#boots),
          ...this.#dial(place),
        }),
        fetchSound: createFetchSound(server, device, secret),
        sounds: shared.sounds,
        journal: shared.journal.of(device),
        output: shared.output,
        keys: keysFrom(privateKey),
        random,
        log: () => undefined,
        decode: shared.decode,
        memo: shared.memo,
        // Each sound is fetched once for all: there is no crowd to be spread out.
        prefetchJitterMs: 0,
      },
    )
  }

  #link(place: number, options: LeanLinkOptions): Link {
    const link = createLeanLink(options)
    this.#links.set(place, link)
    const { onHeard } = this.#options
    if (onHeard === undefined) return link
    return {
      open: (hooks) =>
        link.open({
          ...hooks,
          onUp: () => {
            onHeard(place, 'up')
            hooks.onUp()
          },
          onMessage: (topic, payload) => {
            onHeard(place, topic)
            hooks.onMessage(topic, payload)
          },
        }),
      subscribe: (topics) => link.subscribe(topics),
      unsubscribe: (topics) => link.unsubscribe(topics),
      publish: (topic, payload) => link.publish(topic, payload),
      close: () => link.close(),
    }
  }

  #dial(place: number): { dial?: Dial } {
    const { faults } = this.#options
    if (faults.loss === 0 && faults.bitsPerSecond === 0) return {}
    const up = chanceOf(faults.seed, 'up', place)
    return { dial: dialFaulty(faults, { up, down: chanceOf(faults.seed, 'down', place) }) }
  }
}
