import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { childrenOf, isAlive, type Program, startProgram, untilGone } from './programs.ts'
import { tried, until } from './waiting.ts'

export const repository = join(import.meta.dirname, '..', '..')

/** A first start makes the database and the demonstration; a slow machine may need a minute for it. */
const UP_MAX_MS = 120_000

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const keptText = (home: string, name: string): string => readFileSync(join(home, name), 'utf8').trim()

/** Process id in PostgreSQL's own record of a home; undefined where none runs. */
export const postgresPid = (home: string): number | undefined => {
  const file = join(home, 'postgres', 'data', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return pid > 0 && isAlive(pid) ? pid : undefined
}

/** Process id of the server that works on a home; undefined where none does. */
export const serverPid = (home: string): number | undefined => {
  if (!existsSync(join(home, 'server.pid'))) return undefined
  const pid = Number(keptText(home, 'server.pid'))
  return pid > 0 && isAlive(pid) ? pid : undefined
}

/** Ends the server that works on a home, and its database, by the process ids they keep there. */
export const endServer = async (home: string): Promise<void> => {
  const database = postgresPid(home)
  const pid = serverPid(home)
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM')
    await untilGone(pid, 30_000)
  }
  if (database === undefined || (await tried(() => untilGone(database, 10_000)))) return
  process.kill(database, 'SIGINT')
  await untilGone(database)
}

/** Address of a home's embedded database, as its own server reaches it. */
export const databaseUrlOf = (home: string): string =>
  `postgres://loa:${encodeURIComponent(keptText(home, 'postgres.password'))}@127.0.0.1:${keptText(home, 'postgres.port')}/loa`

export const brokerPortOf = (home: string): number => Number(keptText(home, 'broker.port'))

/** A server of this repository on a home of its own, on a free port. */
export class Installation {
  readonly home: string
  readonly port: number
  #program: Program | undefined

  constructor(home: string, port: number) {
    this.home = home
    this.port = port
    mkdirSync(home, { recursive: true })
  }

  static async in(home: string): Promise<Installation> {
    return new Installation(home, await freePort())
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    return this.#program?.pid ?? 0
  }

  brokerPid(): number | undefined {
    return childrenOf(this.pid, 'server/src/broker.ts')[0]
  }

  postgresPid(): number | undefined {
    return postgresPid(this.home)
  }

  /** Whether everything vital answers. */
  async isWell(): Promise<boolean> {
    const answer = await tried(() => fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(2500) }))
    await answer?.arrayBuffer()
    return answer?.status === 200
  }

  /** Starts the server program itself, so that its process id is that of the server. */
  launch(more: readonly string[] = []): void {
    const main = join(repository, 'server', 'src', 'main.ts')
    const args = [main, '--home', this.home, '--port', String(this.port), ...more]
    this.#program = startProgram(process.execPath, args, { cwd: repository, log: join(this.home, 'bench-server.log') })
  }

  /** Starts as a person does, by `tools/start.mjs`. */
  launchAsUser(): void {
    const start = join(repository, 'tools', 'start.mjs')
    const args = [start, '--home', this.home, '--port', String(this.port)]
    this.#program = startProgram(process.execPath, args, { cwd: repository, log: join(this.home, 'bench-server.log') })
  }

  /** The last things that the server said. */
  logTail(): string {
    return keptText(this.home, 'bench-server.log').slice(-1500)
  }

  /** Whether the server program has ended by itself. */
  isOver(): boolean {
    return this.#program?.isOver() ?? true
  }

  /** Resolves when /healthz answers 200. Throws with the end of the log when the server ends instead. */
  async untilWell(everyMs = 20): Promise<void> {
    const program = this.#program
    await until(
      `${this.url}/healthz`,
      async () => {
        if (program?.isOver()) throw new Error(`the server ended: ${this.logTail()}`)
        return this.isWell()
      },
      { withinMs: UP_MAX_MS, everyMs },
    )
  }

  async start(more: readonly string[] = []): Promise<void> {
    this.launch(more)
    await this.untilWell()
  }

  /** Ends the server and waits until its database has ended too. */
  async stop(): Promise<void> {
    await endServer(this.home)
    await this.#program?.stop(30_000)
    this.#program = undefined
  }

  async kill(): Promise<void> {
    await this.#program?.kill()
  }
}
