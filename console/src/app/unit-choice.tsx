import { type ReactNode, useState } from 'react'
import { useUnits } from '../api/queries.ts'
import { useWords } from '../i18n/index.tsx'
import { Field } from '../ui/choice.tsx'
import { usePerson } from './me.tsx'

/** The unit whose settings are looked at: the person's own first. The choice is shown where there is one. */
export const useUnitChoice = (): { readonly unit: string; readonly choice: ReactNode } => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const [unit, setUnit] = useState(me.posts[0]?.unit ?? '')
  const choices = (units.data ?? []).filter(({ kind }) => kind === 'province' || kind === 'commune')
  const choice = choices.length > 1 && (
    <Field label={w.people.unit}>
      {(id) => (
        <select id={id} className="in" value={unit} onChange={(event) => setUnit(event.target.value)}>
          {choices.map(({ id: value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
  return { unit, choice }
}
