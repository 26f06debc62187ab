import { type BulletinClass, instantOf } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import type { Airing } from '../model.ts'
import { runOn } from '../sessions/model.ts'
import { orderOf } from './commands.ts'
import { type Change, changesNothing, changesOf, type Day, programmeOf, type Sought } from './programme.ts'

const at = (time: string) => instantOf('2026-11-23', time.slice(0, 5)) + Number(time.slice(6) || 0) * 1000
const clockTime = (instant: number | null) =>
  instant === null ? 'left' : new Date(instant + 7 * 3_600_000).toISOString().slice(11, 19)
const always = { notBefore: 0, notAfter: at('23:59'), hours: [] }

const run = runOn(
  {
    ...{ session: 's', unit: 'xa', name: 'Chiều', days: [1], from: '17:00', to: '17:30', relay: null },
    ...{ validFrom: '2026-01-01', validTo: null, offHours: 'none', confirmedBy: null, savedBy: 'lan', savedAt: 0 },
  },
  '2026-11-23',
)
if (run === undefined) throw new Error('it is a Monday')

const airing = (id: string, time: string, more: Partial<Airing> = {}): Airing => ({
  ...{ id, release: `r-${id}`, origin: { kind: 'notice', id: `${id}.1` }, unit: 'xa', class: 'normal', title: id },
  ...{ audience: ['xa'], sounds: [], at: at(time), latestStart: at('17:30'), localDate: '2026-11-23' },
  ...{ durationMs: 300_000, stoppedAt: null, stoppedBy: null, madeAt: 0, kind: 'item', session: 's' },
  ...{ onlyDevice: null, supersededBy: null, holdUntil: null, ...more },
})
const dayOf = (airings: Airing[], more: Partial<Day> = {}): Day => ({
  ...{ run, airings, blocks: [], opening: undefined, closing: undefined, fallback: undefined },
  approved: new Map(airings.map(({ release }) => [release, always])),
  ...more,
})
const sought = (title: string, bulletinClass: BulletinClass = 'normal'): Sought => ({
  ...{ title, class: bulletinClass, durationMs: 300_000, approved: always },
})
const AB = [airing('A', '17:00'), airing('B', '17:05:02')]
const said = (day: Day, now: string, change?: Change) =>
  programmeOf(day, at(now), change).entries.map((entry) => `${clockTime(entry.at)} ${entry.title}`)

describe('what a running order becomes', () => {
  // biome-ignore format: a table
  const cases: [string, Day, string, Change, string[]][] = [
    ['without a change it stays',                              dayOf(AB),                                                  '12:00', {},                                     ['17:00:00 A', '17:05:02 B']],
    ['nothing is drawn forward by itself',                     dayOf([airing('B', '17:10')]),                              '12:00', {},                                     ['17:10:00 B']],
    ['an overlap that is there stays until it is decided',     dayOf(AB, { blocks: [{ airing: 'x', from: at('17:01'), to: at('17:02') }] }), '12:00', {},                    ['17:00:00 A', '17:05:02 B']],
    ['an ordinary item goes to the end',                       dayOf(AB),                                                  '12:00', { adding: sought('C') },                ['17:00:00 A', '17:05:02 B', '17:10:04 C']],
    ['a priority item goes to the head',                       dayOf(AB),                                                  '12:00', { adding: sought('C', 'priority') },    ['17:00:00 C', '17:05:02 A', '17:10:04 B']],
    ['a second priority item goes behind the first',           dayOf([airing('P', '17:00', { class: 'priority' }), airing('A', '17:05:02')]), '12:00', { adding: sought('C', 'priority') }, ['17:00:00 P', '17:05:02 C', '17:10:04 A']],
    ['a new order closes the gaps',                            dayOf([airing('A', '17:00'), airing('B', '17:20')]),        '12:00', { order: ['B', 'A'] },                  ['17:00:00 B', '17:05:02 A']],
    ['what is sounding is let to its end',                     dayOf(AB),                                                  '17:02', { adding: sought('C', 'priority') },    ['17:05:02 C', '17:10:04 B']],
    ['what was stopped takes no room',                         dayOf([airing('A', '17:00', { stoppedAt: 1 }), airing('B', '17:05:02')]), '12:00', { order: ['B'] },         ['17:00:00 B']],
    ['where the session begins later everything follows',      dayOf(AB, { run: { ...run, own: { from: at('17:15'), to: at('17:45') } } }), '12:00', { anew: true },         ['17:15:00 A', '17:20:02 B']],
    ['what no longer fits is left',                            dayOf(AB, { run: { ...run, own: { from: at('17:00'), to: at('17:05') } } }), '12:00', { anew: true },         ['17:00:00 A', 'left B']],
  ]
  it.each(cases)('%s', (_, day, now, change, expected) => {
    expect(said(day, now, change)).toEqual(expected)
  })

  it('is told as what moves, what is left and what there is no time for', () => {
    const told = changesOf(
      programmeOf(dayOf(AB), at('12:00'), { adding: { ...sought('C', 'priority'), durationMs: 1_500_000 } }),
    )
    expect(told.map(({ kind, title }) => [kind, title])).toEqual([
      ['moved', 'A'],
      ['left', 'B'],
      ['overfull', 'Chiều'],
    ])
    expect(changesNothing(programmeOf(dayOf(AB), at('12:00')))).toBe(true)
    expect(changesNothing(programmeOf(dayOf(AB), at('12:00'), { order: ['B', 'A'] }))).toBe(false)
  })
})

describe('an order that is sent', () => {
  const day = dayOf([
    airing('N', '16:59', { kind: 'opening' }),
    ...AB,
    airing('C', '17:10:04'),
    airing('K', '17:20', { kind: 'closing' }),
  ])
  // biome-ignore format: a table
  const cases: [string, string, string[], unknown][] = [
    ['names every item that can be moved',                     '12:00', ['C', 'A', 'B'],           ['C', 'A', 'B']],
    ['may name opening and closing anywhere',                  '12:00', ['K', 'C', 'A', 'N', 'B'], ['C', 'A', 'B']],
    ['may name what has begun where it stands',                '17:02', ['A', 'C', 'B'],           ['C', 'B']],
    ['may leave out what has begun',                           '17:02', ['C', 'B'],                ['C', 'B']],
    ['does not move what has begun',                           '17:02', ['C', 'A', 'B'],           { refused: 'order.begun' }],
    ['forgets nothing',                                        '12:00', ['C', 'A'],                { refused: 'order.unknown' }],
    ['invents nothing',                                        '12:00', ['C', 'A', 'B', 'D'],      { refused: 'order.unknown' }],
    ['names nothing twice',                                    '12:00', ['C', 'A', 'B', 'B'],      { refused: 'order.unknown' }],
  ]
  it.each(cases)('%s', (_, now, wanted, expected) => {
    expect(orderOf(day, wanted, at(now))).toEqual(expected)
  })
})
