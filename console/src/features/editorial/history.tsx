import './notices.css'
import type { NoticeWithHistory } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { differences, placesChanged } from './diff.ts'
import { Difference } from './difference.tsx'
import { nthOf, writtenIn } from './revisions.ts'

/** Who decided what, and when; newest first. */
export const History = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  if (notice.history.length === 0) return null
  const newestFirst = [...notice.history].reverse()
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{w.mine.history}</h2>
      <ol className="timeline">
        {newestFirst.map((event) => (
          <li key={`${event.kind} ${event.at} ${event.revision}`}>
            {w.mine.eventLine(
              event.person.name,
              w.mine.event[event.kind],
              nthOf(notice, event.revision),
              w.at(event.at),
            )}
            {event.reason && <p className="soft">“{event.reason}”</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Every saved revision, with its differences from the one before. */
export const Revisions = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  const inOrder = [...notice.revisions].sort((a, b) => b.number - a.number)
  if (inOrder.length < 2) return null
  return (
    <section className="card" aria-labelledby="revisions-title">
      <h2 id="revisions-title">{w.mine.revisions}</h2>
      {inOrder.map((revision, i) => {
        const before = inOrder[i + 1]
        const language = revision.versions[0]?.language ?? 'vi'
        const pieces = differences(writtenIn(before, language), writtenIn(revision, language))
        return (
          <details key={revision.number}>
            <summary>
              {w.mine.revision(nthOf(notice, revision.number))}
              {before && <span className="small soft">{w.mine.differences(placesChanged(pieces))}</span>}
            </summary>
            <p className="small soft">{w.mine.savedBy(revision.savedBy.name, w.at(revision.savedAt))}</p>
            {before && before.title !== revision.title && (
              <Difference pieces={differences(before.title, revision.title)} />
            )}
            {before ? <Difference pieces={pieces} /> : <p className="reading">{writtenIn(revision, language)}</p>}
          </details>
        )
      })}
    </section>
  )
}
