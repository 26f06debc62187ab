import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Cluster, type ClusterDevice, useRenewNetwork } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useOutcomeWords } from './cluster-airings.tsx'

/** Sounds the approved chime at this one device, and says what came of it. */
export const TestTone = ({ cluster, device }: { cluster: Cluster; device: ClusterDevice }) => {
  const w = useWords()
  const words = useOutcomeWords()
  const renew = useRenewNetwork()
  const [sent, setSent] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const isGateway = device.kind === 'gateway'
  const play = async () => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await post<{ airing: string }>(`/api/devices/${device.id}/test-tone`)
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    setSent(answer.airing)
    await renew()
  }
  const outcome = cluster.airings.find(({ airing }) => airing === sent)
  return (
    <section className="card stack tight" aria-labelledby="tone-title">
      <h2 id="tone-title">{w.cluster.tone}</h2>
      <p className="small soft">{isGateway ? w.cluster.toneLeadGateway : w.cluster.toneLead}</p>
      <div>
        <button type="button" className="b line" disabled={busy} onClick={() => void play()}>
          <Icon name="bell" />
          {isGateway ? w.cluster.tonePlayGateway : w.cluster.tonePlay}
        </button>
      </div>
      <p role="status" className="strong">
        {sent !== undefined &&
          (outcome && outcome.outcome !== 'unknown' && outcome.outcome !== 'pending'
            ? w.cluster.toneResult(words(outcome))
            : w.cluster.toneSent)}
      </p>
      {refusal && <Trouble problem={refusal} title={w.cluster.toneFailed} onClose={() => setRefusal(undefined)} />}
    </section>
  )
}
