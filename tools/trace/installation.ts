import { existsSync } from 'node:fs'
import type { Config } from '../../server/src/config.ts'
import type { Log } from '../../server/src/platform/context.ts'
import { type Database, openDatabase } from '../../server/src/platform/database.ts'
import { HomeInUse, takeHome } from '../../server/src/platform/home.ts'
import { keptDatabaseUrl } from '../../server/src/platform/postgres/address.ts'
import { startPostgres } from '../../server/src/platform/postgres/supervisor.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

const beside = (url: string): { database: Database; close: () => Promise<void> } => {
  const database = openDatabase(url, quiet)
  return { database, close: () => database.close() }
}

/**
 * The database of an installation: beside its running server, or, where it is off, brought up for this look and taken down
 * again. `undefined` where the home has no data.
 */
export const openInstallation = async ({
  home,
  databaseUrl,
}: Pick<Config, 'home' | 'databaseUrl'>): Promise<{ database: Database; close: () => Promise<void> } | undefined> => {
  if (databaseUrl !== undefined) return beside(databaseUrl)
  if (!existsSync(home) || keptDatabaseUrl(home) === undefined) return undefined
  let release: () => Promise<void>
  try {
    release = await takeHome(home)
  } catch (error) {
    const running = error instanceof HomeInUse ? keptDatabaseUrl(home) : undefined
    if (running === undefined) throw error
    return beside(running)
  }
  const postgres = await startPostgres({ home, log: quiet })
  const { database, close } = beside(postgres.url)
  return {
    database,
    close: async () => {
      await close()
      await postgres.stop()
      await release()
    },
  }
}
