import type { z } from '@hono/zod-openapi'
import { writeWav } from '@loa/audio'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { untilIdle } from '../../platform/busy.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { access, openAccount } from '../access/index.ts'
import { topics } from '../org/index.ts'
import { release } from '../release/index.ts'
import { trust } from '../trust/index.ts'
import { voicing } from '../voicing/index.ts'
import { editorial } from './index.ts'
import type { noticeWithHistorySchema } from './present.ts'

let town: TestContext
let app: Router
const tokens = new Map<string, string>()
const TEXT = 'Mời bà con họp thôn.'

/** Every field any of these answers may have; a test looks only at those of the answer it asked for. */
type Said = z.output<typeof noticeWithHistorySchema> & {
  readonly refused: string
  readonly token: string
  readonly notices: readonly z.output<typeof noticeWithHistorySchema>[]
  readonly briefings: readonly unknown[]
  readonly words: string
  readonly durationMs: number
  readonly parts: readonly {
    readonly kind: string
    readonly number: number | null
    readonly atMs: number
    readonly durationMs: number
    readonly written: string | null
    readonly readBy: unknown
    readonly words: readonly { readonly text: string; readonly atMs: number }[]
  }[]
}

const ask = async (
  person: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const bytes = body instanceof Uint8Array
  const answer = await app.request(path, {
    method,
    headers: {
      host: '127.0.0.1',
      ...(person === null ? {} : { authorization: `Bearer ${tokens.get(person)}` }),
      ...(body === undefined ? {} : { 'content-type': bytes ? 'audio/wav' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: bytes ? Uint8Array.from(body) : JSON.stringify(body) }),
  })
  const json = answer.headers.get('content-type')?.includes('json') ?? false
  return { status: answer.status, answer, body: (json ? await answer.json() : undefined) as Said }
}

const draft = (voiced: string | null, change = {}) => ({
  ...{
    title: 'Họp thôn',
    topic: topics[0]?.key,
    class: 'normal',
    audience: ['thon-a1'],
    plan: { when: 'now' },
    repeats: 2,
  },
  versions: [{ language: 'vi', written: TEXT, voicing: voiced }],
  ...change,
})
const voiced = async (person: string, unit: string) =>
  (await ask(person, 'POST', '/api/voicings', { unit, text: TEXT, accent: 'central', rate: 1 })).body

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  app = createApp({ config: town.ctx.config, log: silentLog })
  for (const module of [access, trust, voicing, editorial]) module.routes?.(app, town.ctx)
  release.routes?.(app, town.ctx)
  finishApp(app, { config: town.ctx.config, log: silentLog })
  for (const person of ['lan', 'minh', 'tho', 'hai', 'hoa', 'chu-tich', 'gia-lang']) {
    await openAccount(town.ctx, { person, username: person, password: `mật khẩu của ${person}` })
    const { body } = await ask(null, 'POST', '/api/session', { username: person, password: `mật khẩu của ${person}` })
    tokens.set(person, body.token)
  }
})
afterAll(() => town.close())

const submitted = async () => {
  const { body } = await ask('lan', 'POST', '/api/notices', {
    unit: 'xa-a',
    ...draft((await voiced('lan', 'xa-a')).id),
  })
  return (await ask('lan', 'POST', `/api/notices/${body.id}/submit`, { revision: 1 })).body
}

test('a notice goes from draft to issued over the API, and every answer says what the caller may do next', async () => {
  const reading = await voiced('lan', 'xa-a')
  const made = (await ask('lan', 'POST', '/api/notices', { unit: 'xa-a', ...draft(reading.id) })).body
  expect(made).toMatchObject({
    ...{ unit: 'xa-a', unitName: 'Xã A', state: 'draft', revision: 1, release: null },
    author: { person: 'lan', name: 'Hồ Thị Lan' },
    may: { edit: true, submit: true, withdraw: true, approve: false, return: false, check: false },
    current: { frozen: false, versions: [{ needsCheck: false, sound: null, voicing: { id: reading.id } }] },
  })
  const sent = (await ask('lan', 'POST', `/api/notices/${made.id}/submit`, { revision: 1 })).body
  expect(sent).toMatchObject({ state: 'submitted', current: { frozen: true }, whyNotApprove: 'access.notAllowed' })
  expect(sent.current.durationMs).toBe(sent.current.versions[0]?.sound?.durationMs)
  const forMinh = (await ask('minh', 'GET', `/api/notices/${made.id}`)).body
  expect(forMinh).toMatchObject({
    may: { approve: true, return: true, edit: false },
    whyNotApprove: null,
    release: sent.release,
  })
  const approved = (await ask('minh', 'POST', `/api/notices/${made.id}/approve`, { revision: 1 })).body
  expect(approved).toMatchObject({ state: 'approved', release: sent.release, may: { approve: false, withdraw: false } })
  const whole = (await ask('tho', 'GET', `/api/notices/${made.id}`)).body
  expect(
    whole.history.map(({ kind, person }: { kind: string; person: { name: string } }) => [kind, person.name]),
  ).toEqual([
    ['submitted', 'Hồ Thị Lan'],
    ['approved', 'Trần Minh'],
  ])
  const list = (await ask('minh', 'GET', '/api/notices?state=approved&unit=xa-a')).body
  expect(list.notices.map(({ id }: { id: string }) => id)).toContain(made.id)
})

