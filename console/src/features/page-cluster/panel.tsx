import './panel.css'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Logged } from './switch.ts'
import { usePageCluster } from './use-page-cluster.ts'

type Props = { channels: readonly { unit: string; name: string }[] }

/** What the page's loudspeaker is doing, as a sentence. */
const sayingOf = (doing: Logged['doing'], channel: string, w: Words): string => {
  const words = w.pageCluster
  switch (doing.is) {
    case 'connecting':
      return words.connecting
    case 'listening':
      return words.listening(w.within(channel))
    case 'closed':
      return words.closed
    case 'unsupported':
      return words.unsupported
    case 'ignored':
      return words.ignored
    case 'waiting':
      return words.waiting(doing.title, timeOf(doing.at))
    case 'playing':
      return words.playing(doing.title, doing.by)
    case 'refused':
      return words.refused(doing.title, w.aired.reasons[doing.reason] ?? doing.reason)
    case 'fetching':
      return words.fetching(doing.title)
    case 'finished':
      return words.finished(doing.title)
    case 'stopped':
      return words.stopped(doing.title)
  }
}

const Log = ({ log, channel }: { log: readonly Logged[]; channel: string }) => {
  const w = useWords()
  if (log.length === 0) return null
  return (
    <details>
      <summary className="small">{w.pageCluster.log}</summary>
      <ol className="small page-log">
        {log.map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same thing may happen twice in one instant
          <li key={`${entry.at} ${i}`}>
            <time>{timeOf(entry.at)}</time> {sayingOf(entry.doing, channel, w)}
          </li>
        ))}
      </ol>
      <p className="xs soft">{w.pageCluster.checked}</p>
    </details>
  )
}

/** “Bật loa trong trang này”: the page as a cluster that trusts nobody. */
export const PageClusterPanel = ({ channels }: Props) => {
  const w = useWords()
  const { shown, start, stop, replay } = usePageCluster()
  const [unit, setUnit] = useState(shown?.unit ?? channels[0]?.unit ?? '')
  const client = useQueryClient()
  const doing = shown?.doing.is
  // The page hears an order before its next look at the server: what is on air is asked for anew at once.
  useEffect(() => {
    if (doing === 'playing' || doing === 'finished' || doing === 'stopped')
      void client.invalidateQueries({ queryKey: ['today'] })
  }, [doing, client])
  const channel = channels.find((each) => each.unit === unit)?.name ?? ''
  return (
    <section className="card page-cluster" aria-labelledby="page-cluster-title">
      <h2 id="page-cluster-title">
        <Icon name="horn" />
        {w.pageCluster.title}
      </h2>
      <p className="small soft">{w.pageCluster.lead}</p>
      {channels.length > 1 && !shown && (
        <Field label={w.pageCluster.channel}>
          {(id) => (
            <select id={id} className="in" value={unit} onChange={(event) => setUnit(event.target.value)}>
              {channels.map((each) => (
                <option key={each.unit} value={each.unit}>
                  {each.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div aria-live="polite">
        {shown && <p className={`doing ${shown.doing.is}`}>{sayingOf(shown.doing, channel, w)}</p>}
      </div>
      <div className="row wrap">
        {shown ? (
          <button type="button" className="b line" onClick={stop}>
            <Icon name="stop" />
            {w.pageCluster.stop}
          </button>
        ) : (
          <button type="button" className="b main" onClick={() => void start(unit)}>
            <Icon name="horn" />
            {w.pageCluster.start}
          </button>
        )}
        {shown?.replay && shown.doing.is !== 'playing' && (
          <button type="button" className="b" onClick={replay}>
            <Icon name="play" />
            {w.pageCluster.replay}
          </button>
        )}
      </div>
      {shown && <Log log={shown.log} channel={channel} />}
      {shown && <p className="xs soft">{w.pageCluster.notCounted}</p>}
    </section>
  )
}
