import type { ReactNode } from 'react'
import type { Cluster, ClusterDevice } from '../../api/network.ts'
import { dateOf, dayMonth, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Lamp } from '../../ui/lamp.tsx'
import { strengthOf } from './day.ts'

/** `14:05`, or `14:05 21/11` when it was another day. */
export const moment = (instant: string): string =>
  dateOf(instant) === dateOf(serverNow()) ? timeOf(instant) : `${timeOf(instant)} ${dayMonth(dateOf(instant))}`

/** A second's difference is not to be heard. */
const CLOCK_RIGHT_MS = 1000

type Words = ReturnType<typeof useWords>

const connectionOf = (device: ClusterDevice, w: Words): string => {
  if (device.replacingSince) return w.cluster.replacing
  if (device.revoked) return w.cluster.revoked
  if (!device.enrolled) return w.cluster.waiting
  if (device.online) return device.playing ? w.cluster.playing : w.cluster.online
  return device.since ? `${w.cluster.offline} ${w.cluster.since(moment(device.since))}` : w.cluster.offline
}

const powerOf = ({ telemetry }: ClusterDevice, w: Words): string => {
  const volts = telemetry?.powerVolts
  const mains = telemetry?.onMains
  const words = [
    volts == null ? '' : w.cluster.volts(volts),
    mains == null ? '' : mains ? w.cluster.mains : w.cluster.battery,
  ].filter(Boolean)
  return words.join(', ') || w.cluster.notTold
}

const clockOf = ({ telemetry, clock }: ClusterDevice, w: Words): string => {
  if (clock === 'doubted') return w.cluster.clockWrong
  const off = telemetry?.clockErrorMs
  if (off == null) return clock === 'trusted' ? w.cluster.clockRight : w.cluster.notTold
  return Math.abs(off) < CLOCK_RIGHT_MS ? w.cluster.clockRight : w.cluster.clockOff(w.duration(Math.abs(off)))
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** How the cluster is, in one sentence and a few figures; what a device does not report is said to be not reported. */
export const ClusterFacts = ({ cluster, device }: { cluster: Cluster; device: ClusterDevice }) => {
  const w = useWords()
  const { airings, horns, state } = cluster
  const heard = airings.find(({ secondsWritten }) => secondsWritten > 0)
  const { telemetry, quiet } = device
  const signal = telemetry?.signalDbm
  const temperature = telemetry?.temperatureC
  return (
    <section className="card stack" aria-label={w.map.states[state]}>
      <p className="cluster-state">
        <Lamp state={state} size={18} />
        <span>
          <b>{w.map.states[state]}</b>, {connectionOf(device, w).toLocaleLowerCase('vi')}
        </span>
      </p>
      {device.kind === 'gateway' && (
        <p className="small soft">
          {w.cluster.behind} {device.name}.
        </p>
      )}
      <dl className="cluster-facts">
        <Fact label={w.cluster.lastHeard}>{heard?.startedAt ? moment(heard.startedAt) : '–'}</Fact>
        <Fact label={w.cluster.lastSeen}>{device.seenAt ? moment(device.seenAt) : '–'}</Fact>
        <Fact label={w.cluster.signal}>
          {signal == null ? w.cluster.notTold : w.cluster.dbm(w.cluster[strengthOf(signal)], signal)}
        </Fact>
        <Fact label={w.cluster.power}>{powerOf(device, w)}</Fact>
        <Fact label={w.cluster.volume}>{w.cluster.volumeOf(device.volume, device.volumeMax)}</Fact>
        <Fact label={w.cluster.quiet}>
          {quiet.length > 0
            ? quiet.map(({ from, to }) => w.cluster.quietSpan(from, to)).join(', ')
            : w.cluster.quietNone}
        </Fact>
        <Fact label={w.cluster.horns}>{w.number(horns)}</Fact>
        <Fact label={w.cluster.clock}>{clockOf(device, w)}</Fact>
        {temperature != null && <Fact label={w.cluster.temperature}>{w.cluster.degrees(temperature)}</Fact>}
        {device.program && <Fact label={w.cluster.program}>{device.program}</Fact>}
      </dl>
      {!device.online && device.enrolled && !device.revoked && !device.replacingSince && (
        <p className="callout">{w.cluster.cached}</p>
      )}
    </section>
  )
}
