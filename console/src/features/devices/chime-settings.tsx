import { type FormEvent, useState } from 'react'
import { isRefused, put, type Refused } from '../../api/client.ts'
import { type FunctionalTest, useFunctionalTest, useRenewNetwork } from '../../api/network.ts'
import { useUnits } from '../../api/queries.ts'
import type { Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { TimeField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'

type FormProps = { unit: Unit; test: FunctionalTest; units: readonly Unit[] }

const SettingsForm = ({ unit, test, units }: FormProps) => {
  const w = useWords()
  const renew = useRenewNetwork()
  const announce = useAnnounce()
  const [enabled, setEnabled] = useState(test.enabled)
  const [time, setTime] = useState(test.time)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong]')
    if (wrong) return wrong.focus()
    setRefusal(undefined)
    const answer = await put(`/api/units/${unit.id}/functional-test`, { enabled, time })
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.chime.saved(w.within(unit.name)))
    await renew()
  }
  const above = test.inheritedFrom === null ? undefined : units.find(({ id }) => id === test.inheritedFrom)
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <div className="ticket-form">
        <Chip checked={enabled} disabled={!test.may.edit} onChange={setEnabled}>
          {w.chime.enabled}
        </Chip>
        {test.may.edit ? (
          <TimeField label={w.chime.time} value={time} onChange={setTime} />
        ) : (
          <span>
            {w.chime.time} {time}
          </span>
        )}
      </div>
      {test.release ? (
        <p>
          <Icon name="bell" size={16} /> {w.chime.release}: <b>{test.release.title}</b>
        </p>
      ) : (
        <p className="callout">{w.chime.noRelease}</p>
      )}
      {above && <p className="small soft">{w.chime.inherited(w.within(above.name))}</p>}
      {refusal && <Trouble problem={refusal} title={w.chime.failed} kept />}
      {test.may.edit ? (
        <div>
          <button type="submit" className="b main">
            {w.chime.save}
          </button>
        </div>
      ) : (
        <p className="small soft">{w.chime.mayNot}</p>
      )}
    </form>
  )
}

/** When the chime sounds each day; one commune after the other. */
export const ChimeSettings = ({ first }: { first: string }) => {
  const w = useWords()
  const units = useUnits()
  const communes = (units.data ?? []).filter(({ kind }) => kind === 'commune')
  const [chosen, setChosen] = useState('')
  const unit = communes.find(({ id }) => id === (chosen || first)) ?? communes[0]
  const test = useFunctionalTest(unit?.id ?? '')
  return (
    <section className="card stack" aria-labelledby="chime-settings">
      <h2 id="chime-settings">{w.chime.settings}</h2>
      {communes.length > 1 && (
        <Field label={w.chime.commune}>
          {(id) => (
            <select
              id={id}
              className="in narrow"
              value={unit?.id ?? ''}
              onChange={(event) => setChosen(event.target.value)}
            >
              {communes.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Loading query={test}>
        {unit && test.data && (
          <SettingsForm
            key={`${unit.id} ${test.data.enabled} ${test.data.time}`}
            unit={unit}
            test={test.data}
            units={units.data ?? []}
          />
        )}
      </Loading>
    </section>
  )
}
