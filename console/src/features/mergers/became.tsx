import { type FormEvent, useState } from 'react'
import { isRefused, type Refused } from '../../api/client.ts'
import { type Found, resolveName } from '../../api/mergers.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'

const FoundLine = ({ found }: { found: Found }) => {
  const w = useWords()
  const { name, until, within, became } = found
  const gone = until !== null
  return (
    <li>
      <b>{name}</b>
      {within.length > 0 && <span className="small soft">{within.join(', ')}</span>}
      <span>
        {gone ? w.unitsPage.ended(w.date(until)) : w.unitsPage.still}{' '}
        {became.length > 0 && <strong>{w.unitsPage.now(became.map((unit) => unit.name))}</strong>}
        {gone && became.length === 0 && w.unitsPage.nowUnknown}
      </span>
    </li>
  )
}

type Answer = { readonly name: string; readonly found: readonly Found[] }

/** A name from a document, and what it is now. */
export const Became = () => {
  const w = useWords()
  const [name, setName] = useState('')
  const [answer, setAnswer] = useState<Answer | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    const asked = await resolveName(name.trim())
    setRefusal(isRefused(asked) ? asked : undefined)
    setAnswer(isRefused(asked) ? undefined : asked.names[0])
  }
  return (
    <form className="card stack" onSubmit={(event) => void find(event)}>
      <h2>{w.unitsPage.became}</h2>
      <div className="unit-filters">
        <Field label={w.unitsPage.becameName} hint={w.unitsPage.becameHow}>
          {(id) => (
            <input
              id={id}
              className="in"
              type="search"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="b line">
          <Icon name="search" />
          {w.unitsPage.becameAsk}
        </button>
      </div>
      {refusal && <Trouble problem={refusal} />}
      <div aria-live="polite">
        {answer && answer.found.length === 0 && <p>{w.unitsPage.becameNone(answer.name)}</p>}
        {answer && answer.found.length > 0 && (
          <ul className="found">
            {answer.found.map((found) => (
              <FoundLine key={found.unit} found={found} />
            ))}
          </ul>
        )}
      </div>
    </form>
  )
}
