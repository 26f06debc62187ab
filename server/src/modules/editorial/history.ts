import type { Instant } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import {
  type EventKind,
  findEvents,
  findNotice,
  findNoticeOfRelease,
  type NoticeRow,
  type RevisionRow,
  revisionsShown,
} from './store.ts'

/** Everything that was decided about a notice, and what was submitted: for walking a figure back to its draft. */
export type NoticeHistory = {
  readonly id: string
  readonly unit: string
  readonly author: string
  readonly madeAt: Instant
  readonly events: readonly {
    readonly id: string
    readonly kind: EventKind
    readonly person: string
    readonly at: Instant
    readonly revision: number
    /** The same, as people count. */
    readonly nth: number
    readonly reason: string | null
  }[]
  readonly revisions: readonly {
    readonly number: number
    readonly nth: number
    readonly title: string
    readonly savedBy: string
    readonly savedAt: Instant
  }[]
}

/**
 * How people count: the first text that was sent is 1, what is written after it is 2. The number itself also counts every
 * pause of the writer, in which the page saves by itself.
 */
export const nthOf = (revisions: readonly Pick<RevisionRow, 'number' | 'frozen'>[], number: number): number =>
  1 + revisions.filter((earlier) => earlier.frozen && earlier.number < number).length

export const noticeHistory = async (db: Db, id: string): Promise<NoticeHistory | undefined> => {
  const notice = await findNotice(db, id)
  if (notice === undefined) return undefined
  const events = await findEvents(db, [id])
  const revisions = await revisionsShown(db, [id])
  return {
    id,
    unit: notice.unit,
    author: notice.author,
    madeAt: notice.madeAt,
    events: events.map(({ id: event, kind, person, at, revision, reason }) => ({
      id: event,
      kind,
      person,
      at,
      revision,
      nth: nthOf(revisions, revision),
      reason,
    })),
    revisions: revisions.map(({ number, title, savedBy, savedAt }) => ({
      ...{ number, nth: nthOf(revisions, number), title, savedBy, savedAt },
    })),
  }
}

/** The notice that a release was made from. */
export const noticeOfRelease = async (db: Db, release: string): Promise<NoticeRow | undefined> => {
  const found = await findNoticeOfRelease(db, release)
  return found && findNotice(db, found.notice)
}
