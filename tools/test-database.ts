import { testServers } from '../server/src/config.ts'
import { startTestServer } from '../server/src/platform/testing.ts'

/**
 * Once per run: an embedded PostgreSQL in a temporary home, unless DATABASE_URL names one. Specs find it by
 * LOA_TEST_DATABASE_URL, which only this file sets.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (testServers().databaseUrl !== undefined) return async () => undefined
  const server = await startTestServer()
  process.env.LOA_TEST_DATABASE_URL = server.url
  return async () => {
    delete process.env.LOA_TEST_DATABASE_URL
    await server.stop()
  }
}
