import { useId, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useRenewNotices } from '../../api/queries.ts'
import type { Notice, NoticeWithHistory } from '../../api/types.ts'
import { useExplain, useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { firstAiringOf } from './revisions.ts'
import { usePlanSessions } from './use-plan.ts'

type Props = { notice: NoticeWithHistory; onDone: () => void }

const useDeciding = ({ notice, onDone }: Props) => {
  const announce = useAnnounce()
  const renew = useRenewNotices()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const decide = async (verb: 'approve' | 'return', body: { reason?: string }, words: string) => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await post<Notice>(`/api/notices/${notice.id}/${verb}`, { revision: notice.current.number, ...body })
    setBusy(false)
    if (isRefused(answer)) {
      setRefusal(answer)
      if (answer.refused === 'notice.changedMeanwhile' || answer.refused === 'notice.wrongState') await renew()
      return
    }
    announce(words)
    onDone()
    await renew()
  }
  return { busy, refusal, setRefusal, decide }
}

type ReturningProps = { busy: boolean; onReturn: (reason: string) => void; onKeep: () => void }

/** Opening this hides Duyệt: a returning hand must not approve by a slip. */
const Returning = ({ busy, onReturn, onKeep }: ReturningProps) => {
  const w = useWords()
  const id = useId()
  const [usual, setUsual] = useState<string[]>([])
  const [other, setOther] = useState('')
  const reason = [...usual, other.trim()].filter(Boolean).join('. ')
  return (
    <div className="returning">
      <h3>{w.approve.returnTitle}</h3>
      <div className="chips">
        {w.approve.reasons.map((text) => (
          <Chip
            key={text}
            checked={usual.includes(text)}
            onChange={(on) => setUsual(on ? [...usual, text] : usual.filter((kept) => kept !== text))}
          >
            {text}
          </Chip>
        ))}
      </div>
      <div className="field">
        <label htmlFor={id}>{w.approve.otherReason}</label>
        <textarea id={id} className="in" rows={2} value={other} onChange={(event) => setOther(event.target.value)} />
      </div>
      <div className="row wrap">
        <button type="button" className="b main big" disabled={busy || reason === ''} onClick={() => onReturn(reason)}>
          <Icon name="back" />
          {w.approve.sendBack}
        </button>
        {reason === '' && <span className="small soft">{w.approve.reasonFirst}</span>}
        <button type="button" className="b" onClick={onKeep}>
          {w.approve.keepApproving}
        </button>
      </div>
    </div>
  )
}

const WhyNot = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  const explain = useExplain()
  const why = notice.whyNotApprove
  if (notice.may.approve || why === null) return null
  const words =
    why === 'notice.ownApproval'
      ? w.approve.own
      : why === 'notice.languageUnchecked'
        ? w.approve.unchecked
        : (w.approve.why[why] ?? explain({ refused: why, message: w.approve.cannot, detail: {} }))
  return (
    <p className="callout">
      <Icon name="mark" />
      <span>{words}</span>
    </p>
  )
}

/** Duyệt or Trả lại. Lies at the foot of the card, within reach of a thumb. */
export const Ballot = ({ notice, onDone }: Props) => {
  const w = useWords()
  const [returning, setReturning] = useState(false)
  const { busy, refusal, setRefusal, decide } = useDeciding({ notice, onDone })
  const title = notice.current.title || w.today.untitled
  const { plan } = notice.current
  const first = firstAiringOf(notice.current, usePlanSessions(notice.unit, plan))
  const soundsAt = first === null ? '' : w.at(new Date(first).toISOString())
  const approved =
    plan.when === 'standing'
      ? w.plan[plan.role === 'chime' ? 'chimeDone' : 'standingDone'](title)
      : w.approve.approved(title, soundsAt)
  // Somebody who is here to check a language has nothing to decide, and needs no reason why.
  const isOnlooker = notice.whyNotApprove === null || notice.whyNotApprove === 'access.notAllowed'
  if (!notice.may.approve && !notice.may.return && isOnlooker) return null
  return (
    <div className="decide">
      {refusal && (
        <Trouble
          problem={refusal}
          title={returning ? w.approve.returnFailed : w.approve.approveFailed}
          onClose={() => setRefusal(undefined)}
        />
      )}
      <WhyNot notice={notice} />
      {returning ? (
        <Returning
          busy={busy}
          onReturn={(reason) => void decide('return', { reason }, w.approve.returned(title))}
          onKeep={() => setReturning(false)}
        />
      ) : (
        <>
          {notice.may.return && (
            <button type="button" className="b line big" disabled={busy} onClick={() => setReturning(true)}>
              <Icon name="back" />
              {w.approve.return}
            </button>
          )}
          {notice.may.approve && (
            <button
              type="button"
              className="b main big"
              disabled={busy}
              onClick={() => void decide('approve', {}, approved)}
            >
              <Icon name="check" />
              {busy ? w.approve.approving : w.approve.approve}
            </button>
          )}
        </>
      )}
    </div>
  )
}
