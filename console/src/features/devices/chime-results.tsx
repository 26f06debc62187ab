import { Link } from '@tanstack/react-router'
import type { TestMiss, TestResult } from '../../api/network.ts'
import type { DotState } from '../../api/types.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { useChimeWords } from './chime-line.tsx'

type MissesProps = { title: string; misses: readonly TestMiss[]; state: DotState }

/** Every cluster that was not heard, by name, with why and the ticket. */
const Misses = ({ title, misses, state }: MissesProps) => {
  const w = useWords()
  if (misses.length === 0) return null
  return (
    <div>
      <h4>
        {title} ({w.number(misses.length)})
      </h4>
      <ul className="net-list">
        {misses.map((miss) => {
          const inside = (
            <>
              <Lamp state={state} />
              <span>
                <b>{miss.name}</b>
                <small>
                  {miss.unitName}
                  {miss.why && `: ${w.aired.reasons[miss.why] ?? w.aired.outcomes[miss.why as 'silent'] ?? miss.why}`}
                </small>
              </span>
            </>
          )
          return (
            <li key={miss.device} className="miss">
              {miss.cluster ? (
                <Link
                  to="/mang-luoi/cum/$cluster"
                  params={{ cluster: miss.cluster }}
                  className="net-row"
                  preload={false}
                >
                  {inside}
                </Link>
              ) : (
                <span className="net-row">{inside}</span>
              )}
              {miss.ticket && (
                <Link to="/viec-ky-thuat" hash={miss.ticket} className="link" preload={false}>
                  {w.chime.ticket}
                  <span className="vh">: {miss.name}</span>
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The day's chimes, each with who sounded and who did not. */
export const ChimeResults = ({ tests }: { tests: readonly TestResult[] }) => {
  const w = useWords()
  const words = useChimeWords()
  return (
    <ul className="tickets">
      {tests.map((test) => (
        <li key={test.airing} className="ticket">
          <h3>{w.chime.at(test.unitName, timeOf(test.at))}</h3>
          <p>{words(test)}</p>
          <Misses title={w.chime.missed} misses={test.notSounded} state="silent" />
          <Misses title={w.chime.unknownTitle} misses={test.unknown} state="unknown" />
        </li>
      ))}
    </ul>
  )
}
