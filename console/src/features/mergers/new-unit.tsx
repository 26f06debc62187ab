import { type FormEvent, useState } from 'react'
import { post } from '../../api/client.ts'
import type { EnteredKind, UnitThen } from '../../api/mergers.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { enteredKinds, parentsFor } from './tree.ts'
import { useSending } from './use-sending.ts'

/** `null`: nothing typed; `undefined`: not a number of people. */
const readPopulation = (text: string): number | null | undefined => {
  const digits = text.replace(/[.\s]/g, '')
  if (digits === '') return null
  return /^\d{1,6}$/.test(digits) ? Number(digits) : undefined
}

const useNewUnit = (units: readonly UnitThen[], onClose: () => void) => {
  const w = useWords()
  const { busy, refusal, send } = useSending()
  const [kind, setKind] = useState<EnteredKind>('village')
  const [chosen, setParent] = useState('')
  const [name, setName] = useState('')
  const [people, setPeople] = useState('')
  const [from, setFrom] = useState(() => dateOf(serverNow()))
  const parents = parentsFor(kind, units)
  // where there is a choice a person makes it: what stands first would be taken unseen
  const only = parents.length === 1 ? (parents[0]?.id ?? '') : ''
  const parent = parents.some(({ id }) => id === chosen) ? chosen : only
  const population = readPopulation(people)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong], [aria-invalid]')
    if (wrong) return wrong.focus()
    const shortName = name.trim().replace(/^(Thôn|Khu phố|Tổ dân phố)\s+(?=\D)/i, '')
    const body = { kind, parent, name, shortName, from, population: kind === 'village' ? population : null }
    await send(post<{ name: string }>('/api/units', body), {
      say: (made) => w.unitsPage.added(made.name),
      after: onClose,
    })
  }
  return {
    ...{ kind, setKind, parents, parent, setParent, name, setName, people, setPeople, population },
    ...{ from, setFrom, save, busy, refusal },
  }
}

type Form = ReturnType<typeof useNewUnit>

const PlaceFields = ({ form }: { form: Form }) => {
  const w = useWords()
  return (
    <>
      <Field label={w.unitsPage.kind}>
        {(id) => (
          <select
            id={id}
            className="in"
            value={form.kind}
            onChange={(event) => form.setKind(event.target.value as EnteredKind)}
          >
            {enteredKinds.map((kind) => (
              <option key={kind} value={kind}>
                {w.unitsPage.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.parents.length === 0 ? (
        <p>{w.unitsPage.noParent}</p>
      ) : (
        <Field label={w.unitsPage.parent}>
          {(id) => (
            <select
              id={id}
              className="in"
              required
              value={form.parent}
              onChange={(event) => form.setParent(event.target.value)}
            >
              {form.parents.length > 1 && <option value="">{w.unitsPage.chooseParent}</option>}
              {form.parents.map((unit) => (
                <option key={unit.id} value={unit.id}>
                  {unit.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  )
}

const NameFields = ({ form }: { form: Form }) => {
  const w = useWords()
  const wrong = form.population === undefined ? w.unitsPage.populationWrong : undefined
  return (
    <>
      <Field label={w.unitsPage.name} hint={w.unitsPage.nameHint}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={150}
            autoComplete="off"
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
          />
        )}
      </Field>
      {form.kind === 'village' && (
        <Field label={w.unitsPage.population} error={wrong}>
          {(id, described) => (
            <input
              id={id}
              className="in"
              inputMode="numeric"
              autoComplete="off"
              value={form.people}
              onChange={(event) => form.setPeople(event.target.value)}
              {...described}
            />
          )}
        </Field>
      )}
      <DateField label={w.unitsPage.from} value={form.from} onChange={form.setFrom} />
    </>
  )
}

/** A village or an organisation to be entered. */
export const NewUnit = ({ units, onClose }: { units: readonly UnitThen[]; onClose: () => void }) => {
  const w = useWords()
  const form = useNewUnit(units, onClose)
  return (
    <form className="card stack narrow" onSubmit={(event) => void form.save(event)}>
      <h2>{w.unitsPage.add}</h2>
      <PlaceFields form={form} />
      <NameFields form={form} />
      {form.refusal && <Trouble problem={form.refusal} kept />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={form.busy || form.parents.length === 0}>
          {form.busy ? w.unitsPage.saving : w.unitsPage.save}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {w.unitsPage.cancel}
        </button>
      </div>
    </form>
  )
}
