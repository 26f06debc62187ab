import './statistics.css'
import { useEffect, useRef } from 'react'
import { useTrace } from '../../api/queries.ts'
import type { TraceKind, TraceStep } from '../../api/types.ts'
import { nameOf } from '../../api/who.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'

/** Details a person can use, with their names; ids and hashes that say nothing to a reader are left to the command line. */
const detailsOf = (details: TraceStep['details'], w: Words): [string, string][] =>
  Object.entries(details ?? {}).flatMap(([key, value]): [string, string][] => {
    const label = w.trace.labels[key]
    if (label === undefined || value === null || value === '') return []
    if (typeof value === 'boolean') return [[label, value ? w.trace.yes : w.trace.no]]
    if (typeof value === 'number') return [[label, w.number(value, Number.isInteger(value) ? 0 : 1)]]
    if (typeof value !== 'string') return []
    if (key === 'reason') return [[label, w.aired.reasons[value] ?? value]]
    if (key === 'class') return [[label, w.classes[value as keyof Words['classes']] ?? value]]
    return [[label, key === 'from' || key === 'to' ? w.date(value) : value]]
  })

const Step = ({ step }: { step: TraceStep }) => {
  const w = useWords()
  const who = nameOf(step.who)
  const details = detailsOf(step.details, w)
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

type Props = { kind: TraceKind; id: string; onClose: () => void }

/** Truy vết: the path from a figure or a receipt back to the first draft. */
export const TracePanel = ({ kind, id, onClose }: Props) => {
  const w = useWords()
  const trace = useTrace(kind, id)
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
      <Loading query={trace} lines={4}>
        {trace.data?.length === 0 ? (
          <p>{w.trace.empty}</p>
        ) : (
          <ol>
            {trace.data?.map((step) => (
              <Step key={`${step.kind} ${step.id}`} step={step} />
            ))}
          </ol>
        )}
      </Loading>
    </section>
  )
}
