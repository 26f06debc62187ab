import '../admin.css'
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { adminTabsFor } from '../admin-tabs.ts'
import { usePerson } from '../me.tsx'

/** The frame of every page of Quản trị: tabs on a wide screen; on a phone an arrow back to the list. */
export const AdminPage = () => {
  const w = useWords()
  const tabs = adminTabsFor(usePerson())
  const { pathname } = useLocation()
  const here = tabs.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
  if (tabs.length === 0) return <Page title={w.admin.title}>{w.admin.notForYou}</Page>
  return (
    <Page
      title={here?.label(w) ?? w.admin.title}
      lead={here?.lead(w)}
      back={
        here && (
          <Link to="/quan-tri" className="b icon-only phone-back" aria-label={w.admin.back}>
            <Icon name="left" />
          </Link>
        )
      }
    >
      <div className="stack">
        {here && tabs.length > 1 && (
          <nav className="admin-tabs" aria-label={w.admin.pages}>
            {tabs.map((tab) => (
              <Link key={tab.to} to={tab.to} className="go">
                {tab.label(w)}
              </Link>
            ))}
          </nav>
        )}
        <Outlet />
      </div>
    </Page>
  )
}

/** What there is to administer, with a sentence for each. Who has one page only is led straight to it. */
export const AdminIndex = () => {
  const w = useWords()
  const tabs = adminTabsFor(usePerson())
  const only = tabs.length === 1 ? tabs[0] : undefined
  if (only) return <Navigate to={only.to} replace />
  return (
    <nav className="admin-list" aria-label={w.admin.pages}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className="card">
          <Icon name={tab.icon} size={24} />
          <span>
            <b>{tab.label(w)}</b>
            <small>{tab.lead(w)}</small>
          </span>
          <Icon name="right" />
        </Link>
      ))}
    </nav>
  )
}
