import type { TimelineSession } from '../../api/schedule.ts'

/** Between two items of a session. */
const GAP_MS = 2000

/** What is left of a session before an item of this length, and by how much the item would be too long. What waits for approval counts as placed. */
export const roomOf = (
  session: Pick<TimelineSession, 'capacityMs' | 'usedMs' | 'waiting'>,
  lengthMs: number,
): { freeMs: number; shortMs: number } => {
  const waiting = session.waiting.reduce((sum, { durationMs }) => sum + durationMs + GAP_MS, 0)
  const freeMs = Math.max(0, session.capacityMs - session.usedMs - waiting)
  const needed = lengthMs === 0 ? 0 : lengthMs + (session.usedMs + waiting > 0 ? GAP_MS : 0)
  return { freeMs, shortMs: Math.max(0, needed - freeMs) }
}
