import { createServer } from 'node:net'
import { readKept, writeKept } from './home.ts'

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })

/** A free port on 127.0.0.1: `wanted` where it is free, else one the system gives. */
export const freePort = async (wanted = 0): Promise<number> => {
  const port = (await tryPort(wanted)) ?? (await tryPort(0))
  if (port === undefined) throw new Error('no free port on 127.0.0.1')
  return port
}

/** The port kept under `name` in the home where it is still free, else a new one, which is then kept. */
export const keptPort = async (home: string, name: string): Promise<number> => {
  const before = Number(readKept(home, name) ?? 0)
  const port = await freePort(Number.isInteger(before) && before > 0 && before < 65_536 ? before : 0)
  if (port !== before) writeKept(home, name, String(port))
  return port
}
