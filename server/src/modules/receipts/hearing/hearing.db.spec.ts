import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, openTown, type Town } from '../../../scene/town.ts'
import { check as checkAudit } from '../../audit/index.ts'
import { endUnit } from '../../org/index.ts'
import type { Airing } from '../../schedule/index.ts'
import type { PresentedAiring } from '../present.ts'
import { PRESSES_MAX, TRIES_MAX } from './model.ts'

let town: Town
const ask = new Map<string, Ask>()
const as = (person: string): Ask => ask.get(person) as Ask

beforeAll(async () => {
  town = await openTown()
  for (const person of ['lan', 'tho', 'hoa', 'chu-tich']) ask.set(person, await town.signIn(person))
}, 90_000)
afterAll(() => town.close())

type Link = { id: string; url: string; token: string }
const wanted = { village: 'thon-a1', name: 'Bác Sáu', phone: '0905 123 456', expiresOn: '2026-12-31' }
const make = async (differs: Partial<typeof wanted> = {}): Promise<Link> =>
  (await as('lan').post('/api/hearing-links', { ...wanted, ...differs })).body as Link

const open = (token: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${town.server.url}/nghe/${token}`, { redirect: 'manual', ...init })
const page = async (token: string): Promise<string> => (await open(token)).text()
const press = (token: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  open(token, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  })
const end = (person: string, id: string): Promise<Response> =>
  fetch(`${town.server.url}/api/hearing-links/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${tokens.get(person)}` },
  })
const tokens = new Map<string, string>()
beforeAll(async () => {
  for (const person of ['lan', 'tho', 'hoa']) {
    const answer = await fetch(`${town.server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: person, password: 'một mật khẩu đủ dài' }),
    })
    tokens.set(person, ((await answer.json()) as { token: string }).token)
  }
})

