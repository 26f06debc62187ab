import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Field, Mistake } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import type { DraftState } from './draft.ts'
import { useMistake } from './mistakes.tsx'
import { SessionChips } from './session-choice.tsx'

const PERIOD_DAYS_MAX = 366
const roles = ['opening', 'closing', 'fallback', 'chime'] as const

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

/** Tiếng nhạc: approved once, used by the sessions by themselves from one day to another. */
export const StandingFields = ({ draft, onChange }: Props) => {
  const w = useWords()
  const mistake = useMistake('period')
  const today = dateOf(serverNow())
  const longest = draft.from === '' ? '' : addDays(draft.from, PERIOD_DAYS_MAX - 1)
  return (
    <>
      <Field label={w.plan.role} hint={w.standing.what[draft.role]}>
        {(id) => (
          <select
            id={id}
            className="in"
            value={draft.role}
            onChange={(event) => onChange({ role: roles.find((role) => role === event.target.value) ?? 'opening' })}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {w.standing.roles[role]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.role !== 'chime' && <SessionChips draft={draft} onChange={onChange} />}
      <div className="row wrap when-row" data-missing={mistake ? true : undefined} tabIndex={mistake ? -1 : undefined}>
        <DateField
          label={w.plan.from}
          value={draft.from}
          onChange={(from) => onChange({ from })}
          refuse={(date) => (date < today ? w.trouble.pastDate(w.date(date)) : undefined)}
        />
        <DateField
          label={w.plan.to}
          value={draft.to}
          onChange={(to) => onChange({ to })}
          refuse={(date) =>
            date < draft.from ? w.trouble.rangeTurned : longest !== '' && date > longest ? w.plan.periodMax : undefined
          }
        />
      </div>
      {mistake && <Mistake words={mistake} />}
    </>
  )
}
