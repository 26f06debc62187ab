import './pages.css'
import '../../features/devices/network.css'
import { useState } from 'react'
import { useDevices } from '../../api/queries.ts'
import { DeviceList } from '../../features/devices/device-list.tsx'
import { EnrolForm } from '../../features/devices/enrol-form.tsx'
import { type Label, Labels } from '../../features/devices/labels.tsx'
import { NetworkTabs } from '../../features/devices/tabs.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

/** Devices: enrol one, print its label, set it, revoke it. */
export const DevicesPage = () => {
  const w = useWords()
  const me = usePerson()
  const devices = useDevices()
  const [labels, setLabels] = useState<readonly Label[]>([])
  const add = (label: Label) => setLabels((before) => [...before.filter(({ id }) => id !== label.id), label])
  const all = devices.data ?? []
  const enrolled = all.filter((device) => device.enrolled && !device.revoked)
  const online = enrolled.filter((device) => device.online).length
  if (!mayTend(me)) return <Page title={w.map.tabDevices}>{w.network.technicianOnly}</Page>
  return (
    <Page title={w.map.tabDevices} lead={devices.data && w.network.summary(online, enrolled.length)}>
      <div className="stack">
        <NetworkTabs mayTend />
        <EnrolForm devices={all} onCode={add} />
        <Labels labels={labels} waiting={all.filter(({ enrolled, revoked }) => !enrolled && !revoked)} add={add} />
        <Loading query={devices} lines={6}>
          <details className="card">
            <summary>{w.network.list(all.length)}</summary>
            <DeviceList devices={all} onCode={add} />
          </details>
        </Loading>
      </div>
    </Page>
  )
}
