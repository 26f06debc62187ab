import type { NoticeWithHistory, Revision } from '../../api/types.ts'
import type { SummaryFacts } from '../../i18n/summary.ts'

export const writtenIn = (revision: Revision | undefined, language: string): string =>
  revision?.versions.find((version) => version.language === language)?.written ?? ''

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
): SummaryFacts => ({
  ...reach,
  times: revision.plan.when === 'now' ? 1 : revision.plan.dates.length,
  repeats: revision.repeats,
  when: revision.plan.when === 'now' ? null : { dates: revision.plan.dates, time: revision.plan.time },
  durationMs: revision.durationMs > 0 ? revision.durationMs : null,
})

/** When a revision is first heard: the instant of its first day; `null` for "at once". */
export const firstAiringOf = ({ plan }: Revision): number | null => {
  if (plan.when === 'now') return null
  const first = [...plan.dates].sort()[0]
  return first === undefined ? null : Date.parse(`${first}T${plan.time}:00+07:00`)
}
