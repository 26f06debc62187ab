import type { NoticeWithHistory, Revision } from '../../api/types.ts'
import type { SummaryFacts } from '../../i18n/summary.ts'
import { dueOf, type PlannedSession, timesOf, whenOf } from './plan.ts'

export const writtenIn = (revision: Revision | undefined, language: string): string =>
  revision?.versions.find((version) => version.language === language)?.written ?? ''

/** A revision as people count: the first that was sent is 1, what was written after it is 2, however often it was saved. */
export const nthOf = ({ history }: Pick<NoticeWithHistory, 'history'>, number: number): number => {
  const sent = history.filter(({ kind, revision }) => kind === 'submitted' && revision < number)
  return 1 + new Set(sent.map(({ revision }) => revision)).size
}

/**
 * The revision that a reader of `current` saw last: the newest one before it that had been submitted; where none had, the
 * one just before it among those saved (`null` for the first).
 */
export const revisionBefore = (notice: NoticeWithHistory, current: number): Revision | undefined => {
  const submitted = new Set(notice.history.filter((event) => event.kind === 'submitted').map((event) => event.revision))
  const earlier = notice.revisions.filter((revision) => revision.number < current).sort((a, b) => b.number - a.number)
  return earlier.find((revision) => submitted.has(revision.number))
}

/** The facts of the live sentence, from a saved revision and what the audience was counted to be. */
export const factsOf = (
  revision: Revision,
  reach: { places: readonly string[]; clusters: SummaryFacts['clusters']; gateways: number },
  sessions: readonly PlannedSession[] = [],
): SummaryFacts => ({
  ...reach,
  times: timesOf(revision.plan, sessions),
  repeats: revision.repeats,
  when: whenOf(revision.plan, sessions),
  durationMs: revision.durationMs > 0 ? revision.durationMs : null,
  behalf: revision.onBehalfOf?.name ?? null,
})

/** When a revision is first heard; `null` where it has no hour of its own: at once, or whenever a session uses it. */
export const firstAiringOf = ({ plan }: Revision, sessions: readonly PlannedSession[] = []): number | null => {
  const due = dueOf(plan, sessions)
  return due.is === 'at' ? due.atMs : null
}
