import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { writeWav } from '@loa/audio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Log, Voice } from './context.ts'
import { openHttpVoice } from './voice-http.ts'
import { voiceOf } from './voices.ts'

const TEXT = 'Mời bà con đi họp.'
const wave = (seconds = 2, sampleRate = 16_000): Uint8Array =>
  writeWav({
    samples: Float32Array.from({ length: seconds * sampleRate }, (_, i) => 0.3 * Math.sin(i / 8)),
    sampleRate,
  })

/** A WAV whose header says something else: `at` is the offset of a little-endian number of four bytes. */
const altered = (at: number, value: number): Uint8Array => {
  const bytes = Buffer.from(wave())
  bytes.writeUInt32LE(value, at)
  return bytes
}
const RATE_AT = 24

/** 32-bit float samples of one value. */
const floats = (value: number): Uint8Array => {
  const head = Buffer.alloc(44)
  const data = new Float32Array(32_000).fill(value)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.byteLength, 4)
  head.write('WAVEfmt ', 8)
  for (const [at, size, number] of [
    [16, 4, 16],
    [20, 2, 3],
    [22, 2, 1],
    [24, 4, 16_000],
    [28, 4, 64_000],
    [32, 2, 4],
    [34, 2, 32],
  ] as const) {
    head.writeUIntLE(number, at, size)
  }
  head.write('data', 36)
  head.writeUInt32LE(data.byteLength, 40)
  return Buffer.concat([head, new Uint8Array(data.buffer)])
}

type Answering = (response: ServerResponse, request: IncomingMessage) => void
const wav =
  (bytes: Uint8Array, headers: Record<string, string> = {}): Answering =>
  (response) =>
    response.writeHead(200, { 'content-type': 'audio/wav', ...headers }).end(bytes)
const endless: Answering = (response) => {
  response.writeHead(200, { 'content-type': 'audio/wav' })
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(1_048_576)));
  }
  response.on('drain', more)
  response.write(wave())
  more()
}

let answering: Answering
let asked = 0
const server = createServer((request, response) => {
  asked++
  request.resume()
  request.on('end', () => answering(response, request))
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(resolve))
})

const lines: string[] = []
const keep = (message: string, details: object = {}): void => void lines.push(`${message} ${JSON.stringify(details)}`)
const log: Log = { info: keep, warn: keep, error: keep }
const TOKEN = 'bí-mật-không-ghi-lại'.normalize('NFD').replace(/[^\w-]/g, '')
const open = (more: object = {}): Voice => {
  const engine = openHttpVoice({ id: 'mang', url, token: undefined, log, ...more })
  return voiceOf([{ id: 'mang', name: 'Mạng', accents: ['north'], engine }], log)
}
const speak = (voice: Voice, text = TEXT) => voice.speak(text, { accent: 'north', rate: 1, voice: 'mang' })

// biome-ignore format: a table
const answers: [string, Answering, string][] = [
  ['a page of a hotel’s network',            (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),   'content-type: text/html'],
  ['a page called sound',                    wav(Buffer.from('<html>'.repeat(100))),                                  'not a WAV'],
  ['an MP3 called WAV',                      wav(Buffer.from('ID3'.repeat(100))),                                     'not a WAV'],
  ['nothing',                                wav(new Uint8Array()),                                                   'not a WAV'],
  ['sound without end',                      endless,                                                                 '> 16777216 bytes'],
  ['a small file that unpacks to 200 MB',    wav(gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' }), '> 16777216 bytes'],
  ['a fault of its own',                     (r) => r.writeHead(500).end('x'),                                        'HTTP 500'],
  ['that it does not know the token',        (r) => r.writeHead(401).end('x'),                                        'HTTP 401'],
  ['a sample rate of one a second',          wav(altered(RATE_AT, 1)),                                                ''],
  ['a sample rate of four thousand million', wav(altered(RATE_AT, 4_000_000_000)),                                    ''],
  ['a redirect to another address',          (r) => r.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),      ''],
  ['the beginning of a sound, and no more',  (r) => { r.writeHead(200, { 'content-type': 'audio/wav' }).write(wave().subarray(0, 100)) }, '> 0.05 s'],
  ['nothing in time',                        () => undefined,                                                         '> 0.05 s'],
  ['a connection that breaks',               (r) => r.destroy(),                                                      ''],
]

test.each(answers)('from an engine that answers %s no sound is taken', async (_title, answer, detail) => {
  answering = answer
  const voice = open({ replyTimeoutMs: detail === '> 0.05 s' ? 50 : 15_000 })
  expect(await speak(voice)).toEqual({ refused: 'voice.unavailable' })
  const [info] = voice.list()
  expect(info).toMatchObject({ state: 'away', trouble: { detail: expect.stringContaining(detail) } })
})

test.each([401, 403])(
  'an engine that answers %i does not take the token, and the screen says that it is this',
  async (status) => {
    answering = (r) => r.writeHead(status).end('x')
    const voice = open()
    await speak(voice)
    expect(voice.list()).toMatchObject([{ trouble: { code: 'tokenRefused' } }])
  },
)

test.each([
  ['samples that are no numbers', floats(Number.NaN)],
  ['endlessly loud samples', floats(Number.POSITIVE_INFINITY)],
  ['silence', floats(0)],
  ['a click where a sentence should be', wave(0.05)],
  ['two minutes for five words', wave(120, 8_000)],
])('%s is not the text read out', async (_title, bytes) => {
  answering = wav(bytes)
  expect(await speak(open())).toEqual({ refused: 'voice.unavailable' })
})

test.each([
  ['0,210,400,655,900', [0, 210, 400, 655, 900], undefined],
  ['0, 210, 400', undefined, true],
  ['0,210,400,300,900', undefined, true],
  ['0,210,400,655,9000', undefined, true],
  ['a,b,c,d,e', undefined, true],
])(
  'times told as “%s” are taken where there is one for each word, ascending within the sound',
  async (told, times, estimated) => {
    answering = wav(wave(), { 'x-word-times': told })
    const spoken = await speak(open())
    if ('refused' in spoken) throw new Error(spoken.refused)
    expect(spoken.timesEstimated).toBe(estimated)
    if (times) expect(spoken.words.map(({ atMs }) => atMs)).toEqual(times)
    expect(spoken.words.map(({ from, to }) => TEXT.slice(from, to))).toEqual(['Mời', 'bà', 'con', 'đi', 'họp'])
  },
)

test('an engine that has failed is left alone for a while, and asked again after it', async () => {
  answering = (response) => response.writeHead(500).end()
  const [resting, ready] = [open(), open({ restMs: 0 })]
  for (const voice of [resting, ready]) await speak(voice)
  const before = asked
  answering = wav(wave())
  expect(await speak(resting)).toEqual({ refused: 'voice.unavailable' })
  expect(asked).toBe(before)
  expect(ready.list()[0]?.state).toBe('starting')
  expect(await speak(ready)).toHaveProperty('samples')
  expect(ready.list()[0]).toMatchObject({ state: 'ready', trouble: undefined })
})

test('the operator’s token is sent and stands in no line of the log', async () => {
  let sent: string | undefined
  answering = (response, { headers }) => {
    sent = headers.authorization
    response.writeHead(403).end(`Bearer ${TOKEN}`)
  }
  const voice = open({ token: TOKEN })
  await speak(voice)
  expect(sent).toBe(`Bearer ${TOKEN}`)
  expect(lines.join('\n')).not.toContain(TOKEN)
  expect(JSON.stringify(voice.list())).not.toContain(TOKEN)
})
