import './pages.css'
import { useState } from 'react'
import { useLexicon } from '../../api/lexicon.ts'
import { useUnits } from '../../api/queries.ts'
import { LexiconList, NewReading } from '../../features/voicing/lexicon-table.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

/** How the unit reads its own names and abbreviations, and what is proposed. */
export const AdminReadingsPage = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const [unit, setUnit] = useState(me.posts[0]?.unit ?? '')
  const lexicon = useLexicon(unit)
  const entries = lexicon.data ?? []
  const choices = (units.data ?? []).filter(({ kind }) => kind === 'province' || kind === 'commune')
  return (
    <div className="stack">
      {choices.length > 1 && (
        <Field label={w.readings.unit}>
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
      <Loading query={lexicon}>
        <section className="stack tight" aria-labelledby="readings-waiting">
          <h2 id="readings-waiting">{w.readings.waiting}</h2>
          <LexiconList entries={entries.filter(({ state }) => state === 'proposed')} empty={w.readings.nothingWaits} />
        </section>
        <section className="stack tight" aria-labelledby="readings-new">
          <h2 id="readings-new">{w.readings.add}</h2>
          <NewReading unit={unit} />
        </section>
        <section className="stack tight" aria-labelledby="readings-used">
          <h2 id="readings-used">{w.readings.inForce}</h2>
          <LexiconList entries={entries.filter(({ state }) => state === 'inForce')} empty={w.readings.nothingYet} />
        </section>
      </Loading>
    </div>
  )
}
