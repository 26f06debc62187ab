import './pages.css'
import { useState } from 'react'
import { useUnits } from '../../api/queries.ts'
import { useVoiceSettings } from '../../api/voices.ts'
import { VoiceForm } from '../../features/voicing/voice-form.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

/** Which voice the unit's texts are read out with, and how. */
export const AdminVoicesPage = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const [unit, setUnit] = useState(me.posts[0]?.unit ?? '')
  const settings = useVoiceSettings(unit, { watched: true })
  const choices = (units.data ?? []).filter(({ kind }) => kind === 'province' || kind === 'commune')
  return (
    <div className="stack">
      {choices.length > 1 && (
        <Field label={w.voices.unit}>
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
      )}
      <Loading query={settings} lines={5}>
        {settings.data && (
          <VoiceForm key={`${unit} ${JSON.stringify(settings.data.from)}`} unit={unit} seen={settings.data} />
        )}
      </Loading>
    </div>
  )
}
