import './voicing.css'
import type { ReadBy, SpokenWord } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { type SaidOtherwise, saidOtherwise } from './differences.ts'
import { VoiceInstead } from './voice-controls.tsx'

const Difference = ({ difference: { written, said, why, others, guessed } }: { difference: SaidOtherwise }) => {
  const w = useWords()
  const reason = guessed ? w.readings.guessed : (w.readings.why[why] ?? w.readings.why[why.split('.')[0] ?? ''])
  return (
    <li>
      {w.readings.correctedLine(written, said)}
      <small className="soft">
        {reason}
        {others.length > 0 && ` ${w.readings.others(others)}`}
      </small>
    </li>
  )
}

type Props = { text: string; words: readonly SpokenWord[]; readBy: ReadBy }

const Differences = ({ of }: { of: readonly SaidOtherwise[] }) => (
  <ul className="small said-otherwise">
    {of.map((each) => (
      <Difference key={`${each.written} ${each.said}`} difference={each} />
    ))}
  </ul>
)

/** What somebody has to know of a reading who has not heard it: that another voice speaks, what was put right, what is in doubt. */
export const ReadingNotes = ({ text, words, readBy }: Props) => {
  const w = useWords()
  const noted = saidOtherwise(text, words, readBy.corrections).filter(
    ({ why, others, guessed }) => guessed || others.length > 0 || why === 'correction',
  )
  return (
    <>
      <VoiceInstead voicing={readBy} />
      {noted.length > 0 && (
        <div className="doubts">
          <b className="small">{w.readings.noted}</b>
          <Differences of={noted} />
        </div>
      )}
      {readBy.timesEstimated && <p className="xs soft">{w.readings.timesEstimated}</p>}
    </>
  )
}

/** Unfolded: every place that is said otherwise than it is written, and why. */
export const WhySaidSo = ({ text, words, readBy }: Props) => {
  const w = useWords()
  const all = saidOtherwise(text, words, readBy.corrections)
  if (all.length === 0) return null
  return (
    <details>
      <summary className="small">{w.readings.allDifferences(all.length)}</summary>
      <Differences of={all} />
    </details>
  )
}
