import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../http.ts'
import { silentLog } from '../testing.ts'
import { type Listening, listenHttp } from './listen.ts'

let served: Listening
let readMax = 0

beforeAll(async () => {
  const config = { host: '127.0.0.1', port: 0, tls: undefined, publicName: '127.0.0.1', consoleFolder: '/nowhere' }
  const app = createApp({ config, log: silentLog })
  app.post('/api/dispatch-texts', async (c) => {
    const bytes = (await c.req.arrayBuffer()).byteLength
    readMax = Math.max(readMax, bytes)
    return c.json({ bytes })
  })
  served = await listenHttp(app, config, silentLog)
})
afterAll(() => served.stop())

type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body?: string }

/** The first line and the last of the answer to a request written by hand; a browser would not send most of these. */
const answerTo = async ({ headers, body = '' }: Sent): Promise<string> => {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
  // whoever is refused early may be cut off while still sending
  socket.on('error', () => undefined)
  const lines = Object.entries({ host: '127.0.0.1', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.write(`POST /api/dispatch-texts HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  socket.setEncoding('utf8')
  let text = ''
  socket.on('data', (piece: string) => {
    text += piece
  })
  await once(socket, 'close')
  return `${text.slice(9, 12)} ${/"refused":"([^"]+)"|\{"bytes":(\d+)\}/.exec(text)?.slice(1).join('') ?? ''}`.trim()
}

const LIMIT = 10_000_000
const chunk = `${(64_000).toString(16)}\r\n${'a'.repeat(64_000)}\r\n`
const chunked = { 'transfer-encoding': 'chunked' }

describe.each([
  ['application/pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['text/plain; charset=utf-8'],
  ['application/json'],
  ['audio/ogg'],
  ['multipart/form-data; boundary=x'],
  ['x'],
])('[F48] a dispatch that calls itself %s', (type) => {
  it.each<[string, Sent, string]>([
    // what is sent                                        answer
    ['of honest length', { headers: { 'content-length': '6' }, body: '{"\\uab' }, '200 6'],
    ['over the limit', { headers: { 'content-length': String(LIMIT + 1) }, body: 'a' }, '413 document.tooLarge'],
    ['longer than it says', { headers: { 'content-length': '4' }, body: 'a'.repeat(5_000) }, '400'],
    ['that does not say how long it is', { headers: {} }, '400 input.malformed'],
    ['in pieces without an end', { headers: chunked, body: chunk }, '400 input.malformed'],
    ['in pieces that also says a length', { headers: { ...chunked, 'content-length': '4' }, body: chunk }, '400'],
    ['of a length that is no number', { headers: { 'content-length': '1e3' }, body: 'a' }, '400'],
    ['of two lengths', { headers: { 'content-length': '4, 99999999' }, body: 'a' }, '400'],
  ])('%s is read to its length or refused unread', async (_, sent, answer) => {
    expect(await answerTo({ ...sent, headers: { ...sent.headers, 'content-type': type } })).toBe(answer)
    expect(readMax).toBeLessThanOrEqual(LIMIT)
  })
})
