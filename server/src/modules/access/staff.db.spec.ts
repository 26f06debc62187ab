import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { addPerson, givePost } from '../people/index.ts'
import { access, actorOf, openAccount, whenSessionEnds } from './index.ts'

let town: TestContext
let app: Router

type Answer = { status: number; body: Record<string, unknown> & { refused?: string } }
type Post = { id: string; unit: string; role: string; to: string | null; may: { end: boolean } }
type Person = { person: string; name: string; username: string | null; posts: Post[]; may: { edit: boolean } }

const ADMINISTRATORS = { 'qt-tinh': 'tinh', 'qt-a': 'xa-a' } as const

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  for (const [id, unit] of Object.entries(ADMINISTRATORS)) {
    await addPerson(town.ctx, { id, name: id, languages: ['vi'], invented: true })
    await givePost(town.ctx, {
      person: id,
      unit,
      role: 'administrator',
      title: 'Quản trị',
      from: '2026-01-01',
      to: null,
    })
  }
  for (const person of ['lan', 'minh', 'hai', 'tho', 'qt-tinh', 'qt-a'])
    await openAccount(town.ctx, { person, username: person, password: `ao cá của ${person}` })
  app = createApp({ config: town.ctx.config, log: silentLog })
  access.routes?.(app, town.ctx)
  app.get('/api/anything', (c) => c.json({ posts: actorOf(c).posts.map(({ role }) => role) }))
  finishApp(app, { config: town.ctx.config, log: silentLog })
})
afterAll(() => town.close())

beforeEach(async () => {
  await sql`truncate sign_in_session, sign_in_try, sign_in_name`.execute(town.ctx.db)
})

