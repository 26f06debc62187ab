import './airings.css'
import { useState } from 'react'
import type { DeviceReceipt, DotState } from '../../api/types.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'

const lampOf = (receipt: DeviceReceipt): DotState => {
  if (receipt.outcome === 'unknown') return 'unknown'
  if (receipt.outcome === 'silent') return 'silent'
  // Heard for some seconds only: never drawn as heard.
  if (receipt.outcome !== 'completed') return 'fault'
  return receipt.kind === 'gateway' ? 'behindGateway' : 'reported'
}

const Row = ({ receipt, onTrace }: { receipt: DeviceReceipt; onTrace: (id: string) => void }) => {
  const w = useWords()
  const { columns, outcomes, reasons, kinds } = w.aired
  const { id } = receipt
  return (
    <tr>
      <td>
        <b>{receipt.deviceName}</b>
        <br />
        <span className="small soft">
          {receipt.unitName}, {kinds[receipt.kind] ?? receipt.kind}
          {receipt.kind === 'gateway' && receipt.clusters > 0 && `, ${w.aired.behindCount(receipt.clusters)}`}
        </span>
        {receipt.levelDbfs !== null && (
          <details className="small">
            <summary>
              {w.aired.details}
              <span className="vh">: {receipt.deviceName}</span>
            </summary>
            {columns.level}: {w.aired.level(receipt.levelDbfs)}
          </details>
        )}
      </td>
      <td>
        <span className="outcome">
          <Lamp state={lampOf(receipt)} />
          <span>
            {outcomes[receipt.outcome]}
            {receipt.reason && receipt.reason !== 'airing.stopped' && (
              <span className="soft">: {reasons[receipt.reason] ?? receipt.reason}</span>
            )}
          </span>
        </span>
      </td>
      <td className="num" data-label={columns.started}>
        {receipt.startedAt ? timeOf(receipt.startedAt) : '–'}
      </td>
      <td className="num" data-label={columns.seconds}>
        {receipt.secondsWritten ? w.aired.seconds(receipt.secondsWritten) : '–'}
      </td>
      <td>
        {id && (
          <button type="button" className="link" onClick={() => onTrace(id)}>
            <Icon name="trace" />
            {w.aired.trace}
            <span className="vh">: {receipt.deviceName}</span>
          </button>
        )}
      </td>
    </tr>
  )
}

/** Each device's own account of the airing; those that said nothing stand in the list too. */
const SHOWN_FIRST = 30
const order: Readonly<Record<DeviceReceipt['outcome'], number>> = {
  unknown: 0,
  silent: 1,
  interrupted: 2,
  preempted: 3,
  stopped: 4,
  completed: 5,
}

export const Receipts = ({
  receipts,
  onTrace,
}: {
  receipts: readonly DeviceReceipt[]
  onTrace: (id: string) => void
}) => {
  const w = useWords()
  const { columns } = w.aired
  const [shown, setShown] = useState(SHOWN_FIRST)
  // What needs a look comes first.
  const sorted = [...receipts].sort((a, b) => order[a.outcome] - order[b.outcome])
  return (
    <div className="receipts">
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.device}</th>
            <th scope="col">{columns.outcome}</th>
            <th scope="col" className="num">
              {columns.started}
            </th>
            <th scope="col" className="num">
              {columns.seconds}
            </th>
            <th scope="col">{columns.trace}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((receipt, i) => (
            <Row key={receipt.id ?? `${receipt.device} ${i}`} receipt={receipt} onTrace={onTrace} />
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <button type="button" className="b line" onClick={() => setShown(sorted.length)}>
          {w.aired.moreDevices(sorted.length - shown)}
        </button>
      )}
    </div>
  )
}
