import './airings.css'
import { Link } from '@tanstack/react-router'
import type { Airing } from '../../api/types.ts'
import { dateOf, timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { PeopleLine } from './people-numbers.tsx'
import { ThreeNumbers } from './three-numbers.tsx'

/** The places chosen for an airing; its commune where they are not told. */
export const placesOf = (airing: Airing, w: Words): string =>
  airing.audience && airing.audience.length > 0 ? w.places(airing.audience.map((unit) => unit.name)) : airing.unitName

export const AiringTag = ({ airing }: { airing: Airing }) => {
  const w = useWords()
  const isCancelled = airing.state === 'stopped' && Date.parse(airing.at) > serverNow()
  const look = airing.state === 'playing' ? 'tag teal' : airing.state === 'stopped' ? 'tag mark' : 'tag'
  return (
    <>
      <span className={look}>{isCancelled ? w.aired.cancelled : w.airingStates[airing.state]}</span>
      {airing.class !== 'normal' && <span className="tag priority">{w.classes[airing.class]}</span>}
    </>
  )
}

/** Airings by day, newest day first, each day in order of its hours. */
const byDay = (airings: readonly Airing[]): [string, Airing[]][] => {
  const days = Map.groupBy(airings, (airing) => dateOf(airing.at))
  return [...days.entries()].sort(([a], [b]) => (a < b ? 1 : -1))
}

export const AiringList = ({ airings }: { airings: readonly Airing[] }) => {
  const w = useWords()
  return (
    <div className="stack">
      {byDay(airings).map(([day, ofDay]) => (
        <section key={day} className="card" aria-label={w.longDate(day)}>
          <h2>{w.longDate(day)}</h2>
          <ul className="airings">
            {ofDay.map((airing) => (
              <li key={airing.id}>
                <time>{timeOf(airing.at)}</time>
                <div className="stack tight">
                  <div className="row wrap">
                    <Link to="/da-phat/$airing" params={{ airing: airing.id }} className="airing-title">
                      {airing.title}
                    </Link>
                    <AiringTag airing={airing} />
                  </div>
                  <p className="small soft">
                    {placesOf(airing, w)}, {w.duration(airing.durationMs)}
                  </p>
                  {airing.state !== 'planned' && Date.parse(airing.at) <= serverNow() && (
                    <div className="three-small">
                      <ThreeNumbers heard={airing.heard} />
                    </div>
                  )}
                  {airing.people && airing.mobile && <PeopleLine people={airing.people} mobile={airing.mobile} />}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
