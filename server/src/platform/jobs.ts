import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type Runner, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Context, Db, Log } from './context.ts'

/** Work done soon, at least once. `payload` is what was enqueued, through JSON. Throwing means: try again later. */
export type Task = (payload: unknown, context: Context) => Promise<void>

/** Jobs at the same time in one process: voice work waits for another process, database work for the disk. */
const CONCURRENCY = 4
/** A job enqueued is announced at once; polling only finds retries and what a lost connection missed. */
const POLL_MS = 1000
const RESTART_MS = 1000
const IDLE_LOOK_MS = 10
/** By this name a server sees in the database whether another one works on the queue. */
const WORKER_NAME = 'loa jobs'

/**
 * Enqueues in the caller's transaction: the job exists when the caller commits and not otherwise. `onceAs`: of several that
 * wait under this name one is run, with the last payload; one that is running already does not count. `afterMs`: not before so
 * many milliseconds have passed, for work that must not stand in the way of something that hurries.
 */
export const enqueue = async (
  db: Db,
  task: string,
  payload: unknown,
  { onceAs, afterMs }: { readonly onceAs?: string; readonly afterMs?: number } = {},
): Promise<void> => {
  const json = JSON.stringify(payload)
  // the queue's own time, not the domain's: what is put off is work, never an airing
  const runAt = afterMs === undefined ? null : new Date(Date.now() + afterMs)
  await sql`select graphile_worker.add_job(${task}, ${json}::json, job_key := ${onceAs ?? null},
    run_at := ${runAt})`.execute(db)
}

export type Jobs = {
  state(): 'running' | 'away' | 'stopped'
  /** Resolves when no job runs and none waits for its first try; failed ones wait for their next try meanwhile. */
  idle(): Promise<void>
  /** Lets running jobs end, then stops. */
  stop(): Promise<void>
}

type Options = {
  readonly url: string
  readonly tasks: Readonly<Record<string, Task>>
  readonly context: Context
}

const taskList = (tasks: Readonly<Record<string, Task>>, context: Context): TaskList =>
  Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payload, context)]))

/** The queue's own talk goes to the log only when something is wrong. */
const quietLogger = (log: Log): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error' || level === 'warning') log.warn('Hàng đợi công việc báo lỗi.', { words: message, ...meta })
  })

const poolFor = (url: string, log: Log): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: CONCURRENCY + 2, application_name: WORKER_NAME })
  const report = (error: Error) => pool.ending || log.warn('Hàng đợi mất một kết nối tới cơ sở dữ liệu.', { error })
  pool.on('error', report)
  // a connection in use that breaks speaks for itself, not through the pool
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Jobs under way, or waiting for their first try, of the tasks that this server knows: nobody here does the others. */
const countBusy = async (pool: pg.Pool, tasks: readonly string[]): Promise<number> => {
  const { rows } = await pool.query<{ busy: string }>(
    `select count(*) as busy from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where (j.locked_at is not null or j.attempts = 0) and t.identifier = any($1)`,
    [tasks],
  )
  return Number(rows[0]?.busy)
}

/** A job locked by a worker that is no more would wait four hours for the queue's own sweep. */
const SWEEP_MS = 15_000

/**
 * Frees what a killed server held. Only where no other server works on this queue: its locks are its own affair. Runs
 * before our own workers do, and our own connections bear another name until then.
 */
const freeAbandoned = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, application_name: 'loa jobs starting' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`update graphile_worker._private_jobs set locked_at = null, locked_by = null
      where locked_at is not null and not exists (
        select 1 from pg_stat_activity where datname = current_database() and application_name = '${WORKER_NAME}')`)
  } finally {
    await client.end()
  }
}

/**
 * Frees jobs that our own workers hold in the table but no longer run: their end could not be written because the
 * database was away. A job is freed when two looks in a row find it so, since one look may fall between the taking of
 * a job and its beginning.
 */
class Sweeper {
  readonly #running = new Set<string>()
  readonly #workers = new Set<string>()
  #suspects: readonly string[] = []

  watch(events: WorkerEvents): void {
    events.on('worker:create', ({ worker }) => void this.#workers.add(worker.workerId))
    events.on('job:start', ({ job }) => void this.#running.add(job.id))
    events.on('job:complete', ({ job }) => void this.#running.delete(job.id))
  }

  async sweep(pool: pg.Pool): Promise<void> {
    const { rows } = await pool.query<{ id: string }>(
      'select id from graphile_worker._private_jobs where locked_by = any($1) and not (id = any($2::bigint[]))',
      [[...this.#workers], [...this.#running]],
    )
    const held = rows.map(({ id }) => id)
    const abandoned = held.filter((id) => this.#suspects.includes(id) && !this.#running.has(id))
    this.#suspects = held
    if (abandoned.length === 0) return
    await pool.query(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = any($1::bigint[])',
      [abandoned],
    )
  }
}

/** Works off the queue until stopped; when the database goes away it waits and begins again. */
export const startJobs = async ({ url, tasks, context }: Options): Promise<Jobs> => {
  const { log } = context
  await freeAbandoned(url)
  const pool = poolFor(url, log)
  const stopping = new AbortController()
  const events: WorkerEvents = new EventEmitter()
  const sweeper = new Sweeper()
  sweeper.watch(events)
  const sweeping = setInterval(() => void sweeper.sweep(pool).catch(() => undefined), SWEEP_MS)
  let runner: Runner | undefined
  const begin = (): Promise<Runner> =>
    run({
      pgPool: pool,
      taskList: taskList(tasks, context),
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger: quietLogger(log),
      events,
    })
  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        runner ??= await begin()
        await runner.promise
      } catch (error) {
        log.warn('Hàng đợi công việc tạm dừng; sẽ chạy lại.', { error })
      }
      runner = undefined
      await wait(RESTART_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  runner = await begin()
  const ended = keepRunning()
  return {
    state: () => (stopping.signal.aborted ? 'stopped' : runner === undefined ? 'away' : 'running'),
    idle: async () => {
      while (!stopping.signal.aborted && (await countBusy(pool, Object.keys(tasks))) > 0) await wait(IDLE_LOOK_MS)
    },
    stop: async () => {
      stopping.abort()
      clearInterval(sweeping)
      await runner?.stop().catch(() => undefined)
      await ended
      await pool.end()
    },
  }
}

/** Works off every job that is due now, then returns; for tests and tools that do not keep a worker. */
export const runJobsOnce = async ({ url, tasks, context }: Options): Promise<void> => {
  const pool = poolFor(url, context.log)
  try {
    await runOnce({
      pgPool: pool,
      taskList: taskList(tasks, context),
      noHandleSignals: true,
      logger: quietLogger(context.log),
    })
  } finally {
    await pool.end()
  }
}
