import './pages.css'
import { useDevices } from '../../api/queries.ts'
import { DeviceList } from '../../features/devices/device-list.tsx'
import { EnrolForm } from '../../features/devices/enrol-form.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

export const NetworkPage = () => {
  const w = useWords()
  const me = usePerson()
  const devices = useDevices()
  if (!mayTend(me)) return <Page title={w.network.title}>{w.network.technicianOnly}</Page>
  const enrolled = devices.data?.filter((device) => device.enrolled && !device.revoked) ?? []
  const online = enrolled.filter((device) => device.online).length
  return (
    <Page title={w.network.title} lead={devices.data && w.network.summary(online, enrolled.length)}>
      <div className="stack">
        <EnrolForm />
        <Loading query={devices} lines={6}>
          <details className="card">
            <summary>{w.network.list(devices.data?.length ?? 0)}</summary>
            <DeviceList devices={devices.data ?? []} />
          </details>
        </Loading>
      </div>
    </Page>
  )
}
