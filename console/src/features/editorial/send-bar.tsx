import type { ReactNode } from 'react'
import { useWords } from '../../i18n/index.tsx'
import type { SummaryFacts } from '../../i18n/summary.ts'
import { Icon } from '../../ui/icon.tsx'

type Props = {
  facts: SummaryFacts
  /** What else has to be known beside the sentence. */
  aside: ReactNode
  isNight: boolean
  busy: boolean
  canSend: boolean
  onSave: () => void
  onSubmit: () => void
}

/** The live sentence and the two ways on. */
export const SendBar = ({ facts, aside, isNight, busy, canSend, onSave, onSubmit }: Props) => {
  const w = useWords()
  const sentence = w.summary(facts)
  return (
    <div className="send-bar">
      <p>
        <b>{sentence.lead}</b>
        {sentence.rest}
        {aside}
        {isNight && <span className="wider">{w.compose.night}</span>}
        {!canSend && <span className="soft small wider">{w.compose.nothingToSave}</span>}
      </p>
      <button type="button" className="b line" onClick={onSave} disabled={!canSend}>
        {w.compose.saveDraft}
      </button>
      <button type="button" className="b main" onClick={onSubmit} disabled={busy}>
        <Icon name="up" />
        {busy ? w.compose.submitting : w.compose.submit}
      </button>
    </div>
  )
}
