import './pages.css'
import { useState } from 'react'
import { useErrands, useHearingLinks, useHearingWords } from '../../api/hearing.ts'
import { ErrandList } from '../../features/receipts/errand-list.tsx'
import { LinkForm } from '../../features/receipts/link-form.tsx'
import { LinkList } from '../../features/receipts/link-list.tsx'
import { LinkNew, type MadeLink } from '../../features/receipts/link-new.tsx'
import { SaidLately } from '../../features/receipts/said-list.tsx'
import { TracePanel } from '../../features/statistics/trace-panel.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import { mayAsk, usePerson } from '../me.tsx'

const Errands = () => {
  const words = useWords().hearing.errands
  const errands = useErrands()
  const [traced, setTraced] = useState<string | undefined>(undefined)
  const waiting = errands.data?.filter(({ state }) => state === 'open' || state === 'taken') ?? []
  const over = errands.data?.filter(({ state }) => state === 'done' || state === 'dismissed') ?? []
  return (
    <>
      <section className="card stack tight" aria-labelledby="errands-title">
        <h2 id="errands-title">{words.title}</h2>
        <p className="small soft">{words.lead}</p>
        <Loading query={errands}>
          {waiting.length === 0 ? <p className="empty">{words.none}</p> : <ErrandList errands={waiting} withAiring />}
          {over.length > 0 && (
            <Unfold summary={words.over(over.length)}>
              <ErrandList errands={over} withAiring onTrace={setTraced} />
            </Unfold>
          )}
        </Loading>
      </section>
      {traced && <TracePanel kind="errand" id={traced} onClose={() => setTraced(undefined)} />}
    </>
  )
}

const Said = () => {
  const words = useWords().hearing.said
  const said = useHearingWords()
  return (
    <section className="card" aria-labelledby="said-title">
      <h2 id="said-title">{words.title}</h2>
      <Loading query={said}>
        <SaidLately words={said.data ?? []} />
      </Loading>
    </section>
  )
}

const Links = () => {
  const words = useWords().hearing.links
  const me = usePerson()
  const links = useHearingLinks()
  const [made, setMade] = useState<MadeLink | undefined>(undefined)
  return (
    <section className="card stack" aria-labelledby="links-title">
      <div>
        <h2 id="links-title">{words.title}</h2>
        <p className="small soft">{words.lead}</p>
      </div>
      {mayAsk(me) && !made && <LinkForm onMade={setMade} />}
      {made && <LinkNew key={made.id} link={made} onClose={() => setMade(undefined)} />}
      <Loading query={links}>
        <LinkList links={links.data ?? []} onMade={setMade} />
      </Loading>
    </section>
  )
}

/** What the villages say they heard, who goes where they did not, and by what link they say it. */
export const HearingPage = () => {
  const w = useWords()
  return (
    <Page title={w.hearing.title} lead={w.hearing.lead}>
      <div className="home">
        <div className="stack">
          <Errands />
        </div>
        <Said />
        <div className="whole-row">
          <Links />
        </div>
      </div>
    </Page>
  )
}
