import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp, pageSocket, type Router } from '../http.ts'
import { silentLog } from '../testing.ts'
import { serveSockets } from './sockets.ts'

const errors: string[] = []
let server: Server
let app: Router

beforeAll(async () => {
  const log = { ...silentLog, error: (words: string) => void errors.push(words) }
  app = createApp({ config: { host: '127.0.0.1', tls: undefined, consoleFolder: '/nowhere' }, log })
  pageSocket(app, '/api/page', async () => undefined)
  server = createServer()
  serveSockets({ server, app, host: '127.0.0.1', log })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

/** The first line of the answer to a request for a WebSocket. */
const answerTo = async (path: string, headers: Record<string, string> = {}): Promise<string> => {
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  socket.setEncoding('utf8')
  let text = ''
  for await (const piece of socket) text += String(piece)
  return text.split('\r\n')[0] ?? ''
}

it.each([
  // address         headers                              answer
  ['/api/page', {}, '401 Unauthorized'], // whoever asks is not let in by its handler
  ['/api/nothing', {}, '404 Not Found'],
  ['//', {}, '404 Not Found'],
  ['/api/page', { origin: 'http://elsewhere.example' }, '403 Forbidden'],
  ['/api/page', { origin: 'null' }, '403 Forbidden'],
  ['/api/page', { host: 'elsewhere.example' }, '403 Forbidden'],
] as const)(
  'a WebSocket asked for at %s with %j gets %s, and no fault of ours is logged',
  async (path, headers, line) => {
    expect([await answerTo(path, headers), errors]).toEqual([`HTTP/1.1 ${line}`, []])
  },
)
