import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '@loa/protocol'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Log } from './context.ts'
import { isDatabaseAway } from './database.ts'

/** `server/db/migrations` of this installation. */
export const migrationsFolder = join(import.meta.dirname, '..', '..', 'db', 'migrations')

export type Migration = {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly sha256: string
}

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Only one server at a time may change the schema. The number is "loa" in letters' order; it must never change. */
const LOCK = 12_15_01

/** The numbered files of the folder, in order. Throws on a bad name or a number used twice. */
export const readMigrations = (folder: string): readonly Migration[] => {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const number = Number(NAME.exec(name)?.[1])
      if (Number.isNaN(number)) throw new Error(`migration ${name}: expected a name like 0001-platform.sql`)
      // a checkout on Windows may turn line ends; the content is the same
      const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
      return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') }
    })
  const twice = found.find((each, place) => found[place - 1]?.number === each.number)
  if (twice !== undefined) throw new Error(`migration ${twice.name}: number ${twice.number} is used twice`)
  return found
}

type Applied = { readonly number: number; readonly sha256: string }

const appliedOf = async (client: pg.Client): Promise<ReadonlyMap<number, string>> => {
  await client.query(
    'create table if not exists migration (number integer primary key, name text not null, sha256 text not null, at timestamptz not null)',
  )
  const { rows } = await client.query<Applied>('select number, sha256 from migration')
  return new Map(rows.map((row) => [row.number, row.sha256]))
}

const apply = async (client: pg.Client, migration: Migration, now: number): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into migration (number, name, sha256, at) values ($1, $2, $3, $4)', [
      migration.number,
      migration.name,
      migration.sha256,
      new Date(now).toISOString(),
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

const refuseEdited = (migrations: readonly Migration[], applied: ReadonlyMap<number, string>): void => {
  const edited = migrations.find(({ number, sha256 }) => applied.has(number) && applied.get(number) !== sha256)
  if (edited !== undefined) {
    throw new Error(`migration ${edited.name} was changed after it had been applied here; write a new one instead`)
  }
  const newest = Math.max(0, ...applied.keys())
  if (newest > (migrations.at(-1)?.number ?? 0)) {
    throw new Error(
      `this database is at migration ${newest}, which this version of Loa does not know; use the newer version`,
    )
  }
}

const installJobs = async (url: string): Promise<void> => {
  const pgPool = new pg.Pool({ connectionString: url, max: 2 })
  pgPool.on('error', () => undefined)
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool })
  } finally {
    await pgPool.end()
  }
}

type Options = { readonly url: string; readonly clock: Clock; readonly folder?: string }

/**
 * Brings a database to the newest schema: the job queue's own, then every file not yet applied, each in its own
 * transaction, while other servers wait. Forward only. Returns the names applied now.
 */
export const migrate = async ({ url, clock, folder = migrationsFolder }: Options): Promise<readonly string[]> => {
  const migrations = readMigrations(folder)
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await installJobs(url)
    const applied = await appliedOf(client)
    refuseEdited(migrations, applied)
    const due = migrations.filter(({ number }) => !applied.has(number))
    for (const migration of due) await apply(client, migration, clock.now())
    return due.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** A database server that boots beside us after a power cut may come later than we do. */
const DATABASE_WAIT_MAX_MS = 60_000
const DATABASE_RETRY_MS = 1000

/** As `migrate`, once the database answers; gives up after a minute. */
export const migrateWhenReachable = async ({ log, ...options }: Options & { readonly log: Log }): Promise<void> => {
  for (let waited = 0; ; waited += DATABASE_RETRY_MS) {
    try {
      const applied = await migrate(options)
      if (applied.length > 0) log.info('Đã cập nhật cấu trúc dữ liệu.', { applied })
      return
    } catch (error) {
      if (!isDatabaseAway(error) || waited >= DATABASE_WAIT_MAX_MS) throw error
      if (waited === 0) log.warn('Chưa kết nối được cơ sở dữ liệu; đang đợi.')
      await wait(DATABASE_RETRY_MS)
    }
  }
}
