import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { refuse } from '../../kernel/refusal.ts'
import { DiskFull } from '../blobs.ts'
import { createApp, endpoint, finishApp, type Router } from '../http.ts'
import { silentLog } from '../testing.ts'

let folder: string
let app: Router

const breakages: Readonly<Record<string, Error>> = {
  full: new DiskFull('no room'),
  away: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  starting: Object.assign(new Error('starting up'), { code: '57P03' }),
  bug: new TypeError('x is not a function'),
  gone: Object.assign(new Error('aborted'), { code: 'ECONNRESET' }),
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loa-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Loa</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'run()')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js.br'), 'packed')
  const options = { config: { host: '127.0.0.1', tls: undefined, consoleFolder: folder }, log: silentLog }
  app = createApp(options)
  endpoint(
    app,
    {
      method: 'post',
      path: '/api/units/{id}/notes',
      summary: 'A note',
      params: z.object({ id: z.string().max(20) }),
      body: z.object({ title: z.string().min(1) }),
      result: z.object({ id: z.string(), title: z.string() }),
      status: 201,
    },
    ({ params, body }) =>
      body.title === 'mật' ? refuse('notice.classified', { word: 'mật' }) : { id: params.id, title: body.title },
  )
  app.post('/api/sounds', async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }))
  app.get('/api/broken/:how', (c) => {
    throw breakages[c.req.param('how')] ?? new Error('unknown')
  })
  finishApp(app, options)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HOME = 'http://127.0.0.1:4600'

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  app.request(`${HOME}${path}`, {
    method: 'POST',
    body,
    headers: { host: '127.0.0.1:4600', 'content-type': 'application/json', ...headers },
  })

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`${HOME}${path}`, { headers: { host: '127.0.0.1:4600', ...headers } })

const refusalOf = async (response: Response | Promise<Response>): Promise<[number, unknown]> => {
  const answer = await response
  return [answer.status, ((await answer.json()) as { refused?: string }).refused]
}

