import './pages.css'
import '../../features/devices/network.css'
import '../../features/devices/devices.css'
import '../../features/devices/cluster.css'
import { Link, useParams } from '@tanstack/react-router'
import { type Cluster, type ClusterDevice, useCluster } from '../../api/network.ts'
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
import { usePerson } from '../me.tsx'

const ClusterView = ({ cluster, device }: { cluster: Cluster; device: ClusterDevice }) => {
  const w = useWords()
  const me = usePerson()
  const { id, volume, volumeMax, minutesPerDayMax, quiet } = device
  const settings = { volume, volumeMax, minutesPerDayMax, quiet }
  return (
    <div className="cluster">
      <div className="stack">
        <ClusterFacts cluster={cluster} device={device} />
        <section className="card" aria-labelledby="day-strip">
          <h2 id="day-strip">{w.cluster.day}</h2>
          <DayStrip samples={device.samples} airings={cluster.airings} />
        </section>
        <ClusterAirings airings={cluster.airings} isGateway={device.kind === 'gateway'} />
      </div>
      <div className="stack">
        <ClusterTickets tickets={cluster.tickets} device={id} me={me.person} />
        {cluster.may.tend ? (
          <>
            <TestTone cluster={cluster} device={device} />
            <section className="card">
              {/* settings changed elsewhere begin the form anew */}
              <DeviceSettings key={JSON.stringify(settings)} device={{ id, name: device.name, ...settings }} />
            </section>
            <Replacement device={device} name={device.name} />
          </>
        ) : (
          <p className="small soft">{w.cluster.technicianOnly}</p>
        )}
        <Parts parts={cluster.parts} />
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
      title={data ? data.cluster.name : w.network.title}
      lead={data && (data.commune ? w.cluster.where(data.village.name, data.commune.name) : data.village.name)}
      back={
        <Link to="/mang-luoi" className="b icon-only" aria-label={w.cluster.back}>
          <Icon name="left" />
        </Link>
      }
    >
      <Loading query={cluster} lines={6}>
        {data && (data.device ? <ClusterView cluster={data} device={data.device} /> : <p>{w.cluster.noDevice}</p>)}
      </Loading>
    </Page>
  )
}
