import { Link } from '@tanstack/react-router'
import type { ClusterAiring } from '../../api/network.ts'
import type { DotState } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { moment } from './cluster-facts.tsx'

const lampOf = ({ outcome }: ClusterAiring, isGateway: boolean): DotState => {
  if (outcome === 'pending' || outcome === 'unknown') return 'unknown'
  if (outcome === 'silent') return 'silent'
  // Heard for some seconds only: never drawn as heard.
  if (outcome !== 'completed') return 'fault'
  return isGateway ? 'behindGateway' : 'reported'
}

/** “Không phát: giờ yên lặng”. */
export const useOutcomeWords = (): ((airing: ClusterAiring) => string) => {
  const w = useWords()
  return ({ outcome, reason }) =>
    `${outcome === 'pending' ? w.cluster.playingNow : w.aired.outcomes[outcome]}${reason ? `: ${w.aired.reasons[reason] ?? reason}` : ''}`
}

/** What this cluster did in the last day, newest first, with the reason wherever it kept silent. */
export const ClusterAirings = ({ airings, isGateway }: { airings: readonly ClusterAiring[]; isGateway: boolean }) => {
  const w = useWords()
  const words = useOutcomeWords()
  return (
    <section className="card stack tight" aria-labelledby="cluster-airings">
      <h2 id="cluster-airings">{w.cluster.airings}</h2>
      {airings.length === 0 && <p className="soft">{w.cluster.airingsNone}</p>}
      <ul className="net-list">
        {airings.map((airing) => (
          <li key={airing.airing}>
            <Link to="/da-phat/$airing" params={{ airing: airing.airing }} className="net-row">
              <Lamp state={lampOf(airing, isGateway)} />
              <span>
                <b>{airing.title}</b>
                <small>{words(airing)}</small>
              </span>
              <span className="small soft">
                {moment(airing.startedAt ?? airing.at)}
                {airing.secondsWritten > 0 && <br />}
                {airing.secondsWritten > 0 && w.duration(airing.secondsWritten * 1000)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
