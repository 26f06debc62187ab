import { addDays, dateOf, dayMonth } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Chip, Mistake } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import type { DraftState } from './draft.ts'
import { useMistake } from './mistakes.tsx'

const DAYS_SHOWN = 7

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

/** The next days to choose from, and those chosen further on. */
export const DayChips = ({ draft, onChange }: Props) => {
  const w = useWords()
  const mistake = useMistake('days')
  const today = dateOf(serverNow())
  const near = Array.from({ length: DAYS_SHOWN }, (_, day) => addDays(today, day))
  const days = [...new Set([...near, ...draft.dates])].sort()
  const name = (date: string): string =>
    date === today ? w.compose.todayWord : date === addDays(today, 1) ? w.compose.tomorrow : w.weekdayShort(date)
  const set = (date: string, on: boolean) =>
    onChange({ dates: on ? [...draft.dates, date].sort() : draft.dates.filter((day) => day !== date) })
  return (
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
  )
}

/** A day further on than those shown. */
export const OtherDay = ({ draft, onChange }: Props) => {
  const w = useWords()
  const today = dateOf(serverNow())
  const add = (date: string) => {
    if (!draft.dates.includes(date)) onChange({ dates: [...draft.dates, date].sort() })
  }
  return (
    <DateField
      label={w.compose.otherDay}
      value=""
      onChange={add}
      refuse={(date) => (date < today ? w.trouble.pastDate(w.date(date)) : undefined)}
    />
  )
}
