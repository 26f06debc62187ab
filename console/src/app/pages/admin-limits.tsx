import './pages.css'
import '../../features/devices/limits.css'
import { useState } from 'react'
import { type LimitsStand, useLimits } from '../../api/limits.ts'
import { useUnits } from '../../api/queries.ts'
import { LimitsForm } from '../../features/devices/limits-form.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

/** The devices as they are now: one line a value, since they need not all be alike. */
const Stand = ({ stand }: { stand: LimitsStand }) => {
  const w = useWords()
  const rows: [string, { value: string; devices: number }[]][] = [
    [w.limits.volumeMax, stand.volumeMax.map(({ value, devices }) => ({ value: `${value} %`, devices }))],
    [
      w.limits.minutes,
      stand.minutesPerDayMax.map(({ value, devices }) => ({ value: w.limits.minutesOf(value), devices })),
    ],
    [w.limits.quiet, stand.quiet.map(({ value, devices }) => ({ value: w.limits.quietOf(value), devices }))],
  ]
  return (
    <section className="card stack tight" aria-labelledby="limits-now">
      <h2 id="limits-now">{w.limits.now(stand.devices)}</h2>
      <dl className="limits-now">
        {rows.map(([label, values]) => (
          <div key={label}>
            <dt>{label}</dt>
            {values.map(({ value, devices }) => (
              <dd key={value}>
                <b>{value}</b>
                {values.length > 1 && <span className="small soft"> {w.limits.on(devices)}</span>}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Volume cap, minutes a day and quiet hours for all devices of a unit at once. */
export const AdminLimitsPage = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const own = me.posts.find(({ role }) => role === 'administrator' || role === 'technician')?.unit ?? ''
  const [unit, setUnit] = useState(own)
  const stand = useLimits(unit)
  if (!mayTend(me)) return <p>{w.network.technicianOnly}</p>
  const nameOf = (id: string | null): string => units.data?.find((each) => each.id === id)?.name ?? ''
  return (
    <div className="stack limits">
      <Field label={w.people.unit}>
        {(id) => (
          <select id={id} className="in" value={unit} onChange={(event) => setUnit(event.target.value)}>
            {(units.data ?? []).map(({ id: value, name, kind, parent }) => (
              <option key={value} value={value}>
                {kind === 'village' || kind === 'station' ? `${name}, ${nameOf(parent)}` : name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Loading query={stand} lines={5}>
        {stand.data?.devices === 0 && <p className="soft">{w.limits.none}</p>}
        {stand.data !== undefined && stand.data.devices > 0 && (
          <>
            <Stand stand={stand.data} />
            {stand.data.may.change && <LimitsForm key={unit} unit={unit} stand={stand.data} />}
          </>
        )}
      </Loading>
    </div>
  )
}
