import { Link } from '@tanstack/react-router'
import { isOffline, load, type Refused } from '../../api/client.ts'
import type { Notice } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { changeVersion } from './draft.ts'
import type { DraftDesk } from './use-draft.ts'

/** MẬT: why it cannot go on air, what happened to the text, and the one thing that can be recorded. */
const Classified = ({ refusal }: { refusal: Refused }) => {
  const w = useWords()
  return (
    <Trouble problem={refusal} title={w.compose.classifiedTitle}>
      <p>{w.compose.classified}</p>
      <Link to="/pho-bien" className="b main">
        {w.compose.classifiedLink}
      </Link>
    </Trouble>
  )
}

const ChangedMeanwhile = ({ desk, refusal }: { desk: DraftDesk; refusal: Refused }) => {
  const w = useWords()
  const newest = async (then: (notice: Notice) => void) => {
    if (desk.notice) then(await load<Notice>(`/api/notices/${desk.notice.id}`))
  }
  return (
    <Trouble problem={refusal} title={w.compose.changedMeanwhile} kept>
      <button type="button" className="b main" onClick={() => void newest(desk.rebase)}>
        {w.compose.keepMine}
      </button>
      <button type="button" className="b line" onClick={() => void newest(desk.takeSaved)}>
        {w.compose.takeTheirs}
      </button>
    </Trouble>
  )
}

/** Which session is too full and by how much; how many minutes for others are left. */
const Particulars = ({ problem: { refused, detail } }: { problem: Refused }) => {
  const w = useWords()
  if (refused === 'session.overfull')
    return (
      <p className="small">
        {w.plan.overfullIn(String(detail.session), w.date(String(detail.date)), w.duration(Number(detail.overMs)))}
      </p>
    )
  if (refused === 'notice.thirdPartyMinutes') return <p className="small">{w.plan.minutesLeft(Number(detail.left))}</p>
  return null
}

/** No voice can read it now: the same words are recorded instead. */
const VoiceAway = ({ desk: { change } }: { desk: DraftDesk }) => {
  const r = useRecordWords()
  const record = () => change((before) => changeVersion(before, 'vi', { by: 'sound', voicing: null }))
  return (
    <>
      <p>{r.noVoiceWhy}</p>
      <button type="button" className="b main" onClick={record}>
        {r.noVoice}
      </button>
    </>
  )
}

type Props = { desk: DraftDesk; refusal: Refused | undefined; onClose: () => void }

/** Whatever the server said no to, in words, with what was kept. */
export const ComposeTroubles = ({ desk, refusal, onClose }: Props) => {
  const w = useWords()
  // A save without connection is tried again by itself; the strip above and the line under the title say so.
  const failed = desk.saving.is === 'refused' && !isOffline(desk.saving.refusal) ? desk.saving.refusal : undefined
  const problem = refusal ?? failed
  return (
    <>
      {desk.restored && (
        <div className="callout">
          <div className="stack tight">
            <p>{w.compose.restored}</p>
            <div>
              <button type="button" className="link" onClick={() => desk.takeSaved(desk.notice)}>
                {w.compose.discard}
              </button>
            </div>
          </div>
        </div>
      )}
      {problem?.refused === 'notice.classified' ? (
        <Classified refusal={problem} />
      ) : problem?.refused === 'notice.changedMeanwhile' ? (
        <ChangedMeanwhile desk={desk} refusal={problem} />
      ) : (
        problem && (
          <Trouble
            problem={problem}
            title={refusal ? w.compose.sendFailed : w.compose.saveFailed}
            kept
            {...(refusal ? { onClose } : {})}
          >
            <Particulars problem={problem} />
            {problem.refused === 'voice.unavailable' && <VoiceAway desk={desk} />}
          </Trouble>
        )
      )}
    </>
  )
}
