import type { ScheduleChange } from '../../api/schedule.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'

const SHOWN_MAX = 8

const hour = (moment: string): string => (moment.length > 5 ? timeOf(moment) : moment)

/** Seconds are said only where the minutes would not tell two moments apart. */
const hours = (from: string, to: string): [string, string] => {
  if (hour(from) !== hour(to)) return [hour(from), hour(to)]
  const exact = (moment: string): string => `${hour(moment)}:${moment.slice(17, 19)}`
  return [exact(from), exact(to)]
}

/** One consequence of a change, in words. */
export const changeWritten = (change: ScheduleChange, w: Words, overfullMs = 0): string => {
  const words = w.schedule.change
  const title = change.title ?? ''
  switch (change.kind) {
    case 'moved':
      if (change.to === null) return words.left(title)
      return change.from === null
        ? words.movedTo(title, hour(change.to))
        : words.moved(title, ...hours(change.from, change.to))
    case 'left':
      return words.left(title)
    case 'overfull':
      return words.overfull(overfullMs > 0 ? w.duration(overfullMs) : '')
    case 'opened':
      return words.opened(title)
    case 'closed':
      return words.closed(title)
    case 'offHours':
      return words.offHours
    case 'collision':
      return words.collision(title)
  }
}

type Props = { changes: readonly ScheduleChange[]; overfullMs?: number; withDates?: boolean }

/** What a change would do, a line for each; the first few where there are many. */
export const ChangeLines = ({ changes, overfullMs = 0, withDates = false }: Props) => {
  const w = useWords()
  if (changes.length === 0) return <p className="small">{w.schedule.nothing}</p>
  const lines = changes.map((change) => {
    const line = changeWritten(change, w, overfullMs)
    return withDates && change.date ? w.schedule.change.on(w.date(change.date), line) : line
  })
  const shown = [...new Set(lines)]
  return (
    <ul className="change-lines small">
      {shown.slice(0, SHOWN_MAX).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {shown.length > SHOWN_MAX && <li>{w.schedule.change.more(shown.length - SHOWN_MAX)}</li>}
    </ul>
  )
}
