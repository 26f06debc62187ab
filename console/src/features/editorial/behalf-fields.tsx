import { useAirtimeRule } from '../../api/schedule.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip, Field, Mistake } from '../../ui/choice.tsx'
import type { DraftState } from './draft.ts'
import { useMistake } from './mistakes.tsx'

const NAME_LENGTH_MAX = 200

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

/** Phát hộ: who asked for it and for what, within what the unit allows. Selling goods is not among the purposes. */
export const BehalfFields = ({ draft, onChange }: Props) => {
  const w = useWords()
  const behalf = draft.onBehalfOf
  const rule = useAirtimeRule(draft.unit, behalf !== null)
  const mistake = useMistake('behalf')
  const set = (part: Partial<NonNullable<DraftState['onBehalfOf']>>) =>
    onChange({ onBehalfOf: { name: '', purpose: '', ...behalf, ...part } })
  const isNone = rule.data !== undefined && (rule.data.purposes.length === 0 || rule.data.minutesPerDay === 0)
  return (
    <section className="stack tight">
      <div>
        <Chip
          checked={behalf !== null}
          onChange={(on) => onChange({ onBehalfOf: on ? { name: '', purpose: '' } : null })}
        >
          {w.plan.behalf}
        </Chip>
      </div>
      {behalf && (
        <>
          <div className="kind-fields" data-missing={mistake ? true : undefined} tabIndex={mistake ? -1 : undefined}>
            <Field label={w.plan.behalfName}>
              {(id) => (
                <input
                  id={id}
                  className="in"
                  maxLength={NAME_LENGTH_MAX}
                  placeholder={w.plan.behalfPlaceholder}
                  value={behalf.name}
                  onChange={(event) => set({ name: event.target.value })}
                />
              )}
            </Field>
            <Field label={w.plan.behalfPurpose}>
              {(id) => (
                <select
                  id={id}
                  className="in"
                  value={behalf.purpose}
                  onChange={(event) => set({ purpose: event.target.value })}
                >
                  <option value="">{w.plan.behalfChoose}</option>
                  {rule.data?.purposes.map((purpose) => (
                    <option key={purpose} value={purpose}>
                      {w.purposes[purpose]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
          {mistake && <Mistake words={mistake} />}
          {rule.data && (
            <p className="small soft">{isNone ? w.plan.behalfNone : w.plan.behalfRule(rule.data.minutesPerDay)}</p>
          )}
        </>
      )}
    </section>
  )
}
