import type { Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'

type Props = { units: readonly Unit[]; unit: string; onUnit: (unit: string) => void }

/** Which unit's schedule is set; said only where there is a choice. */
export const AdminUnit = ({ units, unit, onUnit }: Props) => {
  const w = useWords()
  if (units.length < 2) return null
  return (
    <div className="admin-unit">
      <Field label={w.sessions.unit}>
        {(id) => (
          <select id={id} className="in" value={unit} onChange={(event) => onUnit(event.target.value)}>
            {units.map((known) => (
              <option key={known.id} value={known.id}>
                {known.name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}
