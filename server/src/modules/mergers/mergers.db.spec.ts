import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Candidate, configSchema, instantOf, judge, localDate, parseAs, type Roster } from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../demo/people.ts'
import { seedDemo } from '../../demo/seed.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { type TurnedClock, turnedClock } from '../../platform/clock.ts'
import { makeKey } from '../../platform/crypto.ts'
import { at } from '../../platform/database.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { askerOf } from '../../scene/asking.ts'
import { access } from '../access/index.ts'
import { devices, enrol, makeCode } from '../devices/index.ts'
import { editorial } from '../editorial/index.ts'
import { faultsIn, org, type Succession, type UnitEvent, unitsOn, versionsOf } from '../org/index.ts'
import { givePost, postsOf } from '../people/index.ts'
import { placeRelease, schedule, sessionsOf } from '../schedule/index.ts'
import { currentRoster, trust } from '../trust/index.ts'
import { mergers } from './index.ts'

/** Ten minutes before midnight: the last moment at which a merger as of tomorrow can be ordered and still be undone. */
const EVENING = instantOf('2026-11-22', '23:50')
const DAY = '2026-11-23'
const MIDNIGHT = instantOf(DAY, '00:00')
const home = mkdtempSync(join(tmpdir(), 'loa-mergers-'))
const NEW = { name: 'Xã Chương Minh', shortName: 'Chương Minh' }
const WISH = {
  effectiveOn: DAY,
  from: ['binh-chuong', 'binh-minh'],
  to: NEW,
  source: 'Nghị quyết thử số 1',
}
let database: TestDatabase
let server: RunningServer
let clock: TurnedClock

