import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { openTown, type Town } from '../../scene/town.ts'
import { historyOf } from '../audit/index.ts'
import { stopAiring } from './commands.ts'
import { refusalOfPlan } from './fitting.ts'
import type { Airing } from './model.ts'
import { decideCollision, type Ordering, previewOrder, reorder } from './order/commands.ts'
import { changesOf } from './order/programme.ts'
import { settle } from './order/settle.ts'
import { placeOnce } from './placing.ts'
import { changeSession, confirmSession, createSession, endSession, type Wish } from './sessions/commands.ts'
import { endSessionsOf, moveSessions, restoreSessions, sessionsOf } from './sessions/moving.ts'
import { previewSession } from './sessions/preview.ts'
import { standingOf } from './standing.ts'
import { airingsById, airingsInSessions, comingFor, reachOf } from './store.ts'

let town: Town
let afternoon: string

const SUNDAY = '2026-11-22'
const MONDAY = '2026-11-23'
const wish = (more: Partial<Wish> = {}): Wish => ({
  ...{ unit: 'xa-a', name: 'Buổi chiều', days: [1, 2, 3, 4, 5, 6, 7], from: '17:00', to: '17:05', relay: null },
  ...{ validFrom: SUNDAY, ...more },
})
const as = (person: string) => town.actor(person)
const made = async (person: string, what: Wish): Promise<string> => {
  const id = await createSession(town.ctx, await as(person), what)
  if (isRefusal(id)) throw new Error(id.refused)
  return id
}
const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.refused : 'done')
const inSession = (dates = [SUNDAY], session = afternoon) => ({ when: 'sessions' as const, sessions: [session], dates })
const clockTime = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(11, 19)

const orderOn = async (date: string, session = afternoon): Promise<Airing[]> =>
  (await airingsInSessions(town.ctx.db, [session], { from: date, to: date })).filter(
    ({ stoppedAt }) => stoppedAt === null,
  )
const heardOn = async (date: string, session = afternoon): Promise<string[]> =>
  (await orderOn(date, session)).map(({ title, at }) => `${clockTime(at)} ${title}`)

type Timeline = {
  days: {
    date: string
    sessions: {
      session: string
      basedOn: string
      usedMs: number
      overfullMs: number
      waiting: unknown[]
      left: { title: string }[]
      items: { movable: boolean; title: string }[]
    }[]
    loose: { title: string }[]
    collisions: { a: string; b: string; decide: boolean; units: string[] }[]
  }[]
}
const timelineFor = async (person: string, date = SUNDAY): Promise<Timeline['days'][number]> => {
  const { body, status } = await (await town.signIn(person)).get(`/api/timeline?unit=xa-a&from=${date}&to=${date}`)
  expect(status).toBe(200)
  const [day] = (body as Timeline).days
  if (day === undefined) throw new Error('no day')
  return day
}
const tokenOn = async (date: string): Promise<string> =>
  (await timelineFor('lan', date)).sessions.find(({ session }) => session === afternoon)?.basedOn ?? ''
const ordering = async (titles: readonly string[], date = SUNDAY): Promise<Ordering> => {
  const airings = await orderOn(date)
  const order = titles.map((title) => airings.find((airing) => airing.title === title)?.id ?? title)
  return { unit: 'xa-a', date, session: afternoon, order, basedOn: await tokenOn(date) }
}

beforeAll(async () => {
  town = await openTown()
  afternoon = await made('lan', wish())
}, 60_000)
afterAll(() => town.close())

