import './notices.css'
import { Link } from '@tanstack/react-router'
import type { Notice, NoticeState } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'

const icons: Record<NoticeState, IconName> = {
  draft: 'pen',
  submitted: 'clock',
  returned: 'back',
  approved: 'check',
  withdrawn: 'cross',
}

export const StateTag = ({ state }: { state: NoticeState }) => {
  const w = useWords()
  const look =
    state === 'returned' ? 'tag mark' : state === 'approved' ? 'tag ok' : state === 'submitted' ? 'tag teal' : 'tag'
  return (
    <span className={look}>
      <Icon name={icons[state]} size={14} />
      {w.states[state]}
    </span>
  )
}

/** Notices, newest first, each leading to where one can go on with it. */
export const NoticeList = ({ notices }: { notices: readonly Notice[] }) => {
  const w = useWords()
  return (
    <ul className="notices">
      {notices.map((notice) => (
        <li key={notice.id} className="card">
          <div className="row wrap">
            <StateTag state={notice.state} />
            {notice.current.class !== 'normal' && (
              <span className="tag priority">{w.classes[notice.current.class]}</span>
            )}
          </div>
          <h2>
            <Link to="/tin/$notice" params={{ notice: notice.id }}>
              {notice.current.title || w.today.untitled}
            </Link>
          </h2>
          <p className="small soft">
            {notice.unitName}. {w.mine.by(notice.author.name, w.at(notice.changedAt))}
          </p>
          {notice.may.edit && (
            <Link to="/soan" search={{ tin: notice.id }} className="b line">
              {notice.state === 'draft' ? w.mine.continue : w.mine.edit}
              <span className="vh">: {notice.current.title || w.today.untitled}</span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
