import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { dateOf, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { serverNow } from '../../platform/clock.ts'
import { forgetTake, type TakeFacts, takeById, takesOf } from '../../platform/takes.ts'
import { Icon } from '../../ui/icon.tsx'
import { type Take, takeOf } from './take.ts'
import { Listen } from './trimmer.tsx'

/** A recording that the server has is kept for a day, to be taken up again. */
const SENT_KEPT_MS = 86_400_000

type Props = {
  person: string
  notice: string | undefined
  /** Languages the notice has, and the one on the table. */
  languages: readonly string[]
  language: string
  /** Takes that are being made now are no affair of this list. */
  isRecording: boolean
  /** The one that is on the table already. */
  inUse: string | undefined
  onGo: (take: TakeFacts) => void
}

const One = ({
  facts,
  notice,
  onGo,
  onGone,
}: Pick<Props, 'notice' | 'onGo'> & { facts: TakeFacts; onGone: (id: string) => void }) => {
  const r = useRecordWords()
  const w = useWords()
  const [take, setTake] = useState<Take | undefined>(undefined)
  const [asked, setAsked] = useState(false)
  const { id, title, language } = facts
  useEffect(() => {
    let there = true
    void takeById(id).then((kept) => {
      if (!kept) return onGone(id)
      const made = takeOf(id, { samples: kept.samples, sampleRate: kept.facts.sampleRate })
      if (there) setTake({ ...made, cut: kept.facts.cut ?? made.cut, gate: kept.facts.gate })
    })
    return () => {
      there = false
    }
  }, [id, onGone])
  if (!take) return null
  const length = w.duration(take.cut.toMs - take.cut.fromMs)
  const isHere = facts.notice === null || facts.notice === notice
  const drop = () => void forgetTake(id).then(() => onGone(id))
  return (
    <div className="callout unsent">
      <Icon name="mic" />
      <div className="stack tight">
        <p>
          <b>{(facts.sent ? r.setAside : r.unsent)(timeOf(facts.at), w.date(dateOf(facts.at)), length)}</b>{' '}
          {title.trim() !== '' && r.unsentOf(title)}
          {language !== 'vi' && ` ${w.languages[language] ?? language}.`}
        </p>
        <div className="row wrap">
          {isHere ? (
            <button type="button" className="b main" onClick={() => onGo(facts)}>
              {facts.sent ? r.takeUp : r.sendOn}
            </button>
          ) : (
            <Link to="/soan" search={{ tin: facts.notice ?? '' }} className="b main">
              {r.openNotice}
            </Link>
          )}
          <Listen take={take} />
          {asked ? (
            <>
              <button type="button" className="b line" onClick={drop}>
                {r.dropReally}
              </button>
              <button type="button" className="b" onClick={() => setAsked(false)}>
                {r.dropNot}
              </button>
            </>
          ) : (
            <button type="button" className="b" onClick={() => setAsked(true)}>
              {r.cancel}
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

/**
 * Recordings of this person that never reached the server: to be sent, heard or dropped. And the last one of this notice that was
 * set aside for text, so that a press by mistake costs nothing.
 */
export const UnsentTakes = ({ person, notice, languages, language, isRecording, inUse, onGo }: Props) => {
  const [all, setAll] = useState<readonly TakeFacts[]>([])
  const loaded = useRef(false)
  useEffect(() => {
    if (isRecording && loaded.current) return
    loaded.current = true
    let there = true
    void takesOf(person, serverNow() - SENT_KEPT_MS).then((found) => there && setAll(found))
    return () => {
      there = false
    }
  }, [person, isRecording])
  const gone = useCallback((id: string) => setAll((before) => before.filter((take) => take.id !== id)), [])
  const go = (take: TakeFacts) => {
    gone(take.id)
    onGo(take)
  }
  const unsent = all
    .filter((take) => !take.sent && take.id !== inUse)
    .filter((take) => take.language === language || !languages.includes(take.language))
  const setAside = all.filter((take) => take.sent && take.notice === notice && take.language === language)
  return [...unsent, ...(isRecording || notice === undefined ? [] : setAside.slice(0, 1))].map((facts) => (
    <One key={facts.id} facts={facts} notice={notice} onGo={go} onGone={gone} />
  ))
}
