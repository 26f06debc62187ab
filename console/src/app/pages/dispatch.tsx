import './pages.css'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Proposal, proposeFrom, textOfFile } from '../../api/dispatch.ts'
import type { Notice } from '../../api/types.ts'
import { DispatchDrop } from '../../features/dispatch/drop.tsx'
import { draftText, spokenMs } from '../../features/dispatch/pieces.ts'
import { DispatchProposal } from '../../features/dispatch/proposal.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

type Made = {
  readonly proposal: Proposal
  readonly chosen: ReadonlySet<number>
  /** The villages chosen of those it names; none of them: the whole unit. */
  readonly audience: string[]
}

const madeOf = (proposal: Proposal): Made => {
  const sure = proposal.places.filter((place) => place.sure).map((place) => place.unit)
  const places = proposal.sentences.flatMap(({ chosen }, place) => (chosen ? [place] : []))
  return { proposal, chosen: new Set(places), audience: sure }
}

/** Reads a file, asks for a proposal, makes the draft: one thing at a time, each said while it lasts. */
const useDispatch = (unit: string) => {
  const w = useWords()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [made, setMade] = useState<Made | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refused | null>(null)
  const during = async <T,>(words: string, work: Promise<T | Refused>): Promise<T | undefined> => {
    setBusy(words)
    setRefusal(null)
    const answer = await work
    setBusy(null)
    if (!isRefused(answer)) return answer
    setRefusal(answer)
    return undefined
  }
  const propose = async (from: string): Promise<void> => {
    const proposal = await during(w.dispatch.thinking, proposeFrom(unit, from))
    if (proposal) setMade(madeOf(proposal))
  }
  const open = async (file: File): Promise<void> => {
    const read = await during(w.dispatch.reading, textOfFile(unit, file))
    if (!read) return
    setText(read.text)
    await propose(read.text)
  }
  const make = async ({ proposal, chosen, audience }: Made): Promise<void> => {
    const written = draftText(proposal.sentences, chosen)
    const draft = {
      ...{ unit, title: proposal.title, topic: '', class: 'normal', plan: { when: 'now' }, repeats: 1 },
      audience: audience.length > 0 ? audience : [unit],
      versions: [{ language: 'vi', written, voicing: null }],
    }
    const notice = await during(w.dispatch.making, post<Notice>('/api/notices', draft))
    if (notice) await navigate({ to: '/soan', search: { tin: notice.id } })
  }
  return { text, setText, made, setMade, busy, refusal, propose, open, make, clear: () => setRefusal(null) }
}

const MakeBar = ({ desk, made }: { desk: ReturnType<typeof useDispatch>; made: Made }) => {
  const w = useWords()
  const spoken = draftText(made.proposal.sentences, made.chosen)
  return (
    <div className="row wrap between">
      <span className="soft">{w.dispatch.length(w.duration(spokenMs(spoken)))}</span>
      <div className="row wrap">
        <button type="button" className="b line" onClick={() => desk.setMade(null)}>
          {w.dispatch.again}
        </button>
        <button
          type="button"
          className="b main"
          disabled={desk.busy !== null || spoken === ''}
          onClick={() => void desk.make(made)}
        >
          <Icon name="pen" />
          {desk.busy ?? w.dispatch.make}
        </button>
      </div>
    </div>
  )
}

/** Từ công văn thành lời. */
export const DispatchPage = () => {
  const w = useWords()
  const me = usePerson()
  const desk = useDispatch(me.units[0] ?? '')
  const { made } = desk
  if (me.units.length === 0) return <Page title={w.dispatch.title}>{w.compose.notYours}</Page>
  const change = (part: Partial<Made>) => desk.setMade((before) => before && { ...before, ...part })
  return (
    <Page
      title={w.dispatch.title}
      lead={w.dispatch.lead}
      back={
        <Link to="/soan" className="b icon-only" aria-label={w.app.compose}>
          <Icon name="left" />
        </Link>
      }
    >
      <div className="stack">
        {desk.refusal && <Trouble problem={desk.refusal} onClose={desk.clear} />}
        {made ? (
          <>
            <DispatchProposal
              proposal={made.proposal}
              chosen={made.chosen}
              audience={made.audience}
              onAudience={(audience) => change({ audience })}
              onChosen={(place, isChosen) => {
                const chosen = new Set(made.chosen)
                if (isChosen) chosen.add(place)
                else chosen.delete(place)
                change({ chosen })
              }}
            />
            <MakeBar desk={desk} made={made} />
          </>
        ) : (
          <DispatchDrop
            busy={desk.busy}
            text={desk.text}
            onText={desk.setText}
            onFile={(file) => void desk.open(file)}
            onPropose={() => void desk.propose(desk.text)}
          />
        )}
      </div>
    </Page>
  )
}
