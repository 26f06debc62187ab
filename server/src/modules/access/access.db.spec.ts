import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import type { Context } from '../../platform/context.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { record } from '../audit/index.ts'
import { endPost } from '../people/index.ts'
import { signIn as signInFrom } from './commands.ts'
import { access, actorOf, closeAccount, openAccount, whenSessionEnds } from './index.ts'
import { insertTry } from './store.ts'

const HOUR = 3_600_000
let town: TestContext
let app: Router

const appOf = (ctx: Context): Router => {
  const made = createApp({ config: ctx.config, log: silentLog })
  access.routes?.(made, ctx)
  made.get('/api/anything', (c) => c.json(actorOf(c)))
  finishApp(made, { config: ctx.config, log: silentLog })
  return made
}

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  for (const person of ['lan', 'minh', 'chu-tich', 'hai']) {
    await openAccount(town.ctx, { person, username: person, password: `mật khẩu của ${person}` })
  }
  app = appOf(town.ctx)
})
afterAll(() => town.close())

beforeEach(async () => {
  await sql`truncate sign_in_session, sign_in_try, sign_in_name`.execute(town.ctx.db)
})

const ask = (path: string, { headers = {}, ...rest }: RequestInit = {}) =>
  app.request(path, { ...rest, headers: { host: '127.0.0.1', ...(headers as Record<string, string>) } })

const signIn = (username: string, password: string, headers: Record<string, string> = {}) =>
  ask('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ username, password }),
  })

const tokenOf = async (person: string, headers = {}): Promise<string> => {
  const answer = await signIn(person, `mật khẩu của ${person}`, headers)
  return ((await answer.json()) as { token: string }).token
}

const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const statusOf = async (path: string, token: string) => (await ask(path, bearing(token))).status

test('a person signs in, is known by cookie or token, and signs out for good', async () => {
  const answer = await signIn(' LAN', 'mật khẩu của lan')
  expect(answer.status).toBe(200)
  const { token, me } = (await answer.json()) as { token: string; me: object }
  expect(me).toMatchObject({
    person: 'lan',
    name: 'Hồ Thị Lan',
    units: ['xa-a'],
    approves: [],
    languages: ['vi', 'cua'],
  })
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^loa_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await ask('/api/me', { headers: { cookie: `loa_session=${token}` } })).status).toBe(200)
  expect(await statusOf('/api/anything', token)).toBe(200)
  expect((await ask('/api/session', { method: 'DELETE', ...bearing(token) })).status).toBe(204)
  expect(await statusOf('/api/me', token)).toBe(401)
})

test('over HTTPS the cookie never travels in the clear', async () => {
  const tls = { certFile: 'cert.pem', keyFile: 'key.pem' }
  const secured = appOf({ ...town.ctx, config: { ...town.ctx.config, tls } })
  const answer = await secured.request('/api/session', {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'lan', password: 'mật khẩu của lan' }),
  })
  expect(answer.headers.get('set-cookie')).toContain('; Secure')
})

