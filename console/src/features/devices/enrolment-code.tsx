import type { EnrolmentCode } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { useServerNow } from '../../platform/clock.ts'
import { Qr } from '../../ui/qr.tsx'
import { addressOf, commandFor, leftUntil } from './enrolment.ts'

const SECONDS_10_MS = 10_000

/** How long the code can be used. Its place keeps its width while the number changes. */
const Countdown = ({ expiresAt }: { expiresAt: string }) => {
  const w = useWords()
  const left = leftUntil(expiresAt, useServerNow(SECONDS_10_MS))
  return (
    <span className="countdown">
      {left.is === 'over'
        ? w.enrolment.expired
        : left.is === 'hours'
          ? w.enrolment.leftHours(left.count)
          : w.enrolment.left(left.count)}
    </span>
  )
}

type Props = {
  code: EnrolmentCode
  name: string
  /** The device has used it. */
  joined?: boolean
}

/** The one-time code: large enough to be read across a room, and as a QR beside it. */
export const Code = ({ code, name, joined = false }: Props) => {
  const w = useWords()
  if (joined)
    return (
      <p className="strong" role="status">
        {w.enrolment.joined}
      </p>
    )
  const address = addressOf(code, location.origin)
  return (
    <div className="code" data-enrol={address}>
      <Qr text={address} label={w.enrolment.qr(name)} />
      <div className="stack tight">
        <div role="status">
          <span className="small soft">{w.network.code}</span>
          <output>{code.code}</output>
        </div>
        <p className="strong">
          <Countdown expiresAt={code.expiresAt} />
        </p>
        <p className="small">
          {w.enrolment.lead} {w.enrolment.once(w.at(code.expiresAt))}
        </p>
        <p className="small">
          <span className="soft">{w.enrolment.link}: </span>
          <span className="address">{address}</span>
        </p>
        <details>
          <summary className="small">{w.enrolment.commandTitle}</summary>
          <code className="small command">{commandFor(address)}</code>
        </details>
      </div>
    </div>
  )
}
