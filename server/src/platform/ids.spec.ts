import { describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'
import { systemIds } from './ids.ts'

describe('ids', () => {
  it('are 26 characters of Crockford base 32 that begin with the time', () => {
    // 1469918176385 ms is 01ARYZ6S41 in the specification of ULID
    expect(systemIds(turnedClock(1_469_918_176_385)).next()).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/)
  })

  it('sort in the order of their making, within a millisecond and when the clock steps back', () => {
    let now = 1000
    const ids = systemIds({ now: () => now, at: () => () => undefined })
    const made = Array.from({ length: 500 }, (_, count) => {
      now = count % 7 === 0 ? now - 3 : now + (count % 2)
      return ids.next()
    })
    expect(made).toEqual([...new Set(made)].sort())
  })

  it('secrets have the asked length and never repeat', () => {
    const ids = systemIds(turnedClock(0))
    const made = Array.from({ length: 50 }, () => Buffer.from(ids.secret(32)).toString('hex'))
    expect(new Set(made).size).toBe(50)
    expect(made.every((secret) => secret.length === 64)).toBe(true)
  })
})
