import '../../features/broadcast/broadcast.css'
import './pages.css'
import { useState } from 'react'
import { useAirings } from '../../api/queries.ts'
import { AiringList } from '../../features/broadcast/airing-list.tsx'
import { MinutesTable } from '../../features/statistics/minutes-table.tsx'
import { TracePanel } from '../../features/statistics/trace-panel.tsx'
import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Page } from '../../ui/page.tsx'
import { TableFile } from '../../ui/table-file.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { PageLoudspeaker } from './page-loudspeaker.tsx'

const DAYS_BACK = 6

type RangeProps = { from: string; to: string; onFrom: (date: string) => void; onTo: (date: string) => void }

const Range = ({ from, to, onFrom, onTo }: RangeProps) => {
  const w = useWords()
  return (
    <fieldset className="range">
      <legend className="vh">{w.aired.range}</legend>
      <DateField
        label={w.aired.from}
        value={from}
        onChange={onFrom}
        refuse={(date) => (date > to ? w.trouble.rangeTurned : undefined)}
      />
      <DateField
        label={w.aired.to}
        value={to}
        onChange={onTo}
        refuse={(date) => (date < from ? w.trouble.rangeTurned : undefined)}
      />
    </fieldset>
  )
}

export const AiredPage = () => {
  const w = useWords()
  const [to, setTo] = useState(() => dateOf(serverNow()))
  const [from, setFrom] = useState(() => addDays(dateOf(serverNow()), -DAYS_BACK))
  const [figure, setFigure] = useState<string | undefined>(undefined)
  const airings = useAirings(from, to)
  return (
    <Page title={w.aired.title}>
      <div className="home">
        <div className="stack">
          <Range
            from={from}
            to={to}
            onFrom={(date) => {
              setFrom(date)
              setFigure(undefined)
            }}
            onTo={(date) => {
              setTo(date)
              setFigure(undefined)
            }}
          />
          {airings.data && airings.data.length > 0 && (
            <div className="row wrap">
              <TableFile path={`/api/airings.csv?from=${from}&to=${to}`} label={w.hearing.table.list} />
            </div>
          )}
          <Loading query={airings} lines={6}>
            {airings.data?.length === 0 ? (
              <p className="empty">{w.aired.empty}</p>
            ) : (
              <AiringList airings={airings.data ?? []} />
            )}
          </Loading>
        </div>
        <div className="stack">
          <PageLoudspeaker />
          <MinutesTable from={from} to={to} onTrace={setFigure} />
          {figure && <TracePanel kind="figure" id={figure} onClose={() => setFigure(undefined)} />}
        </div>
      </div>
    </Page>
  )
}
