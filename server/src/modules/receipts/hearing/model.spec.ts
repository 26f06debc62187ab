import { instantOf } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import {
  ASKED_MS,
  countWords,
  decidePress,
  isAskedAbout,
  isUsableEnd,
  linkState,
  newestOf,
  PRESSES_MAX,
  type Said,
  TRIES_MAX,
  triedTooOften,
  type Word,
} from './model.ts'

const now = instantOf('2026-11-22', '17:30')

describe('a link', () => {
  const cases: [string, { expiresOn: string; revokedAt: number | null }, string][] = [
    ['opens before its last day', { expiresOn: '2026-12-31', revokedAt: null }, 'live'],
    ['opens through its last day', { expiresOn: '2026-11-22', revokedAt: null }, 'live'],
    ['has expired the day after', { expiresOn: '2026-11-21', revokedAt: null }, 'expired'],
    ['that was ended stays ended, expired or not', { expiresOn: '2026-12-31', revokedAt: now - 1 }, 'revoked'],
  ]
  test.each(cases)('%s', (_, link, state) => {
    expect(linkState(link, now)).toBe(state)
  })

  test('expires at midnight in Viet Nam, not in Greenwich', () => {
    const link = { expiresOn: '2026-11-22', revokedAt: null }
    expect(linkState(link, instantOf('2026-11-22', '23:59'))).toBe('live')
    expect(linkState(link, instantOf('2026-11-23', '00:00'))).toBe('expired')
  })

  const ends: [string, string, boolean][] = [
    ['today', '2026-11-22', true],
    ['yesterday', '2026-11-21', false],
    ['in two years', '2028-11-22', true],
    ['in three years', '2029-11-22', false],
  ]
  test.each(ends)('may end %s or not', (_, expiresOn, usable) => {
    expect(isUsableEnd(expiresOn, now)).toBe(usable)
  })
})

describe('a village is asked about an airing', () => {
  const cases: [string, { at: number; stoppedAt: number | null }, boolean][] = [
    ['that has just begun', { at: now, stoppedAt: null }, true],
    ['that begins later: no', { at: now + 1, stoppedAt: null }, false],
    ['of almost a day ago', { at: now - ASKED_MS + 1, stoppedAt: null }, true],
    ['of a day ago: no longer', { at: now - ASKED_MS, stoppedAt: null }, false],
    ['stopped while it sounded', { at: now - 60_000, stoppedAt: now - 30_000 }, true],
    ['called off before it began: no', { at: now - 60_000, stoppedAt: now - 90_000 }, false],
  ]
  test.each(cases)('%s', (_, airing, asked) => {
    expect(isAskedAbout({ kind: 'item', ...airing }, now)).toBe(asked)
  })

  test.each(['chime', 'opening', 'closing', 'fallback'])('but not about a %s', (kind) => {
    expect(isAskedAbout({ kind, at: now, stoppedAt: null }, now)).toBe(false)
  })
})

describe('a press', () => {
  const often = Array.from({ length: PRESSES_MAX }, (_, nth) => ({ word: (nth % 2 === 0 ? 'clear' : 'none') as Word }))
  const cases: [string, readonly { word: Word }[], Word, unknown][] = [
    ['the first is kept', [], 'clear', 'keep'],
    ['the same word again is no news', [{ word: 'clear' }], 'clear', 'saidBefore'],
    ['another word is kept beside it', [{ word: 'clear' }], 'none', 'keep'],
    ['back to an earlier word is kept too', [{ word: 'clear' }, { word: 'none' }], 'clear', 'keep'],
    ['one too many is refused', often, 'clear', { refused: 'hearing.tooManyPresses' }],
  ]
  test.each(cases)('%s', (_, said, word, expected) => {
    expect(decidePress(said, word)).toEqual(expected)
  })

  test('only the newest word of each link about each airing counts', () => {
    const say = (airing: string, link: string, word: Word): Said => ({ airing, link, word, village: 'thon-a1', at: 0 })
    const said = [say('x', '1', 'none'), say('x', '2', 'none'), say('x', '1', 'clear'), say('y', '1', 'unclear')]
    expect(countWords(newestOf(said))).toEqual({ clear: 1, unclear: 1, none: 1 })
    expect(newestOf(said)).toHaveLength(3)
  })
})

test('an address that opened too many links that are none has to wait', () => {
  expect([TRIES_MAX - 1, TRIES_MAX].map(triedTooOften)).toEqual([false, true])
})
