import { writeWav } from '@loa/audio'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import { sha256Hex } from '../../../platform/crypto.ts'
import { createApp, finishApp, type Router, SOUND_MAX_BYTES } from '../../../platform/http.ts'
import { silentLog } from '../../../platform/testing.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { access, openAccount } from '../../access/index.ts'
import { historyOf } from '../../audit/index.ts'
import { endPost, everyPostOf } from '../../people/index.ts'
import { voicing } from '../index.ts'
import { ownUpload, takeUpload } from './commands.ts'
import { ALL_MAX_BYTES, PERSON_MAX_BYTES } from './model.ts'

let town: TestContext
let app: Router
const tokens = new Map<string, string>()
const DAY_MS = 86_400_000

/** The server as it stands after a start: nothing of what came before is in its memory. */
const started = (): Router => {
  const made = createApp({ config: town.ctx.config, log: silentLog })
  for (const module of [access, voicing]) module.routes?.(made, town.ctx)
  finishApp(made, { config: town.ctx.config, log: silentLog })
  return made
}

type Asking = { readonly headers?: Record<string, string>; readonly body?: BodyInit }
const ask = (person: string, method: string, path: string, { headers = {}, body }: Asking = {}) =>
  app.request(path, {
    method,
    headers: { host: '127.0.0.1', authorization: `Bearer ${tokens.get(person) ?? ''}`, ...headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  })
const refusedBy = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { refused: string }).refused,
]

