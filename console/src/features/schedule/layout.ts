import type { Collision, TimelineDay, TimelineItem, TimelineSession, WaitingItem } from '../../api/schedule.ts'

/**
 * The arithmetic of a day on the screen: blocks of true length on a bed, rows to be read beside it, and a line from each
 * block to its row. Lengths on the screen are CSS pixels, durations milliseconds.
 */

const MINUTE_MS = 60_000
/** Between two items of a session; the server plans the same. */
export const GAP_MS = 2000
/** A block shorter than this could not be seen. */
export const BLOCK_MIN_PX = 6
/** Where a line meets its row and, at most, its block, below their upper edges. */
const LEAD_PX = 14
const LEAD_BLOCK_PX = 9

export type Entry = { key: string; startMs: number; endMs: number } & (
  | { kind: 'relay'; of: string }
  | { kind: 'item'; item: TimelineItem }
  | { kind: 'waiting'; waiting: WaitingItem }
  | { kind: 'collision'; collision: Collision }
  | { kind: 'left'; item: TimelineItem }
  | { kind: 'over'; overMs: number; afterApproval: boolean }
)

const ms = (instant: string): number => Date.parse(instant)
export const endOf = (item: Pick<TimelineItem, 'at' | 'durationMs'>): number => ms(item.at) + item.durationMs

/** The items of a session as they would sound in this order: each after the one before it, the gap between them. */
export const reordered = (items: readonly TimelineItem[], order: readonly string[]): TimelineItem[] => {
  const movable = items.filter((item) => item.movable)
  const first = Math.min(...movable.map((item) => ms(item.at)))
  const byId = new Map(movable.map((item) => [item.airing, item]))
  const inOrder = order.map((id) => byId.get(id)).filter((item) => item !== undefined)
  let next = first
  const moved = inOrder.map((item) => {
    const at = new Date(next).toISOString()
    next += item.durationMs + GAP_MS
    return { ...item, at }
  })
  return [...items.filter((item) => !byId.has(item.airing)), ...moved].sort((a, b) => ms(a.at) - ms(b.at))
}

