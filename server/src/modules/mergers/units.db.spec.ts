import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instantOf } from '@loa/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../demo/people.ts'
import { seedDemo } from '../../demo/seed.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { turnedClock } from '../../platform/clock.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { askerOf } from '../../scene/asking.ts'
import { access } from '../access/index.ts'
import { devices, devicesReaching } from '../devices/index.ts'
import { editorial } from '../editorial/index.ts'
import { org } from '../org/index.ts'
import { schedule } from '../schedule/index.ts'
import { currentRoster, refreshRosters, trust } from '../trust/index.ts'
import { mergers } from './index.ts'

const TODAY = '2026-11-22'
const home = mkdtempSync(join(tmpdir(), 'loa-units-'))
let database: TestDatabase
let server: RunningServer

beforeAll(async () => {
  database = await testDatabase()
  const config = {
    ...{ home, host: '127.0.0.1', port: 0, databaseUrl: database.url, mqttUrl: undefined, tls: undefined },
    ...{ demo: true, consoleFolder: home },
  }
  const clock = turnedClock(instantOf(TODAY, '08:00'))
  server = await startServer({
    config,
    clock,
    modules: [org, access, trust, devices, schedule, editorial, mergers],
    fleet: false,
  })
  await seedDemo(server.context)
  await server.settled()
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

type Unit = { readonly id: string; readonly name: string; readonly kind: string; readonly parent: string }
type Found = {
  readonly unit: string
  readonly until: string | null
  readonly within: readonly string[]
  readonly became: readonly { readonly name: string }[]
}
type Body = Unit & {
  readonly refused: string
  readonly units: readonly Unit[]
  readonly events: readonly { readonly kind: string }[]
  readonly names: readonly { readonly found: readonly Found[] }[]
}
const { ask, must: mustAs } = askerOf<Body>(() => server.url, demoPassword)
const must = (method: string, path: string, body?: unknown): Promise<Body> => mustAs('an', method, path, body)

describe('[F2] organisations beside the administration', () => {
  const organisations = ['partyCommittee', 'front', 'union', 'unionBase', 'school', 'agency']

  test('are of every kind in Bình Chương, and are told only where they are asked for', async () => {
    const all = await ask('hanh', 'GET', '/api/units?all=1')
    const kinds = new Set(all.body.units.map(({ kind }) => kind))
    expect(organisations.filter((kind) => !kinds.has(kind))).toEqual([])
    const usual = await ask('hanh', 'GET', '/api/units')
    expect(usual.body.units.filter(({ kind }) => organisations.includes(kind))).toEqual([])
  })

  test('are never in an audience, reach no device and stand in no roster', async () => {
    const { db } = server.context
    expect((await ask('hanh', 'POST', '/api/audience', { units: ['dang-uy-binh-chuong'] })).status).toBe(404)
    expect(await devicesReaching(db, ['dang-uy-binh-chuong'], TODAY)).toEqual([])
    await refreshRosters(server.context, db)
    expect((await currentRoster(db, 'binh-chuong'))?.roster.covers).toHaveLength(13)
  })

  test('are made, renamed and closed from a day; what was before stays', async () => {
    const union = { kind: 'union', name: 'Hội Nông dân xã Bình Chương', parent: 'mat-tran-binh-chuong' }
    const { id } = await must('POST', '/api/units', union)
    await must('PUT', `/api/units/${id}`, { name: 'Hội Nông dân Bình Chương', from: '2026-12-01' })
    await must('POST', `/api/units/${id}/close`, { on: '2027-01-01' })
    const nameOn = async (on: string) =>
      (await must('GET', `/api/units?all=1&on=${on}`)).units.find((unit) => unit.id === id)?.name
    expect(await nameOn('2026-11-30')).toBe('Hội Nông dân xã Bình Chương')
    expect(await nameOn('2026-12-31')).toBe('Hội Nông dân Bình Chương')
    expect(await nameOn('2027-01-01')).toBeUndefined()
  })
})

describe('what is refused', () => {
  const village = { kind: 'village', name: 'Thôn Mới', parent: 'binh-chuong' }
  // biome-ignore format: a table
  const cases: [string, string, [string, string, object], number, string][] = [
    ['a village of yesterday',                'an',   ['POST', '', { ...village, from: '2026-11-21' }],                                  422, 'unit.inPast'],
    ['a village below a province',            'an',   ['POST', '', { ...village, parent: 'quang-ngai' }],                                422, 'unit.wrongPlace'],
    ['a branch below a commune',              'an',   ['POST', '', { ...village, kind: 'unionBase' }],                                   422, 'unit.wrongPlace'],
    ['a commune made by hand',                'an',   ['POST', '', { ...village, kind: 'commune', parent: 'quang-ngai' }],               400, 'input.malformed'],
    ['the same name once more',               'an',   ['POST', '', { ...village, name: 'thon 1 (bình chương)' }],                        409, 'unit.nameTaken'],
    ['below what is not there',               'an',   ['POST', '', { ...village, parent: 'khong-co' }],                                  404, 'input.notFound'],
    ['by an officer',                         'hanh', ['POST', '', village],                                                             403, 'access.notAllowed'],
    ['by somebody of another commune',        'son',  ['POST', '', village],                                                             404, 'input.notFound'],
    ['renaming a commune',                    'an',   ['PUT', '/binh-chuong', { name: 'Xã Khác' }],                                      422, 'unit.wrongPlace'],
    ['renaming into a neighbour’s name',      'an',   ['PUT', '/binh-chuong-thon-1', { name: 'Thôn 2 (Bình Chương)' }],                  409, 'unit.nameTaken'],
    ['renaming as of yesterday',              'an',   ['PUT', '/binh-chuong-thon-1', { name: 'Thôn Kia', from: '2026-11-21' }],          422, 'unit.inPast'],
    ['renaming by somebody of elsewhere',     'dong', ['PUT', '/binh-chuong-thon-1', { name: 'Thôn Kia' }],                              404, 'input.notFound'],
    ['closing a village with loudspeakers',   'an',   ['POST', '/binh-chuong-thon-1/close', { on: '2027-01-01' }],                       409, 'unit.hasDevices'],
    ['closing what others hang below',        'an',   ['POST', '/mat-tran-binh-chuong/close', { on: '2027-01-01' }],                     409, 'unit.hasUnits'],
    ['closing what is not there',             'an',   ['POST', '/khong-co/close', { on: '2027-01-01' }],                                 404, 'input.notFound'],
  ]
  test.each(cases)('%s', async (_, who, [method, path, body], status, code) => {
    const answer = await ask(who, method, `/api/units${path}`, body)
    expect([answer.status, answer.body.refused]).toEqual([status, code])
  })
})

describe('[F1] units by the names in documents', () => {
  const found = async (who: string, name: string): Promise<readonly Found[]> =>
    (await ask(who, 'POST', '/api/units/resolve', { names: [name] })).body.names[0]?.found ?? []

  // biome-ignore format: a table
  const cases: [string, string, string, string[], string | null][] = [
    ['a name as it is written',                  'an',   'Xã Bình Thanh Tây',                 ['Xã Đông Sơn'],    '2020-02-01'],
    ['without marks and capitals',               'an',   'xa binh thanh tay',                 ['Xã Đông Sơn'],    '2020-02-01'],
    ['without the word for what it is',          'an',   'Bình Thanh Tây',                    ['Xã Đông Sơn'],    '2020-02-01'],
    ['that begins like a word for what it is',   'an',   'Tịnh Hòa',                          ['Xã Đông Sơn'],    '2025-07-01'],
    ['with another word for what it is',         'an',   'phường Tịnh Hòa',                   ['Xã Đông Sơn'],    '2025-07-01'],
    ['with the district of that time',           'an',   'xã Tịnh Hòa, thành phố Quảng Ngãi', ['Xã Đông Sơn'],    '2025-07-01'],
    ['one of today',                             'an',   'Xã Vạn Tường',                      [],                 null],
  ]
  test.each(cases)('%s', async (_, who, name, became, until) => {
    const [one, ...others] = await found(who, name)
    expect(others).toEqual([])
    expect(one?.became.map((unit) => unit.name)).toEqual(became)
    expect(one?.until).toBe(until)
  })

  test('several of one name are all told, each with what it belonged to; naming that tells them apart', async () => {
    const both = await found('an', 'Xã Bình Chương')
    expect(both.map(({ unit, until }) => [unit, until])).toEqual([
      ['binh-chuong-truoc-2025', '2025-07-01'],
      ['binh-chuong', null],
    ])
    expect(both[0]?.within).toEqual(['Huyện Bình Sơn', 'Tỉnh Quảng Ngãi'])
    const one = await found('an', 'xã Bình Chương, huyện Bình Sơn')
    expect(one.map(({ unit }) => unit)).toEqual(['binh-chuong-truoc-2025'])
  })

  test('nobody is told of places that are not theirs, nor of names that are nobody’s', async () => {
    expect(await found('hanh', 'Xã Bình Thanh Tây')).toEqual([])
    expect((await found('hanh', 'Xã Bình Mỹ')).map(({ unit }) => unit)).toEqual(['binh-my-truoc-2025'])
    for (const name of ['Xã Không Có', 'xã', '%', "'; drop table unit --", ' , ,']) {
      expect(await found('an', name)).toEqual([])
    }
  })
})
