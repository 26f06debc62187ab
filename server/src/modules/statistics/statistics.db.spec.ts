import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, openTown, type Town } from '../../scene/town.ts'
import { addSuccessions, addUnitEvents, addUnits, endUnit } from '../org/index.ts'
import type { Airing } from '../schedule/index.ts'

let town: Town
let airing: Airing
let lan: Ask
let hoa: Ask
let leader: Ask
let receiptId: string

type Row = { unit: string; minutes: number; airings: number; figureId: string }
type Step = { kind: string; id: string; what: string; who: string | null }

const period = '/api/figures/broadcast-minutes?from=2026-11-22&to=2026-11-22'
const rowsOf = async (ask: Ask): Promise<Row[]> => ((await ask.get(period)).body as { rows: Row[] }).rows
const stepsOf = async (ask: Ask, path: string): Promise<Step[]> =>
  ((await ask.get(`/api/trace/${path}`)).body as { steps: Step[] }).steps

beforeAll(async () => {
  town = await openTown()
  ;[lan, hoa, leader] = [await town.signIn('lan'), await town.signIn('hoa'), await town.signIn('chu-tich')]
  const [one, two] = [await town.device('cum-a1'), await town.device('cum-a2')]
  airing = (await town.issue({ title: 'Họp thôn' }))[0] as Airing
  const longest = one.receiptFor(airing, { secondsWritten: 90 })
  receiptId = (JSON.parse(longest.body) as { id: string }).id
  const said = [
    longest,
    two.receiptFor(airing, { secondsWritten: 30 }),
    two.receiptFor(airing, { secondsWritten: 45 }),
  ] as const
  await one.send(said[0])
  await two.send(said[1])
  await two.send(said[2])
  await Promise.all([one.acknowledged(said[0]), two.acknowledged(said[1]), two.acknowledged(said[2])])
}, 90_000)
afterAll(() => town.close())

describe('minutes of broadcasting', () => {
  test('count an airing once, with the longest that any device of the commune wrote', async () => {
    const [row] = await rowsOf(lan)
    expect(row).toMatchObject({
      unit: 'xa-a',
      minutes: 1.5,
      airings: 1,
      figureId: 'broadcast-minutes.xa-a.2026-11-22.2026-11-22',
    })
  })

  const scopes: [string, () => Ask, string[]][] = [
    ['the commune sees its own', () => lan, ['xa-a']],
    ['another commune sees its own', () => hoa, ['xa-b']],
    ['the province sees all', () => leader, ['xa-a', 'xa-b']],
  ]
  test.each(scopes)('%s', async (_, ask, expected) => {
    expect((await rowsOf(ask())).map(({ unit }) => unit).sort()).toEqual(expected)
  })

  const bad = [
    'from=2026-11-22&to=2026-11-01',
    'from=2020-01-01&to=2026-11-22',
    'from=2026-02-30&to=2026-03-01',
    'from=2026-11-22',
    '',
  ]
  test.each(bad)('a period of "%s" is refused', async (query) => {
    expect((await lan.get(`/api/figures/broadcast-minutes?${query}`)).status).toBe(400)
  })
})

describe('the walk back', () => {
  test('from a figure goes through the receipt that made it, the airing and the release to who signed', async () => {
    const steps = await stepsOf(lan, 'figure/broadcast-minutes.xa-a.2026-11-22.2026-11-22')
    expect(steps.map(({ kind }) => kind)).toEqual(['figure', 'receipt', 'airing', 'issued', 'signature', 'release'])
    expect(steps[0]?.what).toBe('Con số “phút phát sóng theo xã”: 1,5 phút, cộng từ 1 lượt phát.')
    expect(steps[1]).toMatchObject({ id: receiptId, what: 'Thiết bị báo: phát trọn vẹn; đã phát 90 giây.' })
    expect(steps[4]).toMatchObject({ who: 'Ông bà minh' })
    expect(steps[5]).toMatchObject({ who: 'Ông bà lan', what: 'Bản phát hành “Họp thôn” được đóng băng để ký.' })
  })

  test('from an airing shows every receipt of it', async () => {
    const steps = await stepsOf(lan, `airing/${airing.id}`)
    expect(steps.filter(({ kind }) => kind === 'receipt')).toHaveLength(3)
  })

  const hidden: [string, () => Ask, () => string][] = [
    ['a receipt of another commune', () => hoa, () => `receipt/${receiptId}`],
    ['an airing of another commune', () => hoa, () => `airing/${airing.id}`],
    ['a release of another commune', () => hoa, () => `release/${airing.release}`],
    ['a figure of another commune', () => hoa, () => 'figure/broadcast-minutes.xa-a.2026-11-22.2026-11-22'],
    ['a figure that is none', () => lan, () => 'figure/broadcast-minutes.xa-a.2026-11-22'],
    ['a receipt that is none', () => lan, () => 'receipt/cum-a1.1.999'],
    ['a notice that is none', () => lan, () => 'notice/KHONG-CO'],
  ]
  test.each(hidden)('%s is not there', async (_, ask, path) => {
    expect(await ask().get(`/api/trace/${path()}`)).toMatchObject({ status: 404, body: { refused: 'input.notFound' } })
  })

  test('does not know other kinds', async () => {
    expect((await lan.get('/api/trace/person/lan')).status).toBe(400)
  })
})

describe('[F1] across a merger', () => {
  const DAY = '2026-11-22'
  const asked = (map: string) => `/api/figures/broadcast-minutes?from=2026-11-21&to=${DAY}&map=${map}`
  const figuresOn = async (map: string): Promise<Record<string, number>> => {
    const { rows } = (await leader.get(asked(map))).body as { rows: Row[] }
    return Object.fromEntries(rows.map(({ unit, minutes }) => [unit, minutes]))
  }

  beforeAll(async () => {
    const { db } = town.ctx
    const made = { id: 'xa-moi', kind: 'commune', name: 'Xã Mới', shortName: 'Mới', parent: 'tinh' } as const
    const rest = { population: null, invented: true, gsoCode: null, from: DAY, to: null, source: 'thử' }
    for (const unit of ['xa-a', 'xa-b']) await endUnit(db, unit, DAY)
    await addUnits(db, [{ ...made, ...rest }])
    await addUnitEvents(db, [{ id: 'nhap', on: DAY, kind: 'merge', unit: null, source: 'thử' }])
    const whole = { event: 'nhap', to: 'xa-moi', basis: 'whole', weight: 1, quality: 'legal' } as const
    await addSuccessions(db, [
      { ...whole, from: 'xa-a' },
      { ...whole, from: 'xa-b' },
    ])
  })

  test('the same minutes stand on the map of today, or each where it then was', async () => {
    expect(await figuresOn('now')).toEqual({ 'xa-moi': 1.5 })
    expect(await figuresOn('then')).toEqual({ 'xa-a': 1.5, 'xa-b': 0, 'xa-moi': 0 })
  })

  test('a figure of today’s map names the day of the map, and leads to the same receipt', async () => {
    const { rows } = (await leader.get(asked('now'))).body as { rows: Row[] }
    expect(rows[0]?.figureId).toBe(`broadcast-minutes.xa-moi.2026-11-21.${DAY}.${DAY}`)
    const steps = await stepsOf(leader, `figure/${rows[0]?.figureId}`)
    expect(steps.map(({ kind }) => kind).slice(0, 2)).toEqual(['figure', 'receipt'])
    expect(steps[1]?.id).toBe(receiptId)
  })
})
