import type { Instant } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { type EventKind, findEvents, findNotice, findNoticeOfRelease, type NoticeRow, revisionsShown } from './store.ts'

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
    readonly reason: string | null
  }[]
  readonly revisions: readonly {
    readonly number: number
    readonly title: string
    readonly savedBy: string
    readonly savedAt: Instant
  }[]
}

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
      reason,
    })),
    revisions: revisions.map(({ number, title, savedBy, savedAt }) => ({ number, title, savedBy, savedAt })),
  }
}

/** The notice that a release was made from. */
export const noticeOfRelease = async (db: Db, release: string): Promise<NoticeRow | undefined> => {
  const found = await findNoticeOfRelease(db, release)
  return found && findNotice(db, found.notice)
}
