import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTurnedClock, makePrivateKey, type StoredIdentity, type TurnedClock } from '@loa/player'
import { Town, TownBroker } from '@loa/player/town'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Crowd } from './crowd.ts'
import { noFaults } from './faults.ts'

const noon = Date.parse('2026-11-22T12:00:00+07:00')
const members = 20
let folder = ''
let clock: TurnedClock
let town: Town
let broker: TownBroker
let http: Server
let fetches = 0
let crowd: Crowd

const identityOf = (number: number): StoredIdentity => {
  const identity = town.identity(`loa-${number}`)
  const enrolled = { ...identity, listens: [...identity.listens], serverKeys: [...identity.serverKeys] }
  return {
    server: '',
    privateKey: makePrivateKey(),
    enrolled: { ...enrolled, name: identity.device, secret: 's', mqttUrl: broker.url },
  }
}

const open = (): Crowd => {
  const bound = http.address()
  const server = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`
  const identities = Array.from({ length: members }, (_, number) => identityOf(number))
  return new Crowd({
    server,
    data: folder,
    identities,
    clock,
    faults: { ...noFaults, loss: 0.1, clockErrorMs: 40_000 },
  })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-crowd-'))
  clock = createTurnedClock(noon)
  town = new Town(clock)
  broker = await TownBroker.open(town, clock)
  fetches = 0
  http = createServer((request, response) => {
    fetches += 1
    response.end(town.sounds.get(request.url?.split('/').at(-1) ?? ''))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  crowd = open()
})

afterEach(async () => {
  await crowd.stop()
  await broker.close()
  await new Promise((resolve) => http.close(resolve))
  await rm(folder, { recursive: true })
})

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 })

// lost pieces come again after real fifths of a second, and more of them where the machine is busy
describe('[F13] a crowd in one process', { timeout: 120_000 }, () => {
  it('over lines that lose a tenth and with wrong clocks every device is told the time, plays, and accounts for it once', async () => {
    await broker.roster(town.roster())
    await crowd.start()
    await until(() => crowd.state().clockTrusted === members)
    await broker.order(town.order(town.candidate(await town.sound(20))))
    await until(() => crowd.state().playing === members)
    await clock.turn(30_000)
    await until(() => new Set(broker.receipts().map(({ device }) => device)).size === members)
    const receipts = new Map(broker.receipts().map((receipt) => [receipt.id, receipt]))
    expect(receipts.size).toBe(members)
    expect(
      [...receipts.values()].every(({ outcome, secondsWritten }) => outcome === 'completed' && secondsWritten === 20),
    ).toBe(true)
    expect([...receipts.values()].every(({ levelDbfs }) => levelDbfs !== null && levelDbfs > -60)).toBe(true)
    expect(fetches).toBe(1)
  })

  it('a device whose power is cut while it plays accounts for that and comes back with its memory', async () => {
    await broker.roster(town.roster())
    await crowd.start()
    await until(() => crowd.state().clockTrusted === members)
    await broker.order(town.order(town.candidate(await town.sound(20))))
    await until(() => crowd.state().playing === members)
    await crowd.cut(4)
    expect(crowd.state()).toMatchObject({ connected: members - 1, playing: members - 1 })
    await crowd.restore(4)
    await until(() => crowd.state().connected === members)
    await clock.turn(30_000)
    await until(() => new Set(broker.receipts().map(({ id }) => id)).size === members)
    const interrupted = new Set(broker.receipts().flatMap(({ outcome, id }) => (outcome === 'interrupted' ? [id] : [])))
    expect(interrupted.size).toBe(1)
  })
})
