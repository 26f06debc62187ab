import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { SERVER_NAME } from '../../server/src/platform/broker/serve.ts'
import { type ManagedBroker, startManagedBroker } from './broker.ts'
import type { HerdOrders } from './herd-words.ts'
import { brokerPortOf, databaseUrlOf, Installation, repository } from './installation.ts'
import { COMMUNE, type People, signInAll } from './people.ts'

/** The herd in its own process, asked one thing at a time. */
export class HerdProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (done: unknown) => void; reject: (error: Error) => void }>()
  #last = 0

  constructor(log: string) {
    const output = openSync(log, 'a')
    this.#child = fork(join(repository, 'bench', 'src', 'herd.ts'), {
      stdio: ['ignore', output, output, 'ipc'],
      execArgv: ['--max-old-space-size=8192'],
    })
    this.#child.on('message', (message: { id: number; done?: unknown; failed?: string }) => {
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (message.failed === undefined) waiting?.resolve(message.done)
      else waiting?.reject(new Error(message.failed))
    })
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the herd ended'))
      this.#waiting.clear()
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  ask<T>(orders: HerdOrders): Promise<T> {
    if (!this.#child.connected) return Promise.reject(new Error('the herd ended'))
    this.#last += 1
    const id = this.#last
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (done) => resolve(done as T), reject })
      this.#child.send({ id, orders })
    })
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.disconnect()
    await ended
  }
}

/** A server of its own with its broker, whose key the bench holds, and a herd beside it. */
export type Arena = {
  readonly installation: Installation
  readonly broker: ManagedBroker
  readonly people: People
  readonly herd: HerdProcess
  readonly herdData: string
  readonly bareUrl: string
  readonly bareUser: string
  readonly barePassword: string
  /** Receipts of an airing in the database: how many, and of how many devices. */
  receipts(airing: string): Promise<{ receipts: number; devices: number }>
  /** Ends the server and starts it again; the broker and the devices stay. */
  restartServer(): Promise<void>
  stop(): Promise<void>
}

export const openArena = async (folder: string): Promise<Arena> => {
  const installation = await Installation.in(join(folder, 'home'))
  await installation.start()
  await installation.stop()
  const broker = await startManagedBroker(installation.home)
  const args = ['--mqtt-url', broker.serverUrl]
  await installation.start(args)
  const people = await signInAll(installation.url)
  const herdData = join(folder, 'herd')
  mkdirSync(herdData, { recursive: true })
  const herd = new HerdProcess(join(folder, 'herd.log'))
  let database = new pg.Client({ connectionString: databaseUrlOf(installation.home) })
  await database.connect()
  database.on('error', () => undefined)
  const { password } = new URL(broker.serverUrl)
  return {
    ...{ installation, broker, people, herd, herdData },
    bareUrl: `mqtt://127.0.0.1:${brokerPortOf(installation.home)}`,
    bareUser: SERVER_NAME,
    barePassword: decodeURIComponent(password),
    receipts: async (airing) => {
      const { rows } = await database.query<{ receipts: string; devices: string }>(
        'select count(*) as receipts, count(distinct device) as devices from receipt where airing = $1',
        [airing],
      )
      return { receipts: Number(rows[0]?.receipts), devices: Number(rows[0]?.devices) }
    },
    restartServer: async () => {
      await database.end()
      await installation.stop()
      await installation.start(args)
      database = new pg.Client({ connectionString: databaseUrlOf(installation.home) })
      await database.connect()
      database.on('error', () => undefined)
    },
    stop: async () => {
      await herd.stop()
      await database.end().catch(() => undefined)
      await broker.stop()
      await installation.stop()
    },
  }
}

/** The commune in which everything is measured. */
export const ARENA_UNIT = COMMUNE
