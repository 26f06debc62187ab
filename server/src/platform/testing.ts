import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { testServers } from '../config.ts'
import { systemClock } from './clock.ts'
import type { Db, Log } from './context.ts'
import { openDatabase } from './database.ts'
import { takeHome } from './home.ts'
import { migrate, migrationsFolder, readMigrations } from './migrate.ts'
import { accountFor } from './postgres/account.ts'
import { findBinaries } from './postgres/binaries.ts'
import { clearOrphan } from './postgres/orphan.ts'
import { startPostgres } from './postgres/supervisor.ts'

/** A log that says nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

const onServer = async <Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

/** Named after its migrations, so that a run on a server that lives on never clones a stale template. */
const templateName = (): string => {
  const sum = createHash('sha256')
  for (const { sha256 } of readMigrations(migrationsFolder)) sum.update(sha256)
  return `loa_template_${sum.digest('hex').slice(0, 16)}`
}

/** Makes the migrated template once per server; files that race for it wait for each other. */
const ensureTemplate = (serverUrl: string): Promise<string> =>
  onServer(serverUrl, async (client) => {
    const name = templateName()
    await client.query('select pg_advisory_lock(1215)')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) {
      const making = `${name}_making`
      await client.query(`drop database if exists ${making}`)
      await client.query(`create database ${making} template template0 encoding 'UTF8'`)
      await migrate({ url: withDatabase(serverUrl, making), clock: systemClock() })
      await client.query(`alter database ${making} rename to ${name}`)
    }
    await client.query('select pg_advisory_unlock(1215)')
    return name
  })

export type TestServer = { readonly url: string; stop(): Promise<void> }

const HOME_PREFIX = 'loa-test-'

/** A run that was killed leaves its server and its home behind; nobody holds that home any more. */
const sweepAbandoned = async (): Promise<void> => {
  const homes = readdirSync(tmpdir()).filter((name) => name.startsWith(HOME_PREFIX))
  for (const home of homes.map((name) => join(tmpdir(), name))) {
    // without it the home is just being made
    if (!existsSync(join(home, 'server.pid'))) continue
    const release = await takeHome(home).catch(() => undefined)
    if (release === undefined) continue
    const dataFolder = join(home, 'postgres', 'data')
    await clearOrphan({ dataFolder, binaries: findBinaries(accountFor(dataFolder)) }, silentLog)
    await release()
    rmSync(home, { recursive: true, force: true })
  }
}

/** An embedded PostgreSQL in a temporary home, for a run or, where the run has none, for one file. */
export const startTestServer = async (): Promise<TestServer> => {
  await sweepAbandoned()
  const home = mkdtempSync(join(tmpdir(), HOME_PREFIX))
  const release = await takeHome(home)
  const postgres = await startPostgres({ home, log: silentLog })
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop()
      await release()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export type TestDatabase = {
  readonly db: Db
  readonly url: string
  /** Closes the pool and removes the database. */
  drop(): Promise<void>
}

/**
 * A database of one's own with the newest schema, cloned from a template (about 50 ms): on the server of the run
 * (see tools/vitest), else on an embedded one started for this file.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  const given = testServers().databaseUrl
  const own = given === undefined ? await startTestServer() : undefined
  const serverUrl = given ?? own?.url ?? ''
  const template = await ensureTemplate(serverUrl)
  const name = `loa_test_${randomBytes(8).toString('hex')}`
  await onServer(serverUrl, async (client) => {
    // two clones of one template at once would fail with "source database is being accessed"
    await client.query('select pg_advisory_lock(1216)')
    await client.query(`create database ${name} template ${template}`)
    await client.query('select pg_advisory_unlock(1216)')
  })
  const url = withDatabase(serverUrl, name)
  const { db, close } = openDatabase(url, silentLog)
  return {
    db,
    url,
    drop: async () => {
      await close()
      await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
      await own?.stop()
    },
  }
}