describe('a session is asked for', () => {
  const cases: [string, string, Partial<Wish>, string][] = [
    ['by the officer of another commune, to whom the commune does not exist', 'hoa', {}, 'input.notFound'],
    ['by a technician', 'tho', {}, 'access.notAllowed'],
    ['across midnight', 'lan', { from: '22:00', to: '01:00' }, 'session.acrossMidnight'],
    ['of four minutes', 'lan', { from: '10:00', to: '10:04' }, 'session.tooShort'],
    [
      'with a relay longer than itself',
      'lan',
      { from: '10:00', to: '11:00', relay: { of: 'Đài tỉnh', at: 'start', minutes: 61 } },
      'session.relayTooLong',
    ],
    ['at the hours of another one', 'lan', { from: '17:04', to: '18:00' }, 'session.overlaps'],
    ['for a village', 'lan', { unit: 'thon-a1', from: '10:00', to: '11:00' }, 'input.malformed'],
    ['from yesterday on', 'lan', { from: '10:00', to: '11:00', validFrom: '2026-11-21' }, 'session.fromInPast'],
  ]
  test.each(cases)('%s: refused', async (_, person, differs, code) => {
    expect(codeOf(await createSession(town.ctx, await as(person), wish({ name: 'Khác', ...differs })))).toBe(code)
    expect(await sessionsOf(town.ctx.db, ['xa-a', 'thon-a1'], SUNDAY)).toHaveLength(1)
  })
})

describe('the running order of a session', () => {
  test('takes items in one after another, once on each of their dates', async () => {
    await town.issue({ title: 'A', plan: inSession([SUNDAY, MONDAY]) })
    await town.issue({ title: 'B', plan: inSession([SUNDAY, MONDAY]) })
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 A', '17:01:02 B'])
    expect(await heardOn(MONDAY)).toEqual(['17:00:00 A', '17:01:02 B'])
  })

  test('is put in another order: said before, then done, and what was moved leaves the manifests', async () => {
    const old = await orderOn(SUNDAY)
    const lan = await as('lan')
    const wanted = await ordering(['B', 'A'])
    const preview = await previewOrder(town.ctx, lan, wanted)
    if (isRefusal(preview)) throw new Error(preview.refused)
    expect(changesOf(preview).map(({ kind, title }) => [kind, title])).toEqual([
      ['moved', 'B'],
      ['moved', 'A'],
    ])
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 A', '17:01:02 B'])
    expect(codeOf(await reorder(town.ctx, lan, wanted))).toBe('done')
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 B', '17:01:02 A'])
    const span = { now: town.clock.now(), until: town.clock.now() + 86_400_000, limit: 100 }
    const ids = (await comingFor(town.ctx.db, 'xa-a', span)).map(({ id }) => id)
    const kept = await airingsById(
      town.ctx.db,
      old.map(({ id }) => id),
    )
    for (const { id, supersededBy } of kept) {
      expect(ids).not.toContain(id)
      expect(ids).toContain(supersededBy)
      expect(await reachOf(town.ctx.db, [supersededBy ?? ''])).toHaveLength(3)
    }
    expect(codeOf(await reorder(town.ctx, lan, wanted))).toBe('order.changedMeanwhile')
  })

  test('[F14] a press on stop for an item that was moved meanwhile stops what took its place', async () => {
    await town.issue({ title: 'X', plan: inSession([MONDAY]) })
    const seen = (await orderOn(MONDAY)).find(({ title }) => title === 'X')
    await reorder(town.ctx, await as('lan'), await ordering(['X', 'A', 'B'], MONDAY))
    expect(codeOf(await stopAiring(town.ctx, await as('lan'), seen?.id ?? ''))).toBe('done')
    expect((await heardOn(MONDAY)).map((line) => line.slice(9))).toEqual(['A', 'B'])
    await reorder(town.ctx, await as('lan'), await ordering(['A', 'B'], MONDAY))
  })

  test('and back again is what it was', async () => {
    await reorder(town.ctx, await as('lan'), await ordering(['A', 'B']))
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 A', '17:01:02 B'])
  })

  const orders: [string, string, readonly string[], string][] = [
    ['of things that are not in it', 'lan', ['A', 'B', 'KHONG-CO'], 'order.unknown'],
    ['that forgets one', 'lan', ['A'], 'order.unknown'],
    ['that names one twice', 'lan', ['A', 'A', 'B'], 'order.unknown'],
    ['by a technician', 'tho', ['B', 'A'], 'access.notAllowed'],
    ['by another commune', 'hoa', ['B', 'A'], 'input.notFound'],
  ]
  test.each(orders)('an order %s is refused', async (_, person, titles, code) => {
    expect(codeOf(await reorder(town.ctx, await as(person), await ordering(titles)))).toBe(code)
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 A', '17:01:02 B'])
  })

  test('a priority item goes before the others, which slide back', async () => {
    await town.issue({ title: 'Ưu tiên', class: 'priority', plan: inSession() })
    expect(await heardOn(SUNDAY)).toEqual(['17:00:00 Ưu tiên', '17:01:02 A', '17:02:04 B'])
  })

  test('a new item that no longer fits is refused before anybody waits for it; a priority item is not', async () => {
    const asking = { unit: 'xa-a', class: 'normal', title: 'Dài', durationMs: 150_000, plan: inSession() } as const
    expect(await refusalOfPlan(town.ctx.db, asking, town.clock.now())).toMatchObject({
      refused: 'session.overfull',
      detail: { session: 'Buổi chiều', date: SUNDAY },
    })
    expect(await refusalOfPlan(town.ctx.db, { ...asking, class: 'priority' }, town.clock.now())).toBeUndefined()
    expect(await refusalOfPlan(town.ctx.db, { ...asking, plan: inSession([MONDAY]) }, town.clock.now())).toBeUndefined()
    expect(codeOf(await refusalOfPlan(town.ctx.db, { ...asking, unit: 'xa-b' }, town.clock.now()))).toBe(
      'session.notFound',
    )
    expect(
      codeOf(await refusalOfPlan(town.ctx.db, { ...asking, plan: inSession(['2026-11-20']) }, town.clock.now())),
    ).toBe('notice.whenInPast')
  })

  test('what priority items push out of the session is left out, and the timeline says so', async () => {
    await town.issue({ title: 'Ưu tiên 2', class: 'priority', plan: inSession() })
    await town.issue({ title: 'Ưu tiên 3', class: 'priority', plan: inSession() })
    const day = await timelineFor('minh')
    const [session] = day.sessions
    expect(session?.items.map(({ title }) => title)).toEqual(['Ưu tiên', 'Ưu tiên 2', 'Ưu tiên 3', 'A', 'B'])
    expect(session?.overfullMs).toBe(8_000)
    await town.issue({ title: 'Ưu tiên 4', class: 'priority', plan: inSession() })
    const after = (await timelineFor('minh')).sessions[0]
    expect(after?.items.map(({ title }) => title)).toEqual(['Ưu tiên', 'Ưu tiên 2', 'Ưu tiên 3', 'Ưu tiên 4', 'A'])
    expect(after?.left.map(({ title }) => title)).toEqual(['B'])
  })
})

