import { addDays, dateOf, dayMonth, isNight } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Chip, Mistake, Seg } from '../../ui/choice.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { DraftState } from './draft.ts'
import { useMistake } from './mistakes.tsx'

const DAYS_SHOWN = 7
const REPEATS_MAX = 5

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

const Days = ({ draft, onChange }: Props) => {
  const w = useWords()
  const mistake = useMistake('days')
  const today = dateOf(serverNow())
  const near = Array.from({ length: DAYS_SHOWN }, (_, day) => addDays(today, day))
  const days = [...new Set([...near, ...draft.dates])].sort()
  const name = (date: string): string =>
    date === today ? w.compose.todayWord : date === addDays(today, 1) ? w.compose.tomorrow : w.weekdayShort(date)
  const set = (date: string, on: boolean) =>
    onChange({ dates: on ? [...draft.dates, date].sort() : draft.dates.filter((day) => day !== date) })
  const add = (date: string) => {
    if (!draft.dates.includes(date)) set(date, true)
  }
  return (
    <>
      <fieldset data-missing={mistake ? true : undefined} tabIndex={mistake ? -1 : undefined}>
        <legend className="label">{w.compose.day}</legend>
        <div className="chips days">
          {days.map((date) => (
            <Chip key={date} checked={draft.dates.includes(date)} onChange={(on) => set(date, on)}>
              {name(date)} {dayMonth(date)}
            </Chip>
          ))}
        </div>
        {mistake && <Mistake words={mistake} />}
      </fieldset>
      <div className="row wrap when-row">
        <TimeField
          label={w.compose.time}
          value={draft.time}
          onChange={(time) => onChange({ time })}
          onWrong={() => onChange({ time: '' })}
        />
        <DateField
          label={w.compose.otherDay}
          value=""
          onChange={add}
          refuse={(date) => (date < today ? w.trouble.pastDate(w.date(date)) : undefined)}
        />
      </div>
      {isNight(draft.time) && <NightLine />}
    </>
  )
}

/** Khi nào: at once after approval, or on days at a time; and how often it is read. */
export const WhenPicker = ({ draft, onChange }: Props) => {
  const w = useWords()
  const choose = (when: 'now' | 'times') => {
    const first = addDays(dateOf(serverNow()), 1)
    onChange(when === 'times' && draft.dates.length === 0 ? { when, dates: [first] } : { when })
  }
  return (
    <section aria-labelledby="when-title" className="stack">
      <h2 id="when-title">{w.compose.when}</h2>
      <div>
        <Seg<'now' | 'times'>
          label={w.compose.when}
          value={draft.when}
          onChange={choose}
          options={[
            { value: 'now', label: w.compose.now },
            { value: 'times', label: w.compose.times },
          ]}
        />
      </div>
      {draft.when === 'times' && <Days draft={draft} onChange={onChange} />}
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
