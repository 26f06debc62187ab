import { Link } from '@tanstack/react-router'
import { useAirings } from '../../api/queries.ts'
import type { Notice } from '../../api/types.ts'
import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { AiringTag } from './airing-list.tsx'
import { useStopping } from './stopping.ts'

/** A standing item has an airing wherever a session uses it; the nearest days are enough. */
const STANDING_DAYS = 7

/** The days on which a notice may have an airing: those chosen, or the day it was approved and the next. */
const daysOf = (notice: Notice): { from: string; to: string } => {
  const { plan } = notice.current
  const approved = dateOf(notice.changedAt)
  if (plan.when === 'standing') {
    const today = dateOf(serverNow())
    return { from: today, to: addDays(today, STANDING_DAYS) }
  }
  const dates = plan.when === 'now' ? [] : [...plan.dates].sort()
  return { from: dates[0] ?? approved, to: dates.at(-1) ?? addDays(approved, 1) }
}

/** The airings of one notice; one still to come can be cancelled. */
export const NoticeAirings = ({ notice, mayStop }: { notice: Notice; mayStop: boolean }) => {
  const w = useWords()
  const { from, to } = daysOf(notice)
  const airings = useAirings(from, to)
  const { stop, problem, busy } = useStopping()
  const own = (airings.data ?? [])
    .filter((airing) => airing.notice === notice.id)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  if (own.length === 0) return null
  return (
    <section className="card stack tight" aria-labelledby="notice-airings">
      <h2 id="notice-airings">{w.mine.airings}</h2>
      {problem && <Trouble problem={problem} title={w.aired.stopFailed} />}
      <ul className="stack tight">
        {own.map((airing) => (
          <li key={airing.id} className="row wrap">
            <Link to="/da-phat/$airing" params={{ airing: airing.id }} className="link">
              {w.at(airing.at)}
            </Link>
            <AiringTag airing={airing} />
            {mayStop && airing.state === 'planned' && (
              <button type="button" className="b line" disabled={busy} onClick={() => stop.mutate(airing)}>
                <Icon name="stop" />
                {w.aired.cancel}
                <span className="vh">: {w.at(airing.at)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
