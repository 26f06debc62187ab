import type { Instant } from '@loa/protocol'
import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Db, Log } from './context.ts'

const CONNECTIONS_MAX = 12
const CONNECT_MAX_MS = 5000
/** No query of ours needs a minute; one that does must not hold its locks for ever. */
const STATEMENT_MAX_MS = 60_000

/** A `bigint` of ours is a count or milliseconds; one beyond 2^53 is a bug, not something to round. */
const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a number`)
  return value
}

const asInstant = (text: string): Instant => {
  const parsed: unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text')(text)
  return parsed instanceof Date ? parsed.getTime() : Number(parsed)
}

const textParsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, wholeNumber],
  [pg.types.builtins.TIMESTAMPTZ, asInstant],
  [pg.types.builtins.DATE, (text) => text],
])

/**
 * How column types arrive: timestamptz → Instant (milliseconds), date → 'YYYY-MM-DD', bigint → number, numeric → text
 * (exact), bytea → Uint8Array, json(b) → value.
 */
const types: pg.CustomTypesConfig = {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own signature
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): any =>
    (format !== 'binary' && textParsers.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** An Instant as SQL `timestamptz`, exact to the millisecond: `values (${at(now)})`. */
export const at = (instant: Instant): RawBuilder<unknown> =>
  sql`('epoch'::timestamptz + ${instant}::bigint * interval '1 millisecond')`

/** A value as SQL `jsonb`; without this, pg would send a JavaScript array as a Postgres array. */
export const jsonb = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`

export type Database = {
  readonly db: Db
  readonly url: string
  close(): Promise<void>
}

const poolOf = (url: string, log: Log): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MAX_MS,
    idleTimeoutMillis: 30_000,
    types,
    application_name: 'loa',
    options: `-c TimeZone=UTC -c statement_timeout=${STATEMENT_MAX_MS} -c idle_in_transaction_session_timeout=${STATEMENT_MAX_MS}`,
  })
  // an idle connection that breaks is replaced at its next use; without a listener it would end the process
  pool.on('error', (error) => pool.ending || log.warn('Mất một kết nối tới cơ sở dữ liệu.', { error }))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens the pool; connects at first use. */
export const openDatabase = (url: string, log: Log): Database => {
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: poolOf(url, log) }) })
  return { db, url, close: () => db.destroy() }
}

/** What waits for the commit, by transaction; a savepoint has a list of its own, given to the outer one when it is kept. */
const waiting = new WeakMap<object, (() => void)[]>()

/**
 * Runs `task` once everything written with `db` is committed (at once where `db` is no transaction), and never when it is
 * rolled back. For speed only: a crash may come first, so what must happen needs a job or a row as well. The task deals
 * with its own errors.
 */
export const afterCommit = (db: Db, task: () => void): void => {
  const list = waiting.get(db)
  if (list !== undefined) list.push(task)
  else if (!db.isTransaction) task()
}

const roots = new WeakMap<object, Db>()

/** The database a transaction runs in; the database itself where `db` is none. */
export const rootOf = (db: Db): Db => roots.get(db) ?? db

let savepoints = 0

type AnyTransaction = Transaction<Record<never, never>>

const inSavepoint = async <Result>(trx: AnyTransaction, work: (db: Db) => Promise<Result>): Promise<Result> => {
  savepoints += 1
  const name = sql.raw(`loa_${savepoints}`)
  await sql`savepoint ${name}`.execute(trx)
  const tasks: (() => void)[] = []
  try {
    const result = await work(nestable(trx, rootOf(trx as unknown as Db), tasks))
    await sql`release savepoint ${name}`.execute(trx)
    for (const task of tasks) afterCommit(trx as unknown as Db, task)
    return result
  } catch (error) {
    await sql`rollback to savepoint ${name}`.execute(trx)
    throw error
  }
}

/** A transaction whose own `.transaction().execute(…)` opens a savepoint, so that one command may call another. */
const nestable = (trx: AnyTransaction, root: Db, tasks: (() => void)[]): Db => {
  const nest: Db = new Proxy(trx as unknown as Db, {
    get: (target, name) => {
      if (name === 'transaction') {
        return () => ({
          execute: <Result>(work: (db: Db) => Promise<Result>) => inSavepoint(nest as unknown as AnyTransaction, work),
        })
      }
      // bound to the target: Kysely's private fields do not exist on a proxy
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  waiting.set(nest, tasks)
  roots.set(nest, root)
  return nest
}

const inNewTransaction = async <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> => {
  const tasks: (() => void)[] = []
  const result = await db.transaction().execute((trx) => work(nestable(trx, db, tasks)))
  for (const task of tasks) task()
  return result
}

/**
 * Runs `work` in one transaction: all of it is kept or none. Within a transaction it runs in a savepoint of that one,
 * so commands can call each other. A thrown error rolls back; a returned refusal does not (decide before you write).
 */
export const inTransaction = <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> =>
  db.isTransaction ? inSavepoint(db as unknown as AnyTransaction, work) : inNewTransaction(db, work)

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
])
/** 57P01–03: shutting down, crashed, starting up; 53300: too many connections; class 08: connection exceptions. */
const AWAY_STATES = /^(57P0[1-3]|53300|08...)$/
const AWAY_WORDS = /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Whether the database could not be reached (as opposed to having refused a statement). */
export const isDatabaseAway = (error: unknown): boolean =>
  error instanceof Error &&
  (AWAY_CODES.has(codeOf(error)) ||
    AWAY_STATES.test(codeOf(error)) ||
    AWAY_WORDS.test(error.message) ||
    (error instanceof AggregateError && error.errors.some(isDatabaseAway)))

/** 53100: the database's own disk is full. */
export const isDatabaseFull = (error: unknown): boolean => codeOf(error) === '53100'