describe('opening, closing and fallback', () => {
  const standing = (role: 'opening' | 'closing' | 'fallback' | 'chime', sessions = [afternoon]) =>
    ({ when: 'standing', role, sessions, from: SUNDAY, to: '2026-11-24' }) as const
  const look = () => settle(town.ctx, { sessions: [afternoon] })

  test('are approved once and used by the session on each of their days; looking again changes nothing', async () => {
    await town.issue({ title: 'Nhạc hiệu', plan: standing('opening') })
    await town.issue({ title: 'Kết thúc', plan: standing('closing') })
    await town.issue({ title: 'Dự phòng', plan: standing('fallback') })
    await town.settled()
    await look()
    expect(await heardOn(MONDAY)).toEqual(['17:00:00 Nhạc hiệu', '17:01:02 A', '17:02:04 B', '17:03:06 Kết thúc'])
    expect(await heardOn('2026-11-24')).toEqual(['17:00:00 Dự phòng'])
    expect(await heardOn('2026-11-25')).toEqual([])
    const before = (await orderOn(MONDAY)).map(({ id }) => id)
    await look()
    expect((await orderOn(MONDAY)).map(({ id }) => id)).toEqual(before)
  })

  test('the fallback makes room for the first item', async () => {
    await town.issue({ title: 'C', plan: inSession(['2026-11-24']) })
    expect(await heardOn('2026-11-24')).toEqual(['17:00:00 Nhạc hiệu', '17:01:02 C', '17:02:04 Kết thúc'])
  })

  test('a unit uses the chime of the nearest unit above that has one', async () => {
    await town.issue({ title: 'Chuông', plan: standing('chime', []) })
    const chime = await standingOf(town.ctx.db, 'thon-a1', 'chime', town.clock.now())
    expect(chime).toBeDefined()
    expect(await standingOf(town.ctx.db, 'thon-b1', 'chime', town.clock.now())).toBeUndefined()
    const device = await town.device('cum-a1')
    const other = await town.device('cum-a2')
    const now = town.clock.now()
    const once = { release: chime ?? '', at: now, latestStart: now + 60_000, audience: ['xa-a'], onlyDevice: 'cum-a1' }
    const airing = await placeOnce(town.ctx, town.ctx.db, once)
    await device.hears(({ topic }) => topic === 'loa/v1/up/cum-a1/order')
    await town.settled()
    expect((await reachOf(town.ctx.db, [airing])).map(({ device: id }) => id)).toEqual(['cum-a1'])
    expect(other.heard.some(({ payload }) => payload.includes(airing))).toBe(false)
    expect(
      device.heard.filter(({ topic }) => topic.includes('/unit/')).some(({ payload }) => payload.includes(airing)),
    ).toBe(false)
  })
})

