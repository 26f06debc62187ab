import '../../features/editorial/editorial.css'
import '../../features/editorial/approve.css'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useAudience, useNotice, useRenewNotices, useTopics } from '../../api/queries.ts'
import type { Notice, NoticeWithHistory } from '../../api/types.ts'
import { NoticeAirings } from '../../features/broadcast/notice-airings.tsx'
import { Facts } from '../../features/editorial/facts.tsx'
import { History, Revisions } from '../../features/editorial/history.tsx'
import { StateTag } from '../../features/editorial/notice-list.tsx'
import { VersionReader } from '../../features/editorial/version-reader.tsx'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'
import { ListenVersion } from '../listen-version.tsx'
import { usePerson } from '../me.tsx'

const Actions = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  const announce = useAnnounce()
  const renew = useRenewNotices()
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const withdraw = async () => {
    const answer = await post<Notice>(`/api/notices/${notice.id}/withdraw`)
    if (isRefused(answer)) return setRefusal(answer)
    await renew()
    announce(w.mine.withdrawn)
  }
  return (
    <div className="stack">
      {refusal && <Trouble problem={refusal} onClose={() => setRefusal(undefined)} />}
      <div className="row wrap">
        {notice.may.edit && (
          <Link to="/soan" search={{ tin: notice.id }} className="b main">
            <Icon name="pen" />
            {notice.state === 'draft' ? w.mine.continue : w.mine.edit}
          </Link>
        )}
        {(notice.may.approve || notice.may.check) && notice.state === 'submitted' && (
          <Link to="/duyet" search={{ tin: notice.id }} className="b main">
            {w.today.act.approve}
          </Link>
        )}
        {notice.may.withdraw && (
          <button type="button" className="b line" onClick={() => void withdraw()}>
            {w.mine.withdraw}
          </button>
        )}
      </div>
    </div>
  )
}

const Read = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  const me = usePerson()
  const topics = useTopics()
  const audience = useAudience(notice.current.audience)
  const returned =
    notice.state === 'returned' ? notice.history.findLast((event) => event.kind === 'returned') : undefined
  return (
    <div className="notice-grid">
      <div className="stack">
        {returned?.reason && (
          <p className="callout">
            <Icon name="back" />
            <span>{w.today.task.returned(returned.person.name, returned.reason)}</span>
          </p>
        )}
        <Actions notice={notice} />
        {notice.state === 'approved' && (
          <NoticeAirings
            notice={notice}
            mayStop={me.units.includes(notice.unit) || me.approves.includes(notice.unit)}
          />
        )}
        <section className="card stack" aria-label={w.approve.content}>
          {notice.current.versions.map((version) => (
            <VersionReader
              key={version.language}
              version={version}
              before={undefined}
              headed={notice.current.versions.length > 1}
              listen={<ListenVersion version={version} />}
            />
          ))}
          {notice.current.versions.length === 0 && <p className="soft">{w.mine.noText}</p>}
        </section>
        <Revisions notice={notice} />
      </div>
      <div className="stack">
        <section className="card">
          <Facts
            revision={notice.current}
            unit={notice.unit}
            audience={audience.data}
            topic={topics.data?.find((topic) => topic.key === notice.current.topic)?.name}
          />
        </section>
        <History notice={notice} />
      </div>
    </div>
  )
}

export const NoticePage = () => {
  const w = useWords()
  const { notice: id } = useParams({ from: '/tin/$notice' })
  const notice = useNotice(id)
  const back = (
    <Link to="/tin" className="b icon-only" aria-label={w.mine.back}>
      <Icon name="left" />
    </Link>
  )
  return (
    <Page
      title={notice.data?.current.title || w.today.untitled}
      back={back}
      lead={
        notice.data && (
          <>
            <StateTag state={notice.data.state} /> {w.mine.by(notice.data.author.name, w.at(notice.data.changedAt))}
          </>
        )
      }
    >
      <Loading query={notice} lines={5}>
        {notice.data && <Read notice={notice.data} />}
      </Loading>
    </Page>
  )
}
