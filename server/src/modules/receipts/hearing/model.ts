import { type Instant, type LocalDate, localDate } from '@loa/protocol'
import { z } from 'zod'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'

/** What somebody in a village can say of an airing: clear, there but not to be understood, nothing at all. */
export const words = ['clear', 'unclear', 'none'] as const
export type Word = (typeof words)[number]
export const wordSchema = z.enum(words)

/** 128 bits, written in base64url: it cannot be guessed, and fits into a message and a QR code. */
export const TOKEN_BYTES = 16
export const TOKEN_SHAPE = /^[A-Za-z0-9_-]{22}$/

/** An airing is asked about for a day: longer back nobody remembers which of them it was. */
export const ASKED_MS = 24 * 3_600_000
/** Airings on one page. With the longest titles it stays under 50 kB, which a cheap phone loads on a bad line. */
export const AIRINGS_ASKED_MAX = 20
/** Presses of one link about one airing that are kept: whoever changes their mind more often is a machine. */
export const PRESSES_MAX = 20
/** Living links of one village: the head, the front, the party cell, and a few more. */
export const LINKS_PER_VILLAGE_MAX = 10
/** A link lives at most two years; a village head is elected for five at most, and telephones change hands. */
export const LINK_DAYS_MAX = 731

/** Openings without a good token from one address before it has to wait, and within which time they count. */
export const TRIES_MAX = 300
export const TRIES_WINDOW_MS = 600_000
export const TRIES_KEPT_MS = 3_600_000

const DAY_MS = 86_400_000

export type LinkState = 'live' | 'expired' | 'revoked'
type Dated = { readonly expiresOn: LocalDate; readonly revokedAt: Instant | null }

/** Whether a link still opens: through its last day, and not once it was ended. */
export const linkState = ({ expiresOn, revokedAt }: Dated, now: Instant): LinkState => {
  if (revokedAt !== null) return 'revoked'
  return localDate(now) <= expiresOn ? 'live' : 'expired'
}

/** Whether a last day is one that a new link may have. */
export const isUsableEnd = (expiresOn: LocalDate, now: Instant): boolean => {
  const days = (Date.parse(expiresOn) - Date.parse(localDate(now))) / DAY_MS
  return days >= 0 && days <= LINK_DAYS_MAX
}

/**
 * Whether people are asked about an airing now: an item, not the music around it or the daily chime; begun, at most a day ago,
 * and not called off before it began.
 */
export const isAskedAbout = (
  airing: { readonly kind: string; readonly at: Instant; readonly stoppedAt: Instant | null },
  now: Instant,
): boolean =>
  airing.kind === 'item' &&
  airing.at <= now &&
  airing.at > now - ASKED_MS &&
  (airing.stoppedAt === null || airing.stoppedAt > airing.at)

/** What to do with a press. The same word again is no news; another word is kept beside the earlier one. */
export const decidePress = (said: readonly { readonly word: Word }[], word: Word): 'keep' | 'saidBefore' | Refusal => {
  if (said.at(-1)?.word === word) return 'saidBefore'
  return said.length >= PRESSES_MAX ? refuse('hearing.tooManyPresses') : 'keep'
}

export type Said = {
  readonly airing: string
  readonly village: string
  readonly link: string
  readonly word: Word
  readonly at: Instant
}

/** The newest word of each link about each airing. `said` in the order in which it was said. */
export const newestOf = <Row extends Said>(said: readonly Row[]): Row[] => [
  ...new Map(said.map((each) => [`${each.airing} ${each.link}`, each])).values(),
]

export type Counts = { readonly [Each in Word]: number }

/** How many say what. Never added to what devices report: one person speaks for themselves, not for a cluster. */
export const countWords = (newest: readonly { readonly word: Word }[]): Counts => {
  const count = (word: Word) => newest.filter((each) => each.word === word).length
  return { clear: count('clear'), unclear: count('unclear'), none: count('none') }
}

/** Whether an address has opened too many links that are none. */
export const triedTooOften = (tries: number): boolean => tries >= TRIES_MAX