const issued = async (issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> => {
  await town.clock.turnBy(1000)
  return (await town.issue(issue))[0] as Airing
}
const peopleOf = async (person: string, airing: string) =>
  ((await as(person).get(`/api/airings/${airing}`)).body as PresentedAiring).people
const rows = async () =>
  (await sql<{ word: string }>`select word from hearing_word order by at, id`.execute(town.database.db)).rows.map(
    ({ word }) => word,
  )

describe('a link for a village head', () => {
  test('is shown once, with a token of 128 bits of which only a hash is kept', async () => {
    const { id, url, token } = await make()
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(url).toBe(`${town.server.url}/nghe/${token}`)
    const { body } = await as('lan').get('/api/hearing-links')
    expect((body as { links: { id: string }[] }).links.find((link) => link.id === id)).toMatchObject({
      ...{ village: 'thon-a1', villageName: 'Đơn vị thon-a1', name: 'Bác Sáu', phone: '0905 123 456' },
      ...{ state: 'live', expiresOn: '2026-12-31', madeBy: { person: 'lan', name: 'Ông bà lan' }, lastWordAt: null },
    })
    const kept = JSON.stringify((await sql`select * from hearing_link`.execute(town.database.db)).rows)
    expect([JSON.stringify(body), kept].filter((text) => text.includes(token))).toEqual([])
  })

  const refused: [string, string, Partial<typeof wanted> & Record<string, unknown>, number][] = [
    ['by its officer, for a village', 'lan', {}, 200],
    ['by its technician: not for them to give', 'tho', {}, 403],
    ['by the officer of another commune', 'hoa', {}, 404],
    ['for a commune', 'lan', { village: 'xa-a' }, 422],
    ['for a village that is none', 'lan', { village: 'khong-co' }, 404],
    ['that ended yesterday', 'lan', { expiresOn: '2026-11-21' }, 422],
    ['that lives for ten years', 'lan', { expiresOn: '2036-11-22' }, 422],
    ['with a telephone number that is none', 'lan', { phone: 'gọi bác Sáu' }, 400],
    ['without a name', 'lan', { name: '   ' }, 400],
    ['with more than is asked', 'lan', { token: 'x' }, 400],
  ]
  test.each(refused)('asked for %s', async (_, person, differs, status) => {
    expect((await as(person).post('/api/hearing-links', { ...wanted, ...differs })).status).toBe(status)
  })

  test('belongs to its commune: others see none of it, and who only reads sees no telephone number', async () => {
    const links = async (person: string) =>
      ((await as(person).get('/api/hearing-links')).body as { links: { phone: string | null }[] }).links
    expect(await links('hoa')).toEqual([])
    expect((await links('tho')).map(({ phone }) => phone)).not.toContain('0905 123 456')
    expect((await links('tho')).length).toBe((await links('lan')).length)
    expect((await as('hoa').get('/api/hearing-links?unit=xa-a')).status).toBe(404)
  })

  test('is ended in one press; its page is closed at once and the number forgotten', async () => {
    const { id, token } = await make()
    expect([(await end('hoa', id)).status, (await end('tho', id)).status]).toEqual([404, 403])
    expect((await open(token)).status).toBe(200)
    expect([(await end('lan', id)).status, (await end('lan', id)).status]).toEqual([204, 204])
    expect((await open(token)).status).toBe(404)
    const { rows: kept } = await sql`select phone from hearing_link where id = ${id}`.execute(town.database.db)
    expect(kept).toEqual([{ phone: null }])
  })

  test('is one of at most ten for a village', async () => {
    const made = await Promise.all(
      Array.from({ length: 12 }, () => as('lan').post('/api/hearing-links', { ...wanted, village: 'thon-a3' })),
    )
    expect(made.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(made.filter(({ status }) => status === 409)).toHaveLength(2)
  })
})

describe('the page behind it', () => {
  test('shows the titles of what the village was to hear, and nothing of other villages', async () => {
    const { token } = await make()
    const seen = [
      await issued({ title: 'Cho cả xã <b>&' }),
      await issued({ title: 'Riêng thôn một', audience: ['thon-a1'] }),
      await issued({ title: 'Của tỉnh', unit: 'tinh', audience: ['tinh'], signers: ['chu-tich'] }),
    ]
    const hidden = [
      await issued({ title: 'Riêng thôn hai', audience: ['thon-a2'] }),
      await issued({ title: 'Riêng đài', audience: ['dai-a'] }),
      await issued({ title: 'Của xã khác', unit: 'xa-b', audience: ['xa-b'] }),
      await issued({ title: 'Chiều nay', plan: { when: 'times', dates: ['2026-11-22'], time: '17:05' } }),
    ]
    await town.propose({ title: 'Chưa ai duyệt' })
    const text = await page(token)
    for (const { title } of seen) expect(text).toContain(title.replace('&', '&amp;').replace('<b>', '&lt;b&gt;'))
    for (const title of [...hidden.map((each) => each.title), 'Chưa ai duyệt', '<b>']) expect(text).not.toContain(title)
    expect(text).toContain('Bác Sáu, Đơn vị thon-a1')
    expect(new TextEncoder().encode(text).length).toBeLessThan(50_000)
  })

  test('of a village of a wired station shows what was sent to its station', async () => {
    const { token } = await make({ village: 'thon-a2', name: 'Cô Bảy' })
    const station = await issued({ title: 'Cho đài có dây', audience: ['dai-a'] })
    expect(await page(token)).not.toContain(station.title)
    await sql`update hearing_link set village = 'thon-a3' where name = 'Cô Bảy'`.execute(town.database.db)
    expect(await page(token)).toContain(station.title)
  })

  test('runs no script, sets no cookie, names nobody else and tells no referrer', async () => {
    const { token } = await make()
    const answer = await open(token)
    const text = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(text).not.toMatch(/<script|https?:|src=/)
  })

  test('of a token that never was is the same, to the letter, as of one that was ended or has expired', async () => {
    const [ended, expired] = [await make(), await make()]
    await end('lan', ended.id)
    await sql`update hearing_link set expires_on = '2026-11-21' where id = ${expired.id}`.execute(town.database.db)
    const seen = await Promise.all(
      ['A'.repeat(22), 'x', ended.token, expired.token].map(async (token) => {
        const answer = await open(token)
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'date'))
        return { status: answer.status, headers, text: await answer.text() }
      }),
    )
    expect(seen[0]).toMatchObject({ status: 404 })
    for (const each of seen) expect(each).toEqual(seen[0])
    const pressed = await press(expired.token, { airing: 'x', word: 'none' })
    expect([pressed.status, await pressed.text()]).toEqual([404, seen[0]?.text])
  })
})

