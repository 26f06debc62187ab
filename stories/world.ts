import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createFetchSound,
  createMqttLink,
  createPlayer,
  createWavOutput,
  enrolInto,
  keysFrom,
  openJournalFile,
  openSoundFolder,
  type Player,
  random,
} from '@loa/player'
import { instantOf } from '@loa/protocol'
import { type RunningServer, startServer } from '@loa/server'
import { type TurnedClock, turnedClock } from '@loa/server/clock'
import { demoPassword } from '@loa/server/demo'
import { givePost } from '../server/src/modules/people/index.ts'
import { ApiClient } from './client.ts'

/** A whole installation for one story: the real server with its real database, broker and voice, under a clock the story turns. */
export type World = {
  readonly home: string
  readonly clock: TurnedClock
  readonly url: string
  server(): RunningServer
  /** As a power cut of the server machine would leave it, minus the fsync: everything ends; the home stays. */
  stopServer(): Promise<void>
  startServer(): Promise<void>
  /** A person of the demonstration network at the API. */
  person(username: string): Promise<ApiClient>
  /** Gives a person of the demonstration network one post more, as small communes do. */
  givePost(person: string, unit: string, role: 'officer' | 'approver'): Promise<void>
  /** Enrols a new cluster in a village; returns its one-time code. */
  enrolmentCode(village: string, name: string): Promise<string>
  /** A real player in this process, on the story's clock, writing WAV files. */
  player(village: string, name: string): Promise<StoryPlayer>
  /** The same for a device that the demonstration network has already, such as the gateway of a station. */
  playerOf(device: string): Promise<StoryPlayer>
  /** Turns the clock in small steps until something is true; gives up after an hour of turned time. */
  turnUntil(condition: () => Promise<boolean>, stepMs?: number): Promise<void>
  close(): Promise<void>
}

export type StoryPlayer = {
  readonly device: string
  readonly player: Player
  /** Whether it has fetched this sound and could play it without anybody. */
  has(hash: string): boolean
  /** The WAV files it has written, oldest first. */
  heard(): Promise<Uint8Array[]>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

const TURNS_MAX = 36_000

/** WAV files of a player's output folder, in the order of their names, which begin with the receipt's counter. */
export const wavFiles = async (folder: string): Promise<Uint8Array[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.wav')).sort()
  return Promise.all(names.map((name) => readFile(join(folder, name))))
}

type PlayerOptions = { readonly url: string; readonly code: string; readonly data: string; readonly clock: TurnedClock }

const startPlayer = async ({ url, code, data, clock }: PlayerOptions): Promise<StoryPlayer> => {
  const identity = await enrolInto(data, { server: url, code, program: 'story/1' })
  if ('refused' in identity) throw new Error(`enrolment: ${identity.refused}`)
  const { device, secret, mqttUrl } = identity.enrolled
  const heardFolder = join(data, 'heard')
  const sounds = await openSoundFolder({ folder: join(data, 'sounds') })
  const player = createPlayer(
    { ...identity.enrolled, program: 'story/1' },
    {
      clock,
      link: createMqttLink({ url: mqttUrl, device, secret }),
      fetchSound: createFetchSound(url, device, secret),
      sounds,
      journal: openJournalFile({ path: join(data, 'journal.jsonl') }).of(device),
      output: createWavOutput(clock, heardFolder),
      keys: keysFrom(identity.privateKey),
      random,
      log: () => undefined,
    },
  )
  await player.start()
  return { device, player, has: (hash) => sounds.has(hash), heard: () => wavFiles(heardFolder) }
}

/** A demonstration on this machine, with everything of its own, in `home`. */
const configOf = (home: string, port: number) => ({
  home,
  host: '127.0.0.1',
  port,
  databaseUrl: undefined,
  mqttUrl: undefined,
  tls: undefined,
  demo: true,
  consoleFolder: join(import.meta.dirname, '..', 'console', 'dist'),
})

export const openWorld = async (startsAt = instantOf('2026-11-23', '08:00')): Promise<World> => {
  const home = mkdtempSync(join(tmpdir(), 'loa-story-'))
  const clock = turnedClock(startsAt)
  const config = configOf(home, await freePort())
  const start = () => startServer({ config, clock, fleet: false })
  let running: RunningServer | undefined = await start()
  const server = (): RunningServer => {
    if (running === undefined) throw new Error('the story has stopped the server')
    return running
  }
  const { url } = running
  const players: StoryPlayer[] = []
  const person = (username: string) => new ApiClient(url).signIn(username, demoPassword)
  const enrolmentCode = async (village: string, name: string): Promise<string> => {
    const technician = await person('ky')
    const { code } = await technician.must<{ code: string }>('POST', '/api/devices', {
      kind: 'cluster',
      name,
      unit: village,
      horns: 2,
    })
    return code
  }
  const startOwnPlayer = async (code: string): Promise<StoryPlayer> => {
    const made = await startPlayer({ url, code, data: join(home, 'players', `${players.length}`), clock })
    players.push(made)
    return made
  }
  const stopServer = async (): Promise<void> => {
    await running?.stop()
    running = undefined
  }
  return {
    home,
    clock,
    url,
    server,
    stopServer,
    startServer: async () => {
      running = await start()
    },
    person,
    givePost: async (person, unit, role) => {
      await givePost(server().context, { person, unit, role, title: 'Kiêm nhiệm', from: '2026-01-01', to: null })
    },
    enrolmentCode,
    player: async (village, name) => startOwnPlayer(await enrolmentCode(village, name)),
    playerOf: async (device) => {
      const administrator = await person('an')
      const { code } = await administrator.must<{ code: string }>('POST', `/api/devices/${device}/code`)
      return startOwnPlayer(code)
    },
    turnUntil: async (condition, stepMs = 100) => {
      for (let turn = 0; turn < TURNS_MAX; turn++) {
        if (await condition()) return
        await clock.turnBy(stepMs)
      }
      throw new Error('an hour was turned and it never became true')
    },
    close: async () => {
      for (const { player } of players) await player.stop()
      await stopServer()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
