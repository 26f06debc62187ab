import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Basis, became, before, faultsIn, type History, treeOn, type UnitVersion } from './index.ts'

const unit = (id: string, from: string, to: string | null = null, parent: string | null = null): UnitVersion => ({
  ...{ id, from, to, parent, name: id, shortName: id, kind: 'commune', population: null },
  ...{ invented: true, gsoCode: null, source: 'thử' },
})
const event = (id: string, on: string, kind: History['events'][number]['kind'], of: string | null = null) => ({
  ...{ id, on, kind, unit: of, source: 'thử' },
})
const part = (at: string, [from, to]: readonly [string, string], basis: Basis | 'whole', weight: number) => ({
  ...{ event: at, from, to, basis, weight },
  quality: basis === 'whole' ? ('legal' as const) : ('measured' as const),
})

/**
 * 2010: old is divided into east (3/4 of its people, half of its area) and west. 2015: east gives a fifth of its people to west.
 * 2020: east and west become one again; far is there all the time. 2022: the district ends; its one commune goes on.
 */
const history: History = {
  versions: [
    unit('district', '2000-01-01', '2022-01-01'),
    unit('old', '2000-01-01', '2010-01-01', 'district'),
    unit('east', '2010-01-01', '2020-01-01', 'district'),
    unit('west', '2010-01-01', '2020-01-01', 'district'),
    unit('one', '2020-01-01', '2022-01-01', 'district'),
    unit('one', '2022-01-01'),
    unit('far', '2000-01-01'),
  ],
  events: [
    event('ends', '2022-01-01', 'abolish', 'district'),
    event('joined', '2020-01-01', 'merge'),
    event('divided', '2010-01-01', 'split'),
    event('moved', '2015-01-01', 'transfer'),
  ],
  successions: [
    part('divided', ['old', 'east'], 'population', 0.75),
    part('divided', ['old', 'west'], 'population', 0.25),
    part('divided', ['old', 'east'], 'area', 0.5),
    part('divided', ['old', 'west'], 'area', 0.5),
    part('moved', ['east', 'east'], 'population', 0.8),
    part('moved', ['east', 'west'], 'population', 0.2),
    part('joined', ['east', 'one'], 'whole', 1),
    part('joined', ['west', 'one'], 'whole', 1),
  ],
}

type Parts = [string, number | null, boolean][]
const partsOf = ({ parts }: ReturnType<typeof became>): Parts =>
  parts.map((each): Parts[number] => [
    each.unit,
    each.weight === null ? null : Math.round(each.weight * 1e9) / 1e9,
    each.exact,
  ])
const passedBy = ({ events }: ReturnType<typeof became>): string[] => events.map(({ id }) => id)

describe('[F1] what became of a unit', () => {
  // biome-ignore format: a table
  const cases: [string, string, Basis | undefined, Parts, string[]][] = [
    // unit      by day        basis        parts                                        events on the way
    ['old',      '2009-12-31', undefined,   [['old', 1, true]],                                  []],
    ['old',      '2010-01-01', undefined,   [['east', 0.75, false], ['west', 0.25, false]],      ['divided']],
    ['old',      '2010-01-01', 'area',      [['east', 0.5, false], ['west', 0.5, false]],        ['divided']],
    ['old',      '2010-01-01', 'household', [['east', null, false], ['west', null, false]],      ['divided']],
    ['old',      '2015-01-01', 'population', [['east', 0.6, false], ['west', 0.4, false]],       ['divided', 'moved']],
    ['old',      '2026-11-22', undefined,   [['one', 1, true]],                                  ['divided', 'moved', 'joined']],
    ['east',     '2015-01-01', undefined,   [['east', 0.8, false], ['west', 0.2, false]],        ['moved']],
    ['west',     '2026-11-22', undefined,   [['one', 1, true]],                                  ['joined']],
    ['one',      '2026-11-22', undefined,   [['one', 1, true]],                                  []],
    ['far',      '2026-11-22', undefined,   [['far', 1, true]],                                  []],
    ['district', '2021-12-31', undefined,   [['district', 1, true]],                             []],
    ['district', '2022-01-01', undefined,   [['one', null, false]],                              ['ends']],
    ['nobody',   '2026-11-22', undefined,   [],                                                  []],
  ]
  test.each(cases)('%s by %s (%s) is %j, by way of %j', (id, on, basis, parts, events) => {
    const fate = became(history, id, { on, ...(basis === undefined ? {} : { basis }) })
    expect(partsOf(fate)).toEqual(parts)
    expect(passedBy(fate)).toEqual(events)
  })

  test('as it was on a later day, it has only gone through what came after', () => {
    expect(partsOf(became(history, 'east', { since: '2015-01-01', on: '2026-11-22' }))).toEqual([['one', 1, true]])
    expect(passedBy(became(history, 'east', { since: '2015-01-01', on: '2026-11-22' }))).toEqual(['joined'])
  })
})

