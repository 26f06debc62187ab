import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type ClusterDevice, type EnrolmentCode, type Part, useRenewNetwork } from '../../api/network.ts'
import { dateWritten } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { moment } from './cluster-facts.tsx'
import { Code } from './enrolment-code.tsx'

type Made = { code: EnrolmentCode; epoch: number }

const useReplacement = (device: ClusterDevice) => {
  const renew = useRenewNetwork()
  const [note, setNote] = useState('')
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<Made | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const ask = (event: FormEvent) => {
    event.preventDefault()
    setAsking(true)
  }
  const replace = async () => {
    setAsking(false)
    setRefusal(undefined)
    const answer = await post<EnrolmentCode>(`/api/devices/${device.id}/replace`, { note: note.trim() })
    if (isRefused(answer)) return setRefusal(answer)
    setMade({ code: answer, epoch: device.epoch })
    setNote('')
    await renew()
  }
  return { note, setNote, asking, setAsking, ask, made, refusal, replace }
}

/** A broken machine goes, a new one takes its place: explained in three steps, asked once. */
export const Replacement = ({ device, name }: { device: ClusterDevice; name: string }) => {
  const w = useWords()
  const form = useReplacement(device)
  const joined = form.made !== undefined && device.epoch > form.made.epoch && device.online
  return (
    <details className="card">
      <summary>{w.cluster.replace}</summary>
      <div className="stack">
        <p>{w.cluster.replaceLead}</p>
        <ol className="steps">
          {w.cluster.replaceSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {form.refusal && <Trouble problem={form.refusal} title={w.cluster.replaceFailed} kept />}
        {form.made ? (
          <>
            <p className="strong" role="status">
              {joined ? w.cluster.replaceDone : w.cluster.replaceWaiting}
            </p>
            {!joined && <Code code={form.made.code} name={name} />}
          </>
        ) : (
          <form className="stack" onSubmit={form.ask}>
            <Field label={w.cluster.replaceWhy}>
              {(id) => (
                <input
                  id={id}
                  className="in"
                  required
                  maxLength={300}
                  value={form.note}
                  onChange={(event) => form.setNote(event.target.value)}
                />
              )}
            </Field>
            {form.asking ? (
              <div className="stack tight" role="alert">
                <p className="strong">{w.cluster.replaceAsk(name)}</p>
                <div className="row wrap">
                  <button type="button" className="b main" onClick={() => void form.replace()}>
                    {w.cluster.replaceYes}
                  </button>
                  <button type="button" className="b" onClick={() => form.setAsking(false)}>
                    {w.network.cancel}
                  </button>
                </div>
              </div>
            ) : (
              <div>
                <button type="submit" className="b line">
                  <Icon name="key" />
                  {w.cluster.replaceDo}
                </button>
              </div>
            )}
          </form>
        )}
      </div>
    </details>
  )
}

const dated = (instant: string): string => `${moment(instant).slice(0, 5)} ${dateWritten(instant)}`

/** The machines that stood here, newest first. */
export const Parts = ({ parts }: { parts: readonly Part[] }) => {
  const w = useWords()
  return (
    <section className="card stack tight" aria-labelledby="parts-title">
      <h2 id="parts-title">{w.cluster.parts}</h2>
      {parts.length === 0 && <p className="soft">{w.cluster.partsNone}</p>}
      <ul className="parts">
        {[...parts]
          .sort((a, b) => b.epoch - a.epoch)
          .map((part) => (
            <li key={part.epoch}>
              <b>{w.cluster.part(part.epoch)}</b>
              <p className="small soft">
                {[
                  w.cluster.partFrom(dated(part.installedAt)),
                  part.removedAt ? w.cluster.partTo(dated(part.removedAt)) : w.cluster.partNow,
                  part.by?.name,
                  part.program,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
              {part.note && <p className="small">{part.note}</p>}
            </li>
          ))}
      </ul>
    </section>
  )
}