test('another commune’s notice does not exist, for any verb, and nothing of it is told', async () => {
  const notice = await submitted()
  const path = `/api/notices/${notice.id}`
  const verbs: [string, string, unknown][] = [
    ['GET', path, undefined],
    ['PUT', path, { basedOn: 1, ...draft(null) }],
    ['POST', `${path}/submit`, { revision: 1 }],
    ['POST', `${path}/withdraw`, undefined],
    ['POST', `${path}/return`, { revision: 1, reason: 'Sai' }],
    ['POST', `${path}/check`, { revision: 1, language: 'cua' }],
    ['POST', `${path}/approve`, { revision: 1 }],
    ['GET', `/api/voicings/${notice.current.versions[0]?.voicing?.id}`, undefined],
    ['GET', `/api/sounds/${notice.current.versions[0]?.sound?.hash}`, undefined],
  ]
  for (const stranger of ['hai', 'hoa']) {
    for (const [method, address, body] of verbs) {
      const { status, body: said } = await ask(stranger, method, address, body)
      expect([method, address, status, said.refused]).toEqual([method, address, 404, 'input.notFound'])
      const nowhere = await ask(stranger, method, address.replace(notice.id, 'khong-co'), body)
      expect(said).toEqual(nowhere.body.refused === 'input.notFound' ? nowhere.body : said)
    }
    const { notices } = (await ask(stranger, 'GET', '/api/notices?unit=xa-a')).body
    expect(notices).toEqual([])
  }
  for (const [method, address, body] of verbs) expect((await ask(null, method, address, body)).status).toBe(401)
  expect((await ask('minh', 'GET', path)).body).toMatchObject({ state: 'submitted', revision: 1 })
})

test('in one’s own commune, what is not one’s work is refused by name', async () => {
  const { id } = await submitted()
  const said = async (person: string, verb: string, body?: unknown) =>
    (await ask(person, 'POST', `/api/notices/${id}/${verb}`, body)).body.refused
  expect(await said('tho', 'approve', { revision: 1 })).toBe('access.notAllowed')
  expect(await said('tho', 'withdraw')).toBe('access.notAllowed')
  expect(await said('lan', 'approve', { revision: 1 })).toBe('access.notAllowed')
  expect(await said('minh', 'return', { revision: 1, reason: '  ' })).toBe('notice.reasonMissing')
  expect(await said('minh', 'approve', { revision: 2 })).toBe('notice.changedMeanwhile')
})

test('nobody begins a notice, has a text read or leaves a recording for another commune', async () => {
  const wav = writeWav({ samples: new Float32Array(1600).fill(0.1), sampleRate: 16_000 })
  const tries: [string, unknown][] = [
    ['/api/notices', { unit: 'xa-a', ...draft(null) }],
    ['/api/readings', { unit: 'xa-a', text: TEXT }],
    ['/api/voicings', { unit: 'xa-a', text: TEXT, accent: 'north', rate: 1 }],
    ['/api/recordings?unit=xa-a', wav],
    ['/api/oral-briefings', { unit: 'xa-a', heldOn: '2026-11-21', listeners: 3 }],
  ]
  for (const [path, body] of tries) expect([path, (await ask('hai', 'POST', path, body)).status]).toEqual([path, 404])
})

// biome-ignore format: a table
const malformed: [string, unknown][] = [
  ['no body',                    undefined],
  ['a list',                     []],
  ['a text',                     'tin'],
  ['a class of its own',         { unit: 'xa-a', ...draft(null, { class: 'urgent' }) }],
  ['a hundred repeats',          { unit: 'xa-a', ...draft(null, { repeats: 100 }) }],
  ['NUL in the title',           { unit: 'xa-a', ...draft(null, { title: 'a\u0000b' }) }],
  ['half a character',           { unit: 'xa-a', ...draft(null, { title: 'a\ud800b' }) }],
  ['a list for a title',         { unit: 'xa-a', ...draft(null, { title: ['a'] }) }],
  ['a unit that is a statement', { ...draft(null), unit: "xa-a'; --" }],
  ['nine versions',              { unit: 'xa-a', ...draft(null, { versions: 'abcdefghi'.split('').map((each) => ({ language: `v${each}`, written: '', voicing: null })) }) }],
]

