import './pages.css'
import { useLexicon } from '../../api/lexicon.ts'
import { LexiconList, NewReading } from '../../features/voicing/lexicon-table.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { useUnitChoice } from '../unit-choice.tsx'

/** How the unit reads its own names and abbreviations, and what is proposed. */
export const AdminReadingsPage = () => {
  const w = useWords()
  const { unit, choice } = useUnitChoice()
  const lexicon = useLexicon(unit)
  const entries = lexicon.data ?? []
  return (
    <div className="stack">
      {choice}
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
