import './pages.css'
import '../../features/devices/network.css'
import '../../features/devices/cluster.css'
import { useState } from 'react'
import { useTestResults } from '../../api/network.ts'
import { ChimeResults } from '../../features/devices/chime-results.tsx'
import { ChimeSettings } from '../../features/devices/chime-settings.tsx'
import { NetworkTabs } from '../../features/devices/tabs.tsx'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayTend, usePerson } from '../me.tsx'

/** The daily chime: what came of today’s, and when it sounds. */
export const ChimesPage = () => {
  const w = useWords()
  const me = usePerson()
  const [date, setDate] = useState(() => dateOf(serverNow()))
  const results = useTestResults(date)
  const tests = results.data ?? []
  return (
    <Page title={w.chime.title} lead={w.longDate(date)}>
      <div className="stack">
        <NetworkTabs mayTend={mayTend(me)} />
        <section className="card stack" aria-label={w.chime.results}>
          <p className="small soft">{w.chime.lead}</p>
          <DateField label={w.chime.day} value={date} onChange={setDate} />
          <Loading query={results}>
            {tests.length === 0 ? <p>{w.chime.none}</p> : <ChimeResults tests={tests} />}
          </Loading>
        </section>
        <ChimeSettings first={me.posts[0]?.unit ?? ''} />
      </div>
    </Page>
  )
}
