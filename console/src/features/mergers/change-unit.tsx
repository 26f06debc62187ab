import { type FormEvent, useState } from 'react'
import { post, put } from '../../api/client.ts'
import type { UnitThen } from '../../api/mergers.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useSending } from './use-sending.ts'

const focusWrong = (form: HTMLFormElement): boolean => {
  const wrong = form.querySelector<HTMLElement>('[data-wrong], [aria-invalid]')
  wrong?.focus()
  return wrong !== null
}

type Props = { readonly unit: UnitThen; readonly onDone: () => void }

const Rename = ({ unit, onDone }: Props) => {
  const w = useWords()
  const { busy, refusal, send } = useSending()
  const [name, setName] = useState(unit.name)
  const [from, setFrom] = useState(() => dateOf(serverNow()))
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (focusWrong(event.currentTarget)) return
    await send(put<{ name: string }>(`/api/units/${unit.id}`, { name, from }), {
      say: (made) => w.unitsPage.renamed(made.name, w.date(from)),
      after: onDone,
    })
  }
  return (
    <form className="stack tight" onSubmit={(event) => void save(event)}>
      <Field label={w.unitsPage.name}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={150}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <DateField label={w.unitsPage.from} value={from} onChange={setFrom} />
      {refusal && <Trouble problem={refusal} kept />}
      <div>
        <button type="submit" className="b line" disabled={busy || name.trim() === unit.name}>
          {busy ? w.unitsPage.saving : w.unitsPage.renameYes}
        </button>
      </div>
    </form>
  )
}

const Close = ({ unit, onDone }: Props) => {
  const w = useWords()
  const { busy, refusal, send } = useSending()
  const [on, setOn] = useState(() => dateOf(serverNow()))
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (focusWrong(event.currentTarget)) return
    await send(post<{ closed: boolean }>(`/api/units/${unit.id}/close`, { on }), {
      say: () => w.unitsPage.closed(unit.name, w.date(on)),
      after: onDone,
    })
  }
  return (
    <form className="stack tight" onSubmit={(event) => void save(event)}>
      <DateField label={w.unitsPage.closeFrom} value={on} onChange={setOn} />
      <p className="small soft">{w.unitsPage.closeHow}</p>
      {refusal && <Trouble problem={refusal} kept />}
      <div>
        <button type="submit" className="b line" disabled={busy}>
          {busy ? w.unitsPage.saving : w.unitsPage.closeYes}
        </button>
      </div>
    </form>
  )
}

/** What may be done with a village or an organisation: another name, or an end. */
export const ChangeUnit = ({ unit, onDone }: Props) => {
  const w = useWords()
  return (
    <div className="change-unit">
      <section>
        <h4>{w.unitsPage.rename}</h4>
        <Rename unit={unit} onDone={onDone} />
      </section>
      <section>
        <h4>{w.unitsPage.close}</h4>
        <Close unit={unit} onDone={onDone} />
      </section>
    </div>
  )
}
