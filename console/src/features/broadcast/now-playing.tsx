import { Link, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Airing } from '../../api/types.ts'
import { dateOf, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow, useServerNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { placesOf } from './airing-list.tsx'
import { useStopping } from './stopping.ts'
import { ThreeNumbers } from './three-numbers.tsx'

/** The button that stops everything: the search leads to it. */
const STOP_ALL_ID = 'dung-tat-ca'

/** Who came here to stop everything has the button under their finger; pressing it is left to them. */
const useStopAllFocus = (isReady: boolean) => {
  const hash = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    if (isReady && hash === STOP_ALL_ID) document.getElementById(STOP_ALL_ID)?.focus()
  }, [isReady, hash])
}

type Props = {
  playing: Airing | null
  next: Airing | null
  /** Units in which this person may stop everything. */
  stoppable: readonly { unit: string; name: string }[]
}

const Progress = ({ airing }: { airing: Airing }) => {
  const w = useWords()
  const now = useServerNow(1000)
  const start = Date.parse(airing.at)
  const done = Math.min(airing.durationMs, Math.max(0, now - start))
  const left = w.today.remaining(w.duration(airing.durationMs - done))
  return (
    <div className="now-bar">
      <div
        className="progress"
        role="progressbar"
        aria-label={w.today.nowPlaying}
        aria-valuemin={0}
        aria-valuemax={Math.round(airing.durationMs / 1000)}
        aria-valuenow={Math.round(done / 1000)}
        aria-valuetext={left}
      >
        <i style={{ width: `${(100 * done) / Math.max(1, airing.durationMs)}%` }} />
      </div>
      <div className="row between small">
        <span>{timeOf(airing.at)}</span>
        <span>{left}</span>
        <span>{timeOf(start + airing.durationMs)}</span>
      </div>
    </div>
  )
}

const nextLine = (next: Airing | null, words: ReturnType<typeof useWords>): string =>
  next === null
    ? words.today.nothingNext
    : dateOf(next.at) === dateOf(serverNow())
      ? words.today.nextAt(timeOf(next.at), next.title)
      : words.today.nextLater(words.at(next.at), next.title)

/** What is on air, and the one press that ends it. */
export const NowPlaying = ({ playing, next, stoppable }: Props) => {
  const w = useWords()
  const { stop, stopAll, problem, busy } = useStopping()
  useStopAllFocus(stoppable.length > 0)
  return (
    <section className={playing ? 'now' : 'now quiet'} aria-labelledby="now-title">
      {playing ? (
        <>
          <p className="live">
            <Icon name="wave" size={16} />
            {w.today.nowPlaying}
            {playing.class !== 'normal' && <span className="tag priority">{w.classes[playing.class]}</span>}
          </p>
          <h2 id="now-title">
            <Link to="/da-phat/$airing" params={{ airing: playing.id }}>
              {playing.title}
            </Link>
          </h2>
          <p className="small now-soft">
            {placesOf(playing, w)}. {nextLine(next, w)}
          </p>
          <ThreeNumbers heard={playing.heard} />
          <p className="small now-soft">{w.heard.whilePlaying}</p>
          <Progress airing={playing} />
        </>
      ) : (
        <>
          <h2 id="now-title">{w.today.nothingPlaying}</h2>
          <p className="small soft">{nextLine(next, w)}</p>
        </>
      )}
      {stoppable.length > 0 && (
        <div className="now-actions">
          {playing && (
            <button type="button" className="b line" disabled={busy} onClick={() => stop.mutate(playing)}>
              <Icon name="stop" />
              {w.today.stop}
            </button>
          )}
          {stoppable.map(({ unit, name }, nth) => (
            <button
              key={unit}
              id={nth === 0 ? STOP_ALL_ID : undefined}
              type="button"
              className="b"
              disabled={busy}
              onClick={() => stopAll.mutate(unit)}
            >
              <Icon name="stopAll" />
              {stoppable.length > 1 ? w.today.stopAllOf(name) : w.today.stopAll}
            </button>
          ))}
        </div>
      )}
      {problem && <Trouble problem={problem} title={w.aired.stopFailed} />}
    </section>
  )
}
