import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { type Collision, type TimelineDay, type TimelineItem, useRenewSchedule } from '../../api/schedule.ts'
import { timeOf } from '../../i18n/format.ts'
import { useExplain, useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'

const itemOf = (day: TimelineDay, airing: string): TimelineItem | undefined =>
  [...day.sessions.flatMap(({ items }) => items), ...day.loose].find((item) => item.airing === airing)

type CollisionProps = {
  day: TimelineDay
  collision: Collision
  /** Units whose airings the person may move. */
  own: readonly string[]
}

/** Two things at the same time, said before it happens. Which of two priority items comes first is the commune's to say. */
export const CollisionWarning = ({ day, collision, own }: CollisionProps) => {
  const w = useWords()
  const explain = useExplain()
  const announce = useAnnounce()
  const renew = useRenewSchedule()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const sides = [itemOf(day, collision.a), itemOf(day, collision.b)] as const
  const mine = sides.find((item) => item !== undefined && own.includes(item.unit))
  const first = mine ?? sides[0]
  const otherId = first?.airing === collision.b ? collision.a : collision.b
  const other = sides.find((item) => item?.airing === otherId)
  const decide = async (first: string, second: string) => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await post<unknown>('/api/collisions/decide', { first, second })
    if (isRefused(answer)) setRefusal(answer)
    else {
      await renew()
      announce(w.schedule.decided)
    }
    setBusy(false)
  }
  const long = w.duration(Date.parse(collision.to) - Date.parse(collision.from))
  return (
    <div className="warn" role="note">
      <p>
        <Icon name="mark" size={18} />
        <span>
          <b>{w.schedule.collision(long, w.list(collision.units.map(w.within)))}.</b>{' '}
          {first && other && w.schedule.collisionWith(first.title, other.title, w.within(other.unitName))}{' '}
          {collision.decide && w.schedule.decide}
        </span>
      </p>
      {refusal && (
        <p role="alert">
          <b>{w.schedule.decideFailed}.</b> {explain(refusal)}
        </p>
      )}
      {collision.decide && mine && (
        <div className="row wrap">
          <button type="button" className="b" disabled={busy} onClick={() => void decide(mine.airing, otherId)}>
            {w.schedule.playFirst}
            <span className="vh"> {w.schedule.own(mine.title)}</span>
          </button>
          <button type="button" className="b" disabled={busy} onClick={() => void decide(otherId, mine.airing)}>
            {w.schedule.playAfter}
            <span className="vh"> {w.schedule.own(mine.title)}</span>
          </button>
        </div>
      )}
    </div>
  )
}

/** Approved for this session and no longer in it. */
export const LeftWarning = ({ item }: { item: TimelineItem }) => {
  const w = useWords()
  return (
    <div className="warn" role="note">
      <p>
        <Icon name="mark" size={18} />
        <span>
          <b>{w.schedule.left(item.title)}.</b> {w.schedule.leftWhat}
        </span>
      </p>
      {item.notice !== null && (
        <Link to="/tin/$notice" params={{ notice: item.notice }} className="b">
          {w.schedule.open}
          <span className="vh">: {item.title}</span>
        </Link>
      )}
    </div>
  )
}

type OverProps = { overMs: number; afterApproval: boolean; endMs: number }

/** More than the session holds, said before it happens: already, or once everything that waits is approved. */
export const OverWarning = ({ overMs, afterApproval, endMs }: OverProps) => {
  const w = useWords()
  const long = w.duration(overMs)
  return (
    <div className="warn" role="note">
      <p>
        <Icon name="mark" size={18} />
        <span>
          <b>{afterApproval ? w.schedule.overIfApproved(long) : w.schedule.overfullAt(long, timeOf(endMs))}.</b>{' '}
          {afterApproval ? w.schedule.overIfApprovedWhat : w.schedule.overfullWhat}
        </span>
      </p>
    </div>
  )
}
