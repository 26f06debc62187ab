import './statistics.css'
import { useEffect, useRef } from 'react'
import { useDevices, useTrace } from '../../api/queries.ts'
import type { TraceKind, TraceStep } from '../../api/types.ts'
import { nameOf } from '../../api/who.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'

/** What devices are called, by their ids. */
type DeviceNames = ReadonlyMap<string, string>

/** Details a person can use, with their names; ids and hashes that say nothing to a reader are left to the command line. */
const detailsOf = (details: TraceStep['details'], w: Words, names: DeviceNames): [string, string][] =>
  Object.entries(details ?? {}).flatMap(([key, value]): [string, string][] => {
    const label = w.trace.labels[key]
    if (label === undefined || value === null || value === '') return []
    if (typeof value === 'boolean') return [[label, value ? w.trace.yes : w.trace.no]]
    if (typeof value === 'number') return [[label, w.number(value, Number.isInteger(value) ? 0 : 1)]]
    if (typeof value !== 'string') return []
    if (key === 'device') return [[label, names.get(value) ?? value]]
    if (key === 'reason') return [[label, w.aired.reasons[value] ?? value]]
    if (key === 'class') return [[label, w.classes[value as keyof Words['classes']] ?? value]]
    return [[label, key === 'from' || key === 'to' ? w.date(value) : value]]
  })

const Step = ({ step, names }: { step: TraceStep; names: DeviceNames }) => {
  const w = useWords()
  const who = nameOf(step.who)
  const details = detailsOf(step.details, w, names)
  return (
    <li>
      <p className="strong">{step.what}</p>
      <p className="small soft">
        {[step.at ? w.at(step.at) : '', who ? w.trace.by(who) : ''].filter(Boolean).join('. ')}
      </p>
      {details.length > 0 && (
        <details>
          <summary className="small">{w.trace.more}</summary>
          <dl className="details small">
            {details.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}

/** The code of what is traced, and the command that checks every signature on the way back. */
const CodeLine = ({ kind, id }: { kind: TraceKind; id: string }) => {
  const w = useWords()
  const announce = useAnnounce()
  const copy = () => void navigator.clipboard?.writeText(id).then(() => announce(w.trace.copied))
  return (
    <div className="trace-code small">
      <p>
        {w.trace.code[kind] ?? kind}: <code>{id}</code>
      </p>
      <button type="button" className="b line" onClick={copy}>
        {w.trace.copy}
      </button>
      <p className="soft">
        {w.trace.command} <code>{`npm run trace -- ${kind} ${id}`}</code>
      </p>
    </div>
  )
}

type Props = {
  kind: TraceKind
  id: string
  /** What the devices met on the way are called. */
  names?: DeviceNames
  onClose: () => void
}

/** Truy vết: the path from a figure or a receipt back to the first draft. */
export const TracePanel = ({ kind, id, names, onClose }: Props) => {
  const w = useWords()
  const trace = useTrace(kind, id)
  const devices = useDevices()
  const known = names ?? new Map(devices.data?.map((device) => [device.id, device.name]))
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another panel, and is brought into view
  useEffect(() => heading.current?.focus(), [kind, id])
  return (
    <section className="card trace" aria-labelledby="trace-title">
      <div className="row between">
        <h2 id="trace-title" ref={heading} tabIndex={-1}>
          {w.trace.title}
        </h2>
        <button type="button" className="b icon-only" onClick={onClose} aria-label={w.trace.close}>
          <Icon name="cross" />
        </button>
      </div>
      <p className="small soft">{w.trace.lead}</p>
      <CodeLine kind={kind} id={id} />
      <Loading query={trace} lines={4}>
        {trace.data?.length === 0 ? (
          <p>{w.trace.empty}</p>
        ) : (
          <ol>
            {trace.data?.map((step) => (
              <Step key={`${step.kind} ${step.id}`} step={step} names={known} />
            ))}
          </ol>
        )}
      </Loading>
    </section>
  )
}
