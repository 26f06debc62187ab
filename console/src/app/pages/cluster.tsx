import './pages.css'
import '../../features/devices/network.css'
import '../../features/devices/devices.css'
import '../../features/devices/cluster.css'
import { Link, useParams } from '@tanstack/react-router'
import { type Cluster, useCluster } from '../../api/network.ts'
import { ClusterAirings } from '../../features/devices/cluster-airings.tsx'
import { ClusterFacts } from '../../features/devices/cluster-facts.tsx'
import { ClusterTickets } from '../../features/devices/cluster-tickets.tsx'
import { DayStrip } from '../../features/devices/day-strip.tsx'
import { DeviceSettings } from '../../features/devices/device-settings.tsx'
import { Parts, Replacement } from '../../features/devices/replacement.tsx'
import { TestTone } from '../../features/devices/test-tone.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

const nameOf = ({ name, device, cluster }: Cluster): string => name ?? device.name ?? cluster

const ClusterView = ({ cluster }: { cluster: Cluster }) => {
  const w = useWords()
  const me = usePerson()
  const { device } = cluster
  const name = nameOf(cluster)
  const tends = mayTend(me)
  return (
    <div className="cluster">
      <div className="stack">
        <ClusterFacts cluster={cluster} />
        <section className="card" aria-labelledby="day-strip">
          <h2 id="day-strip">{w.cluster.day}</h2>
          <DayStrip samples={device.samples} airings={cluster.airings} />
        </section>
        <ClusterAirings airings={cluster.airings} isGateway={device.kind === 'gateway'} />
      </div>
      <div className="stack">
        <ClusterTickets cluster={cluster} me={me.person} mayReport={tends} />
        {tends && (
          <>
            <TestTone cluster={cluster} />
            <section className="card">
              <DeviceSettings
                key={`${device.id} ${device.volume} ${device.volumeMax} ${device.minutesPerDayMax} ${JSON.stringify(device.quiet)}`}
                device={{
                  id: device.id,
                  name,
                  volume: device.volume,
                  ...(device.volumeMax !== undefined && { volumeMax: device.volumeMax }),
                  ...(device.minutesPerDayMax !== undefined && { minutesPerDayMax: device.minutesPerDayMax }),
                  ...(device.quiet !== undefined && { quiet: device.quiet }),
                }}
              />
            </section>
            <Replacement cluster={cluster} name={name} />
          </>
        )}
        <Parts parts={cluster.parts} />
        {!tends && <p className="small soft">{w.cluster.technicianOnly}</p>}
      </div>
    </div>
  )
}

/** One cluster: the last day, what can be done, and what stood here before. */
export const ClusterPage = () => {
  const w = useWords()
  const { cluster: id } = useParams({ from: '/mang-luoi/cum/$cluster' })
  const cluster = useCluster(id)
  const { data } = cluster
  return (
    <Page
      title={data ? nameOf(data) : w.network.title}
      lead={data && w.cluster.where(data.village.name, data.commune.name)}
      back={
        <Link to="/mang-luoi" className="b icon-only" aria-label={w.cluster.back}>
          <Icon name="left" />
        </Link>
      }
    >
      <Loading query={cluster} lines={6}>
        {data && <ClusterView cluster={data} />}
      </Loading>
    </Page>
  )
}
