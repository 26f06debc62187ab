import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, isRefused, post, type Refused } from '../../api/client.ts'
import type { EnrolmentCode } from '../../api/network.ts'
import type { Device } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { DeviceSettings } from './device-settings.tsx'
import { Code } from './enrolment-code.tsx'
import type { Label } from './labels.tsx'

/** A new code, or revocation; revoking asks once, since it cannot be taken back. */
export const DeviceActions = ({ device, onCode }: { device: Device; onCode: (label: Label) => void }) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const [code, setCode] = useState<EnrolmentCode | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const renewCode = async () => {
    const answer = await post<EnrolmentCode>(`/api/devices/${device.id}/code`)
    if (isRefused(answer)) return setRefusal(answer)
    setCode(answer)
    onCode({ id: device.id, name: device.name, place: device.unitName, code: answer })
  }
  const revoke = async () => {
    setAsking(false)
    const answer = await ask<undefined>(`/api/devices/${device.id}/revoke`, { method: 'POST' })
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.network.revokeDone(device.name))
    await client.invalidateQueries({ queryKey: ['devices'] })
  }
  if (device.revoked) return null
  return (
    <details className="device-actions">
      <summary className="b">
        {w.network.manage}
        <span className="vh">: {device.name}</span>
      </summary>
      {refusal && <Trouble problem={refusal} onClose={() => setRefusal(undefined)} />}
      {code && <Code code={code} name={device.name} joined={device.enrolled && device.online} />}
      <DeviceSettings device={device} />
      {asking ? (
        <div className="stack tight">
          <p className="strong">{w.network.revokeAsk(device.name)}</p>
          <div className="row wrap">
            <button type="button" className="b main" onClick={() => void revoke()}>
              {w.network.revokeYes}
            </button>
            <button type="button" className="b" onClick={() => setAsking(false)}>
              {w.network.cancel}
            </button>
          </div>
        </div>
      ) : (
        <div className="row wrap">
          <button type="button" className="b" onClick={() => void renewCode()}>
            {w.network.newCode}
            <span className="vh">: {device.name}</span>
          </button>
          <button type="button" className="b" onClick={() => setAsking(true)}>
            {w.network.revoke}
            <span className="vh">: {device.name}</span>
          </button>
        </div>
      )}
    </details>
  )
}