/** The order after one item moved by some places; the same order where it cannot move. */
export const shifted = (order: readonly string[], id: string, by: number): string[] => {
  const from = order.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return [...order]
  const rest = order.filter((other) => other !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}

export const isSameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** By how much a session would run over once everything that waits is approved; 0 where it all fits. */
export const overIfApproved = (session: Pick<TimelineSession, 'capacityMs' | 'usedMs' | 'waiting'>): number => {
  const waiting = session.waiting.reduce((sum, { durationMs }) => sum + durationMs + GAP_MS, 0)
  return session.waiting.length === 0 ? 0 : Math.max(0, session.usedMs + waiting - session.capacityMs)
}

const relayEntry = (session: TimelineSession): Entry[] => {
  const { relay } = session
  if (!relay) return []
  const [start, end] = [ms(session.start), ms(session.end)]
  const long = relay.minutes * MINUTE_MS
  const startMs = relay.at === 'start' ? start : end - long
  return [{ key: 'relay', kind: 'relay', of: relay.of, startMs, endMs: startMs + long }]
}

/** What waits for approval stands where it would sound: after everything that is placed. */
const waitingEntries = (session: TimelineSession, items: readonly TimelineItem[]): Entry[] => {
  const begin = ms(session.start) + (session.relay?.at === 'start' ? session.relay.minutes * MINUTE_MS : 0)
  const ahead = items.filter((item) => item.kind === 'item' || item.kind === 'opening')
  let next = Math.max(begin, ...ahead.map((item) => endOf(item) + GAP_MS))
  return session.waiting.map((waiting) => {
    const startMs = next
    next += waiting.durationMs + GAP_MS
    return { key: `waiting ${waiting.notice}`, kind: 'waiting', waiting, startMs, endMs: startMs + waiting.durationMs }
  })
}

/** Everything that has a row in a session, in the order in which it is read. */
export const entriesOf = (
  session: TimelineSession,
  items: readonly TimelineItem[],
  collisions: readonly Collision[],
): Entry[] => {
  const ids = new Set(items.map((item) => item.airing))
  const own = collisions.filter((collision) => ids.has(collision.a) || ids.has(collision.b))
  const end = ms(session.end)
  const over = session.overfullMs
  const later = overIfApproved(session)
  const entries: Entry[] = [
    ...relayEntry(session),
    ...items.map((item): Entry => ({ key: item.airing, kind: 'item', item, startMs: ms(item.at), endMs: endOf(item) })),
    ...own.map(
      (collision): Entry => ({
        key: `collision ${collision.a} ${collision.b}`,
        kind: 'collision',
        collision,
        startMs: ms(collision.from),
        endMs: ms(collision.to),
      }),
    ),
    ...waitingEntries(session, items),
  ]
  const sorted = entries.sort((a, b) => a.startMs - b.startMs || rank(a) - rank(b))
  for (const item of session.left ?? [])
    sorted.push({ key: `left ${item.airing}`, kind: 'left', item, startMs: end, endMs: end })
  if (over > 0)
    sorted.push({ key: 'over', kind: 'over', overMs: over, afterApproval: false, startMs: end, endMs: end + over })
  else if (later > 0)
    sorted.push({ key: 'over', kind: 'over', overMs: later, afterApproval: true, startMs: end, endMs: end + later })
  return sorted
}

/** A warning is read after what it is about. */
const rank = (entry: Entry): number => (entry.kind === 'collision' ? 1 : 0)

/** Pixels for a minute such that the longest session of the day is about `height` high. One scale for the whole day. */
export const scaleOf = (sessions: readonly Pick<TimelineSession, 'start' | 'end'>[], height: number): number => {
  const longest = Math.max(30, ...sessions.map(({ start, end }) => (ms(end) - ms(start)) / MINUTE_MS))
  return Math.min(14, height / longest)
}

export type Block = { key: string; top: number; height: number; half: 'whole' | 'left' | 'right' }

/**
 * Blocks at their true place and length; those that sound at the same time share the width. One too short to be seen is
 * drawn a little higher, and those right behind it give way by as much.
 */
export const blocksOf = (entries: readonly Entry[], startMs: number, pxPerMinute: number): Block[] => {
  const blocks: (Block & { endMs: number; isWarning: boolean })[] = []
  const px = (ms: number): number => ((ms - startMs) / MINUTE_MS) * pxPerMinute
  for (const entry of entries) {
    const isWarning = entry.kind === 'collision' || entry.kind === 'over' || entry.kind === 'left'
    const before = isWarning ? undefined : blocks.findLast((block) => !block.isWarning)
    const overlaps = before !== undefined && entry.startMs < before.endMs
    if (overlaps && before.half === 'whole') before.half = 'left'
    const half = overlaps ? (before.half === 'left' ? 'right' : 'left') : 'whole'
    const free = before === undefined || overlaps ? 0 : before.top + before.height + 1
    const top = Math.max(px(entry.startMs), free)
    const height = Math.max(BLOCK_MIN_PX, px(entry.endMs) - 1 - top)
    blocks.push({ key: entry.key, top, height, half, endMs: entry.endMs, isWarning })
  }
  return blocks.map(({ key, top, height, half }) => ({ key, top, height, half }))
}

/** Rows as near to their blocks as they can be without covering one another: the upper edge of each. */
export const rowTops = (wanted: readonly number[], heights: readonly number[], gap: number): number[] => {
  const tops: number[] = []
  wanted.forEach((top, i) => {
    const before = tops[i - 1]
    const free = before === undefined ? 0 : before + (heights[i - 1] ?? 0) + gap
    tops.push(Math.max(top, free))
  })
  return tops
}

/** The line from a block to its row, `width` wide, as the path of an SVG. */
export const leader = (block: Pick<Block, 'top' | 'height'>, rowTop: number, width: number): string => {
  const from = block.top + Math.min(LEAD_BLOCK_PX, block.height / 2)
  const to = rowTop + LEAD_PX
  const n = (value: number): string => String(Math.round(value * 10) / 10)
  return `M0 ${n(from)} L${n(width * 0.4)} ${n(from)} L${n(width * 0.85)} ${n(to)} L${n(width)} ${n(to)}`
}

/** Hours and half hours beside the bed, as `HH:MM` with their place. */
export const ticksOf = (
  session: Pick<TimelineSession, 'start' | 'end'>,
  pxPerMinute: number,
): { atMs: number; top: number }[] => {
  const [start, end] = [ms(session.start), ms(session.end)]
  const step = end - start > 60 * MINUTE_MS ? 30 : 15
  const ticks: { atMs: number; top: number }[] = [{ atMs: start, top: 0 }]
  for (let at = start + step * MINUTE_MS; at < end - (step * MINUTE_MS) / 2; at += step * MINUTE_MS)
    ticks.push({ atMs: at, top: ((at - start) / MINUTE_MS) * pxPerMinute })
  return [...ticks, { atMs: end, top: ((end - start) / MINUTE_MS) * pxPerMinute }]
}

/** Whether a session is over-full, would be once everything is approved, or has lost something that was approved. */
export const wantsHand = (session: TimelineSession): boolean =>
  session.overfullMs > 0 || overIfApproved(session) > 0 || (session.left ?? []).length > 0

/** How many places of a day want a hand before it is heard. */
export const troublesOf = (day: TimelineDay): number => day.collisions.length + day.sessions.filter(wantsHand).length

/** Sessions by the unit they belong to: its own first, then by name. */
export const byUnit = <Row extends Pick<TimelineSession, 'unit' | 'unitName'>>(
  sessions: readonly Row[],
  own: string,
): { id: string; name: string; sessions: Row[] }[] =>
  [...Map.groupBy(sessions, ({ unit }) => unit ?? own)]
    .map(([id, of]) => ({ id, name: of[0]?.unitName ?? '', sessions: of }))
    .sort(
      (a, b) => Number(b.id === own) - Number(a.id === own) || a.name.localeCompare(b.name, 'vi', { numeric: true }),
    )
