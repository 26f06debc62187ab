import './statistics.css'
import { useState } from 'react'
import { useMergers } from '../../api/mergers.ts'
import { useMinutes } from '../../api/queries.ts'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Loading } from '../../ui/trouble.tsx'

type Props = { from: string; to: string; onTrace: (figure: string) => void }

/** Phút phát sóng theo xã. A number is a chip: press it and see where it came from. */
export const MinutesTable = ({ from, to, onTrace }: Props) => {
  const w = useWords()
  const [map, setMap] = useState<'now' | 'then'>('now')
  const minutes = useMinutes(from, to, map)
  const mergers = useMergers()
  // a choice only where it makes a difference
  const changed = mergers.data?.some(
    ({ state, effectiveOn }) => state === 'inForce' && from < effectiveOn && effectiveOn <= to,
  )
  const { minutesColumns } = w.aired
  return (
    <section className="card" aria-labelledby="minutes-title">
      <h2 id="minutes-title">{w.aired.minutes}</h2>
      <p className="small soft">{w.aired.minutesLead}</p>
      {changed && (
        <Seg
          label={w.mergersPage.map}
          value={map}
          options={[
            { value: 'now', label: w.mergersPage.mapNow },
            { value: 'then', label: w.mergersPage.mapThen },
          ]}
          onChange={setMap}
        />
      )}
      <Loading query={minutes}>
        <table className="minutes">
          <thead>
            <tr>
              <th scope="col">{minutesColumns.unit}</th>
              <th scope="col" className="num">
                {minutesColumns.minutes}
              </th>
              <th scope="col" className="num">
                {minutesColumns.airings}
              </th>
            </tr>
          </thead>
          <tbody>
            {minutes.data?.rows.map((row) => (
              <tr key={row.unit}>
                <th scope="row">{row.name}</th>
                <td className="num">
                  <button type="button" className="figure-chip" onClick={() => onTrace(row.figureId)}>
                    {w.number(row.minutes, 1)}
                    <span className="vh">, {w.trace.title}</span>
                  </button>
                </td>
                <td className="num">{w.number(row.airings)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Loading>
    </section>
  )
}
