import './hearing.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Errand, useRenewErrands } from '../../api/hearing.ts'
import { dateOf, timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useFocusBack } from '../../ui/focus.ts'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { DismissForm, DoneForm } from './errand-forms.tsx'

/** `17:40` of a round on the day it began, the date too where it ended on another. */
const untilOf = ({ startedAt, endedAt }: Errand, w: Words): string => {
  if (startedAt === null || endedAt === null) return ''
  return dateOf(startedAt) === dateOf(endedAt) ? timeOf(endedAt) : w.at(endedAt)
}

/** How an errand stands, in one line. */
const standingOf = (errand: Errand, w: Words): string => {
  const words = w.hearing.errands
  const { state, startedAt, assignedTo, assignedAt, listeners, doneBy, dismissedBy, reason } = errand
  if (state === 'done' && startedAt !== null) {
    const parts = [
      words.doneLine(w.at(startedAt), untilOf(errand, w)),
      listeners === null ? '' : words.listeners(listeners),
      doneBy === null ? '' : words.by(doneBy.name),
    ]
    return `${parts.filter(Boolean).join(', ')}.`
  }
  if (state === 'dismissed') return dismissedBy ? words.dismissed(dismissedBy.name, reason ?? '') : words.takenBack
  return assignedTo && assignedAt
    ? words.takenBy(assignedTo.name, w.at(assignedAt))
    : words.openedAt(w.at(errand.openedAt))
}

const looks: Record<Errand['state'], string> = { open: 'tag mark', taken: 'tag teal', done: 'tag ok', dismissed: 'tag' }

type AboutProps = { errand: Errand; withAiring: boolean; withCommune: boolean }

const About = ({ errand, withAiring, withCommune }: AboutProps) => {
  const w = useWords()
  const words = w.hearing.errands
  const { said } = errand
  return (
    <>
      <div className="row wrap">
        <b>
          {errand.villageName}
          {withCommune && `, ${errand.communeName}`}
        </b>
        <span className={looks[errand.state]}>{words.states[errand.state]}</span>
        {errand.class !== 'normal' && <span className="tag priority">{w.classes[errand.class]}</span>}
      </div>
      <p>{words.why[errand.why]}.</p>
      {withAiring && (
        <p className="small">
          <Link to="/da-phat/$airing" params={{ airing: errand.airing }}>
            {words.of(errand.title)}
          </Link>
          , {words.airedAt(w.at(errand.at))}.
        </p>
      )}
      <p className="small soft">
        {standingOf(errand, w)} {errand.note}{' '}
        {said.clear + said.unclear + said.none > 0 && words.said(said.clear, said.unclear, said.none)}
      </p>
      {errand.soundedSince && errand.may.done && (
        <p className="callout">
          <Icon name="heard" />
          {words.soundedSince}
        </p>
      )}
    </>
  )
}

const Actions = ({ errand }: { errand: Errand }) => {
  const words = useWords().hearing.errands
  const announce = useAnnounce()
  const renew = useRenewErrands()
  const [open, setOpen] = useState<'done' | 'dismiss' | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const take = async () => {
    const answer = await post<Errand>(`/api/errands/${errand.id}/take`)
    await renew()
    if (isRefused(answer)) return setRefusal(answer)
    announce(words.takenDone(errand.villageName))
  }
  const actions = useFocusBack<HTMLDivElement>(open !== undefined)
  const close = () => setOpen(undefined)
  if (open === 'done') return <DoneForm errand={errand} onClose={close} />
  if (open === 'dismiss') return <DismissForm errand={errand} onClose={close} />
  const named = <span className="vh">: {errand.villageName}</span>
  return (
    <>
      {refusal && <Trouble problem={refusal} onClose={() => setRefusal(undefined)} />}
      <div className="row wrap errand-actions" ref={actions}>
        {errand.may.take && (
          <button type="button" className="b main" onClick={() => void take()}>
            {words.take}
            {named}
          </button>
        )}
        {errand.may.done && (
          <button type="button" className={errand.may.take ? 'b line' : 'b main'} onClick={() => setOpen('done')}>
            {words.done}
            {named}
          </button>
        )}
        {errand.may.dismiss && (
          <button type="button" className="b" onClick={() => setOpen('dismiss')}>
            {words.dismiss}
            {named}
          </button>
        )}
      </div>
    </>
  )
}

type Props = {
  errands: readonly Errand[]
  /** Whether each names its airing; on the airing's own page it does not. */
  withAiring?: boolean
  onTrace?: (errand: string) => void
}

/** Villages to be visited, and those that were. */
export const ErrandList = ({ errands, withAiring = false, onTrace }: Props) => {
  const words = useWords().hearing.errands
  const withCommune = new Set(errands.map(({ communeName }) => communeName)).size > 1
  return (
    <ul className="errands">
      {errands.map((errand) => (
        <li key={errand.id}>
          <About errand={errand} withAiring={withAiring} withCommune={withCommune} />
          <Actions errand={errand} />
          {onTrace && (
            <div>
              <button type="button" className="link" onClick={() => onTrace(errand.id)}>
                <Icon name="trace" />
                {words.trace}
                <span className="vh">: {errand.villageName}</span>
              </button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
