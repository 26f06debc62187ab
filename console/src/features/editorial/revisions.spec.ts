import { describe, expect, it } from 'vitest'
import type { NoticeEventKind, NoticeWithHistory, Plan, Revision } from '../../api/types.ts'
import { factsOf, firstAiringOf, nthOf, revisionBefore } from './revisions.ts'

const revision = (number: number, plan: Plan = { when: 'now' }): Revision => ({
  number,
  plan,
  title: 'Mời họp',
  topic: 'x',
  class: 'normal',
  audience: ['binh-chuong'],
  repeats: 1,
  savedBy: { person: 'hanh', name: 'Hạnh' },
  savedAt: '2026-11-22T15:00:00+07:00',
  frozen: true,
  versions: [],
  durationMs: 0,
})

const notice = (revisions: number[], events: [NoticeEventKind, number][]): NoticeWithHistory => ({
  id: 'n1',
  unit: 'binh-chuong',
  unitName: 'xã Bình Chương',
  author: { person: 'hanh', name: 'Hạnh' },
  state: 'submitted',
  revision: revisions.at(-1) ?? 1,
  changedAt: '2026-11-22T15:00:00+07:00',
  current: revision(revisions.at(-1) ?? 1),
  release: null,
  may: { edit: false, submit: false, withdraw: false, approve: true, return: true, check: false },
  whyNotApprove: null,
  revisions: revisions.map((number) => revision(number)),
  history: events.map(([kind, number]) => ({
    kind,
    revision: number,
    person: { person: 'hanh', name: 'Hạnh' },
    at: '2026-11-22T15:00:00+07:00',
    reason: null,
  })),
})

describe('what an approver compares a revision with', () => {
  it.each<[string, number[], [NoticeEventKind, number][], number | undefined]>([
    ['the first submission is compared with nothing', [1], [['submitted', 1]], undefined],
    [
      'a correction is compared with what was returned',
      [1, 2],
      [
        ['submitted', 1],
        ['returned', 1],
        ['submitted', 2],
      ],
      1,
    ],
    [
      'drafts that nobody else saw are passed over',
      [1, 2, 3],
      [
        ['submitted', 1],
        ['returned', 1],
        ['submitted', 3],
      ],
      1,
    ],
    [
      'the newest earlier submission counts',
      [1, 2, 3],
      [
        ['submitted', 1],
        ['submitted', 2],
        ['submitted', 3],
      ],
      2,
    ],
    ['drafts before a first submission are not shown to the approver', [1, 2], [['submitted', 2]], undefined],
  ])('%s', (_, revisions, events, expected) =>
    expect(revisionBefore(notice(revisions, events), revisions.at(-1) ?? 1)?.number).toBe(expected),
  )
})

it('the first airing is on the first of the days, Viet Nam time', () => {
  expect(firstAiringOf(revision(1))).toBeNull()
  expect(firstAiringOf(revision(1, { when: 'times', dates: ['2026-11-24', '2026-11-22'], time: '17:05' }))).toBe(
    Date.parse('2026-11-22T10:05:00Z'),
  )
})

it('the sentence of a saved revision counts its days, and leaves out an unknown length', () => {
  const reach = { places: [], clusters: null, gateways: 0 }
  expect(
    factsOf(revision(1, { when: 'times', dates: ['2026-11-22', '2026-11-23'], time: '17:05' }), reach),
  ).toMatchObject({
    times: 2,
    durationMs: null,
  })
  expect(factsOf({ ...revision(1), durationMs: 72_000 }, reach)).toMatchObject({
    times: 1,
    when: null,
    durationMs: 72_000,
  })
})

describe('the number of a revision', () => {
  it.each([
    ['saved by itself while it was written, then sent', 4, 1],
    ['written on after it was returned', 9, 2],
  ])('counts what was sent: %s', (_, number, nth) => {
    const events: [NoticeEventKind, number][] = [
      ['submitted', 4],
      ['returned', 4],
      ['submitted', 9],
    ]
    expect(nthOf(notice([4, 9], events), number)).toBe(nth)
  })
})
