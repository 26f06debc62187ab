import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import type { EnrolmentCode } from '../../api/network.ts'
import type { Device } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Qr } from '../../ui/qr.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { addressOf } from './enrolment.ts'

export type Label = { id: string; name: string; place: string; code: EnrolmentCode }

/** A sheet that can still be looked through by hand. */
const SHEET_MAX = 60

/** Codes for devices that wait for theirs, one after the other; says how far it is. */
const useMaking = (add: (label: Label) => void) => {
  const client = useQueryClient()
  const [progress, setProgress] = useState<{ done: number; all: number } | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const make = async (devices: readonly Device[]) => {
    setRefusal(undefined)
    for (const [done, device] of devices.entries()) {
      setProgress({ done, all: devices.length })
      const code = await post<EnrolmentCode>(`/api/devices/${device.id}/code`)
      if (isRefused(code)) {
        setRefusal(code)
        break
      }
      add({ id: device.id, name: device.name, place: device.unitName, code })
    }
    setProgress(undefined)
    await client.invalidateQueries({ queryKey: ['devices'] })
  }
  return { progress, refusal, make }
}

const LabelCard = ({ label }: { label: Label }) => {
  const w = useWords()
  const address = addressOf(label.code, location.origin)
  return (
    <li>
      <Qr text={address} label={w.enrolment.qr(label.name)} />
      <div>
        <b>{label.name}</b>
        <p>{label.place}</p>
        <p className="label-code">
          <span className="vh">{w.enrolment.labelCode}: </span>
          {label.code.code}
        </p>
        <p>{w.enrolment.labelUntil(w.at(label.code.expiresAt))}</p>
      </div>
    </li>
  )
}

type Props = { labels: readonly Label[]; waiting: readonly Device[]; add: (label: Label) => void }

/** One label per device, for the printer. Only codes made on this page are known to it. */
export const Labels = ({ labels, waiting, add }: Props) => {
  const w = useWords()
  const making = useMaking(add)
  const without = waiting.filter(({ id }) => !labels.some((label) => label.id === id)).slice(0, SHEET_MAX)
  if (labels.length === 0 && without.length === 0) return null
  return (
    <section className="card stack label-sheet" aria-labelledby="labels-title">
      <h2 id="labels-title">{w.enrolment.labels(labels.length)}</h2>
      <p className="small soft">{w.enrolment.labelsLead}</p>
      <div className="row wrap no-print">
        {labels.length > 0 && (
          <button type="button" className="b line" onClick={() => window.print()}>
            <Icon name="print" />
            {w.enrolment.print}
          </button>
        )}
        {without.length > 0 && !making.progress && (
          <button type="button" className="b" onClick={() => void making.make(without)}>
            <Icon name="key" />
            {w.enrolment.forWaiting(without.length)}
          </button>
        )}
        {without.length > 0 && <span className="small soft">{w.enrolment.forWaitingLead}</span>}
      </div>
      <div role="status">{making.progress && w.enrolment.making(making.progress.done, making.progress.all)}</div>
      {making.refusal && <Trouble problem={making.refusal} />}
      <ul className="labels">
        {labels.map((label) => (
          <LabelCard key={label.id} label={label} />
        ))}
      </ul>
    </section>
  )
}
