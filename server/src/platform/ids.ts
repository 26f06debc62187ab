import { randomBytes } from 'node:crypto'
import type { Clock } from '@loa/protocol'
import type { Ids } from '../kernel/ids.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_DIGITS = 10
const RANDOM_DIGITS = 16

const timeDigits = (at: number): string => {
  let rest = at
  let digits = ''
  for (let place = 0; place < TIME_DIGITS; place += 1) {
    digits = CROCKFORD[rest % 32] + digits
    rest = Math.floor(rest / 32)
  }
  return digits
}

const freshDigits = (): number[] => Array.from(randomBytes(RANDOM_DIGITS), (byte) => byte % 32)

/** Adds one to the random part; a part full of Z starts afresh (odds of 1 in 2^80 per millisecond). */
const raised = (digits: readonly number[]): number[] => {
  const next = [...digits]
  for (let place = next.length - 1; place >= 0; place -= 1) {
    if ((next[place] ?? 0) < 31) {
      next[place] = (next[place] ?? 0) + 1
      return next
    }
    next[place] = 0
  }
  return freshDigits()
}

/**
 * ULIDs (github.com/ulid/spec): 48 bits of time from the clock that is handed in, 80 random bits. Within one
 * millisecond, and when the clock steps back, the random part counts up, so that ids keep the order of making.
 */
export const systemIds = (clock: Clock): Ids => {
  let lastAt = 0
  let last: readonly number[] = freshDigits()
  return {
    next: () => {
      const now = clock.now()
      last = now > lastAt ? freshDigits() : raised(last)
      lastAt = Math.max(now, lastAt)
      return timeDigits(lastAt) + last.map((digit) => CROCKFORD[digit]).join('')
    },
    secret: (bytes) => new Uint8Array(randomBytes(bytes)),
  }
}