describe('a request', () => {
  it('that fits is answered', async () => {
    const answer = await post('/api/units/u1/notes', '{"title":"Họp thôn"}')
    expect([answer.status, await answer.json()]).toEqual([201, { id: 'u1', title: 'Họp thôn' }])
  })

  it('that is refused gets the status, the code, the sentence in Vietnamese and the detail', async () => {
    const answer = await post('/api/units/u1/notes', '{"title":"mật"}')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toEqual({
      refused: 'notice.classified',
      message: expect.stringContaining('không được đưa vào hệ thống'),
      detail: { word: 'mật' },
    })
  })

  it.each([
    // body                                           outcome
    ['{"title":', [400, 'input.malformed']],
    ['{"title":7}', [400, 'input.malformed']],
    ['{}', [400, 'input.malformed']],
    ['"x"', [400, 'input.malformed']],
    ['{"title":"a\\u0000b"}', [400, 'input.malformed']],
    ['{"title":"\\ud800"}', [400, 'input.malformed']],
    ['{"title":"x","\\u0000":1}', [400, 'input.malformed']],
    [`{"title":"${'x'.repeat(1_000_001)}"}`, [413, 'input.tooLarge']],
    ['['.repeat(200_000), [400, 'input.malformed']],
    ['{"title":"x\\\\\\ud800"}', [400, 'input.malformed']],
    ['{"title":"\\ude00\\ud83d"}', [400, 'input.malformed']],
    ['{"title":"\\ud83d\\n"}', [400, 'input.malformed']],
  ] as const)('with the body %.30s is refused', async (body, outcome) => {
    expect(await refusalOf(post('/api/units/u1/notes', body))).toEqual(outcome)
  })

  it.each([
    // title as it is escaped            title
    ['\\ud83d\\ude00', '😀'],
    ['\\\\u0000 \\\\ud800', '\\u0000 \\ud800'],
    ['\\u0041\\n', 'A\n'],
  ])('with the escaped text %s is read as it is meant', async (escaped, title) => {
    expect(await (await post('/api/units/u1/notes', `{"title":"${escaped}"}`)).json()).toEqual({ id: 'u1', title })
  })

  it.each(['application/ogg+json', 'application/octet-stream+json', 'application/offset+octet-stream+json'])(
    'whose text calls itself %s is held to the limit of text, and nothing is made of it before somebody asks',
    async (type) => {
      const long = `{"title":"x","more":[${'0,'.repeat(1_000_000)}0]}`
      expect(await refusalOf(post('/api/units/u1/notes', long, { 'content-type': type }))).toEqual([
        413,
        'input.tooLarge',
      ])
      const parsed = vi.spyOn(JSON, 'parse')
      expect(await refusalOf(post('/api/nothing', '{"x":[0,0]}', { 'content-type': type }))).toEqual([
        404,
        'input.notFound',
      ])
      expect(parsed.mock.calls.filter(([text]) => text === '{"x":[0,0]}')).toEqual([])
      parsed.mockRestore()
    },
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'audio/ogg', 'application/jsonx'])(
    'whose body calls itself %s is refused as unfit, not answered with a fault of ours',
    async (type) => {
      const asked = post('/api/units/u1/notes', '{"title":"x"}', { 'content-type': type })
      expect(await refusalOf(asked)).toEqual([400, 'input.malformed'])
    },
  )

  it.each([['/api/units/a%00b/notes'], ['/api/units/%ff/notes'], [`/api/units/${'x'.repeat(21)}/notes`]])(
    'to %s is refused',
    async (path) => {
      expect(await refusalOf(post(path, '{"title":"x"}'))).toEqual([400, 'input.malformed'])
    },
  )

  it('may carry a sound over the limit of text, and none over its own', async () => {
    const sound = await post('/api/sounds', new Uint8Array(2_000_000), { 'content-type': 'audio/ogg' })
    expect(await sound.json()).toEqual({ bytes: 2_000_000 })
    expect(await refusalOf(post('/api/sounds', new Uint8Array(64_000_001), { 'content-type': 'audio/ogg' }))).toEqual([
      413,
      'sound.tooLarge',
    ])
  })

  it('with a sound that nobody reads is answered before the sound has come, so that strangers cannot fill the memory', async () => {
    let pieces = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(out) {
        pieces += 1
        out.enqueue(new Uint8Array(1_000_000))
      },
    })
    const asked: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: endless,
      headers: { host: '127.0.0.1:4600', 'content-type': 'audio/ogg' },
      duplex: 'half',
    }
    expect(await refusalOf(app.request(`${HOME}/api/nothing`, asked))).toEqual([404, 'input.notFound'])
    expect(pieces).toBeLessThan(10)
  })

  it('to an address that does not exist says so', async () => {
    expect(await refusalOf(get('/api/nothing'))).toEqual([404, 'input.notFound'])
  })

  it.each([
    ['full', [507, 'system.diskFull']],
    ['away', [503, 'system.databaseAway']],
    ['starting', [503, 'system.databaseAway']],
    ['bug', [500, 'system.fault']],
    // whoever asked hung up in the middle: no part of ours is away
    ['gone', [400, 'input.malformed']],
  ] as const)('that meets a breakage (%s) says which, and nothing of the inside', async (how, outcome) => {
    const answer = await get(`/api/broken/${how}`)
    const text = await answer.clone().text()
    expect(await refusalOf(answer)).toEqual(outcome)
    expect(text).not.toMatch(/no room|ECONN|not a function|at /)
  })
})

describe('a request from another site', () => {
  it.each([
    // headers                                                             outcome
    [{ 'sec-fetch-site': 'same-origin' }, 201],
    [{ 'sec-fetch-site': 'none' }, 201],
    [{ origin: HOME }, 201],
    [{}, 201],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ host: 'evil.example' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
  ] as const)('with %o gets %i', async (headers, status) => {
    expect(
      (await post('/api/units/u1/notes', '{"title":"x"}', headers as unknown as Record<string, string>)).status,
    ).toBe(status)
  })
})

describe('the console', () => {
  it.each(['/', '/thong-bao/moi', '/index.html'])(
    'shows its first page at %s, asked for again each time',
    async (path) => {
      const answer = await get(path)
      expect(await answer.text()).toBe('<title>Loa</title>')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(answer.headers.get('content-security-policy')).toMatch("frame-ancestors 'none'")
    },
  )

  it('keeps hashed files for ever, packed where the browser can unpack', async () => {
    const plain = await get('/assets/app-1a2b.js')
    expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual(['run()', null])
    const packed = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect([await packed.text(), packed.headers.get('content-encoding')]).toEqual(['packed', 'br'])
    expect(packed.headers.get('cache-control')).toMatch('immutable')
    const again = await get('/assets/app-1a2b.js', { 'if-none-match': plain.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  it.each(['/assets/no.js', '/..%2f..%2fetc/passwd.txt', '/assets/..%2f..%2f..%2fsecret.txt'])(
    'does not hand out %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})

it('the API describes itself', async () => {
  const described = (await (await get('/api/openapi.json')).json()) as {
    paths: object
    components: { schemas: object }
  }
  expect(Object.keys(described.paths)).toEqual(['/api/units/{id}/notes'])
  expect(described.components.schemas).toHaveProperty('Refusal')
})