test('the database holds no token, only what it hashes to', async () => {
  const token = await tokenOf('lan')
  const { rows } = await sql<{ text: string }>`select row_to_json(s)::text as text from sign_in_session s`.execute(
    town.ctx.db,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.text).not.toContain(token)
  expect(rows[0]?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
})

test('signing in from a session gives that session up', async () => {
  const first = await tokenOf('lan')
  const second = await tokenOf('lan', { cookie: `loa_session=${first}` })
  expect(await statusOf('/api/me', first)).toBe(401)
  expect(await statusOf('/api/me', second)).toBe(200)
})

test('an address of the API that nobody has heard of is closed too, and no token of another shape opens it', async () => {
  expect((await ask('/api/anything')).status).toBe(401)
  expect((await ask('/api/not-there-yet')).status).toBe(401)
  for (const token of ['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}=`, "' or true --"]) {
    expect(await statusOf('/api/anything', token)).toBe(401)
  }
})

test.each(['lan', 'khong-co-ai'])(
  'five wrong passwords lock the name %s for fifteen minutes, and say so',
  async (name) => {
    const answers: unknown[] = []
    for (let tried = 0; tried < 6; tried += 1) {
      const answer = await signIn(name, 'sai')
      const { refused, detail } = (await answer.json()) as { refused: string; detail: object }
      answers.push([answer.status, refused, detail])
    }
    expect(answers).toEqual([
      ...[4, 3, 2, 1].map((triesLeft) => [401, 'access.wrongNameOrPassword', { triesLeft }]),
      [423, 'access.locked', { minutes: 15 }],
      [423, 'access.locked', { minutes: 15 }],
    ])
  },
)

test('a locked name is opened by the right password only when its time is over', async () => {
  for (let tried = 0; tried < 5; tried += 1) await signIn('minh', 'sai')
  expect((await signIn('minh', 'mật khẩu của minh')).status).toBe(423)
  await town.clock.turnBy(15 * 60_000)
  expect((await signIn('minh', 'mật khẩu của minh')).status).toBe(200)
})

const from = (address: string, password: string) =>
  signInFrom(town.ctx, { username: 'minh', password, address, oldToken: undefined })

test('wrong passwords from elsewhere do not keep a person out: nobody can lock away the one who approves', async () => {
  for (let tried = 0; tried < 6; tried += 1) await from('203.0.113.9', 'sai')
  expect(await from('203.0.113.9', 'mật khẩu của minh')).toMatchObject({ refused: 'access.locked' })
  expect(await from('198.51.100.1', 'mật khẩu của minh')).toMatchObject({ person: 'minh' })
})

test('a hundred wrong passwords from twenty-five places lock the name for everybody', async () => {
  for (let tried = 0; tried < 100; tried += 1) await from(`203.0.113.${tried % 25}`, 'sai')
  expect(await from('198.51.100.1', 'mật khẩu của minh')).toMatchObject({ refused: 'access.locked' })
})

test('a hundred guesses at once get no more than five looked at', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, place) => signIn('minh', place === 60 ? 'mật khẩu của minh' : 'sai')),
  )
  const looked = answers.filter(({ status }) => status === 401)
  expect(looked.length).toBeLessThanOrEqual(5)
  expect(answers.filter(({ status }) => status === 200)).toEqual([])
})

test('of a flood from one address some are told to wait at once, and another address gets in meanwhile', async () => {
  const flood = Array.from({ length: 100 }, (_, place) =>
    signInFrom(town.ctx, { username: `ten-${place}`, password: 'sai', address: '203.0.113.9', oldToken: undefined }),
  )
  expect(await from('198.51.100.1', 'mật khẩu của minh')).toMatchObject({ person: 'minh' })
  const told = (await Promise.all(flood)).map((answer) => 'refused' in answer && answer.refused)
  expect(told.filter((code) => code === 'system.busy').length).toBe(68)
})

const failedFrom = async (address: string, count: number) => {
  for (let tried = 0; tried < count; tried += 1) {
    await insertTry(town.ctx.db, town.ctx.ids.next(), address, town.clock.now())
  }
}

test('thirty failed tries from an address that many share shut nobody out', async () => {
  for (let tried = 0; tried < 30; tried += 1) await signIn(`ten-${tried}`, 'sai')
  expect((await signIn('lan', 'mật khẩu của lan')).status).toBe(200)
  expect(await (await signIn('minh', 'sai')).json()).toMatchObject({
    refused: 'access.wrongNameOrPassword',
    detail: { triesLeft: 4 },
  })
})

test('three hundred failed tries from one address close it to every name for a while', async () => {
  await failedFrom('unknown', 300)
  const answer = await signIn('lan', 'mật khẩu của lan')
  expect(answer.status).toBe(429)
  expect(await answer.json()).toMatchObject({ refused: 'access.tooManyTries', detail: { minutes: 10 } })
  expect(await from('198.51.100.1', 'mật khẩu của minh')).toMatchObject({ person: 'minh' })
  await town.clock.turnBy(10 * 60_000)
  expect((await signIn('lan', 'mật khẩu của lan')).status).toBe(200)
})

