import type { ScheduleChange } from '../../api/schedule.ts'
import { dateRuns, timeOf } from '../../i18n/format.ts'
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
      return words.opened(`${title} ${change.from ?? ''}–${change.to ?? ''}`)
    case 'closed':
      return words.closed(`${title} ${change.from ?? ''}–${change.to ?? ''}`)
    case 'offHours':
      return words.offHours
    case 'collision':
      return words.collision(title, change.from && change.to ? `${hour(change.from)}–${hour(change.to)}` : '')
  }
}

const runs = (dates: readonly string[]): string => dateRuns(dates).join(', ')

/** Lines for many days at once: what is the same on each is said once, with its days. */
export const linesOf = (changes: readonly ScheduleChange[], w: Words, withDates: boolean, overfullMs = 0): string[] => {
  const byLine = Map.groupBy(changes, (change) => changeWritten(change, w, overfullMs))
  return [...byLine].map(([line, same]) => {
    const dates = same.flatMap(({ date }) => date ?? [])
    return withDates && dates.length > 0 ? w.schedule.change.on(runs(dates), line) : line
  })
}

type Props = { changes: readonly ScheduleChange[]; overfullMs?: number; withDates?: boolean }

/** What a change would do, a line for each; the first few where there are many. */
export const ChangeLines = ({ changes, overfullMs = 0, withDates = false }: Props) => {
  const w = useWords()
  if (changes.length === 0) return <p className="small">{w.schedule.nothing}</p>
  const lines = linesOf(changes, w, withDates, overfullMs)
  return (
    <ul className="change-lines small">
      {lines.slice(0, SHOWN_MAX).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length > SHOWN_MAX && <li>{w.schedule.change.more(lines.length - SHOWN_MAX)}</li>}
    </ul>
  )
}
