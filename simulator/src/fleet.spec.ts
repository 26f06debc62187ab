import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTurnedClock, createVirtualOutput, type TurnedClock } from '@loa/player'
import { Town, TownBroker } from '@loa/player/town'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFleet, type Fleet } from './fleet.ts'

const noon = Date.parse('2026-11-22T12:00:00+07:00')
let folder = ''
let clock: TurnedClock
let town: Town
let broker: TownBroker
let http: Server
let fleet: Fleet
let enrolments = 0
let fetches = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-fleet-'))
  clock = createTurnedClock(noon)
  town = new Town(clock)
  broker = await TownBroker.open(town, clock)
  enrolments = 0
  fetches = 0
  http = createServer((request, response) => {
    if (request.method === 'POST') {
      enrolments += 1
      const identity = town.identity(`loa-${enrolments}`)
      response.end(JSON.stringify({ ...identity, name: identity.device, secret: 's', mqttUrl: broker.url }))
      return
    }
    fetches += 1
    response.end(town.sounds.get(request.url?.split('/').at(-1) ?? ''))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await fleet.stop()
  expect(clock.waiting()).toBe(0)
  await broker.close()
  await new Promise((resolve) => http.close(resolve))
  await rm(folder, { recursive: true })
})

const start = async (members: number) => {
  const bound = http.address()
  fleet = createFleet({
    server: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    data: folder,
    members: Array.from({ length: members }, (_, i) => ({ code: `MA-SO-${1000 + i}` })),
    clock,
    output: createVirtualOutput(clock),
  })
  return fleet.start()
}
const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 5 })
const states = () => [...fleet.players.values()].map((player) => player.state())

describe('[F13] a fleet in one process', () => {
  it('is a dozen devices: each enrols, hears and accounts for itself; each sound is fetched once', async () => {
    await broker.roster(town.roster())
    expect(await start(12)).toEqual([])
    await until(() => states().filter(({ clockTrusted }) => clockTrusted).length === 12)
    await broker.order(town.order(town.candidate(await town.sound(20))))
    await until(() => states().every(({ playing }) => playing !== null))
    await vi.waitFor(() => expect(broker.statuses().filter(({ playing }) => playing).length).toBe(12))
    await clock.turn(30_000)
    await until(() => broker.receipts().length === 12)
    expect(new Set(broker.receipts().map(({ device }) => device)).size).toBe(12)
    expect(
      broker.receipts().every(({ outcome, secondsWritten }) => outcome === 'completed' && secondsWritten === 20),
    ).toBe(true)
    expect(fetches).toBe(1)
  })

  it('keeps its identities: started again, nobody is enrolled anew and no receipt number is used twice', async () => {
    await broker.roster(town.roster())
    await start(3)
    await until(() => states().every(({ clockTrusted }) => clockTrusted))
    await broker.order(town.order(town.candidate(await town.sound(2))))
    await until(() => states().every(({ playing }) => playing !== null))
    await vi.waitFor(() => expect(broker.statuses().filter(({ playing }) => playing).length).toBe(3))
    await clock.turn(10_000)
    await until(() => broker.receipts().length === 3)
    await fleet.stop()

    await start(3)
    await until(() => states().every(({ clockTrusted }) => clockTrusted))
    await broker.order(town.order(town.candidate(await town.sound(2, 0.3))))
    await vi.waitFor(() => expect(broker.statuses().filter(({ playing }) => playing).length).toBe(6))
    await clock.turn(10_000)
    await until(() => broker.receipts().length === 6)
    expect(enrolments).toBe(3)
    expect(
      broker
        .receipts()
        .map(({ counter }) => counter)
        .toSorted(),
    ).toEqual([1, 1, 1, 2, 2, 2])
  })
})
