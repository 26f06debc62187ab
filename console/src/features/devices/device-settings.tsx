import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, put, type Refused } from '../../api/client.ts'
import type { Device } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip } from '../../ui/choice.tsx'
import { TimeField } from '../../ui/date-field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'

const MINUTES_OF_A_DAY = 1440
const NIGHT = { from: '21:00', to: '05:00' }

/** What the form needs to know of a device. */
export type Settable = Pick<Device, 'id' | 'name' | 'volume' | 'volumeMax' | 'minutesPerDayMax' | 'quiet'>

const useSettings = (device: Settable) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [volume, setVolume] = useState(device.volume ?? 0)
  const [volumeMax, setVolumeMax] = useState(device.volumeMax ?? 100)
  const [minutesPerDayMax, setMinutes] = useState(device.minutesPerDayMax ?? MINUTES_OF_A_DAY)
  const [quiet, setQuiet] = useState(device.quiet ?? [])
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong]')
    if (wrong) return wrong.focus()
    setRefusal(undefined)
    const answer = await put(`/api/devices/${device.id}/config`, { volume, volumeMax, minutesPerDayMax, quiet })
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.network.settingsSaved(device.name))
    await Promise.all(['devices', 'cluster'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
  return { volume, setVolume, volumeMax, setVolumeMax, minutesPerDayMax, setMinutes, quiet, setQuiet, refusal, save }
}

/** How loud, how long and when a device may sound. It obeys from the moment it hears of it. */
export const DeviceSettings = ({ device }: { device: Settable }) => {
  const w = useWords()
  const form = useSettings(device)
  const first = form.quiet[0]
  const change = (part: Partial<typeof NIGHT>) =>
    form.setQuiet(form.quiet.map((span, i) => (i === 0 ? { ...span, ...part } : span)))
  return (
    <details>
      <summary className="small">{w.network.settings}</summary>
      <form className="stack" onSubmit={(event) => void form.save(event)}>
        <div className="device-settings">
          <NumberField label={w.network.volumeNow} value={form.volume} max={form.volumeMax} onChange={form.setVolume} />
          <NumberField label={w.network.volumeMax} value={form.volumeMax} max={100} onChange={form.setVolumeMax} />
          <NumberField
            label={w.network.minutesPerDay}
            value={form.minutesPerDayMax}
            max={MINUTES_OF_A_DAY}
            onChange={form.setMinutes}
          />
          <Chip checked={form.quiet.length > 0} onChange={(on) => form.setQuiet(on ? [NIGHT] : [])}>
            {w.network.quietOn}
          </Chip>
          {first && (
            <>
              <TimeField label={w.network.quietFrom} value={first.from} onChange={(from) => change({ from })} />
              <TimeField label={w.network.quietTo} value={first.to} onChange={(to) => change({ to })} />
            </>
          )}
        </div>
        {form.refusal && <Trouble problem={form.refusal} title={w.network.settingsFailed} kept />}
        <div>
          <button type="submit" className="b main">
            {w.network.saveSettings}
            <span className="vh">: {device.name}</span>
          </button>
        </div>
      </form>
    </details>
  )
}
