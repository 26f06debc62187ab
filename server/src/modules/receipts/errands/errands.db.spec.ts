import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, openTown, type Town } from '../../../scene/town.ts'
import { historyOf } from '../../audit/index.ts'
import type { Airing } from '../../schedule/index.ts'
import type { PresentedErrand } from './present.ts'
import { reviewAirings } from './review.ts'

let town: Town
const ask = new Map<string, Ask>()
const as = (person: string): Ask => ask.get(person) as Ask

beforeAll(async () => {
  town = await openTown()
  for (const person of ['lan', 'minh', 'tho', 'hoa', 'chu-tich']) ask.set(person, await town.signIn(person))
}, 90_000)
afterAll(() => town.close())

const issued = async (issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> => {
  await town.clock.turnBy(1000)
  return (await town.issue({ signers: ['minh'], ...issue }))[0] as Airing
}
const MINUTE_MS = 60_000
/** An airing that ended `minutes` ago. */
const endedAgo = async (minutes: number, issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> => {
  const airing = await issued(issue)
  const back = minutes * MINUTE_MS + airing.durationMs
  await sql`update airing set at = at - ${back}::bigint * interval '1 millisecond' where id = ${airing.id}`.execute(
    town.database.db,
  )
  return airing
}
const errandsOf = async (person: string, query = ''): Promise<PresentedErrand[]> =>
  ((await as(person).get(`/api/errands${query}`)).body as { errands: PresentedErrand[] }).errands
const errandsFor = async (airing: Airing, person = 'lan'): Promise<PresentedErrand[]> =>
  (await errandsOf(person)).filter((errand) => errand.airing === airing.id)
const villagesOf = async (airing: Airing): Promise<string[]> =>
  (await errandsFor(airing)).map(({ village, why }) => `${village} ${why}`).sort()

const linkOf = async (village: string): Promise<string> => {
  const wanted = { village, name: 'Bác Sáu', phone: null, expiresOn: '2026-12-31' }
  return ((await as('lan').post('/api/hearing-links', wanted)).body as { token: string }).token
}
const press = (token: string, airing: string, word: string): Promise<Response> =>
  fetch(`${town.server.url}/nghe/${token}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ airing, word }).toString(),
  })
const iso = (at: number): string => new Date(at).toISOString()
const round = (differs: object = {}) => ({
  startedAt: iso(town.clock.now() - 2 * MINUTE_MS),
  endedAt: iso(town.clock.now() - MINUTE_MS),
  listeners: 60,
  note: 'Đi hai vòng quanh nhà văn hóa.',
  ...differs,
})

describe('a quarter of an hour after a priority airing', () => {
  test('each village from which nothing was reported becomes an errand, once however often one looks', async () => {
    const heard = await town.device('cum-a1')
    const airing = await endedAgo(16, { class: 'priority' })
    const receipt = heard.receiptFor(airing)
    await heard.send(receipt)
    await heard.acknowledged(receipt)
    expect(await villagesOf(airing)).toEqual([])
    await Promise.all([reviewAirings(town.ctx), reviewAirings(town.ctx), town.clock.turnBy(2000)])
    await reviewAirings(town.ctx)
    expect(await villagesOf(airing)).toEqual(['thon-a2 unknown', 'thon-a3 unknown'])
    const [first] = await errandsFor(airing)
    expect((await historyOf(town.database.db, first?.id ?? '')).map(({ action }) => action)).toEqual(['errand.opened'])
  })

  test('a gateway that sounded speaks for the villages behind it, and a cluster that kept silent for its own', async () => {
    const [gateway, silent] = [await town.device('cong-a'), await town.device('cum-a2')]
    const airing = await endedAgo(16, { class: 'priority', audience: ['thon-a2', 'dai-a'] })
    const none = { outcome: 'silent', startedAt: null, secondsWritten: 0, reason: 'sound.missing' } as const
    const said = [
      [gateway, gateway.receiptFor(airing)],
      [silent, silent.receiptFor(airing, none)],
    ] as const
    for (const [device, receipt] of said) {
      await device.send(receipt)
      await device.acknowledged(receipt)
    }
    await town.clock.turnBy(1000)
    expect(await villagesOf(airing)).toEqual(['thon-a2 silent'])
  })

  const others: [string, number, Parameters<Town['issue']>[0], string[]][] = [
    ['an emergency', 16, { class: 'emergency', signers: ['minh', 'lan'] }, ['thon-a1 unknown']],
    ['a minute too early', 14, { class: 'priority' }, []],
    ['an ordinary airing', 16, {}, []],
    ['a drill', 16, { class: 'drill', signers: ['minh', 'lan'] }, []],
    ['an airing of the day before yesterday', 2 * 24 * 60, { class: 'priority' }, []],
  ]
  test.each(others)('%s', async (_, minutes, issue, expected) => {
    const airing = await endedAgo(minutes, { audience: ['thon-a1'], ...issue })
    await reviewAirings(town.ctx)
    expect(await villagesOf(airing)).toEqual(expected)
  })

  test('one that was stopped is nobody’s errand', async () => {
    const airing = await issued({ class: 'priority', audience: ['thon-a1'] })
    await as('lan').post(`/api/airings/${airing.id}/stop`)
    await sql`update airing set at = at - interval '20 minutes' where id = ${airing.id}`.execute(town.database.db)
    await reviewAirings(town.ctx)
    expect(await villagesOf(airing)).toEqual([])
  })
})

describe('“Không nghe” from a village', () => {
  test('opens an errand at once, of an ordinary airing too; taking the word back ends it, saying it again opens it again', async () => {
    const token = await linkOf('thon-a1')
    const airing = await issued({ audience: ['thon-a1'] })
    const states: string[] = []
    for (const word of ['none', 'unclear', 'none']) {
      await press(token, airing.id, word)
      states.push(...(await errandsFor(airing)).map(({ state }) => state))
    }
    expect(states).toEqual(['open', 'dismissed', 'open'])
    expect((await errandsFor(airing))[0]).toMatchObject({ why: 'people', said: { clear: 0, unclear: 0, none: 1 } })
  })

  test('stays an errand as long as anybody there says so, and where somebody is on the way', async () => {
    const [one, two] = [await linkOf('thon-a1'), await linkOf('thon-a1')]
    const airing = await issued({ audience: ['thon-a1'] })
    for (const token of [one, two]) await press(token, airing.id, 'none')
    await press(one, airing.id, 'clear')
    const [errand] = await errandsFor(airing)
    expect(errand?.state).toBe('open')
    await as('lan').post(`/api/errands/${errand?.id}/take`)
    await press(two, airing.id, 'clear')
    expect((await errandsFor(airing))[0]).toMatchObject({ state: 'taken', said: { clear: 2, none: 0 } })
  })

  test('opens nothing again that a person has dismissed', async () => {
    const token = await linkOf('thon-a2')
    const airing = await issued({ audience: ['thon-a2'] })
    await press(token, airing.id, 'none')
    const [errand] = await errandsFor(airing)
    await as('minh').post(`/api/errands/${errand?.id}/dismiss`, { reason: 'Đã gọi điện báo từng nhà.' })
    await press(token, airing.id, 'clear')
    await press(token, airing.id, 'none')
    expect(await errandsFor(airing)).toMatchObject([
      { state: 'dismissed', reason: 'Đã gọi điện báo từng nhà.', dismissedBy: { person: 'minh' } },
    ])
  })
})

describe('an errand', () => {
  const opened = async (): Promise<{ airing: Airing; id: string }> => {
    const airing = await endedAgo(16, { class: 'priority', audience: ['thon-a1'] })
    await reviewAirings(town.ctx)
    return { airing, id: (await errandsFor(airing))[0]?.id ?? '' }
  }

  test('is taken, done, and then stands as a delivery in the airing, in its numbers and in the trace to the draft', async () => {
    const { airing, id } = await opened()
    expect((await as('lan').post(`/api/errands/${id}/take`)).body).toMatchObject({
      ...{ state: 'taken', assignedTo: { person: 'lan', name: 'Ông bà lan' } },
      may: { take: false, done: true, dismiss: true },
    })
    const report = round()
    const done = await as('lan').post(`/api/errands/${id}/done`, report)
    expect(done).toMatchObject({ status: 200, body: { state: 'done', listeners: 60, doneBy: { person: 'lan' } } })
    const { body } = await as('lan').get(`/api/airings/${airing.id}`)
    expect(body).toMatchObject({
      mobile: { waiting: 0, done: 1, listeners: 60 },
      errands: [{ id, state: 'done', note: report.note }],
      heard: { clusters: { devices: { total: 1, reported: 0, unknown: 1 } } },
    })
    const { body: traced } = await as('lan').get(`/api/trace/errand/${id}`)
    const { steps } = traced as { steps: { kind: string; what: string; who: string | null }[] }
    expect(steps.map(({ kind }) => kind)).toEqual(['errand', 'airing', 'issued', 'signature', 'release'])
    expect(steps[0]).toMatchObject({ what: 'Loa lưu động đã phát ở thôn trong 1 phút.', who: 'Ông bà lan' })
    const { body: ofAiring } = await as('lan').get(`/api/trace/airing/${airing.id}`)
    expect((ofAiring as typeof traced & { steps: unknown[] }).steps).toEqual(steps)
    const actions = (await historyOf(town.database.db, id)).map(({ action }) => action)
    expect(actions).toEqual(['errand.opened', 'errand.taken', 'errand.done'])
  })

  test('is done once, whoever presses, however many at once', async () => {
    const { id } = await opened()
    const answers = await Promise.all(
      ['lan', 'minh', 'lan'].map((person) => as(person).post(`/api/errands/${id}/done`, round())),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await as('lan').post(`/api/errands/${id}/dismiss`, { reason: 'thôi' })).status).toBe(409)
  })

  test('that somebody has taken is theirs, and who wanted it too is told so', async () => {
    const { id } = await opened()
    const answers = [
      await as('lan').post(`/api/errands/${id}/take`),
      await as('lan').post(`/api/errands/${id}/take`),
      await as('minh').post(`/api/errands/${id}/take`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409])
    expect(answers[2]?.body).toMatchObject({ refused: 'errand.taken' })
  })

  const bad: [string, object, number][] = [
    ['a round that is still to come', { endedAt: iso(Date.UTC(2026, 10, 23)) }, 422],
    ['a round that ended before it began', { endedAt: iso(Date.UTC(2020, 0, 1)) }, 422],
    ['a round before the airing', { startedAt: iso(Date.UTC(2020, 0, 1)) }, 422],
    ['a thousand listeners in a village of a hundred', { listeners: 1000 }, 422],
    ['fewer listeners than none', { listeners: -1 }, 400],
    ['half a listener', { listeners: 1.5 }, 400],
    ['a time that is none', { startedAt: 'chiều qua' }, 400],
    ['a note of a thousand letters', { note: 'x'.repeat(1000) }, 400],
    ['a word too many', { kind: 'mobile' }, 400],
  ]
  test('is not done by a report that cannot be', async () => {
    const { id } = await opened()
    for (const [what, differs, status] of bad) {
      const answer = await as('lan').post(`/api/errands/${id}/done`, round(differs))
      expect([what, answer.status]).toEqual([what, status])
    }
    expect((await as('lan').post(`/api/errands/${id}/dismiss`, { reason: ' ' })).status).toBe(400)
    expect((await as('lan').post(`/api/errands/${id}/done`, round({ listeners: null }))).status).toBe(200)
  })

  test('of another commune is not there, for every verb; the technician sees it and cannot go', async () => {
    const { airing, id } = await opened()
    const asked = async (person: string) => [
      (await as(person).post(`/api/errands/${id}/take`)).status,
      (await as(person).post(`/api/errands/${id}/done`, round())).status,
      (await as(person).post(`/api/errands/${id}/dismiss`, { reason: 'thôi' })).status,
      (await as(person).get(`/api/trace/errand/${id}`)).status,
    ]
    expect(await asked('hoa')).toEqual([404, 404, 404, 404])
    expect(await asked('tho')).toEqual([403, 403, 403, 200])
    expect([await errandsFor(airing, 'hoa'), (await as('hoa').get('/api/errands?unit=xa-a')).status]).toEqual([[], 404])
    expect(await errandsFor(airing, 'tho')).toMatchObject([{ may: { take: false, done: false, dismiss: false } }])
    expect((await as('lan').post('/api/errands/khong-co/take')).status).toBe(404)
  })

  test('of one commune is not told to another that heard the same airing', async () => {
    const airing = await endedAgo(16, { class: 'priority', unit: 'tinh', audience: ['tinh'], signers: ['chu-tich'] })
    await reviewAirings(town.ctx)
    expect((await errandsFor(airing, 'hoa')).map(({ village }) => village)).toEqual(['thon-b1'])
    expect((await errandsFor(airing, 'chu-tich')).map(({ village }) => village).sort()).toEqual(
      ['thon-a1', 'thon-a2', 'thon-a3', 'thon-b1'].sort(),
    )
    const { steps } = (await as('hoa').get(`/api/trace/airing/${airing.id}`)).body as {
      steps: { kind: string; details: { village?: string } }[]
    }
    expect(steps.flatMap(({ kind, details }) => (kind === 'errand' ? [details.village] : []))).toEqual(['thon-b1'])
  })

  test('waits in Hôm nay for those who can go, and in no other list', async () => {
    const waiting = async (person: string) =>
      ((await as(person).get('/api/today')).body as { errands: { open: number; mine: number } }).errands
    const before = await waiting('minh')
    const { id } = await opened()
    expect(await waiting('minh')).toEqual({ open: before.open + 1, mine: before.mine })
    await as('minh').post(`/api/errands/${id}/take`)
    expect(await waiting('minh')).toEqual({ open: before.open, mine: before.mine + 1 })
    expect(await waiting('tho')).toEqual({ open: 0, mine: 0 })
    expect((await errandsOf('minh', '?state=taken')).map((errand) => errand.id)).toContain(id)
  })

  test('says when the clusters have spoken since', async () => {
    const { airing, id } = await opened()
    const device = await town.device('cum-a1')
    const receipt = device.receiptFor(airing)
    await device.send(receipt)
    await device.acknowledged(receipt)
    expect((await errandsFor(airing)).find((errand) => errand.id === id)).toMatchObject({
      state: 'open',
      soundedSince: true,
    })
  })
})
