import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, isRefused, post, type Refused } from '../../api/client.ts'
import type { Device, DeviceCode } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { DeviceSettings } from './device-settings.tsx'

/** As README says it, for the machine at the amplifier. */
const commandFor = (code: string): string =>
  `node tools/run.mjs player/src/main.ts --server ${location.origin} --enrol ${code} --data ./may-phat --output alsa`

/** The one-time code, large enough to be read across a room. */
export const Code = ({ code }: { code: Pick<DeviceCode, 'code' | 'expiresAt'> }) => {
  const w = useWords()
  return (
    <div className="code" role="status">
      <span className="small soft">{w.network.code}</span>
      <output>{code.code}</output>
      <p className="small">{w.network.codeOnce(w.at(code.expiresAt))}</p>
      <code className="small command">{commandFor(code.code)}</code>
    </div>
  )
}

/** A new code, or revocation; revoking asks once, since it cannot be taken back. */
export const DeviceActions = ({ device }: { device: Device }) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const [code, setCode] = useState<DeviceCode | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const renewCode = async () => {
    const answer = await post<DeviceCode>(`/api/devices/${device.id}/code`)
    if (isRefused(answer)) return setRefusal(answer)
    setCode(answer)
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
      {code && <Code code={code} />}
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
