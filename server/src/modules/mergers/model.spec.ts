import { describe, expect, test } from 'vitest'
import type { Role } from '../../kernel/actor.ts'
import { answersTo, type UnitKind, type UnitVersion } from '../org/index.ts'
import { type HeldPost, movesOf } from '../people/index.ts'
import { clashesAmong, refusalOfDay, standsOpen, stateOf, warningsOf } from './model.ts'

describe('[F1] the day of a merger', () => {
  const cases: [string, string, string | undefined][] = [
    ['today', '2026-11-22', 'merger.inPast'],
    ['yesterday', '2026-11-21', 'merger.inPast'],
    ['tomorrow', '2026-11-23', undefined],
    ['three years on', '2029-11-22', undefined],
    ['a day more', '2029-11-23', 'merger.tooFar'],
  ]
  test.each(cases)('%s', (_, day, refused) => {
    expect(refusalOfDay(day, '2026-11-22')?.refused).toBe(refused)
  })

  test('says whether it is to come, in force or undone', () => {
    const row = { effectiveOn: '2027-01-01', undoneBy: null }
    expect(stateOf(row, '2026-12-31')).toBe('planned')
    expect(stateOf(row, '2027-01-01')).toBe('inForce')
    expect(stateOf({ ...row, undoneBy: 'an' }, '2027-01-01')).toBe('undone')
  })
})

const version = (change: Partial<UnitVersion>): UnitVersion => ({
  ...{ id: 'a', kind: 'commune', name: 'Xã A', shortName: 'A', parent: 'tinh', population: null, invented: true },
  ...{ gsoCode: null, from: '2025-07-01', to: null, source: 'thử' },
  ...change,
})

describe('a commune is free to be joined', () => {
  const cases: [string, UnitVersion[], boolean][] = [
    ['while nothing is decided about it', [version({})], true],
    ['also after it was renamed', [version({ to: '2026-01-01' }), version({ from: '2026-01-01' })], true],
    ['not where it ends already', [version({ to: '2028-01-01' })], false],
    [
      'not where it is changed on that day or later',
      [version({ to: '2027-01-01' }), version({ from: '2027-01-01' })],
      false,
    ],
    ['not where it is no commune', [version({ kind: 'village' })], false],
    ['not where it never was', [], false],
  ]
  test.each(cases)('%s', (_, versions, open) => {
    expect(standsOpen(versions, '2027-01-01')).toBe(open)
  })
})

describe('posts of communes that end', () => {
  const post = (person: string, unit: string, role: Role, days: [string, string | null]): HeldPost => ({
    ...{ id: `${person} ${unit} ${days[0]}`, person, unit, role, title: role, from: days[0], to: days[1] },
  })
  const moves = (posts: HeldPost[], there: HeldPost[] = []) =>
    movesOf(posts, { to: 'm', on: '2027-01-01', there }).map(({ post: { id }, becomes }) => [
      id,
      becomes === null ? null : `${becomes.unit} ${becomes.from} ${becomes.to}`,
    ])
  const begun: [string, null] = ['2026-01-01', null]

  test('go on from the day, until their own end', () => {
    expect(moves([post('x', 'a', 'officer', ['2026-01-01', '2027-06-01'])])).toEqual([
      ['x a 2026-01-01', 'm 2027-01-01 2027-06-01'],
    ])
  })
  test('that begin later begin then', () => {
    expect(moves([post('x', 'a', 'officer', ['2027-02-01', null])])).toEqual([['x a 2027-02-01', 'm 2027-02-01 null']])
  })
  test('held in both by one person are held once, the longer one; another role stands beside it', () => {
    const short = post('x', 'a', 'officer', ['2026-01-01', '2027-03-01'])
    const other = post('x', 'a', 'clerk', begun)
    expect(moves([short, post('x', 'b', 'officer', begun), other])).toEqual([
      ['x b 2026-01-01', 'm 2027-01-01 null'],
      ['x a 2026-01-01', 'm 2027-01-01 null'],
      ['x a 2026-01-01', null],
    ])
  })
  test('end where the person has the same one at the commune that takes the others in', () => {
    expect(moves([post('x', 'a', 'officer', begun)], [post('x', 'm', 'officer', begun)])).toEqual([
      ['x a 2026-01-01', null],
    ])
  })
})

test('the same name twice is said, with where each comes from; a station may bear the name of a village', () => {
  const unit = (name: string, kind: UnitKind, was: string) => ({ name, kind, was })
  expect(
    clashesAmong([
      unit('Thôn 1', 'village', 'Xã A'),
      unit('thôn  1', 'village', 'Xã B'),
      unit('Thôn 2', 'village', 'Xã B'),
      unit('Thôn 2', 'station', 'Xã A'),
    ]),
  ).toEqual([{ name: 'Thôn 1', in: ['Xã A', 'Xã B'] }])
})

test('a new commune in which nobody may write or approve is warned of; an existing one has its own people', () => {
  const nobody = { people: [], hanging: [], technologies: [], intoExisting: false }
  expect(warningsOf(nobody)).toEqual(['noOfficer', 'noApprover'])
  expect(warningsOf({ ...nobody, intoExisting: true })).toEqual([])
  const twice = { ...nobody, intoExisting: true, hanging: [{ kind: 'front' as const }, { kind: 'front' as const }] }
  expect(warningsOf({ ...twice, technologies: ['ip', 'wired'] })).toEqual([
    ...['organisationsTwice', 'stationsSeveral', 'stationsMixed'],
  ])
})

describe('[F1] how well a unit answers to a name', () => {
  const chauO = { name: 'Thị trấn Châu Ổ', shortName: 'Châu Ổ', kind: 'commune' as const }
  const thon = { name: 'Thôn 1', shortName: 'Thôn 1', kind: 'village' as const }
  const cases: [string, typeof chauO | typeof thon, number][] = [
    ['Thị trấn Châu Ổ', chauO, 3],
    ['thi tran chau o', chauO, 2],
    ['TT Châu Ổ', chauO, 1],
    ['TT. Châu Ổ', chauO, 1],
    ['Châu Ổ', chauO, 1],
    ['xã Châu Ổ', chauO, 1],
    ['huyện Châu Ổ', chauO, 0],
    ['Châu', chauO, 0],
    ['thị trấn', chauO, 0],
    ['thon 1', thon, 2],
    ['Thôn 10', thon, 0],
    ['1', thon, 0],
  ]
  test.each(cases)('%s', (asked, unit, score) => {
    expect(answersTo(unit, asked)).toBe(score)
  })
})
