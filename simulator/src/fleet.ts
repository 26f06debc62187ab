import {
  createFetchSound,
  createMemo,
  createMqttLink,
  createPlayer,
  createSharedDecoder,
  type Decode,
  enrolInto,
  type JournalFile,
  keysFrom,
  type LogLine,
  type Memo,
  type Output,
  openJournalFile,
  openSoundFolder,
  type Player,
  random,
  type SoundCache,
  type StoredIdentity,
  storedIdentity,
} from '@loa/player'
import type { Clock } from '@loa/protocol'
import { type MemberFault, measuresOf } from './measures.ts'
import { memberFolder, within } from './members.ts'

/** A member to be enrolled with a code, or one whose identity is known. */
export type Member = {
  readonly code?: string
  readonly identity?: StoredIdentity
  /** Shown where a member is spoken of; the server has its own name for it. */
  readonly name?: string
  /** A clock that may be trusted at boot. */
  readonly rtc?: boolean
  readonly output?: Output
  /** What is wrong with it, where a demonstration wants something to be mended. */
  readonly fault?: MemberFault
}

export type FleetOptions = {
  /** Address of the server, `http://…`. */
  readonly server: string
  /** Folder for identities, sounds and the journal. */
  readonly data: string
  readonly members: readonly Member[]
  readonly clock: Clock
  /** Output of the members that bring none of their own. */
  readonly output: Output
  readonly log?: (member: string, line: LogLine) => void
}

export type Fleet = {
  /** Enrols who is not enrolled yet, and starts everyone. Answers who could not be enrolled, and why. */
  start(): Promise<readonly { readonly member: string; readonly refused: string }[]>
  stop(): Promise<void>
  /** Players that are running, by device id. */
  readonly players: ReadonlyMap<string, Player>
}

/** Members enrolled or started at the same time: the server should see a busy morning, not an attack. */
const atOnce = 8
/** Characters of parsed and verified messages kept for the whole fleet. */
const memoCharactersMax = 20_000_000

type SharedParts = {
  readonly sounds: SoundCache
  readonly journal: JournalFile
  readonly decode: Decode
  readonly memo: Memo
}

/** Everything a fleet of one process may share without its members noticing. */
const openShared = async (data: string): Promise<SharedParts> => ({
  sounds: await openSoundFolder({ folder: `${data}/sounds` }),
  journal: openJournalFile({ path: `${data}/journal.jsonl`, compactBytes: 8_000_000 }),
  decode: createSharedDecoder(),
  memo: createMemo(memoCharactersMax),
})

class SimulatedFleet implements Fleet {
  readonly players = new Map<string, Player>()
  readonly #options: FleetOptions
  #stopping = false

  constructor(options: FleetOptions) {
    this.#options = options
  }

  async start(): Promise<readonly { readonly member: string; readonly refused: string }[]> {
    const shared = await openShared(this.#options.data)
    const refused: { member: string; refused: string }[] = []
    await within(atOnce, this.#options.members, async (member) => {
      if (this.#stopping) return
      const identity = await this.#identify(member)
      if ('refused' in identity) refused.push({ member: member.name ?? member.code ?? '', refused: identity.refused })
      else if (member.fault !== 'away') await this.#run(member, identity, shared)
    })
    return refused
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.players.values()].map((player) => player.stop()))
    this.players.clear()
  }

  async #identify(member: Member): Promise<StoredIdentity | { readonly refused: string }> {
    if (member.identity !== undefined) return member.identity
    if (member.code === undefined) return { refused: 'enrolment.needed' }
    const { data, server } = this.#options
    const folder = memberFolder(data, member.code)
    return (
      (await storedIdentity(folder)) ?? enrolInto(folder, { server, code: member.code, program: 'loa-simulator/0.1.0' })
    )
  }

  async #run(member: Member, { enrolled, privateKey, countFrom }: StoredIdentity, shared: SharedParts): Promise<void> {
    const { server, clock, output, log } = this.#options
    const { device, secret, mqttUrl } = enrolled
    const player = createPlayer(
      {
        ...enrolled,
        rtc: member.rtc ?? false,
        program: 'loa-simulator/0.1.0',
        ...(countFrom === undefined ? {} : { countFrom }),
      },
      {
        clock,
        link: createMqttLink({ url: mqttUrl, device, secret }),
        fetchSound: createFetchSound(server, device, secret),
        sounds: shared.sounds,
        journal: shared.journal.of(device),
        output: member.output ?? output,
        keys: keysFrom(privateKey),
        random,
        log: (line) => log?.(member.name ?? enrolled.name, line),
        telemetry: () => measuresOf(device, clock.now(), member.fault),
        decode: shared.decode,
        memo: shared.memo,
        // Each sound is fetched once for all: there is no crowd to be spread out.
        prefetchJitterMs: 0,
      },
    )
    this.players.set(device, player)
    await player.start()
  }
}

/**
 * Many players in one process, each with its own connection, keys, memory and receipts, exactly as on as many boards. They
 * share fetched sounds, decoding and one journal file, which a board would not.
 */
export const createFleet = (options: FleetOptions): Fleet => new SimulatedFleet(options)