test('who goes on at a locked name uses up nothing of what the others at that address have', async () => {
  for (let tried = 0; tried < 60; tried += 1) await signIn('minh', 'sai')
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from sign_in_try`.execute(town.ctx.db)
  expect(rows[0]?.count).toBe(5)
  expect((await signIn('lan', 'mật khẩu của lan')).status).toBe(200)
})

describe('what was opened under a session', () => {
  const opened = async (person: string) => {
    const token = await tokenOf(person)
    const page = { isOpen: true }
    const callOff = whenSessionEnds(town.ctx, token, () => {
      page.isOpen = false
    })
    return { token, page, callOff }
  }
  const signOut = (token: string) => ask('/api/session', { method: 'DELETE', ...bearing(token) })

  test('is closed when that session is signed out, and that one only', async () => {
    const [first, second] = [await opened('lan'), await opened('lan')]
    await signOut(first.token)
    expect([first.page.isOpen, second.page.isOpen]).toEqual([false, true])
    second.callOff()
  })

  test('is closed when the session is given up for another, when it runs out and when the account is taken away', async () => {
    const given = await opened('lan')
    await tokenOf('lan', { cookie: `loa_session=${given.token}` })
    expect(given.page.isOpen).toBe(false)
    const idle = await opened('minh')
    await town.clock.turnBy(12 * HOUR)
    await access.tick?.(town.ctx)
    expect(idle.page.isOpen).toBe(false)
    await openAccount(town.ctx, { person: 'nam', username: 'nam', password: 'mật khẩu của nam' })
    const dismissed = await opened('nam')
    await closeAccount(town.ctx, 'nam')
    expect(dismissed.page.isOpen).toBe(false)
  })

  test('that was closed before is not closed again', async () => {
    const { token, page, callOff } = await opened('lan')
    callOff()
    await signOut(token)
    expect(page.isOpen).toBe(true)
  })
})

test('right passwords do not count: a busy office signs in as often as it likes', async () => {
  for (let tried = 0; tried < 40; tried += 1) expect((await signIn('lan', 'mật khẩu của lan')).status).toBe(200)
})

test('a session ends after twelve idle hours, and after seven days however busy', async () => {
  const idle = await tokenOf('lan')
  const busy = await tokenOf('minh')
  await town.clock.turnBy(11 * HOUR)
  expect(await statusOf('/api/me', busy)).toBe(200)
  await town.clock.turnBy(HOUR)
  expect(await statusOf('/api/me', idle)).toBe(401)
  for (let hours = 12; hours < 7 * 24; hours += 11) {
    expect(await statusOf('/api/me', busy)).toBe(200)
    await town.clock.turnBy(11 * HOUR)
  }
  expect(await statusOf('/api/me', busy)).toBe(401)
})

test('a post that has ended gives nothing from that day on, in the same session', async () => {
  const token = await tokenOf('hai')
  const posts = async () => ((await (await ask('/api/me', bearing(token))).json()) as { posts: unknown[] }).posts
  expect(await posts()).toHaveLength(1)
  const { rows } = await sql<{ id: string }>`select id from post where person = 'hai'`.execute(town.ctx.db)
  await endPost(town.ctx, { id: rows[0]?.id ?? '', on: '2026-12-01', by: null })
  await town.clock.turnTo(Date.parse('2026-12-01T00:00:00+07:00'))
  const again = await tokenOf('hai')
  expect(((await (await ask('/api/me', bearing(again))).json()) as { posts: unknown[] }).posts).toEqual([])
})

test('another site can neither sign anybody in nor out', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await signIn('lan', 'mật khẩu của lan', foreign)).status).toBe(403)
  const token = await tokenOf('lan')
  const answer = await ask('/api/session', {
    method: 'DELETE',
    headers: { ...foreign, cookie: `loa_session=${token}` },
  })
  expect(answer.status).toBe(403)
  expect(await statusOf('/api/me', token)).toBe(200)
})

test('the record of a thing is read by leaders of its unit; others are refused or see nothing', async () => {
  const { db } = town.ctx
  await record(db, { at: MORNING, person: 'lan', action: 'notice.saved', subject: 'tin-1', unit: 'xa-a' })
  await record(db, { at: MORNING, person: null, action: 'system.started', subject: 'tin-1' })
  const seen = async (person: string) => (await ask('/api/audit?subject=tin-1', bearing(await tokenOf(person)))).json()
  expect(await seen('chu-tich')).toMatchObject({
    entries: [
      { action: 'notice.saved', person: { person: 'lan', name: 'Hồ Thị Lan' }, at: '2026-11-22T08:00:00.000+07:00' },
    ],
  })
  expect(await seen('lan')).toMatchObject({ refused: 'access.notAllowed' })
})

test.each([
  ['no name', { password: 'x' }],
  ['a name of 101 characters', { username: 'a'.repeat(101), password: 'x' }],
  ['a password of a megabyte', { username: 'lan', password: 'x'.repeat(900_000) }],
  ['a password that is a list', { username: 'lan', password: ['x'] }],
  ['a name with a NUL in it', { username: 'lan\0', password: 'x' }],
])('%s is refused before any password is looked at', async (_, body) => {
  const answer = await ask('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ refused: 'input.malformed' })
})
