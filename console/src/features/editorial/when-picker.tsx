import { addDays, dateOf, isNight } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Seg } from '../../ui/choice.tsx'
import { TimeField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DayChips, OtherDay } from './day-chips.tsx'
import type { DraftState } from './draft.ts'
import { InSessions } from './session-choice.tsx'
import { StandingFields } from './standing-fields.tsx'

const REPEATS_MAX = 5
const STANDING_DAYS = 365

/** What a person sees where the hour falls into the night. */
export const NightLine = () => {
  const w = useWords()
  return (
    <p className="callout">
      <Icon name="clock" />
      <span>{w.compose.night}</span>
    </p>
  )
}

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

const AtTimes = ({ draft, onChange }: Props) => {
  const w = useWords()
  return (
    <>
      <DayChips draft={draft} onChange={onChange} />
      <div className="row wrap when-row">
        <TimeField
          label={w.compose.time}
          value={draft.time}
          onChange={(time) => onChange({ time })}
          onWrong={() => onChange({ time: '' })}
        />
        <OtherDay draft={draft} onChange={onChange} />
      </div>
      {isNight(draft.time) && <NightLine />}
    </>
  )
}

/** A year from today: what a standing item is usually approved for. */
export const standingPeriod = (): { from: string; to: string } => {
  const from = dateOf(serverNow())
  return { from, to: addDays(from, STANDING_DAYS) }
}

/** What a way of planning begins with where nothing was chosen for it yet. */
const beginning = (when: DraftState['when'], draft: DraftState): Partial<DraftState> => {
  const tomorrow = addDays(dateOf(serverNow()), 1)
  if (when === 'times' && draft.dates.length === 0) return { when, dates: [tomorrow] }
  if (when === 'standing' && draft.from === '') return { when, ...standingPeriod() }
  return { when }
}

/** Khi nào: at once after approval, in sessions, on days at a time, or standing; and how often it is read. */
export const WhenPicker = ({ draft, onChange }: Props) => {
  const w = useWords()
  return (
    <section aria-labelledby="when-title" className="stack">
      <h2 id="when-title">{w.compose.when}</h2>
      <div>
        <Seg<DraftState['when']>
          label={w.compose.when}
          value={draft.when}
          onChange={(when) => onChange(beginning(when, draft))}
          options={[
            { value: 'now', label: w.compose.now },
            { value: 'sessions', label: w.plan.sessions },
            { value: 'times', label: w.compose.times },
            // Made from Tiếng nhạc, so that an ordinary notice has three choices and not four.
            ...(draft.when === 'standing' ? [{ value: 'standing' as const, label: w.plan.standing }] : []),
          ]}
        />
      </div>
      {draft.when === 'times' && <AtTimes draft={draft} onChange={onChange} />}
      {draft.when === 'sessions' && <InSessions draft={draft} onChange={onChange} />}
      {draft.when === 'standing' && <StandingFields draft={draft} onChange={onChange} />}
      <div className="stack tight">
        <span className="label">{w.compose.repeats}</span>
        <div>
          <Seg<string>
            label={w.compose.repeats}
            value={String(draft.repeats)}
            onChange={(value) => onChange({ repeats: Number(value) })}
            options={Array.from({ length: REPEATS_MAX }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))}
          />
        </div>
      </div>
    </section>
  )
}
