import '../../features/broadcast/broadcast.css'
import './pages.css'
import { Link } from '@tanstack/react-router'
import { useAirings, useToday, useUnits, WATCHED_POLL_MS } from '../../api/queries.ts'
import type { Airing, Me, Today } from '../../api/types.ts'
import { DayRibbon } from '../../features/broadcast/day-ribbon.tsx'
import { NowPlaying } from '../../features/broadcast/now-playing.tsx'
import { ChimeLine } from '../../features/devices/chime-line.tsx'
import { Pulse } from '../../features/devices/pulse.tsx'
import { Tasks } from '../../features/editorial/tasks.tsx'
import { ErrandTask } from '../../features/receipts/errand-task.tsx'
import { addDays, dateOf, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayWrite, usePerson } from '../me.tsx'
import { PageLoudspeaker } from './page-loudspeaker.tsx'

/** Units this person answers for, by name. */
const useOwnUnits = (me: Me): { unit: string; name: string }[] => {
  const units = useUnits()
  return [...new Set([...me.units, ...me.approves])].map((unit) => ({
    unit,
    name:
      units.data?.find(({ id }) => id === unit)?.name ?? me.posts.find((post) => post.unit === unit)?.unitName ?? unit,
  }))
}

const DAYS_AHEAD = 31

/** The first airing planned after today. */
const useNextLater = (): Airing | null => {
  const today = dateOf(serverNow())
  const ahead = useAirings(addDays(today, 1), addDays(today, DAYS_AHEAD))
  const planned = (ahead.data ?? []).filter((airing) => airing.state === 'planned' && dateOf(airing.at) > today)
  return planned.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null
}

/** Villages to be visited; nothing where there are none. */
const errandTask = ({ errands }: Today) =>
  errands && errands.open + errands.mine > 0 ? <ErrandTask {...errands} /> : undefined

export const TodayPage = () => {
  const w = useWords()
  const me = usePerson()
  const today = useToday(WATCHED_POLL_MS)
  const later = useNextLater()
  const stoppable = useOwnUnits(me)
  const now = serverNow()
  return (
    <Page
      title={w.today.title}
      lead={`${w.longDate(dateOf(now))}, ${timeOf(now)}`}
      actions={
        mayWrite(me) && (
          <Link to="/soan" className="b main">
            <Icon name="pen" />
            {w.app.compose}
          </Link>
        )
      }
    >
      <Loading query={today} lines={6}>
        {today.data && (
          <div className="home">
            <div className="stack">
              <NowPlaying playing={today.data.playing} next={today.data.next ?? later} stoppable={stoppable} />
              <Tasks tasks={today.data.tasks} mayWrite={mayWrite(me)} first={errandTask(today.data)} />
              <section className="card" aria-labelledby="day-title">
                <h2 id="day-title">{w.today.day}</h2>
                <DayRibbon airings={today.data.airings} />
              </section>
            </div>
            <div className="stack">
              <PageLoudspeaker />
              <Pulse network={today.data.network} />
              <ChimeLine />
            </div>
          </div>
        )}
      </Loading>
    </Page>
  )
}
