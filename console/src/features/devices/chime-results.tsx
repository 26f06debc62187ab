import { Link } from '@tanstack/react-router'
import type { TestMiss, TestResult } from '../../api/network.ts'
import type { DotState } from '../../api/types.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { useChimeWords } from './chime-line.tsx'

type MissesProps = { misses: readonly TestMiss[] }

/** A device that was not there cannot be said to have kept silent. */
const lampOf = ({ why }: TestMiss): DotState => (why === 'silent' ? 'fault' : why === 'noAnswer' ? 'unknown' : 'silent')

/** Every cluster that was not heard, by name, with why and the ticket. */
const Misses = ({ misses }: MissesProps) => {
  const w = useWords()
  if (misses.length === 0) return null
  return (
    <div>
      <h4>
        {w.chime.missed} ({w.number(misses.length)})
      </h4>
      <ul className="net-list">
        {misses.map((miss) => {
          const inside = (
            <>
              <Lamp state={lampOf(miss)} />
              <span>
                <b>{miss.name}</b>
                <small>
                  {[
                    miss.name.includes(miss.unitName) ? '' : miss.unitName,
                    miss.kind === 'gateway' ? w.map.gateway : '',
                    w.chime.why[miss.why],
                    miss.reason === null ? '' : (w.aired.reasons[miss.reason] ?? miss.reason),
                  ]
                    .filter(Boolean)
                    .join(', ')}
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
          {test.state === 'listed' && <Misses misses={test.notSounded} />}
        </li>
      ))}
    </ul>
  )
}
