import { type DailySpan, type Instant, instantOf, isWithin, localDate } from '@loa/protocol'

/** Silence between two items, so that people hear where one ends. */
export const GAP_MS = 2_000

/** What people signed about when an item may begin. */
export type Approved = {
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Empty: any hour. */
  readonly hours: readonly DailySpan[]
}

/** Something to be put into a running order. */
export type Item = {
  readonly id: string
  readonly durationMs: number
  readonly approved: Approved
  /** Decided in a collision, or where it stands already: not before this. */
  readonly holdUntil: Instant | null
  /** What it is put around; where absent, every block. */
  readonly blocks?: readonly Span[]
}

export type Span = { readonly from: Instant; readonly to: Instant }

export type Wanted = {
  /** Where a session's own items stand. */
  readonly window: Span
  /** Nothing begins before this: what has begun is over then. */
  readonly notBefore: Instant
  /** Airings from elsewhere that the same people hear: items are put around them. */
  readonly blocks: readonly Span[]
  /** In the order in which they are to be heard. */
  readonly items: readonly Item[]
}

export type Laid = {
  /** One for each item, in their order; `at` is null where it cannot begin within the session and what was approved. */
  readonly places: readonly { readonly id: string; readonly at: Instant | null }[]
  /** The time of everything that lasts beyond the session, and of what no longer fits. */
  readonly overfullMs: number
}

/** The first instant from `at` on, of the same day, at which the item may begin; `undefined` where there is none. */
const firstApproved = (at: Instant, { notBefore, notAfter, hours }: Approved): Instant | undefined => {
  const from = Math.max(at, notBefore)
  if (from > notAfter) return undefined
  if (hours.length === 0 || hours.some((span) => isWithin(span, from))) return from
  const date = localDate(from)
  const openings = hours.map((span) => instantOf(date, span.from)).filter((opening) => opening > from)
  const next = Math.min(...openings)
  return openings.length > 0 && next <= notAfter ? next : undefined
}

/** Where an item can begin, not before `from`: within what was approved, around the blocks, before the session ends. */
const placeFor = (item: Item, from: Instant, { window, blocks: all }: Wanted): Instant | null => {
  const blocks = item.blocks ?? all
  let at = firstApproved(Math.max(from, item.holdUntil ?? from), item.approved)
  const inTheWay = (start: Instant): Span | undefined =>
    blocks.find((block) => start < block.to + GAP_MS && block.from < start + item.durationMs + GAP_MS)
  for (let block = at === undefined ? undefined : inTheWay(at); block !== undefined; block = inTheWay(at)) {
    at = firstApproved(block.to + GAP_MS, item.approved)
    if (at === undefined) break
  }
  return at === undefined || at >= window.to ? null : at
}

/**
 * Puts items one after another into a session: each as early as it may be, none before the one ahead of it is over. One that
 * cannot begin before the session ends is left out; those behind it are still put. Equal questions have equal answers.
 */
export const layOut = (wanted: Wanted): Laid => {
  const { window, items } = wanted
  let cursor = Math.max(window.from, wanted.notBefore)
  let end = window.from
  let leftMs = 0
  const places: { id: string; at: Instant | null }[] = []
  for (const item of items) {
    const at = placeFor(item, cursor, wanted)
    places.push({ id: item.id, at })
    if (at === null) {
      leftMs += item.durationMs
      continue
    }
    end = at + item.durationMs
    cursor = end + GAP_MS
  }
  return { places, overfullMs: Math.max(0, end - window.to) + leftMs }
}
