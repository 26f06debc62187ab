import { instantOf } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import type { Standing } from '../model.ts'
import {
  DELIVERY_MAX_MS,
  type Delivery,
  decideDismiss,
  decideDone,
  decideTake,
  endsWithWord,
  errandState,
  LISTENERS_MAX,
  listenersMax,
  type Progress,
  whyVisit,
} from './model.ts'

const at = (time: string): number => instantOf('2026-11-22', time)
const open: Progress = { assignedTo: null, doneAt: null, dismissedAt: null }
const taken: Progress = { ...open, assignedTo: 'lan' }
const done: Progress = { ...taken, doneAt: at('18:30') }
const dismissed: Progress = { ...open, dismissedAt: at('18:00') }
const over = { refused: 'errand.over' }

describe('why a village is visited', () => {
  const cases: [string, Standing[], string | undefined][] = [
    ['nobody spoke: it is not known whether anything was heard', ['unknown', 'unknown'], 'unknown'],
    ['some said that they kept silent', ['unknown', 'silent'], 'silent'],
    ['no cluster stands there', [], 'noCluster'],
    ['one of them sounded: nobody is sent', ['unknown', 'reported'], undefined],
    ['one of them sounded in part: nobody is sent', ['silent', 'partial'], undefined],
  ]
  test.each(cases)('%s', (_, standings, why) => {
    expect(whyVisit(standings)).toBe(why)
  })
})

describe('an errand', () => {
  test('is open, taken, done or dismissed', () => {
    expect([open, taken, done, dismissed].map(errandState)).toEqual(['open', 'taken', 'done', 'dismissed'])
  })

  const takes: [string, Progress, unknown][] = [
    ['open: is taken', open, 'take'],
    ['taken by the same person: stays so', taken, 'takenBefore'],
    ['taken by somebody else: is theirs', { ...open, assignedTo: 'minh' }, { refused: 'errand.taken' }],
    ['done: is over', done, over],
    ['dismissed: is over', dismissed, over],
  ]
  test.each(takes)('%s', (_, errand, expected) => {
    expect(decideTake(errand, 'lan')).toEqual(expected)
  })

  test('is dismissed while it waits, and not afterwards', () => {
    expect([open, taken, done, dismissed].map(decideDismiss)).toEqual(['dismiss', 'dismiss', over, over])
  })

  test('ends with the village’s word only where that word opened it and nobody is on the way', () => {
    const words = [open, taken, done].map((errand) => endsWithWord({ ...errand, why: 'people' }))
    expect([...words, endsWithWord({ ...open, why: 'unknown' })]).toEqual([true, false, false, false])
  })
})

describe('a report that it was done', () => {
  const round = { startedAt: at('17:40'), endedAt: at('18:10'), listeners: 120 }
  const known = { now: at('18:15'), airingAt: at('17:05'), population: 400 }
  const cases: [string, Progress, Partial<Delivery>, unknown][] = [
    ['is taken in', taken, {}, 'done'],
    ['may come without anybody having taken it', open, {}, 'done'],
    ['may leave the listeners open', taken, { listeners: null }, 'done'],
    ['comes once', done, {}, over],
    ['comes too late for what was dismissed', dismissed, {}, over],
    [
      'of a round that ended before it began',
      taken,
      { endedAt: at('17:39') },
      { refused: 'errand.endsBeforeItBegins' },
    ],
    ['of a round that is still to come', taken, { endedAt: at('18:30') }, { refused: 'errand.inFuture' }],
    ['by a clock a minute ahead', taken, { endedAt: at('18:16') }, 'done'],
    ['of a round that began within the airing’s minute', taken, { startedAt: at('17:04') }, 'done'],
    ['of a round before the airing', taken, { startedAt: at('17:03') }, { refused: 'errand.beforeAiring' }],
    [
      'with ten times the village listening',
      taken,
      { listeners: 4000 },
      { refused: 'errand.listeners', detail: { most: 800 } },
    ],
  ]
  test.each(cases)('%s', (_, errand, differs, expected) => {
    expect(decideDone(errand, { ...round, ...differs }, known)).toEqual(expected)
  })

  test('of a round of more than half a day is a slip of the finger', () => {
    const later = { ...known, now: known.airingAt + 3 * DELIVERY_MAX_MS }
    const long = { ...round, endedAt: round.startedAt + DELIVERY_MAX_MS + 1 }
    expect(decideDone(taken, long, later)).toEqual({ refused: 'errand.tooLong' })
  })

  test('may name two hundred listeners in the smallest village, and many where nobody knows how many live there', () => {
    expect([30, 400, null].map(listenersMax)).toEqual([200, 800, LISTENERS_MAX])
  })
})