describe('[F1] what a unit was before', () => {
  // biome-ignore format: a table
  const cases: [string, string, Basis, Parts, string[]][] = [
    // unit   on the day    basis         which part of whom
    ['one',  '2019-12-31', 'population', [['east', 1, true], ['west', 1, true]],       ['joined']],
    ['one',  '2012-06-01', 'population', [['east', 1, true], ['west', 1, true]],       ['moved', 'joined']],
    ['one',  '2009-12-31', 'population', [['old', 1, true]],                           ['divided', 'moved', 'joined']],
    ['west', '2014-12-31', 'population', [['west', 1, true], ['east', 0.2, false]],    ['moved']],
    ['west', '2009-12-31', 'population', [['old', 0.4, false]],                        ['divided', 'moved']],
    ['west', '2009-12-31', 'area',       [['old', null, false]],                       ['divided', 'moved']],
    ['far',  '2001-01-01', 'population', [['far', 1, true]],                           []],
    ['far',  '1999-12-31', 'population', [],                                           []],
  ]
  test.each(cases)('%s on %s (%s) was %j, by way of %j', (id, on, basis, parts, events) => {
    const fate = before(history, id, { on, basis, until: '2026-11-22' })
    expect([...partsOf(fate)].sort()).toEqual([...parts].sort())
    expect(passedBy(fate)).toEqual(events)
  })
})

test('[F1] the tree of a day holds the units of that day, each below its parent of that day', () => {
  const on = (day: string) =>
    [...treeOn(history.versions, day).values()].map(({ id, parent }) => `${id}<${parent}`).sort()
  expect(on('1999-12-31')).toEqual([])
  expect(on('2009-12-31')).toEqual(['district<null', 'far<null', 'old<district'])
  expect(on('2010-01-01')).toEqual(['district<null', 'east<district', 'far<null', 'west<district'])
  expect(on('2021-12-31')).toEqual(['district<null', 'far<null', 'one<district'])
  expect(on('2022-01-01')).toEqual(['far<null', 'one<null'])
})

test('[F1] however often units are divided, the parts of one make up the whole of it', () => {
  const share = fc.integer({ min: 1, max: 99 })
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), (shares) => {
      const days = shares.map((_, year) => `${2001 + year}-01-01`)
      const made: History = {
        versions: [unit('a', '2000-01-01'), ...days.map((day) => unit(`part-${day}`, day))],
        events: days.map((day) => event(day, day, 'split')),
        successions: days.flatMap((day, index) => [
          part(day, ['a', 'a'], 'population', 1 - (shares[index] ?? 0) / 100),
          part(day, ['a', `part-${day}`], 'population', (shares[index] ?? 0) / 100),
        ]),
      }
      const { parts } = became(made, 'a', { on: '2026-01-01' })
      expect(parts).toHaveLength(shares.length + 1)
      expect(parts.reduce((sum, { weight }) => sum + (weight ?? Number.NaN), 0)).toBeCloseTo(1, 9)
    }),
  )
})

describe('a history that contradicts itself is found out', () => {
  const { versions, events, successions } = history
  // biome-ignore format: a table
  const cases: [string, History, RegExp[]][] = [
    ['nothing is wrong',                  history,                                                                   []],
    ['parts that do not add up',          { ...history, successions: successions.slice(1) },                         [/divided: old by population/]],
    ['a successor that is not there yet', { ...history, events: events.map((each) => (each.id === 'joined' ? { ...each, on: '2019-01-01' } : each)) },
                                          [/east is still there/, /one is not there/, /west is still there/, /one is not there/]],
    ['a unit that ends without a word',   { ...history, versions: [...versions, unit('lost', '2000-01-01', '2001-01-01')] }, [/lost ends/]],
    ['an event that nobody knows',        { ...history, events: events.filter(({ id }) => id !== 'moved') },         [/moved: no such event/, /moved: no such event/]],
  ]
  test.each(cases)('%s', (_, which, faults) => {
    const found = faultsIn(which)
    expect(found).toHaveLength(faults.length)
    for (const [index, fault] of faults.entries()) expect(found[index]).toMatch(fault)
  })
})