describe('what people say', () => {
  test('is kept, changed by another press, and both presses stay', async () => {
    const { token } = await make()
    const airing = await issued({ audience: ['thon-a1'] })
    const before = await rows()
    const first = await press(token, { airing: airing.id, word: 'unclear' })
    expect([first.status, first.headers.get('location')]).toEqual([303, `/nghe/${token}#a-${airing.id}`])
    expect(await page(token)).toContain('Đã ghi lúc')
    await town.clock.turnBy(60_000)
    await press(token, { airing: airing.id, word: 'clear' })
    await press(token, { airing: airing.id, word: 'clear' })
    expect((await rows()).slice(before.length)).toEqual(['unclear', 'clear'])
    expect(await peopleOf('lan', airing.id)).toEqual({ clear: 1, unclear: 0, none: 0, villagesAsked: 1 })
    const { said, heard } = (await as('lan').get(`/api/airings/${airing.id}`)).body as never as {
      said: { word: string; earlier: { word: string }[] }[]
      heard: { clusters: { devices: object } }
    }
    expect(said).toMatchObject([{ village: 'thon-a1', name: 'Bác Sáu', word: 'clear', earlier: [{ word: 'unclear' }] }])
    expect(heard.clusters.devices).toEqual({ total: 1, reported: 0, partial: 0, silent: 0, unknown: 1 })
  })

  test('stands in the list of the commune, and nowhere in another’s', async () => {
    const words = async (person: string) =>
      ((await as(person).get('/api/hearing-words')).body as { words: { word: string; earlier: number }[] }).words
    expect((await words('lan'))[0]).toMatchObject({ name: 'Bác Sáu', word: 'clear', earlier: 1 })
    expect(await words('hoa')).toEqual([])
    expect((await as('hoa').get('/api/hearing-words?unit=thon-a1')).status).toBe(404)
  })

  test('about an airing of the province is shown to each commune as its own only', async () => {
    const { token } = await make()
    const airing = await issued({ unit: 'tinh', audience: ['tinh'], signers: ['chu-tich'] })
    await press(token, { airing: airing.id, word: 'clear' })
    const none = { clear: 0, unclear: 0, none: 0, villagesAsked: 0 }
    expect(await peopleOf('hoa', airing.id)).toEqual(none)
    expect(await peopleOf('chu-tich', airing.id)).toMatchObject({ clear: 1 })
  })

  test('counts from a form that a browser calls of no origin, and from a page elsewhere only with the token', async () => {
    const { token } = await make()
    const airing = await issued({ audience: ['thon-a1'] })
    const old = await press(token, { airing: airing.id, word: 'clear' }, { origin: 'null' })
    const fresh = await press(token, { airing: airing.id, word: 'none' }, { 'sec-fetch-site': 'same-origin' })
    const foreign = await press('A'.repeat(22), { airing: airing.id, word: 'none' }, { origin: 'https://khac.example' })
    expect([old.status, fresh.status, foreign.status]).toEqual([303, 303, 404])
  })

  const bad: [string, () => Promise<Response>, number][] = [
    ['about an airing of another village', async () => say({ audience: ['thon-a2'] }), 409],
    [
      'about an airing that has not begun',
      async () => say({ plan: { when: 'times', dates: ['2026-11-22'], time: '19:00' } }),
      409,
    ],
    [
      'about an airing that is none',
      async () => press((await make()).token, { airing: 'khong-co', word: 'none' }),
      409,
    ],
    ['in a word that is none', async () => press((await make()).token, { airing: 'x', word: 'loud' }), 400],
    ['with an id that is none', async () => press((await make()).token, { airing: '../..', word: 'none' }), 400],
    ['as JSON', async () => press((await make()).token, {}, { 'content-type': 'application/json' }), 400],
    ['at great length', async () => press((await make()).token, { airing: 'x'.repeat(5000), word: 'none' }), 400],
  ]
  const say = async (issue: Parameters<Town['issue']>[0]) =>
    press((await make()).token, { airing: (await issued(issue)).id, word: 'none' })
  beforeAll(async () => {
    await sql`update hearing_link set revoked_at = made_at, revoked_by = made_by`.execute(town.database.db)
  })
  test.each(bad)('%s is not kept, and the page says so', async (_, saying, status) => {
    const before = await rows()
    const answer = await saying()
    expect([answer.status, (await answer.text()).includes('Chưa ghi được')]).toEqual([status, true])
    expect(await rows()).toEqual(before)
  })

  test('is asked about for a day', async () => {
    await sql`update hearing_link set revoked_at = made_at, revoked_by = made_by where revoked_at is null`.execute(
      town.database.db,
    )
    const { token } = await make()
    const airing = await issued({ audience: ['thon-a1'], title: 'Hôm qua' })
    for (let nth = 0; nth < PRESSES_MAX; nth++) {
      await press(token, { airing: airing.id, word: nth % 2 === 0 ? 'none' : 'clear' })
    }
    expect((await press(token, { airing: airing.id, word: 'none' })).status).toBe(409)
    await sql`update airing set at = at - interval '1 day', local_date = local_date - 1 where id = ${airing.id}`.execute(
      town.database.db,
    )
    expect(await page(token)).not.toContain('Hôm qua')
    expect((await press(token, { airing: airing.id, word: 'none' })).status).toBe(409)
  })

  test('stands in a record without a gap', async () => {
    expect(await checkAudit(town.database.db)).not.toHaveProperty('fault')
  })
})

test('an address that opens many links that are none has to wait; who holds a link and shares the address does not', async () => {
  const { token } = await make()
  const tries = Array.from({ length: TRIES_MAX }, (_, nth) => `${nth}`)
  await sql`insert into hearing_try (id, address, at) select n, '127.0.0.1', ${new Date(town.clock.now()).toISOString()}::timestamptz
    from unnest(${tries}::text[]) as n`.execute(town.database.db)
  expect([(await open(token)).status, (await open('A'.repeat(22))).status]).toEqual([200, 429])
  await town.clock.turnBy(11 * 60_000)
  expect([(await open(token)).status, (await open('A'.repeat(22))).status]).toEqual([200, 404])
})

test('a link of a village that is no more opens nothing', async () => {
  const { token } = await make({ village: 'thon-a2' })
  expect((await open(token)).status).toBe(200)
  await endUnit(town.database.db, 'thon-a2', '2026-11-22')
  expect((await open(token)).status).toBe(404)
})
