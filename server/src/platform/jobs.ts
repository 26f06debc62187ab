import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
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

/** Enqueues in the caller's transaction: the job exists when the caller commits and not otherwise. */
export const enqueue = async (db: Db, task: string, payload: unknown): Promise<void> => {
  await sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`.execute(db)
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
  const pool = new pg.Pool({ connectionString: url, max: CONCURRENCY + 2, application_name: 'loa jobs' })
  const report = (error: Error) => log.warn('Hàng đợi mất một kết nối tới cơ sở dữ liệu.', { error })
  pool.on('error', report)
  // a connection in use that breaks speaks for itself, not through the pool
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const countBusy = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ busy: string }>(
    'select count(*) as busy from graphile_worker._private_jobs where locked_at is not null or attempts = 0',
  )
  return Number(rows[0]?.busy)
}

/** Works off the queue until stopped; when the database goes away it waits and begins again. */
export const startJobs = async ({ url, tasks, context }: Options): Promise<Jobs> => {
  const { log } = context
  const pool = poolFor(url, log)
  const stopping = new AbortController()
  let runner: Runner | undefined
  const begin = (): Promise<Runner> =>
    run({
      pgPool: pool,
      taskList: taskList(tasks, context),
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger: quietLogger(log),
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
      while (!stopping.signal.aborted && (await countBusy(pool)) > 0) await wait(IDLE_LOOK_MS)
    },
    stop: async () => {
      stopping.abort()
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
