import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemo } from '../../demo/seed.ts'
import { MORNING } from '../../demo/small-town.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { access } from '../access/index.ts'
import { addPerson, givePost } from '../people/index.ts'
import { search } from './index.ts'

let town: TestContext
let app: Router
const tokens = new Map<string, string>()

type Hit = { id: string; title: string; where: string; at: string | null; to: string; note: string | null }
type Found = { groups: { kind: string; hits: Hit[] }[] }

/** An airing of the province, for everybody, and one that Bình Sơn sent to itself. */
const addAirings = async (): Promise<void> => {
  for (const [id, unit, title] of [
    ['a-tinh', 'quang-ngai', 'Cảnh báo lũ toàn tỉnh'],
    ['a-son', 'binh-son', 'Lũ rút ở Bình Sơn'],
  ] as const) {
    await sql`insert into release (id, origin_kind, origin, unit, author, class, title, body, made_at)
      values (${id}, 'notice', ${id}, ${unit}, 'cao-thi-an', 'normal', ${title}, '{}', '2026-11-22T01:00Z')`.execute(
      town.ctx.db,
    )
    await sql`insert into airing (id, release, origin_kind, origin, unit, class, title, audience, sounds, at, latest_start,
        local_date, duration_ms, made_at)
      values (${id}, ${id}, 'notice', ${id}, ${unit}, 'normal', ${title}, ${[unit]}::text[], '[]', '2026-11-22T02:00Z',
        '2026-11-22T02:10Z', '2026-11-22', 60000, '2026-11-22T01:00Z')`.execute(town.ctx.db)
  }
}

const addSessionAndTicket = async (): Promise<void> => {
  const { db } = town.ctx
  await sql`insert into session (id, made_by, made_at) values ('s-sang', 'cao-thi-an', '2026-11-01T00:00Z')`.execute(db)
  await sql`insert into session_version (session, unit, valid, name, days, from_time, to_time, off_hours, saved_by, saved_at)
    values ('s-sang', 'binh-chuong', daterange('2026-11-01', null), 'Buổi thử sương sớm', '{1,2,3}', '05:30', '06:00', 'none',
      'cao-thi-an', '2026-11-01T00:00Z')`.execute(db)
  await sql`insert into ticket (id, device, kind, opened_at, facts)
    select 'phieu-1', id, 'offline', '2026-11-22T00:00Z', '{}' from device where unit = 'binh-my-thon-1' limit 1`.execute(
    db,
  )
}

beforeAll(async () => {
  town = await testContext(MORNING)
  await seedDemo(town.ctx)
  await addPerson(town.ctx, { id: 'dang', name: 'Đinh Văn Đăng', languages: ['vi', 'sed'], invented: true })
  await addPerson(town.ctx, { id: 'dang-2', name: 'Phạm Dang', languages: ['vi'], invented: true })
  for (const person of ['dang', 'dang-2']) {
    const post = { unit: 'binh-chuong', role: 'clerk', title: 'Cộng tác viên tiếng Xơ Đăng' } as const
    await givePost(town.ctx, { person, ...post, from: '2026-01-01', to: null })
  }
  await addAirings()
  await addSessionAndTicket()
  app = createApp({ config: town.ctx.config, log: silentLog })
  access.routes?.(app, town.ctx)
  search.routes?.(app, town.ctx)
  finishApp(app, { config: town.ctx.config, log: silentLog })
})
afterAll(() => town.close())

const ask = (path: string, init: RequestInit = {}) =>
  app.request(path, { ...init, headers: { host: '127.0.0.1', ...(init.headers as Record<string, string>) } })

const tokenOf = async (username: string): Promise<string> => {
  const known = tokens.get(username)
  if (known !== undefined) return known
  const answer = await ask('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'xinchao' }),
  })
  const { token } = (await answer.json()) as { token: string }
  tokens.set(username, token)
  return token
}

const find = async (username: string, q: string, limit = 5): Promise<Found> => {
  const headers = { authorization: `Bearer ${await tokenOf(username)}` }
  const answer = await ask(`/api/search?q=${encodeURIComponent(q)}&limit=${limit}`, { headers })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Found
}

const titles = async (username: string, q: string, kind: string): Promise<string[]> =>
  (await find(username, q)).groups.find((group) => group.kind === kind)?.hits.map(({ title }) => title) ?? []

test.each(['lũ trà bồng', 'lu tra bong', 'TRÀ BỒ', 'LU TRA', 'lũ trà bồng'.normalize('NFD'), 'sông  trà-bồng!'])(
  'a notice is found by its title, with marks or without, in capitals, decomposed, begun: “%s”',
  async (q) => {
    expect(await titles('hanh', q, 'notice')).toEqual(['Cảnh báo lũ trên sông Trà Bồng'])
  },
)

