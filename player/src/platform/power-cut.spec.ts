import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enrolmentSchema } from '@loa/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from './system-clock.ts'
import { Town, TownBroker } from './town.ts'

const program = join(import.meta.dirname, '..', 'main.ts')
const clock = createSystemClock()
const device = 'loa-1'
const code = 'MA-DANG-KY-1'

let folder = ''
let town: Town
let broker: TownBroker
let http: Server
let child: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-power-'))
  town = new Town(clock)
  broker = await TownBroker.open(town, clock)
  http = createServer((request, response) => {
    if (request.url === '/api/enrolments') {
      let text = ''
      request.on('data', (piece) => {
        text += piece
      })
      request.on('end', () => {
        const asked = enrolmentSchema.parse(JSON.parse(text))
        response.statusCode = asked.code === code ? 201 : 403
        response.end(
          JSON.stringify({ ...town.identity(device), name: 'Loa thôn 1', secret: 's3cret', mqttUrl: broker.url }),
        )
      })
      return
    }
    const hash = /^\/api\/device\/sounds\/([0-9a-f]{64})$/.exec(request.url ?? '')?.[1] ?? ''
    const bytes = request.headers.authorization === `Bearer ${device}.s3cret` ? town.sounds.get(hash) : undefined
    response.statusCode = bytes ? 200 : 404
    response.end(bytes)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  await broker.roster(town.roster())
  await broker.config(town.config(device))
})

afterEach(async () => {
  await ended('SIGKILL')
  await broker.close()
  await new Promise((resolve) => http.close(resolve))
  await rm(folder, { recursive: true })
})

const address = (): string => {
  const bound = http.address()
  return `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`
}

/** Runs the program; resolves with what it said once it has ended, if it does. */
const run = (...args: readonly string[]): Promise<{ code: number | null; text: string }> => {
  const started = spawn(process.execPath, [program, '--data', join(folder, 'data'), '--output', 'wav', ...args])
  child = started
  let text = ''
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (piece) => (text += piece))
  return new Promise((resolve) => started.once('exit', (exit) => resolve({ code: exit, text })))
}

const ended = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child?.once('exit', resolve))
  child.kill(signal)
  await exit
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 20 })

describe('[F11][F13] the player as a program', () => {
  it('enrols once, is cut off in the middle of an airing, and accounts for what was heard', {
    timeout: 60_000,
  }, async () => {
    void run('--server', address(), '--enrol', code)
    await until(() => broker.statuses().some(({ clockTrusted }) => clockTrusted))
    const order = town.order(town.candidate(await town.sound(60)))
    await broker.order(order)
    await until(() => broker.statuses().some(({ playing }) => playing === order.airing.id))
    // The first progress record is written after five seconds of sound; power goes after that.
    await vi.waitFor(
      async () => expect(await readFile(join(folder, 'data', 'journal.jsonl'), 'utf8')).toContain('"progress"'),
      {
        timeout: 20_000,
        interval: 50,
      },
    )
    await ended('SIGKILL')
    expect(broker.receipts()).toEqual([])

    void run()
    await until(() => broker.receipts().length > 0)
    const [receipt] = broker.receipts()
    expect(receipt).toMatchObject({
      airing: order.airing.id,
      outcome: 'interrupted',
      reason: 'power.lost',
      id: 'loa-1.1.1',
    })
    expect(receipt?.secondsWritten).toBeGreaterThanOrEqual(5)
    expect(receipt?.secondsWritten).toBeLessThan(60)
    expect(receipt?.levelDbfs).toBeCloseTo(-11, 0)

    // It is not taken up again, and the next airing is counted on from there.
    const next = town.order(town.candidate(await town.sound(1)))
    await broker.order(next)
    await until(() => broker.receipts().some(({ airing }) => airing === next.airing.id))
    expect(broker.receipts().map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'loa-1.1.1 interrupted',
      'loa-1.1.2 completed',
    ])
    await ended('SIGTERM')
    expect(broker.statuses().at(-1)?.online).toBe(false)
  })

  it('keeps its key and its identity for its own user only', { timeout: 60_000 }, async () => {
    void run('--server', address(), '--enrol', code)
    await until(() => broker.statuses().length > 0)
    for (const name of ['device.key', 'identity.json']) {
      expect((await stat(join(folder, 'data', name))).mode & 0o077).toBe(0)
    }
  })

  it.each([
    ['a code the server refuses', () => ['--server', address(), '--enrol', 'SAI-MA-DANG-KY'], 'từ chối mã đăng ký'],
    [
      'a server that is not there',
      () => ['--server', 'http://127.0.0.1:9', '--enrol', code],
      'Không kết nối được máy chủ',
    ],
    ['no code', () => [], 'Thiết bị chưa đăng ký'],
    ['an option nobody knows', () => ['--louder'], 'Không có tuỳ chọn này'],
    ['an output nobody knows', () => ['--output', 'horn'], 'Đầu ra phải là'],
    ['an authority that cannot be read', () => ['--ca', '/nowhere/ca.pem'], 'Không đọc được tệp chứng thư'],
  ])('says plainly that it cannot start with %s', { timeout: 30_000 }, async (_, args, words) => {
    const { code: exit, text } = await run(...args())
    expect(exit).toBe(1)
    expect(text).toContain(words)
  })
})