test.each(malformed)('%s is refused before anything is looked up', async (_title, body) => {
  expect((await ask('lan', 'POST', '/api/notices', body)).status).toBe(400)
})

test('the bytes an approver hears are the bytes that are signed, whole or in part', async () => {
  const { current, release: proposed } = await submitted()
  const { hash = '', bytes = 0 } = current.versions[0]?.sound ?? {}
  const whole = await ask('minh', 'GET', `/api/sounds/${hash}`)
  expect([whole.status, (await whole.answer.arrayBuffer()).byteLength]).toEqual([200, bytes])
  const part = await ask('minh', 'GET', `/api/sounds/${hash}`, undefined, { range: 'bytes=0-3' })
  expect([part.status, new TextDecoder().decode(await part.answer.arrayBuffer())]).toEqual([206, 'OggS'])
  const { rows } = await sql<{ body: string }>`select body from release where id = ${proposed?.id}`.execute(town.ctx.db)
  expect(rows[0]?.body).toContain(hash)
})

test('whoever may hear a sound is told what is heard in it when, with the words; a stranger is told nothing', async () => {
  const notice = await submitted()
  const version = notice.current.versions[0]
  const path = `/api/sounds/${version?.sound?.hash}/timeline`
  const { parts, durationMs } = (await ask('minh', 'GET', path)).body
  expect(parts.map(({ kind, number }) => `${kind}${number ?? ''}`)).toEqual(['attention', 'reading1', 'reading2'])
  expect(durationMs).toBe(version?.sound?.durationMs)
  for (const part of parts.slice(1)) {
    expect(part.written).toBe(TEXT)
    // the same words at the same distance, in each reading
    const from = version?.voicing?.words?.map(({ text, atMs }) => [text, atMs + part.atMs])
    expect(part.words.map(({ text, atMs }) => [text, atMs])).toEqual(from)
    expect(part.readBy).toEqual({ timesEstimated: false, voice: expect.anything(), wantedVoice: null, corrections: [] })
    expect(part.words.at(-1)?.atMs).toBeLessThan(part.atMs + part.durationMs)
  }
  for (const [person, status] of [
    ['hai', 404],
    [null, 401],
  ] as const) {
    expect((await ask(person, 'GET', path)).status).toBe(status)
  }
})

test('the length of an airing is told before it is made, as long as it will be', async () => {
  const notice = await submitted()
  const reading = notice.current.versions[0]?.voicing?.id
  const length = async (person: string, more = '') =>
    (await ask(person, 'GET', `/api/airing-length?unit=xa-a&class=normal&repeats=2&voicings=${reading}${more}`)).body
  expect(Math.abs((await length('lan')).durationMs - notice.current.durationMs)).toBeLessThanOrEqual(1)
  expect((await length('lan', `,${reading}`)).durationMs).toBe(2 * (await length('lan')).durationMs)
  expect((await length('lan', ',khong-co')).refused).toBe('input.notFound')
  expect((await length('hai')).refused).toBe('input.notFound')
})

test('what stands around notices is shown to everybody of the unit, with whose choice it is, and to nobody else', async () => {
  const shown = (await ask('tho', 'GET', '/api/frames/xa-a')).body
  expect(shown).toMatchObject({
    attention: { own: null, inForce: { use: 'chime', sound: null }, from: null, secondsMax: 10 },
    opening: { inForce: { use: 'none' }, secondsMax: 20 },
    again: { own: null, inForce: 'urgent', from: null },
    may: { change: false },
  })
  expect((await ask('tho', 'POST', '/api/frames/xa-a', { again: 'never' })).body.refused).toBe('access.notAllowed')
  expect((await ask('hai', 'GET', '/api/frames/xa-a')).status).toBe(404)
  expect((await ask('hai', 'POST', '/api/frames/xa-a', { again: 'never' })).status).toBe(404)
  expect((await ask('tho', 'POST', '/api/frames/xa-a', { attention: { use: 'loud' } })).status).toBe(400)
})

