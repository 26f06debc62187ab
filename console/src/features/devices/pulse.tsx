import './pulse.css'
import { memo } from 'react'
import type { DotState, NetworkPulse } from '../../api/types.ts'
import { dateOf, dayMonth, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { useServerNow } from '../../platform/clock.ts'
import { DotShape, Lamp } from '../../ui/lamp.tsx'
import { countsOf, eachDot } from './dots.ts'

const PER_ROW = 28
const PITCH = 14
const SILENT_SHOWN = 8
const MINUTE_MS = 60_000

/** One dot a cluster, as a single picture. */
const Dots = memo(
  ({ states }: { states: readonly DotState[] }) => {
    const rows = Math.max(1, Math.ceil(states.length / PER_ROW))
    return (
      <svg viewBox={`0 0 ${PER_ROW * PITCH} ${rows * PITCH}`} aria-hidden="true">
        {states.map((state, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
          <DotShape key={i} state={state} x={(i % PER_ROW) * PITCH + 1} y={Math.floor(i / PER_ROW) * PITCH + 1} />
        ))}
      </svg>
    )
  },
  (before, after) => before.states.join() === after.states.join(),
)

const Commune = ({ commune }: { commune: NetworkPulse['communes'][number] }) => {
  const w = useWords()
  const apart = countsOf([commune]).filter(({ count }) => count > 0)
  return (
    <li>
      <h3>
        <span>{commune.name}</span>
        <span className="soft">{w.today.clustersOf(commune.clusters)}</span>
      </h3>
      <Dots states={eachDot(commune.dots)} />
      <p className="vh">{apart.map(({ state, count }) => `${w.number(count)} ${w.today.dots[state]}`).join(', ')}</p>
    </li>
  )
}

const SilentList = ({ silent }: { silent: NetworkPulse['silent'] }) => {
  const w = useWords()
  const today = dateOf(useServerNow(MINUTE_MS))
  if (silent.length === 0) return <p className="small soft">{w.today.allHeard}</p>
  return (
    <div>
      <h3 className="small">{w.today.silentList}</h3>
      <ul className="silent">
        {silent.slice(0, SILENT_SHOWN).map((device) => (
          <li key={`${device.unitName} ${device.name}`}>
            <Lamp state="silent" />
            <span>
              <b>{device.name}</b>
              <small>
                {device.unitName}
                {device.why && ` · ${device.why}`}
              </small>
            </span>
            {device.since && (
              <time>{dateOf(device.since) === today ? timeOf(device.since) : dayMonth(dateOf(device.since))}</time>
            )}
          </li>
        ))}
      </ul>
      {silent.length > SILENT_SHOWN && <p className="small soft">{w.today.silentMore(silent.length - SILENT_SHOWN)}</p>}
    </div>
  )
}

/** What has changed since five in the morning, in one sentence. */
const Changed = ({ changed: { since, lost, back } }: { changed: NetworkPulse['changed'] }) => {
  const w = useWords()
  const isToday = dateOf(since) === dateOf(useServerNow(MINUTE_MS))
  return <p className="small">{w.today.changed(isToday, lost, back)}</p>
}

/** The network at a glance: a dot a cluster, its state by shape, and the same in words. */
export const Pulse = ({ network }: { network: NetworkPulse }) => {
  const w = useWords()
  return (
    <section className="card pulse" aria-labelledby="pulse-title">
      <h2 id="pulse-title">{w.today.pulse}</h2>
      <dl>
        {countsOf(network.communes)
          .filter(({ state, count }) => count > 0 || state === 'reported' || state === 'silent')
          .map(({ state, count }) => (
            <div key={state}>
              <dd>{w.number(count)}</dd>
              <dt>
                <Lamp state={state} />
                {w.today.dots[state]}
              </dt>
            </div>
          ))}
      </dl>
      <Changed changed={network.changed} />
      {network.reconnecting > 0 && (
        <p className="small" role="status">
          {w.today.reconnecting(network.reconnecting)}
        </p>
      )}
      <p className="xs soft">{w.today.dotsNote}</p>
      <ul className="communes">
        {network.communes.map((commune) => (
          <Commune key={commune.unit} commune={commune} />
        ))}
      </ul>
      <SilentList silent={network.silent} />
    </section>
  )
}
