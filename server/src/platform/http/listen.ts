import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { Config } from '../../config.ts'
import type { Log } from '../context.ts'
import { listenWords, StartFailed } from '../start-failed.ts'
import type { Router } from './endpoint.ts'
import { serveSockets } from './sockets.ts'

/** The port is taken, or cannot be had. `main` prints it and ends with code 2. */
export class PortInUse extends StartFailed {}

export type Listening = {
  /** As a browser is told it: `http://127.0.0.1:4600`. */
  readonly url: string
  stop(): Promise<void>
}

/** A slow rural line needs minutes for a recording of 64 MB. */
const REQUEST_MAX_MS = 600_000
const HEADERS_MAX_MS = 15_000

const nodeServer = (app: Router, tls: Config['tls']): ServerType =>
  tls === undefined
    ? createAdaptorServer({ fetch: app.fetch })
    : createAdaptorServer({
        fetch: app.fetch,
        createServer: createHttpsServer,
        serverOptions: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), minVersion: 'TLSv1.2' },
      })

/** Serves `app`, over HTTPS where a certificate is given. Throws PortInUse. */
export const listenHttp = async (
  app: Router,
  { host, port, tls, publicName = host }: Pick<Config, 'host' | 'port' | 'tls' | 'publicName'>,
  log: Log,
): Promise<Listening> => {
  const server = nodeServer(app, tls)
  if ('requestTimeout' in server) {
    server.requestTimeout = REQUEST_MAX_MS
    server.headersTimeout = HEADERS_MAX_MS
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const words = listenWords(error.code, { host, port, setting: '--port' })
      reject(words === undefined ? error : new PortInUse(words, { cause: error }))
    })
    server.listen(port, host, () => resolve())
  })
  const endSockets = serveSockets({ server: server as Server, app, host, log })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  const name = publicName.includes(':') ? `[${publicName}]` : publicName
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${name}:${actual}`,
    stop: () =>
      new Promise((resolve) => {
        endSockets()
        server.close(() => resolve())
        // requests under way get a moment, idle connections none
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000).unref()
      }),
  }
}