test('the province’s own attention sound is heard by everybody below it, on the page and before their notices', async () => {
  const samples = Float32Array.from({ length: 32_000 }, (_, i) => 0.2 * Math.sin(i / 9))
  const wav = writeWav({ samples, sampleRate: 16_000 })
  const gong = (await ask('chu-tich', 'POST', '/api/recordings?unit=tinh', wav)).body as unknown as { id: string }
  const { body } = await ask('chu-tich', 'POST', '/api/frames/tinh', { attention: { use: 'own', voicing: gong.id } })
  const { hash } = (body as unknown as { attention: { inForce: { sound: { hash: string } } } }).attention.inForce.sound
  for (const person of ['lan', 'hai']) {
    expect((await ask(person, 'GET', `/api/sounds/${hash}`)).status).toBe(200)
    const frame = (await ask(person, 'GET', `/api/frames/${person === 'lan' ? 'xa-a' : 'xa-b'}`)).body
    expect(frame).toMatchObject({ attention: { own: null, inForce: { use: 'own' }, from: { name: 'Tỉnh Thử' } } })
  }
  expect((await ask('chu-tich', 'POST', '/api/frames/tinh', { attention: null })).status).toBe(200)
  expect((await ask('lan', 'GET', `/api/sounds/${hash}`)).status).toBe(404)
})

test('a recording is taken in, and a broken, silent or marked one refused by name', async () => {
  const samples = Float32Array.from({ length: 16_000 }, (_, i) => 0.2 * Math.sin(i / 9))
  const wav = writeWav({ samples, sampleRate: 16_000 })
  const send = (bytes: Uint8Array, headers = {}) => ask('lan', 'POST', '/api/recordings?unit=xa-a', bytes, headers)
  expect((await send(wav)).body).toMatchObject({ kind: 'recording', sound: { durationMs: 1000 } })
  expect((await send(wav.subarray(0, 500))).body.refused).toBe('sound.truncated')
  expect((await send(new Uint8Array(9))).body.refused).toBe('sound.formatUnknown')
  expect((await send(wav, { 'x-file-name': encodeURIComponent('Kế hoạch (MẬT).wav') })).body.refused).toBe(
    'notice.classified',
  )
})

test('[F22] of an oral briefing only place, day and listeners are recorded; what it was about is not even accepted', async () => {
  const held = { unit: 'thon-a1', heldOn: '2026-11-21', listeners: 42 }
  expect((await ask('gia-lang', 'POST', '/api/oral-briefings', { ...held, about: 'nội dung' })).status).toBe(400)
  expect((await ask('gia-lang', 'POST', '/api/oral-briefings', { ...held, heldOn: '2026-11-23' })).status).toBe(400)
  expect((await ask('tho', 'POST', '/api/oral-briefings', held)).status).toBe(403)
  expect((await ask('gia-lang', 'POST', '/api/oral-briefings', held)).status).toBe(200)
  expect((await ask('minh', 'GET', '/api/oral-briefings')).body.briefings).toMatchObject([
    { ...held, unitName: 'Thôn A1' },
  ])
  expect((await ask('hoa', 'GET', '/api/oral-briefings')).body.briefings).toEqual([])
})

test('whoever asks whom devices trust is told in words who holds the keys', async () => {
  const { body } = await ask('tho', 'GET', '/api/trust')
  expect(body).toMatchObject({ keysHeldBy: 'server', rootKey: { alg: 'ed25519' } })
  expect(body.words).toContain('máy chủ đang giữ hộ khóa ký')
  expect(JSON.stringify(body)).not.toContain('private')
})

test('a draft that its author took back stands in the list for a day, and then only where such are asked for', async () => {
  const { id } = (await ask('lan', 'POST', '/api/notices', { unit: 'xa-a', ...draft(null) })).body
  expect((await ask('lan', 'POST', `/api/notices/${id}/withdraw`)).body.state).toBe('withdrawn')
  const listed = async (query: string) =>
    (await ask('lan', 'GET', `/api/notices${query}`)).body.notices.some((notice) => notice.id === id)
  expect([await listed(''), await listed('?state=withdrawn')]).toEqual([true, true])
  for (let half = 0; half < 3; half += 1) {
    await town.clock.turnBy(8 * 3_600_000 + 1)
    await ask('lan', 'GET', '/api/me')
  }
  expect([await listed(''), await listed('?state=withdrawn'), await listed('?state=draft')]).toEqual([
    false,
    true,
    false,
  ])
})

test('the sound of a saved draft is there before it is submitted, and it is the sound that is submitted', async () => {
  const { id: voicing } = await voiced('lan', 'xa-a')
  const { id } = (await ask('lan', 'POST', '/api/notices', { unit: 'xa-a', ...draft(voicing, { repeats: 5 }) })).body
  await untilIdle(town.ctx.db)
  const composed = () =>
    sql<{ sound: string }>`select sound from composition order by made_at, sound`.execute(town.ctx.db)
  const before = (await composed()).rows
  const sent = (await ask('lan', 'POST', `/api/notices/${id}/submit`, { revision: 1 })).body
  expect((await composed()).rows).toEqual(before)
  expect(before.map((row) => row.sound)).toContain(sent.current.versions[0]?.sound?.hash)
})
