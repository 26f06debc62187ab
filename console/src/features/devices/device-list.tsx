import './devices.css'
import { useState } from 'react'
import type { Device } from '../../api/types.ts'
import { dateOf, dayMonth, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Field, Seg } from '../../ui/choice.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { DeviceActions } from './device-actions.tsx'
import type { Label } from './labels.tsx'

type Show = 'all' | 'offline' | 'gateway'
const PAGE = 60

const since = (instant: string): string =>
  dateOf(instant) === dateOf(serverNow()) ? timeOf(instant) : `${timeOf(instant)} ${dayMonth(dateOf(instant))}`

const State = ({ device }: { device: Device }) => {
  const w = useWords()
  const words = device.revoked
    ? w.network.revoked
    : !device.enrolled
      ? w.network.waiting
      : device.online
        ? device.playing
          ? w.network.playing
          : w.network.online
        : w.network.lost
  const lamp =
    device.revoked || !device.enrolled
      ? 'unknown'
      : device.online
        ? device.kind === 'gateway'
          ? 'behindGateway'
          : 'reported'
        : 'silent'
  return (
    <span className="row">
      <Lamp state={lamp} />
      <span>
        {words}
        {device.enrolled && !device.online && device.since && ` ${w.today.since(since(device.since))}`}
      </span>
    </span>
  )
}

const Row = ({ device, onCode }: { device: Device; onCode: (label: Label) => void }) => {
  const w = useWords()
  return (
    <li>
      <div>
        <b>{device.name}</b>
        <p className="small soft">
          {w.network.kinds[device.kind] ?? device.kind}, {device.unitName}
          {device.kind === 'gateway'
            ? device.clusters > 0 && `, ${w.network.behind(device.clusters)}`
            : `, ${w.network.horns(device.horns)}`}
          {device.volume !== null && `, ${w.network.volume(device.volume)}`}
        </p>
      </div>
      <State device={device} />
      <DeviceActions device={device} onCode={onCode} />
    </li>
  )
}

const matches = (device: Device, show: Show, search: string): boolean => {
  if (show === 'offline' && (device.online || device.revoked)) return false
  if (show === 'gateway' && device.kind !== 'gateway') return false
  const text = search.trim().toLocaleLowerCase('vi')
  return text === '' || `${device.name} ${device.unitName}`.toLocaleLowerCase('vi').includes(text)
}

/** Every device one answers for; those that are away come first. */
export const DeviceList = ({ devices, onCode }: { devices: readonly Device[]; onCode: (label: Label) => void }) => {
  const w = useWords()
  const [show, setShow] = useState<Show>('all')
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(PAGE)
  const found = devices
    .filter((device) => matches(device, show, search))
    .sort((a, b) => Number(a.revoked) - Number(b.revoked) || Number(a.online) - Number(b.online))
  return (
    <section className="stack" aria-label={w.network.title}>
      <div className="row wrap device-filters">
        <Seg<Show>
          label={w.network.filter}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: w.network.all },
            { value: 'offline', label: w.network.offline },
            { value: 'gateway', label: w.network.kinds.gateway ?? 'gateway' },
          ]}
        />
        <Field label={w.network.search}>
          {(id) => (
            <input
              id={id}
              type="search"
              className="in"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
        </Field>
      </div>
      {found.length === 0 && <p className="soft">{devices.length === 0 ? w.network.empty : w.network.none}</p>}
      <ul className="devices">
        {found.slice(0, shown).map((device) => (
          <Row key={device.id} device={device} onCode={onCode} />
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" className="b line" onClick={() => setShown(shown + PAGE)}>
          {w.network.more(Math.min(PAGE, found.length - shown))}
        </button>
      )}
    </section>
  )
}