const ask = async (token: string, method: string, path: string, body?: unknown): Promise<Answer> => {
  const answer = await app.request(path, {
    method,
    headers: { host: '127.0.0.1', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

const signIn = (username: string, password: string) =>
  ask('nobody', 'POST', '/api/session', { username, password }) as Promise<
    Answer & { body: { token: string; me: { mustChoosePassword: boolean; posts: unknown[] } } }
  >
const tokenOf = async (person: string): Promise<string> => (await signIn(person, `ao cá của ${person}`)).body.token
const by = async (person: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(await tokenOf(person), method, path, body)
const peopleSeenBy = async (person: string, unit?: string): Promise<Person[]> =>
  (await by(person, 'GET', `/api/people${unit === undefined ? '' : `?unit=${unit}`}`)).body as unknown as Person[]
const postOf = async (person: string, role: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from post where person = ${person} and role = ${role}
    order by lower(valid) desc`.execute(town.ctx.db)
  return rows[0]?.id ?? ''
}

const officer = { unit: 'xa-a', role: 'officer', title: 'Cán bộ đài', from: '2026-11-22' } as const

test('whoever works at a unit sees who else does; user names are for its administrators, other communes for nobody there', async () => {
  const seen = await peopleSeenBy('lan', 'xa-a')
  expect(seen.map(({ person }) => person).sort()).toEqual(['gia-lang', 'lan', 'minh', 'nam', 'phuc', 'qt-a', 'tho'])
  expect(seen.map(({ username }) => username)).toEqual(seen.map(() => null))
  expect(seen.some(({ may, posts }) => may.edit || posts.some((post) => post.may.end))).toBe(false)
  const administered = await peopleSeenBy('qt-a')
  expect(administered.find(({ person }) => person === 'lan')).toMatchObject({ username: 'lan', may: { edit: true } })
  expect(await by('qt-a', 'GET', '/api/people?unit=xa-b')).toMatchObject({ status: 404 })
  expect((await peopleSeenBy('qt-tinh')).map(({ person }) => person)).toContain('hai')
})

test('a new person with a post and an account gets a one-time password, may do nothing with it but choose one, and then works', async () => {
  const made = await by('qt-a', 'POST', '/api/people', { name: ' Đỗ Thị Ẩn ', username: 'An.DT', post: officer })
  expect(made.status).toBe(201)
  const { handedOver, name } = made.body as unknown as Person & { handedOver: { username: string; password: string } }
  expect([name, handedOver.username]).toEqual(['Đỗ Thị Ẩn', 'an.dt'])
  const signed = await signIn('an.dt', handedOver.password)
  expect(signed.body.me.mustChoosePassword).toBe(true)
  const { token } = signed.body
  expect(await ask(token, 'GET', '/api/anything')).toMatchObject({
    status: 403,
    body: { refused: 'access.passwordMustChange' },
  })
  const choose = (current: string, next: string) => ask(token, 'POST', '/api/password', { current, next })
  expect((await choose(handedOver.password, 'ngắn')).body.refused).toBe('access.passwordTooShort')
  expect((await choose(handedOver.password, handedOver.password)).body.refused).toBe('access.passwordTooSimple')
  expect((await choose('không phải', 'sân phơi thóc nhà bà')).body.refused).toBe('access.wrongNameOrPassword')
  expect(await choose(handedOver.password, 'sân phơi thóc nhà bà')).toMatchObject({
    status: 200,
    body: { me: { mustChoosePassword: false } },
  })
  expect((await ask(token, 'GET', '/api/anything')).body).toEqual({ posts: ['officer'] })
  expect((await signIn('an.dt', handedOver.password)).status).toBe(401)
  expect((await signIn('an.dt', 'sân phơi thóc nhà bà')).body.me.mustChoosePassword).toBe(false)
})

test('a user name that is taken leaves nobody behind', async () => {
  const made = await by('qt-a', 'POST', '/api/people', { name: 'Người thứ hai', username: 'lan', post: officer })
  expect(made.body.refused).toBe('people.usernameTaken')
  expect((await peopleSeenBy('qt-a')).map(({ name }) => name)).not.toContain('Người thứ hai')
})

test.each([
  ['an officer gives nobody a post', 'lan', officer, 'access.notAllowed'],
  ['nobody gives a post above their own unit', 'qt-a', { ...officer, unit: 'tinh' }, 'input.notFound'],
  ['nobody gives a post in another commune', 'qt-a', { ...officer, unit: 'xa-b' }, 'input.notFound'],
  ['no post begins yesterday', 'qt-a', { ...officer, from: '2026-11-21' }, 'people.dayInPast'],
  ['no post begins in two years', 'qt-a', { ...officer, from: '2028-11-22' }, 'people.dayTooFar'],
  ['no post is held at a unit that is not there', 'qt-tinh', { ...officer, unit: 'khong-co' }, 'input.notFound'],
])('%s', async (_, who, post, refused) => {
  expect((await by(who, 'POST', '/api/people', { name: 'Ai đó', post })).body.refused).toBe(refused)
})

test.each([
  ['a name of a megabyte', { name: 'x'.repeat(900_000), post: officer }],
  ['a role that is none', { name: 'Ai đó', post: { ...officer, role: 'root' } }],
  ['a user name with marks', { name: 'Ai đó', username: 'hạnh', post: officer }],
  ['a day that is none', { name: 'Ai đó', post: { ...officer, from: '2026-02-30' } }],
  ['a language that is SQL', { name: 'Ai đó', languages: ["vi'; drop table person; --"], post: officer }],
])('%s is no person', async (_, body) => {
  expect((await by('qt-a', 'POST', '/api/people', body)).status).toBe(400)
})

describe('a post that ends', () => {
  test('today takes its right away at once, in the same session, and closes what that session holds open', async () => {
    const token = await tokenOf('tho')
    const page = { isOpen: true }
    whenSessionEnds(town.ctx, token, () => {
      page.isOpen = false
    })
    expect((await ask(token, 'GET', '/api/anything')).body).toEqual({ posts: ['technician'] })
    const ended = await by('qt-a', 'POST', `/api/posts/${await postOf('tho', 'technician')}/end`, { on: '2026-11-22' })
    expect(ended.status).toBe(200)
    expect((await ask(token, 'GET', '/api/anything')).body).toEqual({ posts: [] })
    expect(page.isOpen).toBe(false)
  })

  test('on a later day is held until then; at midnight what is open is closed, so that it is opened with the rights of the day', async () => {
    const id = await postOf('minh', 'approver')
    await by('qt-a', 'POST', `/api/posts/${id}/end`, { on: '2026-11-24' })
    const token = await tokenOf('minh')
    const page = { isOpen: true }
    whenSessionEnds(town.ctx, token, () => {
      page.isOpen = false
    })
    const at = async (instant: string) => {
      await town.clock.turnTo(Date.parse(instant))
      await access.tick?.(town.ctx)
      return (await ask(token, 'GET', '/api/anything')).body.posts
    }
    expect(await at('2026-11-22T19:00:00+07:00')).toEqual(['approver'])
    expect(page.isOpen).toBe(true)
    expect(await at('2026-11-23T00:00:00+07:00')).toEqual(['approver'])
    expect(page.isOpen).toBe(false)
    expect(await at('2026-11-23T10:00:00+07:00')).toEqual(['approver'])
    expect(await at('2026-11-23T20:00:00+07:00')).toEqual(['approver'])
    expect(await at('2026-11-24T00:00:00+07:00')).toEqual([])
  })

  test('the day it was given was given by mistake, and is gone at once', async () => {
    const today = '2026-11-24'
    const post = { unit: 'xa-a', role: 'administrator', title: 'nhầm', from: today }
    await by('qt-a', 'POST', '/api/people/nam/posts', post)
    const answer = await by('qt-a', 'POST', `/api/posts/${await postOf('nam', 'administrator')}/end`, { on: today })
    expect(answer.status).toBe(200)
    expect(await postOf('nam', 'administrator')).toBe('')
  })

  test('that was the only one leaves its person to the administrator of the whole, who gives another', async () => {
    const today = '2026-11-24'
    const post = { unit: 'xa-a', role: 'officer', title: 'nhầm', from: today }
    const made = (await by('qt-a', 'POST', '/api/people', { name: 'Lê Nhầm', post })).body as unknown as Person
    await by('qt-a', 'POST', `/api/posts/${made.posts[0]?.id}/end`, { on: today })
    expect((await peopleSeenBy('qt-a')).map(({ name }) => name)).not.toContain('Lê Nhầm')
    const left = (await peopleSeenBy('qt-tinh', 'tinh')).find(({ name }) => name === 'Lê Nhầm')
    expect(left).toMatchObject({ posts: [], may: { edit: true } })
    expect((await by('qt-a', 'POST', `/api/people/${made.person}/posts`, post)).status).toBe(404)
    expect((await by('qt-tinh', 'POST', `/api/people/${made.person}/posts`, post)).status).toBe(200)
  })

  test('cannot be ended by somebody of another commune, nor by an officer, nor in the past', async () => {
    const end = async (who: string, on = '2026-12-01') =>
      (await by(who, 'POST', `/api/posts/${await postOf('nam', 'officer')}/end`, { on })).body.refused
    expect([await end('hai'), await end('lan'), await end('qt-a', '2026-11-01')]).toEqual([
      'input.notFound',
      'access.notAllowed',
      'people.dayInPast',
    ])
  })
})

describe('the last administrator', () => {
  const endOwn = async (who: string, on = '2026-12-01') =>
    by(who, 'POST', `/api/posts/${await postOf(who, 'administrator')}/end`, { on })

  test('of the whole installation stays, however many without an account hold the same post', async () => {
    await givePost(town.ctx, {
      person: 'hoa',
      unit: 'tinh',
      role: 'administrator',
      title: 'Quản trị',
      from: '2026-01-01',
      to: null,
    })
    expect((await endOwn('qt-tinh')).body.refused).toBe('people.lastAdministrator')
  })

  test('of a commune may go while the province still has one', async () => {
    expect((await endOwn('qt-a', '2027-01-01')).status).toBe(200)
  })

  test('is not lost when two dismiss each other at the same moment', async () => {
    await openAccount(town.ctx, { person: 'hoa', username: 'hoa', password: 'ao cá của hoa' })
    const [first, second] = [await tokenOf('qt-tinh'), await tokenOf('hoa')]
    const end = async (token: string, of: string) =>
      ask(token, 'POST', `/api/posts/${await postOf(of, 'administrator')}/end`, { on: '2026-12-01' })
    const answers = await Promise.all([end(first, 'hoa'), end(second, 'qt-tinh')])
    expect(answers.map(({ body }) => body.refused ?? 'ended').sort()).toEqual(['ended', 'people.lastAdministrator'])
  })
})

describe('a password given anew', () => {
  test('is shown once, ends the person’s sessions, and is good for three days only', async () => {
    const before = await tokenOf('lan')
    const reset = await by('qt-a', 'POST', '/api/people/lan/reset-password')
    const { password } = reset.body as { password: string }
    expect((await ask(before, 'GET', '/api/me')).status).toBe(401)
    expect((await signIn('lan', 'ao cá của lan')).status).toBe(401)
    expect((await signIn('lan', password)).body.me.mustChoosePassword).toBe(true)
    const { rows } = await sql<{ text: string }>`select (select json_agg(a)::text from account a)
      || (select json_agg(e)::text from audit_entry e) as text`.execute(town.ctx.db)
    expect(rows[0]?.text).not.toContain(password)
    await town.clock.turnBy(72 * 3_600_000)
    expect((await signIn('lan', password)).body.refused).toBe('access.oneTimeExpired')
  })

  test('is not for whoever administers only some of the places where the person has a post', async () => {
    await givePost(town.ctx, {
      person: 'nam',
      unit: 'tinh',
      role: 'officer',
      title: 'Biệt phái',
      from: '2026-01-01',
      to: null,
    })
    await openAccount(town.ctx, { person: 'nam', username: 'nam', password: 'ao cá của nam' })
    const asked = ['/api/people/nam/reset-password', '/api/people/hai/reset-password']
    const refused = await Promise.all(asked.map(async (path) => (await by('qt-a', 'POST', path)).body.refused))
    expect(refused).toEqual(['people.widerPosts', 'input.notFound'])
    expect((await by('qt-a', 'PUT', '/api/people/nam', { name: 'Khác', languages: ['cua'] })).body.refused).toBe(
      'people.widerPosts',
    )
  })
})

test('a name, languages and an account are given to somebody who had none, and each change is in the record', async () => {
  const changed = await by('qt-a', 'PUT', '/api/people/gia-lang', { name: 'Hồ Văn Giả', languages: ['vi', 'cua'] })
  expect(changed.body).toMatchObject({ name: 'Hồ Văn Giả', languages: ['vi', 'cua'], username: null })
  const opened = await by('qt-a', 'POST', '/api/people/gia-lang/account', { username: 'gia.hv' })
  expect(opened.body).toMatchObject({ username: 'gia.hv' })
  expect((await by('qt-a', 'POST', '/api/people/gia-lang/account', { username: 'khac' })).body.refused).toBe(
    'people.hasAccount',
  )
  const { rows } = await sql<{ action: string; person: string; unit: string }>`select action, person, unit
    from audit_entry where subject = 'gia-lang' and person is not null order by number`.execute(town.ctx.db)
  expect(rows).toEqual([
    { action: 'person.changed', person: 'qt-a', unit: 'thon-a1' },
    { action: 'account.opened', person: 'qt-a', unit: 'thon-a1' },
  ])
})
