import { readKept } from '../home.ts'
import { SUPERUSER } from './cluster.ts'

/**
 * Where the embedded database of a home listens while its Loa is running, from what the home keeps; `undefined` where the
 * home has never had one. For tools that look in beside the server.
 */
export const keptDatabaseUrl = (home: string): string | undefined => {
  const password = readKept(home, 'postgres.password')
  const port = readKept(home, 'postgres.port')
  if (password === undefined || port === undefined) return undefined
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/loa`
}
