import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { Log } from '../context.ts'
import { keptPort } from '../ports.ts'
import { StartFailed } from '../start-failed.ts'
import {
  type Cluster,
  childEnvironment,
  dataFolderArgument,
  logTail,
  openCluster,
  openLogFile,
  SUPERUSER,
} from './cluster.ts'
import { clearOrphan, isAlive, postmasterPid, stopPostmaster, untilEnded } from './orphan.ts'

export type EmbeddedPostgres = {
  /** Connection string of the database `loa`. */
  readonly url: string
  state(): 'running' | 'starting' | 'stopped'
  /** Fast stop; resolves when it has ended. */
  stop(): Promise<void>
}

/** Enough for the server's own connections and a test run's databases; each costs about 2 MB when used. */
const CONNECTIONS_MAX = 150

/** Recovery after a power cut replays at most max_wal_size (1 GB): a slow card needs minutes. */
const READY_MAX_MS = 180_000
const READY_LOOK_MS = 25

/** After a death: quickly at first, for the usual single mishap, then slower, so that a full disk is not hammered. */
const RETRY_DELAYS_MS = [100, 300, 1000, 2000, 5000, 10_000]

const settings = (port: number): readonly string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1', // never the network: its OpenSSL is of 2018
    'unix_socket_directories=', // a socket path over 107 bytes fails, and the home may lie deep
    `max_connections=${CONNECTIONS_MAX}`,
    'shared_buffers=64MB',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
    'TimeZone=UTC',
    'log_timezone=UTC',
    'logging_collector=off',
    'log_line_prefix=%m [%p] ',
    'jit=off',
  ].flatMap((setting) => ['-c', setting])

type Running = { readonly pid: number; readonly ended: Promise<void> }

const launch = (cluster: Cluster, port: number): Running => {
  const output = openLogFile(cluster.logFile)
  // detached: Ctrl-C in the terminal must reach us alone, so that we stop serving before the database stops
  const child: ChildProcess = spawn(cluster.binaries.postgres, ['-D', dataFolderArgument(cluster), ...settings(port)], {
    cwd: cluster.dataFolder,
    detached: true,
    stdio: ['ignore', output, output],
    env: childEnvironment(),
    ...cluster.account,
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  return { pid: child.pid ?? 0, ended }
}

/** On Windows pg_ctl gives up administrator rights first, which PostgreSQL demands; the server is then not our child. */
const launchByPgCtl = async (cluster: Cluster, port: number): Promise<Running> => {
  const options = settings(port)
    .map((word) => `"${word}"`)
    .join(' ')
  const start = ['start', '-W', '-D', cluster.dataFolder, '-l', cluster.logFile, '-o', options]
  await promisify(execFile)(cluster.binaries.pgCtl, start, { windowsHide: true })
  await wait(500)
  const pid = postmasterPid(cluster.dataFolder) ?? 0
  const ended = (async () => {
    while (pid > 0 && isAlive(pid)) await wait(500)
  })()
  return { pid, ended }
}

const urlOf = (password: string, port: number, database: string): string =>
  `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

/** One try to get in. SCRAM proves both ways, so an answer comes from our own server and no other on that port. */
const answers = async (url: string): Promise<boolean> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

const untilReady = async (running: Running, url: string): Promise<boolean> => {
  let ended = running.pid === 0
  void running.ended.then(() => {
    ended = true
  })
  for (let waited = 0; waited < READY_MAX_MS && !ended; waited += READY_LOOK_MS) {
    if (await answers(url)) return true
    await wait(READY_LOOK_MS)
  }
  return false
}

const ensureDatabase = async (adminUrl: string, name: string): Promise<void> => {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}

type Options = { readonly home: string; readonly log: Log }

const startWords = (logFile: string): string =>
  `Cơ sở dữ liệu PostgreSQL không khởi động được${isFull(logFile) ? ' vì đĩa đã đầy' : ''}. Chi tiết nằm ở cuối ${logFile}.\n` +
  `PostgreSQL does not start; the end of ${logFile} says why.`

const isFull = (logFile: string): boolean => logTail(logFile).includes('No space left on device')

/** Holds the running server and brings it back when it dies. */
class Supervisor {
  readonly #cluster: Cluster
  readonly #port: number
  readonly #log: Log
  #running: Running | undefined
  #state: 'running' | 'starting' | 'stopped' = 'starting'
  #stopping = new AbortController()

  constructor(cluster: Cluster, port: number, log: Log) {
    this.#cluster = cluster
    this.#port = port
    this.#log = log
  }

  state(): 'running' | 'starting' | 'stopped' {
    return this.#state
  }

  /** One start. Resolves to whether the server answers. */
  async tryStart(): Promise<boolean> {
    this.#state = 'starting'
    await clearOrphan(this.#cluster, this.#log)
    const start = process.platform === 'win32' ? launchByPgCtl : launch
    const running = await start(this.#cluster, this.#port)
    this.#running = running
    if (!(await untilReady(running, urlOf(this.#cluster.password, this.#port, 'postgres')))) {
      if (running.pid > 0 && isAlive(running.pid)) await stopPostmaster(this.#cluster, running.pid)
      return false
    }
    this.#state = 'running'
    return true
  }

  /** From here on a death is mended. */
  watch(): void {
    void this.#running?.ended.then(() => (this.#stopping.signal.aborted ? undefined : this.#revive()))
  }

  async #revive(): Promise<void> {
    this.#state = 'starting'
    this.#log.warn('Cơ sở dữ liệu đã dừng đột ngột; đang khởi động lại.')
    for (let tried = 0; !this.#stopping.signal.aborted; tried += 1) {
      const delay = RETRY_DELAYS_MS[Math.min(tried, RETRY_DELAYS_MS.length - 1)]
      await wait(delay, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      if (this.#stopping.signal.aborted) return
      const started = await this.tryStart().catch(() => false)
      if (started) {
        this.#log.info('Cơ sở dữ liệu đã chạy lại.')
        return this.watch()
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    const pid = this.#running?.pid ?? 0
    if (pid > 0 && isAlive(pid)) await stopPostmaster(this.#cluster, pid)
    if (pid > 0) await untilEnded(pid, 1000)
    this.#state = 'stopped'
  }
}

/**
 * Brings up the PostgreSQL of a home and keeps it up. Rejects with StartFailed, whose cause holds the last lines of its
 * log, when it will not start.
 * The caller holds the home (see takeHome).
 */
export const startPostgres = async ({ home, log }: Options): Promise<EmbeddedPostgres> => {
  const cluster = await openCluster(home)
  await clearOrphan(cluster, log)
  for (const delay of [...RETRY_DELAYS_MS.slice(0, 5), undefined]) {
    const port = await keptPort(home, 'postgres.port')
    const supervisor = new Supervisor(cluster, port, log)
    if (await supervisor.tryStart()) {
      await ensureDatabase(urlOf(cluster.password, port, 'postgres'), 'loa')
      supervisor.watch()
      return {
        url: urlOf(cluster.password, port, 'loa'),
        state: () => supervisor.state(),
        stop: () => supervisor.stop(),
      }
    }
    await supervisor.stop()
    if (delay !== undefined) await wait(delay)
  }
  throw new StartFailed(startWords(cluster.logFile), { cause: new Error(logTail(cluster.logFile)) })
}
