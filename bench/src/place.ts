import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Arena, openArena } from './arena.ts'
import { type ManagedBroker, startManagedBroker } from './broker.ts'
import { endServer, Installation } from './installation.ts'
import { Listener } from './listener.ts'
import { enterCluster, type People, signInAll, untilFleetOnline } from './people.ts'

/** What measurements share: a folder, and one running demonstration that is made when it is first wanted. */
export type Place = {
  readonly folder: string
  readonly quick: boolean
  readonly cold: boolean
  readonly rounds: number | undefined
  /** Sizes of the fleet, where they are not to be the usual ones. */
  readonly devices: readonly number[] | undefined
  /** Leaves the folder with homes and logs behind, to be looked at. */
  readonly keep: boolean
  say(line: string): void
  town(): Promise<Town>
  /** The server with its herd: what was enrolled for one measurement serves the next. */
  arena(): Promise<Arena>
  close(): Promise<void>
}

/** A running demonstration, its people, and the broker, whose own key the bench holds so that it can listen and publish. */
export type Town = {
  readonly installation: Installation
  readonly people: People
  readonly broker: ManagedBroker
  /** Milliseconds from the start of the server on an empty home until it answered. */
  readonly firstStartMs: number
  /** A real player in a village, enrolled and ready. */
  player(name: string, output: 'wav' | 'null', program?: string): Promise<{ device: string; listener: Listener }>
  stop(): Promise<void>
}

/** The demonstration's devices enrol and fetch in their first half minute: nothing is measured beside that. */
const FLEET_MAX_MS = 40_000

const openTown = async (folder: string): Promise<Town> => {
  const installation = await Installation.in(join(folder, 'home'))
  const began = performance.now()
  await installation.start()
  const firstStartMs = performance.now() - began
  await installation.stop()
  // the same broker program on the same port and database; only its password is known to the bench
  const broker = await startManagedBroker(installation.home)
  await installation.start(['--mqtt-url', broker.serverUrl])
  const people = await signInAll(installation.url)
  await untilFleetOnline(people.administrator, FLEET_MAX_MS)
  let players = 0
  const listeners: Listener[] = []
  return {
    installation,
    people,
    broker,
    firstStartMs,
    player: async (name, output, program) => {
      players += 1
      const { device, code } = await enterCluster(people.administrator, `Cụm đo ${name}`)
      const data = join(folder, `player-${players}`)
      mkdirSync(data)
      const listener = new Listener({
        url: installation.url,
        code,
        data,
        output,
        ...(program === undefined ? {} : { program }),
      })
      listeners.push(listener)
      await listener.untilReady()
      return { device, listener }
    },
    stop: async () => {
      for (const listener of listeners) await listener.stop()
      await broker.stop()
      await installation.stop()
    },
  }
}

export type PlaceOptions = Pick<Place, 'quick' | 'cold' | 'rounds' | 'devices' | 'keep' | 'say'>

export const openPlace = (options: PlaceOptions): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'loa-bench-'))
  let opening: Promise<Town> | undefined
  let openingArena: Promise<Arena> | undefined
  return {
    ...options,
    folder,
    town: () => {
      opening ??= openTown(folder)
      return opening
    },
    arena: () => {
      openingArena ??= openArena(join(folder, 'arena'))
      return openingArena
    },
    close: async () => {
      const town = await opening?.catch(() => undefined)
      await town?.stop()
      const arena = await openingArena?.catch(() => undefined)
      await arena?.stop()
      // whatever was broken off in the middle: no home in here may keep a server
      for (const name of readdirSync(folder)) await endServer(join(folder, name))
      if (options.keep) options.say(`kept ${folder}`)
      else rmSync(folder, { recursive: true, force: true })
    },
  }
}