describe('hours of the night', () => {
  let late: string

  test('wait for a second person, and place nothing until then', async () => {
    late = await made('lan', wish({ name: 'Buổi khuya', from: '20:30', to: '21:30' }))
    expect(await sessionsOf(town.ctx.db, ['xa-a'], SUNDAY)).toHaveLength(1)
    const asking = {
      unit: 'xa-a',
      class: 'normal',
      title: 'x',
      durationMs: 1000,
      plan: inSession([SUNDAY], late),
    } as const
    expect(codeOf(await refusalOfPlan(town.ctx.db, asking, town.clock.now()))).toBe('session.notConfirmed')
    expect(codeOf(await confirmSession(town.ctx, await as('lan'), late))).toBe('access.notAllowed')
    expect(codeOf(await confirmSession(town.ctx, await as('vinh'), late))).toBe('input.notFound')
    expect(codeOf(await confirmSession(town.ctx, await as('minh'), late))).toBe('done')
    expect(codeOf(await refusalOfPlan(town.ctx.db, asking, town.clock.now()))).toBe('done')
    expect((await historyOf(town.ctx.db, late)).map(({ action, person }) => [action, person])).toEqual([
      ['session.proposed', 'lan'],
      ['session.confirmed', 'minh'],
    ])
  })

  test('are not confirmed by who proposed them', async () => {
    const own = await made('chu-tich', wish({ name: 'Buổi sớm', from: '04:30', to: '05:30' }))
    expect(codeOf(await confirmSession(town.ctx, await as('chu-tich'), own))).toBe('session.ownConfirmation')
  })
})

