import { Link } from '@tanstack/react-router'
import type { Airing } from '../../api/types.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { useServerNow } from '../../platform/clock.ts'
import { placesOf } from './airing-list.tsx'
import { type Track, tracksOf } from './ribbon.ts'

const NOW_EVERY_MS = 20_000

const blockClass = (airing: Airing): string => {
  const look = airing.class === 'priority' ? ' priority' : ''
  return `block ${airing.state}${look}`
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`

const TrackLine = ({ track, nowMs }: { track: Track; nowMs: number }) => (
  <div>
    <div className="track" aria-hidden="true">
      {track.blocks.map(({ airing, left, width }) => (
        <span
          key={airing.id}
          className={blockClass(airing)}
          style={{ left: percent(left), width: percent(width) }}
          title={`${timeOf(airing.at)} ${airing.title}`}
        />
      ))}
      {track.now !== null && (
        <span className="now-line" style={{ left: percent(track.now) }}>
          <span>{timeOf(nowMs)}</span>
        </span>
      )}
    </div>
    <div className="hours" aria-hidden="true">
      {track.hours.map((hour) => (
        <span key={hour}>{hour}</span>
      ))}
    </div>
  </div>
)

const Legend = ({ airings }: { airings: readonly Airing[] }) => {
  const w = useWords()
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <i className="block over" />
        {w.today.legend.over}
      </span>
      <span>
        <i className="block planned" />
        {w.today.legend.ahead}
      </span>
      {airings.some((airing) => airing.class === 'priority') && (
        <span>
          <i className="block over priority" />
          {w.today.legend.priority}
        </span>
      )}
      {airings.some((airing) => airing.state === 'stopped') && (
        <span>
          <i className="block stopped" />
          {w.today.legend.stopped}
        </span>
      )}
    </p>
  )
}

/** The day at a glance, and the same day as a list to read. */
export const DayRibbon = ({ airings }: { airings: readonly Airing[] }) => {
  const w = useWords()
  const nowMs = useServerNow(NOW_EVERY_MS)
  if (airings.length === 0) return <p className="soft">{w.today.emptyDay}</p>
  const inOrder = [...airings].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return (
    <div className="stack">
      <Legend airings={airings} />
      <div className="ribbon">
        {tracksOf(airings, nowMs).map((track) => (
          <TrackLine key={track.half} track={track} nowMs={nowMs} />
        ))}
      </div>
      <ol className="day-list">
        {inOrder.map((airing) => (
          <li key={airing.id}>
            <Link to="/da-phat/$airing" params={{ airing: airing.id }}>
              <time>{timeOf(airing.at)}</time>
              <b>{airing.title}</b>
              <span className="soft small">
                {placesOf(airing, w)} · {w.airingStates[airing.state]}
                {airing.class === 'priority' && ` · ${w.classes.priority}`}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  )
}