beforeAll(async () => {
  database = await testDatabase()
  clock = turnedClock(EVENING)
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  const modules = [org, access, trust, devices, schedule, editorial, mergers]
  server = await startServer({ config, clock, modules, fleet: false })
  await seedDemo(server.context)
  await server.settled()
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const BIEN = { name: 'Hồ Văn Biên', languages: ['vi', 'cua'] }
type Worker = {
  readonly person: string
  readonly may: { readonly edit: boolean }
  readonly posts: readonly { readonly unitName: string; readonly from: string; readonly to: string | null }[]
}
/** What answers hold, of whichever question; each specification says what it expects. */
type Body = {
  readonly id: string
  readonly refused: string
  readonly to: { readonly id: string }
  readonly units: readonly { readonly id: string; readonly kind: string }[]
  readonly stations: readonly unknown[]
  readonly devices: { readonly listensChange: number }
  readonly people: readonly { readonly becomes: string }[]
  readonly notices: readonly { readonly unit?: string }[]
  readonly warnings: readonly string[]
  readonly sessions: readonly unknown[]
  readonly names: readonly unknown[]
  readonly mergers: readonly { readonly id: string }[]
}
const { ask, must, forget } = askerOf<Body>(() => server.url, demoPassword)
const db = () => server.context.db

/** Everything that a merger may touch, row by row; ids of units stay, for what was signed ahead names them. */
const everything = async (): Promise<Record<string, unknown>> => {
  const tables = ['unit_version', 'unit_event', 'unit_succession', 'station', 'station_village', 'unit_language']
  const all: Record<string, unknown> = {}
  for (const table of [
    ...tables,
    'post',
    'session_version',
    'session_proposal',
    'cluster',
    'airing',
    'airing_target',
    'airing_cluster',
  ]) {
    const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(table)} t
      order by to_jsonb(t)::text`.execute(db())
    all[table] = rows.map(({ row }) => row)
  }
  const { rows } = await sql`select to_jsonb(d) - 'config' - 'config_seq' as row from device d order by id`.execute(
    db(),
  )
  return { ...all, device: rows }
}

const undone = async (id: string): Promise<void> => {
  await must('an', 'POST', `/api/mergers/${id}/undo`)
}

const candidate = (audience: readonly string[]): Candidate => ({
  ...{ v: 1, release: `phat-${audience[0]}`, unit: 'binh-chuong', author: 'tran-thi-hanh', title: 'Tiêm phòng' },
  ...{ class: 'normal', audience: [...audience], notBefore: EVENING, notAfter: MIDNIGHT + 30 * 86_400_000 },
  ...{ hours: [], playsMax: 10, madeAt: EVENING },
  versions: [{ language: 'vi', sound: 'a'.repeat(64), bytes: 1000, durationMs: 60_000 }],
})

describe('before it is made', () => {
  test('[F1] a preview says everything that will happen, and writes nothing', async () => {
    const before = await everything()
    const seen = await must('an', 'POST', '/api/mergers/preview', WISH)
    const kinds = Map.groupBy(seen.units, ({ kind }) => kind)
    expect(kinds.get('commune')).toMatchObject([
      { name: 'Xã Bình Chương', becomes: 'Xã Chương Minh' },
      { name: 'Xã Bình Minh', becomes: 'Xã Chương Minh' },
    ])
    expect(seen.stations).toHaveLength(kinds.get('station')?.length ?? 0)
    expect(seen.devices).toMatchObject({ clusters: 50 })
    expect(seen.devices.listensChange).toBeGreaterThan(50)
    expect(seen.people.map((each) => each.becomes)).toEqual(Array(7).fill('Xã Chương Minh'))
    expect(seen.warnings).toContain('stationsMixed')
    expect(await everything()).toEqual(before)
  })

  // biome-ignore format: a table
  const refused: [string, string, object, number, string][] = [
    ['as of today',                                     'an',   { effectiveOn: '2026-11-22' },                             422, 'merger.inPast'],
    ['as of a day that is over',                        'an',   { effectiveOn: '2025-07-01' },                             422, 'merger.inPast'],
    ['as of a year mistyped',                           'an',   { effectiveOn: '2072-01-01' },                             422, 'merger.tooFar'],
    ['of one commune alone',                            'an',   { from: ['binh-chuong'] },                                 422, 'merger.tooFew'],
    ['of one commune named twice',                      'an',   { from: ['binh-chuong', 'binh-chuong'] },                  422, 'merger.tooFew'],
    ['of a commune into itself',                        'an',   { from: ['binh-chuong'], to: { unit: 'binh-chuong' } },    422, 'merger.tooFew'],
    ['of a commune that never was',                     'an',   { from: ['binh-chuong', 'binh-vo'] },                      404, 'input.notFound'],
    ['of a village',                                    'an',   { from: ['binh-chuong', 'binh-my-thon-1'] },               422, 'merger.notTogether'],
    ['of a province',                                   'an',   { from: ['binh-chuong', 'quang-ngai'] },                   422, 'merger.notTogether'],
    ['of a commune that was before 2025',               'an',   { from: ['binh-chuong', 'binh-my-truoc-2025'] },           404, 'input.notFound'],
    ['under the name of a third commune',               'an',   { to: { name: 'xã bình sơn', shortName: 'Bình Sơn' } },    409, 'merger.nameTaken'],
    ['by an officer of one of them',                    'hanh', {},                                                        403, 'access.notAllowed'],
    ['by somebody of another commune',                  'son',  {},                                                        404, 'input.notFound'],
    ['without a resolution',                            'an',   { source: '  ' },                                          400, 'input.malformed'],
    ['with something nobody knows',                     'an',   { force: true },                                           400, 'input.malformed'],
  ]
  test.each(refused)('a merger %s is refused', async (_, who, change, status, code) => {
    for (const path of ['/api/mergers/preview', '/api/mergers']) {
      const answer = await ask(who, 'POST', path, { ...WISH, ...change })
      expect([answer.status, answer.body.refused]).toEqual([status, code])
    }
  })

  test('an approved item for a commune that ends is named: it must be approved again; one for a village is not', async () => {
    const placed = async (audience: string[]) => {
      const item = candidate(audience)
      await sql`insert into release (id, origin_kind, origin, unit, author, class, title, body, made_at)
        values (${item.release}, 'notice', ${`tin-${audience[0]}.1`}, 'binh-chuong', 'tran-thi-hanh', 'normal', 'Tiêm phòng', '', ${at(EVENING)})`.execute(
        db(),
      )
      await placeRelease(server.context, db(), {
        ...{ candidate: item, issuedAt: EVENING, origin: { kind: 'notice', id: `tin-${audience[0]}.1` } },
        plan: { when: 'times', dates: ['2026-11-22', '2026-11-24'], time: '23:55' },
      })
    }
    await placed(['binh-chuong'])
    await placed(['binh-chuong-thon-1'])
    const { notices } = await must('an', 'POST', '/api/mergers/preview', WISH)
    expect(notices).toMatchObject([
      { id: 'tin-binh-chuong', why: 'audienceGone', times: 1, first: '2026-11-24T23:55:00.000+07:00' },
    ])
  })

  test('so is a standing item of a commune that ends, also a chime, which nobody sees on a programme; a newer one takes the place of an older', async () => {
    const before = (await must('an', 'POST', '/api/mergers/preview', WISH)).notices
    const used = async (id: string, role: 'fallback' | 'chime', more: { audience?: string[]; to?: string } = {}) => {
      const { audience = ['binh-chuong'], to = '2026-12-31' } = more
      const item = { ...candidate(audience), release: id, title: id }
      const origin = { kind: 'notice', id: `${id}.1` }
      await sql`insert into release (id, origin_kind, origin, unit, author, class, title, body, made_at)
        values (${id}, 'notice', ${origin.id}, 'binh-chuong', ${item.author}, 'normal', ${id}, ${JSON.stringify(item)},
          ${at(EVENING)})`.execute(db())
      const plan = { when: 'standing' as const, role, sessions: [], from: '2026-11-22', to }
      await placeRelease(server.context, db(), { candidate: item, issuedAt: EVENING, origin, plan })
    }
    await used('chuong-1', 'chime')
    await used('chuong-2', 'chime')
    await used('du-phong', 'fallback')
    await used('du-phong-thon', 'fallback', { audience: ['binh-chuong-thon-1'], to: '2026-12-30' })
    await used('du-phong-het', 'fallback', { to: '2026-11-22' })
    const { notices } = await must('an', 'POST', '/api/mergers/preview', WISH)
    expect(notices.slice(before.length)).toMatchObject([
      { id: 'du-phong', first: null, standing: { role: 'fallback', to: '2026-12-31' } },
      { id: 'chuong-2', first: null, standing: { role: 'chime', to: '2026-12-31' } },
    ])
    await sql`delete from standing`.execute(db())
  })
})

describe('broadcast sessions', () => {
  const at = (unit: string, name: string, hours: [string, string]) => ({
    ...{ unit, name, days: [1, 2, 3, 4, 5, 6, 7], from: hours[0], to: hours[1], relay: null, validFrom: '2026-11-22' },
  })
  test('go on where they are kept and do not meet, and those of stations in any case; the preview says which', async () => {
    await must('minh', 'POST', '/api/sessions', at('binh-minh', 'Bản tin trưa', ['12:00', '12:30']))
    await must('minh', 'POST', '/api/sessions', at('dai-binh-an', 'Đài Bình An', ['11:00', '11:30']))
    const fates = async (keepSessions: string[]) => {
      const { sessions } = await must('an', 'POST', '/api/mergers/preview', { ...WISH, keepSessions })
      return (sessions as { name: string; becomes: string }[]).map(({ name, becomes }) => `${name}: ${becomes}`).sort()
    }
    // in the morning and in the evening both communes have theirs, at the same hours
    expect(await fates(['binh-chuong', 'binh-minh'])).toEqual([
      ...['Buổi chiều: moved', 'Buổi chiều: overlaps', 'Buổi sáng: moved', 'Buổi sáng: overlaps'],
      ...['Bản tin trưa: moved', 'Đài Bình An: kept'],
    ])
    expect(await fates([])).toEqual([
      ...['Buổi chiều: ended', 'Buổi chiều: ended', 'Buổi sáng: ended', 'Buổi sáng: ended'],
      ...['Bản tin trưa: ended', 'Đài Bình An: kept'],
    ])
    const before = await everything()
    const made = await must('an', 'POST', '/api/mergers', { ...WISH, keepSessions: ['binh-chuong', 'binh-minh'] })
    const there = await sessionsOf(db(), [made.to.id, 'dai-binh-an', 'binh-chuong', 'binh-minh'], DAY)
    expect(there.map(({ name, unit }) => [name, unit])).toEqual([
      ['Buổi sáng', made.to.id],
      ['Đài Bình An', 'dai-binh-an'],
      ['Bản tin trưa', made.to.id],
      ['Buổi chiều', made.to.id],
    ])
    await undone(made.id)
    expect(await everything()).toEqual(before)
  })
})

describe('made and undone', () => {
  test('[F1] undone before its day, it leaves everything exactly as it was', async () => {
    await givePost(server.context, {
      ...{ person: 'bui-quang-minh', unit: 'binh-chuong', role: 'officer', title: 'Kiêm nhiệm' },
      ...{ from: '2026-01-01', to: null },
    })
    await givePost(server.context, {
      ...{ person: 'le-thi-thuy', unit: 'binh-minh', role: 'technician', title: 'Từ tháng hai' },
      ...{ from: '2027-02-01', to: '2027-06-01' },
    })
    await server.settled()
    const before = await everything()
    const made = await must('an', 'POST', '/api/mergers', WISH)
    expect(made).toMatchObject({ state: 'planned', may: { undo: true }, to: NEW })
    expect(await everything()).not.toEqual(before)
    await undone(made.id)
    expect(await everything()).toEqual(before)
    const again = await ask('an', 'POST', `/api/mergers/${made.id}/undo`)
    expect(again.body.refused).toBe('merger.undoneBefore')
  })

  test('the same after villages were renamed and a post was ended meanwhile: who left, left; a new name stays', async () => {
    const made = await must('an', 'POST', '/api/mergers', WISH)
    await must('an', 'PUT', '/api/units/binh-chuong-thon-1', { name: 'Thôn An Điềm', from: '2026-11-22' })
    await undone(made.id)
    const versions = await versionsOf(db(), 'binh-chuong-thon-1')
    expect(versions.map(({ name, parent, from, to }) => [name, parent, from, to])).toEqual([
      ['Thôn 1 (Bình Chương)', 'binh-chuong', '2025-07-01', '2026-11-22'],
      ['Thôn An Điềm', 'binh-chuong', '2026-11-22', null],
    ])
  })

  test('a unit ends once: of two mergers over it the second is refused, also where both come at the same moment', async () => {
    const two = await Promise.all([
      ask('an', 'POST', '/api/mergers', WISH),
      ask('an', 'POST', '/api/mergers', { ...WISH, from: ['binh-chuong', 'binh-son'], effectiveOn: '2027-03-01' }),
    ])
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
    const made = two.find(({ status }) => status === 200)
    expect(two.find(({ status }) => status === 409)?.body.refused).toBe('merger.overlaps')
    const into = { ...WISH, from: ['van-tuong'], to: { unit: 'binh-chuong' }, effectiveOn: '2027-05-01' }
    expect((await ask('an', 'POST', '/api/mergers', into)).body.refused).toBe('merger.overlaps')
    await undone(made?.body.id ?? '')
  })

  test('a village made below the new commune must be closed before the merger can be undone', async () => {
    const made = await must('an', 'POST', '/api/mergers', WISH)
    const village = { kind: 'village', name: 'Thôn Mới', parent: made.to.id, from: DAY }
    const { id } = await must('an', 'POST', '/api/units', village)
    const refused = await ask('an', 'POST', `/api/mergers/${made.id}/undo`)
    expect(refused.body).toMatchObject({ refused: 'merger.unitsAdded', detail: { name: 'Thôn Mới' } })
    await must('an', 'POST', `/api/units/${id}/close`, { on: DAY })
    await undone(made.id)
  })

  test('a commune takes another one in, keeps its name and its own people, and gives the other back', async () => {
    const before = await everything()
    const into = { ...WISH, from: ['binh-minh'], to: { unit: 'binh-chuong' } }
    const made = await must('an', 'POST', '/api/mergers', into)
    expect(made.to).toMatchObject({ id: 'binh-chuong', name: 'Xã Bình Chương' })
    const then = await unitsOn(db(), DAY)
    expect(then.some(({ id }) => id === 'binh-minh')).toBe(false)
    expect(then.filter(({ id, parent }) => id.startsWith('binh-an-thon') && parent !== 'binh-chuong')).toEqual([])
    // Minh is an officer in both: once is enough
    expect((await postsOf(db(), 'bui-quang-minh', DAY)).map(({ unit }) => unit)).toEqual(['binh-chuong'])
    await undone(made.id)
    expect(await everything()).toEqual(before)
  })
})

test('while a merger is to come its people are looked after as before: by the province, and by who administers them now and then', async () => {
  const chief = { unit: 'binh-chuong', role: 'administrator', title: 'Quản trị xã' } as const
  await givePost(server.context, { ...chief, person: 'nguyen-van-tam', from: '2026-01-01', to: null })
  const made = await must('an', 'POST', '/api/mergers', WISH)
  for (const who of ['an', 'tam']) {
    const people = (await must(who, 'GET', '/api/people')) as unknown as readonly Worker[]
    const bien = people.find(({ person }) => person === 'ho-van-bien')
    expect([who, bien?.may, bien?.posts.map(({ unitName, from, to }) => [unitName, from, to])]).toEqual([
      ...[who, { edit: true }],
      [
        ['Xã Chương Minh', DAY, null],
        ['Xã Bình Chương', '2025-07-01', DAY],
      ],
    ])
    expect((await ask(who, 'PUT', '/api/people/ho-van-bien', BIEN)).status).toBe(200)
  }
  expect((await ask('son', 'PUT', '/api/people/ho-van-bien', BIEN)).status).toBe(404)
  await undone(made.id)
})

const VILLAGE = 'binh-chuong-thon-1'
const DEVICE = 'binh-chuong-thon-1-cum-1'

const judged = async (now: number, { config, audience }: { config: string; audience: readonly string[] }) => {
  const { body } = JSON.parse(config) as { body: string }
  const listens = parseAs(configSchema, body)?.listens ?? []
  const rosters: Roster[] = []
  for (const { unit } of listens) {
    const held = await currentRoster(db(), unit)
    if (held !== undefined) rosters.push(held.roster)
  }
  const signer = rosters.flatMap(({ people }) => people).find(({ person }) => person === 'nguyen-van-tam')?.key.id ?? ''
  const item = candidate(audience)
  return judge({
    ...{ now, clockTrusted: true, candidate: item, signers: [signer], rosters, stopped: false },
    airing: { id: 'a', release: item.release, at: now, latestStart: now + 60_000 },
    listens: listens.filter(({ from, to }) => from <= now && (to === null || now < to)).map(({ unit }) => unit),
    ...{ playsSoFar: 0, secondsToday: 0 },
    policy: { quiet: [], minutesPerDayMax: 180, volume: 80, volumeMax: 90 },
  })
}

describe('over its day', () => {
  let made: Body
  let before: { readonly tree: Body; readonly posts: readonly unknown[] }
  const configOf = async (): Promise<string> => {
    const { rows } = await sql<{ config: string }>`select config from device where id = ${DEVICE}`.execute(db())
    return rows[0]?.config ?? ''
  }

  test('a device is told ahead what it will listen to, and until when', async () => {
    const code = await makeCode(server.context, DEVICE, null)
    if (isRefusal(code)) throw new Error(code.refused)
    await enrol(server.context, { code: code.code, key: makeKey().key, program: 'thử' })
    before = { tree: await must('an', 'GET', '/api/units'), posts: await postsOf(db(), 'tran-thi-hanh', '2026-11-22') }
    made = await must('an', 'POST', '/api/mergers', WISH)
    await server.settled()
    const { body } = JSON.parse(await configOf()) as { body: string }
    const listens = parseAs(configSchema, body)?.listens ?? []
    expect(listens.map(({ unit, to }) => [unit, to])).toEqual([
      [VILLAGE, null],
      ['dai-binh-chuong', null],
      ['binh-chuong', MIDNIGHT],
      [made.to.id, null],
      ['quang-ngai', null],
    ])
    expect(listens.find(({ unit }) => unit === made.to.id)?.from).toBe(MIDNIGHT)
  })

  // biome-ignore format: a table
  const sides: [string, () => string[], number, boolean][] = [
    ['before midnight the old commune is heard',          () => ['binh-chuong'], MIDNIGHT - 60_000, true],
    ['before midnight the new commune is not heard',      () => [made.to.id],    MIDNIGHT - 60_000, false],
    ['after midnight the old commune is not heard',       () => ['binh-chuong'], MIDNIGHT + 60_000, false],
    ['after midnight the new commune is heard',           () => [made.to.id],    MIDNIGHT + 60_000, true],
    ['a village is heard before midnight',                () => [VILLAGE],       MIDNIGHT - 60_000, true],
    ['a village is heard after it, approved long before', () => [VILLAGE],       MIDNIGHT + 60_000, true],
  ]
  test.each(sides)('[F11] on a device that is away on the day: %s', async (_, audience, now, plays) => {
    const judgement = await judged(now, { config: await configOf(), audience: audience() })
    expect(judgement.play).toBe(plays)
  })

  test('until the day nothing is different: the tree, the rights, who is in a roster', async () => {
    expect(await must('an', 'GET', '/api/units')).toEqual(before.tree)
    expect(await postsOf(db(), 'tran-thi-hanh', '2026-11-22')).toEqual(before.posts)
    expect((await must('hanh', 'GET', '/api/me')).units).toEqual(['binh-chuong'])
    const coming = (await currentRoster(db(), made.to.id))?.roster
    expect(coming?.people.every(({ from }) => from >= MIDNIGHT)).toBe(true)
    expect(coming?.covers).toContain(VILLAGE)
  })

  test('the history of the tree holds together, and says what became of each', async () => {
    const { rows } =
      await sql<Succession>`select event, from_unit as "from", to_unit as "to", basis, weight::float8 as weight,
      quality from unit_succession`.execute(db())
    const events = await sql<UnitEvent>`select id, effective_on as "on", kind, unit, source from unit_event`.execute(
      db(),
    )
    const versions = (
      await Promise.all(rows.flatMap(({ from, to }) => [versionsOf(db(), from), versionsOf(db(), to)]))
    ).flat()
    expect(faultsIn({ versions, events: events.rows, successions: rows })).toEqual([])
    const fate = await must('hanh', 'GET', `/api/units/binh-chuong/became?on=${DAY}`)
    expect(fate.units).toMatchObject([{ name: 'Xã Chương Minh', weight: 1, exact: true }])
  })

  test('from the day on its people work for the new commune, and it can no longer be undone', async () => {
    await clock.turnBy(MIDNIGHT + 60_000 - EVENING)
    await server.settled()
    expect(localDate(clock.now())).toBe(DAY)
    forget()
    expect((await must('hanh', 'GET', '/api/me')).units).toEqual([made.to.id])
    expect((await must('minh', 'GET', '/api/me')).units).toEqual([made.to.id])
    const { units } = await must('hanh', 'GET', '/api/units')
    expect(units.map(({ id }) => id)).toEqual(expect.arrayContaining([made.to.id, VILLAGE, 'binh-an-thon-1']))
    expect((await ask('an', 'POST', `/api/mergers/${made.id}/undo`)).body.refused).toBe('merger.tookEffect')
    // what was being written in Bình Chương is theirs now, to be finished
    const { notices } = await must('minh', 'GET', '/api/notices')
    expect(notices).toHaveLength(3)
    expect(notices).toEqual(Array(3).fill(expect.objectContaining({ unit: made.to.id })))
    const { mergers: all } = await must('hanh', 'GET', '/api/mergers')
    expect(all.find(({ id }) => id === made.id)).toMatchObject({ state: 'inForce', may: { undo: false } })
    expect((await must('dong', 'GET', '/api/mergers')).mergers).toEqual([])
  })
})
