/** One device on its pole, for specifications: a real broker, real files, real signatures, and a clock that is turned. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Candidate, instantOf, type Manifest } from '@loa/protocol'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createPlayer, type Player } from '../player.ts'
import type { Identity, LogLine, PlayerPorts } from '../ports.ts'
import { openJournalFile } from './journal-file.ts'
import { keysFrom, makePrivateKey, random } from './keys.ts'
import { createMqttLink } from './mqtt-link.ts'
import { createVirtualOutput } from './outputs/null.ts'
import { openSoundFolder } from './sound-folder.ts'
import { Town, TownBroker } from './town.ts'
import { createTurnedClock, type TurnedClock } from './turned-clock.ts'

export const noon = instantOf('2026-11-22', '12:00')
export const second = 1_000
export const minute = 60_000
export const device = 'loa-1'
const privateKey = makePrivateKey()

export let folder = ''
export let clock: TurnedClock
export let town: Town
export let broker: TownBroker
let brokerUrl = ''
export let player: Player | undefined
export let said: LogLine[] = []

/** Before each specification a town, its broker and a clock; after each, nothing may be left that still runs. */
export const onAPole = (): void => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-player-'))
    clock = createTurnedClock(noon)
    town = new Town(clock)
    broker = await TownBroker.open(town, clock)
    brokerUrl = broker.url
    said = []
  })

  afterEach(async () => {
    await player?.stop()
    player = undefined
    expect(clock.waiting()).toBe(0)
    await broker.close()
    await rm(folder, { recursive: true })
  })
}

/** The broker is there again, on the port it had. */
export const brokerReturns = async (port: number): Promise<void> => {
  broker = await TownBroker.open(town, clock, port)
}

export const boot = async (identity: Partial<Identity> = {}, ports: Partial<PlayerPorts> = {}): Promise<Player> => {
  player = createPlayer(town.identity(device, identity), {
    clock,
    link: createMqttLink({ url: brokerUrl, device, secret: 'secret' }),
    fetchSound: town.fetchSound,
    sounds: await openSoundFolder({ folder: join(folder, 'sounds') }),
    journal: openJournalFile({ path: join(folder, 'journal.jsonl') }).of(device),
    output: createVirtualOutput(clock),
    keys: keysFrom(privateKey),
    random,
    log: (line) => said.push(line),
    prefetchJitterMs: 0,
    ...ports,
  })
  await player.start()
  return player
}

/** A device that knows the time, its roster and its configuration. */
export const ready = async (identity: Partial<Identity> = {}, ports: Partial<PlayerPorts> = {}): Promise<Player> => {
  await broker.roster(town.roster())
  await broker.config(town.config(device))
  const booted = await boot(identity, ports)
  await until(() => booted.state().clockTrusted && broker.statuses().some(({ clockTrusted }) => clockTrusted))
  return booted
}

export const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition(), said.map(({ code }) => code).join(' ')).toBe(true), {
    timeout: 10_000,
    interval: 5,
  })

export const playing = (candidate?: Candidate): Promise<void> =>
  until(() =>
    candidate ? (player?.state().playing?.includes(candidate.release) ?? false) : player?.state().playing === null,
  )
export const begun = (times = 1): Promise<void> =>
  until(() => said.filter(({ code }) => code === 'airing.started').length >= times)

/** The receipts so far, in the order of their counters, as words. */
export const accounts = (): string[] =>
  broker
    .receipts()
    .toSorted((a, b) => a.counter - b.counter)
    .map(({ release, outcome, reason }) => `${release} ${outcome}${reason ? ` ${reason}` : ''}`)
export const accounted = async (...expected: readonly string[]): Promise<void> => {
  await vi.waitFor(() => expect(accounts()).toEqual(expected), { timeout: 10_000, interval: 5 })
}

export const cached = (candidate: Candidate): Promise<void> =>
  until(() => (player?.state().soundsCached ?? 0) > 0 && candidate.versions.length > 0)

export const holding = (candidates: readonly Candidate[], at: number, more: Partial<Manifest> = {}): Manifest =>
  town.manifest({
    airings: candidates.map((candidate) => town.airing(candidate, at)),
    releases: candidates.map((candidate) => town.approved(candidate)),
    ...more,
  })
