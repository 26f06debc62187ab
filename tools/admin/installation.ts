import { mkdirSync } from 'node:fs'
import type { Config } from '../../server/src/config.ts'
import { systemClock } from '../../server/src/platform/clock.ts'
import type { Context } from '../../server/src/platform/context.ts'
import { openDatabase } from '../../server/src/platform/database.ts'
import { HomeInUse, takeHome } from '../../server/src/platform/home.ts'
import { systemIds } from '../../server/src/platform/ids.ts'
import { enqueue } from '../../server/src/platform/jobs.ts'
import { migrateWhenReachable } from '../../server/src/platform/migrate.ts'
import { keptDatabaseUrl } from '../../server/src/platform/postgres/address.ts'
import { startPostgres } from '../../server/src/platform/postgres/supervisor.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

type Place = {
  readonly url: string
  /** A running server has brought its database to its own version. */
  readonly running: boolean
  readonly close: () => Promise<void>
}

/** Beside the running server, or, where it is off, with the home's own database brought up for this command. */
const placeOf = async ({ home, databaseUrl }: Config): Promise<Place> => {
  if (databaseUrl !== undefined) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    return { url: databaseUrl, running: false, close: async () => undefined }
  }
  let release: () => Promise<void>
  try {
    release = await takeHome(home)
  } catch (error) {
    const running = error instanceof HomeInUse ? keptDatabaseUrl(home) : undefined
    if (running === undefined) throw error
    return { url: running, running: true, close: async () => undefined }
  }
  try {
    const postgres = await startPostgres({ home, log })
    return {
      url: postgres.url,
      running: false,
      close: async () => {
        await postgres.stop()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * Runs `work` on an installation whose server is on or off, with what the modules' commands need: they write to the database
 * and announce facts, which the server hears at once or at its next start. There is no broker and no voice here.
 */
export const withInstallation = async <Result>(
  config: Config,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> => {
  const { url, running, close } = await placeOf(config)
  const clock = systemClock()
  try {
    if (!running) await migrateWhenReachable({ url, clock, log })
    const database = openDatabase(url, log)
    try {
      return await work({ config, clock, ids: systemIds(clock), db: database.db, log, enqueue } as unknown as Context)
    } finally {
      await database.close()
    }
  } finally {
    await close()
  }
}
