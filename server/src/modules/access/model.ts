import type { Instant } from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Wrong tries in a row before a name is locked to the address they came from, and for how long. To that address alone: whoever
 * could lock a name for everybody could keep the one who approves an alert out with five wrong words.
 */
export const WRONG_MAX = 5
/** Wrong tries in a row, from wherever, before a name is locked for everybody: what NIST SP 800-63B §5.2.2 allows at most. */
export const WRONG_ANYWHERE_MAX = 100
export const LOCK_MS = 15 * MINUTE_MS
/**
 * Failed tries from one address within the window before it is slowed down. Many people may share it, behind a router or a
 * reverse proxy: who has done nothing wrong still gets in.
 */
export const ADDRESS_SLOW_FROM = 30
/** Failed tries from one address within the window before nobody gets in from there: one try every two seconds. */
export const ADDRESS_TRIES_MAX = 300
export const ADDRESS_WINDOW_MS = 10 * MINUTE_MS
/** Rows of names and addresses untouched for so long are forgotten. */
export const TRIES_KEPT_MS = HOUR_MS

/** A session ends this long after its last use, and in any case so long after sign-in. */
export const IDLE_MS = 12 * HOUR_MS
export const SESSION_MS = 7 * 24 * HOUR_MS
/** `seen_at` is written at most so often: a page that asks ten times a second must not write ten times. */
export const SEEN_EVERY_MS = MINUTE_MS

const minutesUntil = (until: Instant, now: Instant): number => Math.max(1, Math.ceil((until - now) / MINUTE_MS))

export type NameTries = { readonly failed: number; readonly lockedUntil: Instant | null; readonly triedAt: Instant }

export const lockedRefusal = (until: Instant, now: Instant): Refusal =>
  refuse('access.locked', { minutes: minutesUntil(until, now) })

/**
 * What a try at a name does to its count, decided before the password is checked: the try counts as wrong until it proves
 * right, so that many tries at once get no more guesses than one after the other.
 */
export const countTry = (
  before: NameTries | undefined,
  now: Instant,
  wrongMax: number = WRONG_MAX,
): NameTries | Refusal => {
  const { failed, lockedUntil, triedAt } = before ?? { failed: 0, lockedUntil: null, triedAt: now }
  if (lockedUntil !== null && lockedUntil > now) return lockedRefusal(lockedUntil, now)
  const stale = lockedUntil !== null || triedAt + TRIES_KEPT_MS < now
  const counted = (stale ? 0 : failed) + 1
  return { failed: counted, lockedUntil: counted >= wrongMax ? now + LOCK_MS : null, triedAt: now }
}

/** The answer to a wrong name or password, the same for both. */
export const wrongAnswer = ({ failed, lockedUntil }: NameTries, now: Instant): Refusal =>
  lockedUntil === null
    ? refuse('access.wrongNameOrPassword', { triesLeft: WRONG_MAX - failed })
    : lockedRefusal(lockedUntil, now)

/** How an address may try: as it likes, slowly, or not now. `tries`: its failed tries and those under way, newest first. */
export const addressPace = (tries: readonly Instant[], now: Instant): 'free' | 'slow' | Refusal => {
  const counting = tries.filter((at) => at > now - ADDRESS_WINDOW_MS)
  const oldest = counting[ADDRESS_TRIES_MAX - 1]
  if (oldest !== undefined)
    return refuse('access.tooManyTries', { minutes: minutesUntil(oldest + ADDRESS_WINDOW_MS, now) })
  return counting.length < ADDRESS_SLOW_FROM ? 'free' : 'slow'
}

/** Groups of an IPv6 address, `::` written out; `undefined` where it is none. */
const groupsOf = (address: string): readonly string[] | undefined => {
  const halves = address.split('::')
  if (!address.includes(':') || halves.length > 2) return undefined
  const [head = '', tail] = halves
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last]
}

/** What is counted as one address: an IPv4 address, or the /64 that one IPv6 customer is given. */
export const addressGroup = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const groups = groupsOf(address.split('%')[0] ?? address)
  return groups === undefined
    ? address
    : `${groups
        .slice(0, 4)
        .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
        .join(':')}::/64`
}

/** How a name is looked up: `Hanh ` and `hanh` are one. */
export const canonicalName = (username: string): string => username.normalize('NFC').trim().toLowerCase()

export type Session = { readonly person: string; readonly seenAt: Instant; readonly expiresAt: Instant }

/** Whether a session still holds at `now`. */
export const isAlive = ({ seenAt, expiresAt }: Session, now: Instant): boolean =>
  now < expiresAt && now < seenAt + IDLE_MS
