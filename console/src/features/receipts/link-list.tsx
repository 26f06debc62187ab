import './hearing.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isRefused, post, type Refused, remove } from '../../api/client.ts'
import type { HearingLink, NewHearingLink } from '../../api/hearing.ts'
import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useFocusBack, useFocusFirst } from '../../ui/focus.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import type { MadeLink } from './link-new.tsx'

const DAYS_USUAL = 365

type Props = { link: HearingLink; onMade: (link: MadeLink) => void }

const useLinkActions = ({ link, onMade }: Props) => {
  const w = useWords().hearing.links
  const client = useQueryClient()
  const announce = useAnnounce()
  const [asking, setAsking] = useState<'end' | 'again' | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const renew = () => client.invalidateQueries({ queryKey: ['hearing-links'] })
  const end = async () => {
    setAsking(undefined)
    const answer = await remove(`/api/hearing-links/${link.id}`)
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.ended(link.name))
    await renew()
  }
  const again = async () => {
    setAsking(undefined)
    const { village, name, phone, villageName } = link
    const expiresOn = addDays(dateOf(serverNow()), DAYS_USUAL)
    const answer = await post<NewHearingLink>('/api/hearing-links', { village, name, phone, expiresOn })
    if (isRefused(answer)) return setRefusal(answer)
    onMade({ ...answer, name, phone, villageName })
    if (isRefused(await remove(`/api/hearing-links/${link.id}`))) announce(w.oldStill)
    await renew()
  }
  return { asking, setAsking, refusal, setRefusal, end, again }
}

const Ask = ({ words, yes, onYes, onNo }: { words: string; yes: string; onYes: () => void; onNo: () => void }) => {
  const w = useWords().hearing.links
  const inside = useFocusFirst<HTMLDivElement>('button')
  return (
    <div className="stack tight wide" role="alert" ref={inside}>
      <p className="strong">{words}</p>
      <div className="row wrap">
        <button type="button" className="b main" onClick={onYes}>
          {yes}
        </button>
        <button type="button" className="b" onClick={onNo}>
          {w.cancel}
        </button>
      </div>
    </div>
  )
}

const Row = (props: Props) => {
  const w = useWords()
  const words = w.hearing.links
  const { link } = props
  const actions = useLinkActions(props)
  const { asking, setAsking, refusal } = actions
  const buttons = useFocusBack<HTMLDivElement>(asking !== undefined)
  return (
    <li>
      <div>
        <b>{link.name}</b>
        <p className="small soft">
          {link.villageName}
          {link.phone && `, ${link.phone}`}; {words.untilWords(w.date(link.expiresOn))};{' '}
          {link.lastWordAt === null ? words.neverSaid : words.lastWord(w.at(link.lastWordAt))}
        </p>
      </div>
      {link.may.end && asking === undefined && (
        <div className="row wrap" ref={buttons}>
          <button type="button" className="b line" onClick={() => setAsking('again')}>
            {words.again}
            <span className="vh">: {link.name}</span>
          </button>
          <button type="button" className="b" onClick={() => setAsking('end')}>
            {words.end}
            <span className="vh">: {link.name}</span>
          </button>
        </div>
      )}
      {link.state !== 'live' && <span className="tag">{words.states[link.state]}</span>}
      {asking === 'end' && (
        <Ask
          words={words.endAsk(link.name)}
          yes={words.endYes}
          onYes={() => void actions.end()}
          onNo={() => setAsking(undefined)}
        />
      )}
      {asking === 'again' && (
        <Ask
          words={words.againAsk(link.name)}
          yes={words.againYes}
          onYes={() => void actions.again()}
          onNo={() => setAsking(undefined)}
        />
      )}
      {refusal && (
        <div className="wide">
          <Trouble problem={refusal} onClose={() => actions.setRefusal(undefined)} />
        </div>
      )}
    </li>
  )
}

/** Links in use, by village; those that are over in a fold. */
export const LinkList = ({ links, onMade }: { links: readonly HearingLink[]; onMade: (link: MadeLink) => void }) => {
  const words = useWords().hearing.links
  const living = links
    .filter(({ state }) => state === 'live')
    .sort(
      (a, b) =>
        a.villageName.localeCompare(b.villageName, 'vi', { numeric: true }) || a.name.localeCompare(b.name, 'vi'),
    )
  const over = links.filter(({ state }) => state !== 'live')
  return (
    <>
      {living.length === 0 && <p className="empty">{words.empty}</p>}
      <ul className="links">
        {living.map((link) => (
          <Row key={link.id} link={link} onMade={onMade} />
        ))}
      </ul>
      {over.length > 0 && (
        <Unfold summary={words.old(over.length)}>
          <ul className="links">
            {over.map((link) => (
              <Row key={link.id} link={link} onMade={onMade} />
            ))}
          </ul>
        </Unfold>
      )}
    </>
  )
}