const signIn = async (person: string): Promise<void> => {
  const password = `mật khẩu của ${person}`
  const body = JSON.stringify({ username: person, password })
  const answer = await ask(person, 'POST', '/api/session', { headers: { 'content-type': 'application/json' }, body })
  tokens.set(person, ((await answer.json()) as { token: string }).token)
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
type Told = { unit?: string; sha256?: string; name?: string }
const announce = (person: string, length: number | string, told: Told = {}) => {
  const { unit = 'xa-a', sha256 = '0'.repeat(64), name = 'ban-thu.wav' } = told
  const metadata = `unit ${base64(unit)},sha256 ${base64(sha256)},filename ${base64(name)}`
  return ask(person, 'POST', '/api/uploads', {
    headers: { 'tus-resumable': '1.0.0', 'upload-length': String(length), 'upload-metadata': metadata },
  })
}
const begun = async (person: string, length: number, told: Told = {}): Promise<string> => {
  const answer = await announce(person, length, told)
  expect(answer.status).toBe(201)
  return answer.headers.get('location') ?? ''
}
const patch = (person: string, at: string, offset: number, body: BodyInit) =>
  ask(person, 'PATCH', at, {
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body,
  })
const stands = async (person: string, at: string): Promise<string | null> =>
  (await ask(person, 'HEAD', at)).headers.get('upload-offset')
const take = (person: string, at: string, unit = 'xa-a') =>
  ask(person, 'POST', `/api/recordings?unit=${unit}&upload=${at.split('/').at(-1)}`)
const rows = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from upload_piece`.execute(town.ctx.db)).rows[0]?.n ?? -1

const hum = Float32Array.from(
  { length: 12 * 16_000 },
  (_, i) => 0.2 * Math.sin(i / 9) * (0.6 + 0.4 * Math.sin(i / 2e3)),
)
const wav = new Uint8Array(writeWav({ samples: hum, sampleRate: 16_000 }))
const sha256 = sha256Hex(wav)

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  app = started()
  for (const person of ['lan', 'nam', 'phuc', 'minh', 'hai', 'hoa', 'chu-tich', 'tho']) {
    await openAccount(town.ctx, { person, username: person, password: `mật khẩu của ${person}` })
    await signIn(person)
  }
})
afterAll(() => town.close())

test('[F44] a recording comes in pieces, over a server that was started anew in between, and is taken in whole', async () => {
  const at = await begun('lan', wav.length, { sha256 })
  expect(await stands('lan', at)).toBe('0')
  expect((await patch('lan', at, 0, wav.subarray(0, 100_000))).headers.get('upload-offset')).toBe('100000')
  app = started()
  expect(await stands('lan', at)).toBe('100000')
  expect(await refusedBy(await take('lan', at))).toEqual([409, 'upload.incomplete'])
  expect((await patch('lan', at, 100_000, wav.subarray(100_000))).status).toBe(204)
  const made = (await (await take('lan', at)).json()) as { id: string }
  expect(made).toMatchObject({ kind: 'recording', sound: { durationMs: 12_000 } })
  // who did not hear the answer asks again and gets it; the pieces are gone
  expect(await (await take('lan', at)).json()).toMatchObject({ id: made.id })
  expect(await rows()).toBe(0)
})

test('where the line breaks, what had come until then stays; single bytes are not written down', async () => {
  const at = await begun('lan', wav.length, { sha256 })
  const breaking = (bytes: number) =>
    new ReadableStream<Uint8Array>({
      start: (out) => out.enqueue(wav.subarray(0, bytes)),
      pull: (out) => out.error(new Error('the line broke')),
    })
  await patch('lan', at, 0, breaking(50_000))
  expect(await stands('lan', at)).toBe('50000')
  expect((await patch('lan', at, 50_000, wav.subarray(50_000, 50_001))).headers.get('upload-offset')).toBe('50000')
  expect((await patch('lan', at, 50_000, wav.subarray(50_000))).status).toBe(204)
  expect((await take('lan', at)).status).toBe(200)
})

test('a piece that does not fit where the last one ended is refused, and so is more than was announced', async () => {
  const at = await begun('lan', 100_000)
  expect(await refusedBy(await patch('lan', at, 5, wav.subarray(0, 20_000)))).toEqual([409, 'upload.wrongOffset'])
  expect((await patch('lan', at, 0, wav.subarray(0, 20_000))).status).toBe(204)
  expect(await refusedBy(await patch('lan', at, 0, wav.subarray(0, 20_000)))).toEqual([409, 'upload.wrongOffset'])
  expect(await refusedBy(await patch('lan', at, 20_000, wav.subarray(0, 90_000)))).toEqual([413, 'input.tooLarge'])
  // of two that send the same piece at once, one is told to ask again
  const both = await Promise.all([1, 2].map(() => patch('lan', at, 20_000, wav.subarray(0, 30_000))))
  expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
  expect(await stands('lan', at)).toBe('50000')
  expect((await ask('lan', 'DELETE', at)).status).toBe(204)
  expect((await ask('lan', 'HEAD', at)).status).toBe(404)
})

test('what came differs from what was sent: refused, forgotten, nothing made of it', async () => {
  const at = await begun('lan', wav.length, { sha256: sha256Hex('something else') })
  await patch('lan', at, 0, wav)
  expect(await refusedBy(await take('lan', at))).toEqual([422, 'upload.damaged'])
  expect((await ask('lan', 'HEAD', at)).status).toBe(404)
  const silent = new Uint8Array(writeWav({ samples: new Float32Array(160_000), sampleRate: 16_000 }))
  const nothing = await begun('lan', silent.length, { sha256: sha256Hex(silent) })
  await patch('lan', nothing, 0, silent)
  expect(await refusedBy(await take('lan', nothing))).toEqual([422, 'sound.silent'])
  expect(await rows()).toBe(0)
})

test('an upload is its creator’s alone: for everybody else, and for who lost the post since, it is not there', async () => {
  const at = await begun('nam', wav.length, { sha256 })
  for (const other of ['lan', 'minh', 'hai', 'tho', 'chu-tich']) {
    expect([other, (await ask(other, 'HEAD', at)).status]).toEqual([other, 404])
    expect([other, (await patch(other, at, 0, wav)).status]).toEqual([other, 404])
    expect([other, (await take(other, at)).status]).not.toEqual([other, 200])
    expect([other, (await ask(other, 'DELETE', at)).status]).toEqual([other, 404])
  }
  expect((await ask('', 'HEAD', at)).status).toBe(401)
  expect((await take('nam', at, 'thon-a1')).status).toBe(404)
  expect((await ask('nam', 'PATCH', at, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403)
  expect((await patch('nam', at, 0, wav.subarray(0, 50_000))).status).toBe(204)
  const [post] = await everyPostOf(town.ctx.db, ['nam'])
  await endPost(town.ctx, { id: post?.id ?? '', on: '2026-11-22', by: null })
  expect((await patch('nam', at, 50_000, wav.subarray(50_000))).status).toBe(404)
  expect((await ask('nam', 'HEAD', at)).status).toBe(404)
})

// biome-ignore format: a table
const refused: [string, string, number | string, Told, number, string][] = [
  ['a unit that is not hers',       'hai', 100,                 {},                        404, 'input.notFound'],
  ['somebody who does not record',  'tho', 100,                 {},                        403, 'access.notAllowed'],
  ['nothing at all',                'lan', 0,                   {},                        400, 'input.malformed'],
  ['a length that is no number',    'lan', '1e3',               {},                        400, 'input.malformed'],
  ['more than 64 MB',               'lan', SOUND_MAX_BYTES + 1, {},                        413, 'sound.tooLarge'],
  ['a checksum that is none',       'lan', 100,                 { sha256: '../../etc' },   400, 'input.malformed'],
  ['NUL in the name of the unit',   'lan', 100,                 { unit: 'xa-a\0' },        400, 'input.malformed'],
  ['a file whose name is marked',   'lan', 100,                 { name: 'MẬT-ABCXYZ.wav' }, 422, 'notice.classified'],
]

test.each(refused)('%s is refused before a byte has come', async (_title, person, length, told, status, code) => {
  expect(await refusedBy(await announce(person, length, told))).toEqual([status, code])
})

test('the name of the file is looked at and never kept', async () => {
  await announce('lan', 100, { name: 'MẬT-ABCXYZ.wav' })
  await begun('lan', 100, { name: 'ABCXYZ.wav' })
  const { rows: found } = await sql<{ found: string }>`select string_agg(t::text, '') as found from (
    select to_jsonb(upload) as t from upload union all select to_jsonb(audit_entry) from audit_entry) as all_of_it`.execute(
    town.ctx.db,
  )
  expect(found[0]?.found).not.toContain('ABCXYZ')
  expect((await historyOf(town.ctx.db, 'xa-a')).at(-1)?.action).toBe('classified.refused')
})

test.each(['..%2f..%2fetc%2fpasswd', "' or 1=1; --", '0'.repeat(26)])('the id %s leads nowhere', async (id) => {
  const at = `/api/uploads/${encodeURIComponent(id)}`
  for (const method of ['HEAD', 'DELETE']) expect((await ask('lan', method, at)).status).toBe(404)
  expect((await patch('lan', at, 0, wav)).status).toBe(404)
})

test('[F44] who asks for the sound while it is being made for the same person gets that sound, and is not told that it is damaged', async () => {
  const at = await begun('lan', wav.length, { sha256 })
  await patch('lan', at, 0, wav)
  const before = await ownUpload(town.ctx, at.split('/').at(-1) ?? '', 'lan')
  if (isRefusal(before)) throw new Error(before.refused)
  const first = await takeUpload(town.ctx, before)
  // this one had looked before the first let the pieces go
  expect(await takeUpload(town.ctx, before)).toEqual(first)
  expect((await take('lan', at)).status).toBe(200)
})

test('what one person and what all together have on the way is bounded; one’s own older ones give way, and those of the unit that has the most', async () => {
  await sql`delete from upload`.execute(town.ctx.db)
  const first = await begun('lan', SOUND_MAX_BYTES)
  const second = await begun('lan', PERSON_MAX_BYTES - SOUND_MAX_BYTES)
  const third = await begun('lan', 1000)
  expect([await stands('lan', first), await stands('lan', second), await stands('lan', third)]).toEqual([
    null,
    '0',
    '0',
  ])
  for (const [person, unit] of [
    ['phuc', 'xa-a'],
    ['minh', 'xa-a'],
    ['hai', 'xa-b'],
    ['hoa', 'xa-b'],
  ] as const)
    for (let sent = 0; sent < PERSON_MAX_BYTES; sent += SOUND_MAX_BYTES) await begun(person, SOUND_MAX_BYTES, { unit })
  expect(PERSON_MAX_BYTES * 5).toBe(ALL_MAX_BYTES)
  // xa-a has the most: its oldest gives way to a unit that has nothing
  expect((await announce('chu-tich', SOUND_MAX_BYTES, { unit: 'tinh' })).status).toBe(201)
  expect([await stands('lan', second), await stands('lan', third)]).toEqual([null, '0'])
})

test('what nobody has finished within a day is forgotten', async () => {
  await sql`delete from upload`.execute(town.ctx.db)
  const at = await begun('lan', 100_000)
  await patch('lan', at, 0, wav.subarray(0, 50_000))
  await town.clock.turnBy(DAY_MS - 1000)
  await signIn('lan')
  await voicing.tick?.(town.ctx)
  expect(await stands('lan', at)).toBe('50000')
  await town.clock.turnBy(1000)
  expect((await ask('lan', 'HEAD', at)).status).toBe(404)
  await town.clock.turnBy(DAY_MS)
  await voicing.tick?.(town.ctx)
  expect(await rows()).toBe(0)
})
