import { Link } from '@tanstack/react-router'
import { AccountSheet } from '../../features/access/account-menu.tsx'
import { KeysNotice } from '../../features/trust/keys-notice.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { usePerson } from '../me.tsx'
import { entriesFor } from '../shell.tsx'

/** The rest of the pages and the account, for a phone. */
export const MorePage = () => {
  const w = useWords()
  const me = usePerson()
  return (
    <Page title={w.app.more}>
      <div className="stack">
        <nav className="more-list" aria-label={w.app.nav}>
          {entriesFor(me, w, { decisions: 0, tickets: 0 }).map((entry) => (
            <Link key={entry.to} to={entry.to} className="go">
              <Icon name={entry.icon} />
              {entry.label}
            </Link>
          ))}
        </nav>
        <AccountSheet me={me}>
          <KeysNotice />
        </AccountSheet>
      </div>
    </Page>
  )
}