describe('a change of a session', () => {
  test('says what it would do: items move, items are left out', async () => {
    const lan = await as('lan')
    const later = wish({ from: '17:30', to: '17:35', validFrom: MONDAY })
    const preview = await previewSession(town.ctx, lan, { session: afternoon, wish: later })
    if (isRefusal(preview)) throw new Error(preview.refused)
    expect(preview.changes.filter(({ date, kind }) => date === MONDAY && kind === 'moved')).toHaveLength(4)
    expect(preview.airings).toBeGreaterThanOrEqual(4)
    expect(await changeSession(town.ctx, lan, afternoon, later)).toBe(afternoon)
    expect((await heardOn(MONDAY))[0]).toBe('17:30:00 Nhạc hiệu')
    expect((await heardOn(SUNDAY))[0]).toBe('17:00:00 Nhạc hiệu')
  })

  test('ended with its unit by a merger, it comes back as it was', async () => {
    const before = await heardOn(MONDAY)
    const undo = await endSessionsOf(town.ctx, town.ctx.db, { units: ['xa-a'], from: MONDAY, by: 'lan' })
    expect(await heardOn(MONDAY)).toEqual([])
    expect(await sessionsOf(town.ctx.db, ['xa-a'], MONDAY)).toEqual([])
    expect(await sessionsOf(town.ctx.db, ['xa-a'], SUNDAY)).toHaveLength(2)
    await restoreSessions(town.ctx, town.ctx.db, JSON.parse(JSON.stringify(undo)), 'lan')
    expect(await heardOn(MONDAY)).toEqual(before)
    const moved = await moveSessions(town.ctx, town.ctx.db, {
      sessions: [afternoon],
      to: 'xa-b',
      from: MONDAY,
      by: 'lan',
    })
    expect((await sessionsOf(town.ctx.db, ['xa-b'], MONDAY)).map(({ session }) => session)).toEqual([afternoon])
    await restoreSessions(town.ctx, town.ctx.db, moved, 'lan')
  })

  test('that ends it takes what was planned off the programme', async () => {
    expect(codeOf(await endSession(town.ctx, await as('lan'), { id: afternoon, from: '2026-11-24' }))).toBe('done')
    expect(await heardOn('2026-11-24')).toEqual([])
    expect(await heardOn(MONDAY)).not.toEqual([])
  })
})

describe('[TT 39/2020] two priority items at the same time', () => {
  test('are shown before they happen, and the commune decides which goes first', async () => {
    const common = {
      class: 'priority' as const,
      plan: { when: 'times' as const, dates: ['2026-11-25'], time: '09:00' },
    }
    const [above] = await town.issue({ ...common, title: 'Tin tỉnh', unit: 'tinh', audience: ['xa-a', 'xa-b'] })
    const [own] = await town.issue({ ...common, title: 'Tin xã' })
    if (above === undefined || own === undefined) throw new Error('not placed')
    const day = await timelineFor('lan', '2026-11-25')
    expect(day.loose.map(({ title }) => title).sort()).toEqual(['Tin tỉnh', 'Tin xã'])
    expect(day.collisions).toMatchObject([{ decide: true, units: ['Đơn vị xa-a'] }])
    const asked = { first: above.id, second: own.id }
    expect(codeOf(await decideCollision(town.ctx, await as('hoa'), asked))).toBe('input.notFound')
    const moved = await decideCollision(town.ctx, await as('lan'), asked)
    expect(moved).toMatchObject({ at: above.at + above.durationMs + 2000 })
    expect((await timelineFor('lan', '2026-11-25')).collisions).toEqual([])
    expect(codeOf(await decideCollision(town.ctx, await as('lan'), asked))).toBe('order.changedMeanwhile')
  })

  test('are decided only where they meet: nobody alone moves what was approved behind something of another day', async () => {
    const common = { class: 'priority' as const, unit: 'xa-a', audience: ['xa-a'] }
    const on = (date: string) => ({ when: 'times' as const, dates: [date, '2026-11-27'], time: '09:00' })
    const [own] = await town.issue({ ...common, title: 'Tin hôm nay', plan: on('2026-11-24') })
    const [far] = await town.issue({ ...common, title: 'Tin ngày kia', plan: on('2026-11-26') })
    if (own === undefined || far === undefined) throw new Error('not placed')
    const asked = { first: far.id, second: own.id }
    expect(codeOf(await decideCollision(town.ctx, await as('lan'), asked))).toBe('order.changedMeanwhile')
    expect((await airingsById(town.ctx.db, [own.id]))[0]).toMatchObject({ at: own.at, supersededBy: null })
  })
})
