import { memo, type ReactNode } from 'react'
import type { ClusterAiring, Sample } from '../../api/network.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { useServerNow } from '../../platform/clock.ts'
import { gapsIn, hoursIn, lineOf, type Range, rangeOf, STRIP_WIDTH, xOf } from './day.ts'

const MINUTE_MS = 60_000
const BAND = 26
const TICK_MIN = 1.2

type BandProps = { label: string; children: ReactNode; words: string }

/** One line of the strip: what it is, the line, and the same in words. */
const Band = ({ label, children, words }: BandProps) => (
  <>
    <dt className="small">{label}</dt>
    <dd>
      <svg viewBox={`0 0 ${STRIP_WIDTH} ${BAND}`} preserveAspectRatio="none" aria-hidden="true">
        {children}
      </svg>
      <span className="small soft">{words}</span>
    </dd>
  </>
)

/** “mất 14:05–16:00”, or that it was there all the time. */
const onlineWritten = (samples: readonly Sample[], now: number, w: Words): string => {
  if (samples.length === 0) return w.cluster.dayNone
  const gaps = gapsIn(samples, now)
  if (gaps.length === 0) return w.cluster.dayOnlineAll
  const spans = gaps.map(({ from, to }) =>
    timeOf(from) === timeOf(to) ? timeOf(from) : `${timeOf(from)}–${timeOf(to)}`,
  )
  return w.cluster.dayOffline(spans.join(', '))
}

type Props = { samples: readonly Sample[]; airings: readonly ClusterAiring[] }

/** The last 24 hours in four lines: airings, connection, signal, power. */
export const DayStrip = memo(({ samples, airings }: Props) => {
  const w = useWords()
  const now = useServerNow(MINUTE_MS)
  const gaps = gapsIn(samples, now)
  const signal = rangeOf(samples.map(({ signalDbm }) => signalDbm))
  const power = rangeOf(samples.map(({ powerVolts }) => powerVolts))
  const written = (range: Range | undefined, write: (value: number) => string): string =>
    range === undefined ? w.cluster.dayNone : w.cluster.dayRange(write(range.least), write(range.most))
  const online = onlineWritten(samples, now, w)
  // before the first sample nothing is known, and nothing is drawn
  const known = samples.length === 0 ? undefined : Math.min(...samples.map(({ at }) => Date.parse(at)))
  const heard = airings.filter(({ secondsWritten }) => secondsWritten > 0)
  const line = (range: Range, measureOf: (sample: Sample) => number | null) => (
    <path
      className="strip-line"
      d={lineOf(samples, measureOf, { now, height: BAND - 8, range })}
      transform="translate(0 4)"
    />
  )
  return (
    <dl className="day-strip">
      <Band label={w.cluster.dayAirings} words={w.cluster.dayAired(heard.length)}>
        <path className="strip-base" d={`M0 ${BAND / 2}H${STRIP_WIDTH}`} />
        {heard.map(({ airing, at, secondsWritten }) => {
          const x = xOf(Date.parse(at), now)
          const end = xOf(Date.parse(at) + secondsWritten * 1000, now)
          return (
            <rect
              key={airing}
              className="strip-aired"
              x={x}
              y={4}
              width={Math.max(TICK_MIN, end - x)}
              height={BAND - 8}
            />
          )
        })}
      </Band>
      <Band label={w.cluster.dayOnline} words={online}>
        {known !== undefined && <path className="strip-on" d={`M${xOf(known, now)} ${BAND / 2}H${STRIP_WIDTH}`} />}
        {gaps.map(({ from, to }) => (
          <rect
            key={from}
            className="strip-gap"
            x={xOf(from, now)}
            y={3}
            width={Math.max(TICK_MIN, xOf(to, now) - xOf(from, now))}
            height={BAND - 6}
          />
        ))}
      </Band>
      <Band label={w.cluster.daySignal} words={written(signal, (value) => `${w.number(value)} dBm`)}>
        {signal && line(signal, ({ signalDbm }) => signalDbm)}
      </Band>
      <Band label={w.cluster.dayPower} words={written(power, (value) => w.cluster.volts(value))}>
        {power && line(power, ({ powerVolts }) => powerVolts)}
      </Band>
      <dt aria-hidden="true" />
      <dd className="day-hours" aria-hidden="true">
        {hoursIn(now).map((at) => (
          <span key={at} style={{ left: `clamp(1.4em, ${(xOf(at, now) / STRIP_WIDTH) * 100}%, calc(100% - 1.4em))` }}>
            {timeOf(at)}
          </span>
        ))}
      </dd>
    </dl>
  )
})
