import '../../features/broadcast/broadcast.css'
import './pages.css'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAiring } from '../../api/queries.ts'
import type { AiringWithReceipts } from '../../api/types.ts'
import { nameOf } from '../../api/who.ts'
import { AiringTag, placesOf } from '../../features/broadcast/airing-list.tsx'
import { PeopleNumbers } from '../../features/broadcast/people-numbers.tsx'
import { Receipts } from '../../features/broadcast/receipts.tsx'
import { useStopping } from '../../features/broadcast/stopping.ts'
import { ThreeNumbers } from '../../features/broadcast/three-numbers.tsx'
import { ErrandList } from '../../features/receipts/errand-list.tsx'
import { SaidOfOne } from '../../features/receipts/said-list.tsx'
import { TracePanel } from '../../features/statistics/trace-panel.tsx'
import { ListenAlong } from '../../features/voicing/listen-along.tsx'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { TableFile } from '../../ui/table-file.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'

const StopPress = ({ airing }: { airing: AiringWithReceipts }) => {
  const w = useWords()
  const { stop, problem, busy } = useStopping()
  if (airing.state !== 'playing' && airing.state !== 'planned') return null
  return (
    <>
      <button type="button" className="b line" disabled={busy} onClick={() => stop.mutate(airing)}>
        <Icon name="stop" />
        {airing.state === 'planned' ? w.aired.cancel : w.aired.stop}
      </button>
      {problem && <Trouble problem={problem} title={w.aired.stopFailed} />}
    </>
  )
}

const Heard = ({ airing }: { airing: AiringWithReceipts }) => {
  const w = useWords()
  return (
    <section className="card stack" aria-labelledby="heard-title">
      <h2 id="heard-title">{w.heard.title}</h2>
      {airing.state !== 'planned' && Date.parse(airing.at) <= serverNow() && <ThreeNumbers heard={airing.heard} />}
      <p className="small soft">
        {w.heard.never}{' '}
        {airing.heard.firstSoundMs !== null && w.heard.firstSound(w.number(airing.heard.firstSoundMs / 1000, 1))}
      </p>
      {airing.sounds.map((sound) => (
        <ListenAlong
          key={sound.hash}
          sound={sound}
          label={w.languages[sound.language] ?? sound.language}
          title={w.reading.onAir}
        />
      ))}
      <div className="row wrap">
        {airing.notice && (
          <Link to="/tin/$notice" params={{ notice: airing.notice }} className="b line">
            {w.aired.notice}
          </Link>
        )}
        <StopPress airing={airing} />
      </div>
    </section>
  )
}

/** What people in the villages said, and where the mobile loudspeaker went; apart from what devices report. */
const ByPeople = ({ airing, onTrace }: { airing: AiringWithReceipts; onTrace: (errand: string) => void }) => {
  const w = useWords()
  const { people, mobile, said = [], errands = [] } = airing
  if (!people || !mobile || Date.parse(airing.at) > serverNow()) return null
  return (
    <section className="card stack tight" aria-labelledby="people-title">
      <h2 id="people-title">{w.hearing.people.title}</h2>
      <PeopleNumbers people={people} mobile={mobile} />
      <SaidOfOne said={said} />
      {errands.length > 0 && (
        <>
          <h3>{w.hearing.errands.title}</h3>
          <ErrandList errands={errands} onTrace={onTrace} />
        </>
      )}
    </section>
  )
}

export const AiringPage = () => {
  const w = useWords()
  const { airing: id } = useParams({ from: '/da-phat/$airing' })
  const airing = useAiring(id)
  const [traced, setTraced] = useState<{ kind: 'receipt' | 'errand'; id: string } | undefined>(undefined)
  const back = (
    <Link to="/da-phat" className="b icon-only" aria-label={w.aired.back}>
      <Icon name="left" />
    </Link>
  )
  const shown = airing.data
  return (
    <Page
      title={shown?.title ?? w.aired.title}
      back={back}
      lead={
        shown && (
          <span className="row wrap">
            {w.at(shown.at)}, {placesOf(shown, w)}
            <AiringTag airing={shown} />
            {nameOf(shown.stoppedBy)}
          </span>
        )
      }
    >
      <Loading query={airing} lines={6}>
        {shown && (
          <div className="stack">
            <Heard airing={shown} />
            <ByPeople airing={shown} onTrace={(id) => setTraced({ kind: 'errand', id })} />
            {traced && (
              <TracePanel
                {...traced}
                names={new Map(shown.receipts.map(({ device, deviceName }) => [device, deviceName]))}
                onClose={() => setTraced(undefined)}
              />
            )}
            <section className="card" aria-labelledby="receipts-title">
              <div className="row wrap between">
                <h2 id="receipts-title">{w.aired.receipts}</h2>
                <TableFile path={`/api/airings/${id}/clusters.csv`} label={w.hearing.table.one} />
              </div>
              <Receipts receipts={shown.receipts} onTrace={(id) => setTraced({ kind: 'receipt', id })} />
            </section>
          </div>
        )}
      </Loading>
    </Page>
  )
}