test('a notice is found by a word of its text too, after those whose title has it', async () => {
  expect(await titles('hanh', 'đèn pin', 'notice')).toEqual(['Cảnh báo lũ trên sông Trà Bồng'])
  expect((await titles('hanh', 'tiêm chủng', 'notice'))[0]).toBe('Tiêm chủng mở rộng cho trẻ dưới 24 tháng tuổi')
})

test('what bears the marks that were typed comes before what only sounds alike', async () => {
  expect(await titles('an', 'đăng', 'person')).toEqual(['Đinh Văn Đăng', 'Phạm Dang', 'Đặng Thị Liên'])
  expect((await titles('an', 'dang', 'person'))[0]).toBe('Phạm Dang')
  expect((await titles('an', 'đặng', 'person'))[0]).toBe('Đặng Thị Liên')
})

test('only people who administer are shown people', async () => {
  expect(await titles('hanh', 'đăng', 'person')).toEqual([])
})

test('nothing of another commune is found, and what the province says to everybody is', async () => {
  expect(await titles('hanh', 'lũ', 'airing')).toEqual(['Cảnh báo lũ toàn tỉnh'])
  expect((await titles('son', 'lũ', 'airing')).sort()).toEqual(['Cảnh báo lũ toàn tỉnh', 'Lũ rút ở Bình Sơn'])
  expect(await find('son', 'trà bồng')).toMatchObject({ groups: [] })
  const groups = (await find('son', 'bình chương', 20)).groups
  expect(groups.filter(({ kind }) => kind !== 'airing')).toEqual([])
})

test('units, clusters and sessions lead to their pages, tickets too for those who work on them', async () => {
  const { groups } = await find('hanh', 'thôn 1 bình mỹ', 20)
  const unit = groups.find(({ kind }) => kind === 'unit')?.hits[0]
  expect(unit).toMatchObject({
    id: 'binh-my-thon-1',
    where: 'Xã Bình Chương',
    note: 'village',
    to: '/mang-luoi?noi=binh-my-thon-1',
  })
  const session = (await find('hanh', 'suong som')).groups[0]
  expect(session).toMatchObject({
    kind: 'session',
    hits: [{ title: 'Buổi thử sương sớm', where: 'Xã Bình Chương', note: '05:30–06:00', to: '/lich-phat' }],
  })
  expect(groups.find(({ kind }) => kind === 'ticket')).toBeUndefined()
  const forTechnician = (await find('ky', 'thôn 1 bình mỹ', 20)).groups
  expect(forTechnician.find(({ kind }) => kind === 'ticket')?.hits[0]).toMatchObject({
    id: 'phieu-1',
    note: 'offline',
    to: '/viec-ky-thuat',
  })
  expect(groups.find(({ kind }) => kind === 'cluster')?.hits[0]?.to).toMatch(/^\/mang-luoi\/cum\//)
})

test('a name a unit had before finds what it is now, and says so', async () => {
  await sql`insert into unit_version (unit, valid, kind, name, short_name, parent, invented, source)
    values ('binh-my-thon-2', daterange('2010-01-01', '2025-07-01'), 'village', 'Thôn Phước Tích', 'Phước Tích', 'binh-chuong',
      true, 'bịa ra để thử')`.execute(town.ctx.db)
  expect((await titles('hanh', 'phuoc tich', 'unit'))[0]).toMatch(/^Thôn Phước Tích → Thôn 2/)
})

test.each(['', ' ', "' | '", '\\', ':*', '%', '<>'])(
  'a line without words finds nothing and breaks nothing: “%s”',
  async (q) => {
    expect(await find('hanh', q)).toEqual({ groups: [] })
  },
)

test('no kind shows more than was asked for, and nobody asks for more than twenty', async () => {
  const { groups } = await find('an', 'thôn', 3)
  expect(groups.every(({ hits }) => hits.length <= 3)).toBe(true)
  const headers = { authorization: `Bearer ${await tokenOf('an')}` }
  expect((await ask('/api/search?q=a&limit=21', { headers })).status).toBe(400)
  expect((await ask(`/api/search?q=${'a'.repeat(1001)}`, { headers })).status).toBe(400)
  expect((await ask('/api/search?q=a')).status).toBe(401)
})

test('all Vietnamese letters fold in the database as they do in the program', async () => {
  const { fold } = await import('../../kernel/words.ts')
  const letters = [...'aăâeêioôơuưyđ'].flatMap((letter) =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((mark) => (letter + mark).normalize('NFC')),
  )
  const text = [...letters, ...letters.map((letter) => letter.toUpperCase()), 'H’re', "K'Bang"].join(' ')
  const { rows } = await sql<{ nfc: string; nfd: string }>`select loa_fold(${text}) as nfc,
    loa_fold(${text.normalize('NFD')}) as nfd`.execute(town.ctx.db)
  expect([rows[0]?.nfc, rows[0]?.nfd]).toEqual([fold(text), fold(text)])
})
