import './pages.css'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useOralBriefings, useUnits } from '../../api/queries.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

const useBriefing = () => {
  const w = useWords()
  const me = usePerson()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [unit, setUnit] = useState(me.units[0] ?? '')
  const [heldOn, setHeldOn] = useState(() => dateOf(serverNow()))
  const [listeners, setListeners] = useState('')
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    const answer = await post('/api/oral-briefings', { unit, heldOn, listeners: Number(listeners) })
    if (isRefused(answer)) return setRefusal(answer)
    setListeners('')
    announce(w.briefing.saved)
    await client.invalidateQueries({ queryKey: ['oral-briefings'] })
  }
  return { unit, setUnit, heldOn, setHeldOn, listeners, setListeners, refusal, save }
}

const BriefingForm = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const form = useBriefing()
  return (
    <form className="card stack narrow" onSubmit={form.save}>
      {me.units.length > 1 && (
        <Field label={w.briefing.unit}>
          {(id) => (
            <select id={id} className="in" value={form.unit} onChange={(event) => form.setUnit(event.target.value)}>
              {me.units.map((own) => (
                <option key={own} value={own}>
                  {units.data?.find((known) => known.id === own)?.name ?? own}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <DateField label={w.briefing.heldOn} value={form.heldOn} onChange={form.setHeldOn} />
      <Field label={w.briefing.listeners}>
        {(id) => (
          <input
            id={id}
            type="number"
            inputMode="numeric"
            className="in"
            required
            min={0}
            max={100_000}
            value={form.listeners}
            onChange={(event) => form.setListeners(event.target.value)}
          />
        )}
      </Field>
      {form.refusal && <Trouble problem={form.refusal} kept />}
      <button type="submit" className="b main">
        {w.briefing.save}
      </button>
    </form>
  )
}

/** Classified matter never enters: only that a briefing took place, and before how many. */
export const BriefingsPage = () => {
  const w = useWords()
  const briefings = useOralBriefings()
  return (
    <Page title={w.briefing.title} lead={w.briefing.lead}>
      <div className="stack">
        <BriefingForm />
        <section className="card narrow" aria-labelledby="briefings-title">
          <h2 id="briefings-title">{w.briefing.list}</h2>
          <Loading query={briefings}>
            {briefings.data?.length === 0 && <p className="soft">{w.briefing.empty}</p>}
            <ul className="stack tight">
              {briefings.data?.map((briefing) => (
                <li key={briefing.id}>{w.briefing.line(w.date(briefing.heldOn), briefing.listeners)}</li>
              ))}
            </ul>
          </Loading>
        </section>
      </div>
    </Page>
  )
}
