import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { isLoopback } from '../../config.ts'
import type { Log } from '../context.ts'
import type { Router } from './endpoint.ts'

/** A receipt is some kilobytes; nothing a page sends is larger. */
const MESSAGE_MAX_BYTES = 64_000
/** A page that reads so slowly that this much waits for it is let go; it comes back and gets what is retained. */
const WAITING_MAX_BYTES = 8_000_000
/** A proxy drops a silent connection after a minute or so; a page that went without a word is noticed in two rounds. */
const PING_EVERY_MS = 30_000

/** One open connection with a page. */
export type Page = {
  send(text: string): void
  onMessage(handle: (text: string) => Promise<void>): void
  onClose(handle: () => void): void
  close(): void
}

/** A request to open one. `accept` answers it; returning without accepting refuses it. */
export type PageRequest = {
  readonly query: URLSearchParams
  /** The `Cookie` header. */
  readonly cookie: string
  accept(): Promise<Page>
}

type PageHandler = (request: PageRequest) => Promise<void>

const handlers = new WeakMap<Router, Map<string, PageHandler>>()

/** Registers a WebSocket address on an application. */
export const pageSocket = (router: Router, path: string, handle: PageHandler): void => {
  const known = handlers.get(router) ?? new Map<string, PageHandler>()
  handlers.set(router, known.set(path, handle))
}

/**
 * Browsers send Origin with every WebSocket request and no other guard applies to it: one from another site would come
 * with our cookie. A request without Origin comes from a program, which holds no cookie of a person's browser.
 */
const isFromOurPages = ({ headers }: IncomingMessage, listensOn: string): boolean => {
  const { host = '', origin } = headers
  if (isLoopback(listensOn) && !isLoopback(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''))) return false
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8')

const pageOf = (socket: WebSocket, log: Log): Page => {
  let last: Promise<void> = Promise.resolve()
  let alive = true
  const pinging = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_EVERY_MS)
  socket.on('pong', () => {
    alive = true
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => clearInterval(pinging))
  return {
    send: (text) => {
      if (socket.bufferedAmount > WAITING_MAX_BYTES) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.send(text)
    },
    onMessage: (handle) => {
      socket.on('message', (data) => {
        last = last
          .then(() => handle(textOf(data)))
          .catch((error: unknown) => log.error('Không xử lý được một tin từ trang.', { error }))
      })
    },
    onClose: (handle) => void socket.on('close', handle),
    close: () => socket.close(1001),
  }
}

type Options = { readonly server: Pick<Server, 'on'>; readonly app: Router; readonly host: string; readonly log: Log }

/** Answers WebSocket requests of a server by the addresses registered on `app`. Returns what ends every connection. */
export const serveSockets = ({ server, app, host, log }: Options): (() => void) => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX_BYTES, clientTracking: true })
  const answer = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const address = request.url ?? '/'
    const url = URL.canParse(address, 'http://local') ? new URL(address, 'http://local') : undefined
    const handle = url && handlers.get(app)?.get(url.pathname)
    if (url === undefined || handle === undefined) return refuseUpgrade(socket, '404 Not Found')
    if (!isFromOurPages(request, host)) return refuseUpgrade(socket, '403 Forbidden')
    let accepted = false
    const accept = (): Promise<Page> => {
      accepted = true
      return new Promise((resolve) => {
        sockets.handleUpgrade(request, socket, head, (webSocket) => resolve(pageOf(webSocket, log)))
      })
    }
    await handle({ query: url.searchParams, cookie: request.headers.cookie ?? '', accept })
    if (!accepted) refuseUpgrade(socket, '401 Unauthorized')
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    answer(request, socket, head).catch((error: unknown) => {
      log.error('Không mở được kết nối của một trang.', { error })
      socket.destroy()
    })
  })
  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}
