import '../../features/editorial/editorial.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useNotices } from '../../api/queries.ts'
import type { NoticeState } from '../../api/types.ts'
import { NoticeList } from '../../features/editorial/notice-list.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayWrite, usePerson } from '../me.tsx'

const shownStates = ['draft', 'submitted', 'returned', 'approved', 'withdrawn'] as const

export const NoticesPage = () => {
  const w = useWords()
  const me = usePerson()
  const [state, setState] = useState<NoticeState | 'all'>('all')
  const notices = useNotices(state === 'all' ? {} : { state })
  return (
    <Page
      title={w.mine.title}
      actions={
        mayWrite(me) && (
          <Link to="/soan" className="b main">
            <Icon name="pen" />
            {w.app.compose}
          </Link>
        )
      }
    >
      <div className="stack">
        <div>
          <Seg<NoticeState | 'all'>
            label={w.mine.title}
            value={state}
            onChange={setState}
            options={[
              { value: 'all', label: w.mine.all },
              ...shownStates.map((value) => ({ value, label: w.states[value] })),
            ]}
          />
        </div>
        <Loading query={notices}>
          {notices.data?.length === 0 ? (
            <p className="empty">{w.mine.empty}</p>
          ) : (
            <NoticeList notices={notices.data ?? []} />
          )}
        </Loading>
      </div>
    </Page>
  )
}
