import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { connection } from '../api/client.ts'
import { useTickets } from '../api/network.ts'
import { useToday, useUnits } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import { AccountMenu } from '../features/access/account-menu.tsx'
import { waitingFor } from '../features/devices/tickets.ts'
import { pageSpeaker } from '../features/page-cluster/switch.ts'
import { KeysNotice } from '../features/trust/keys-notice.tsx'
import { useWords, type Words } from '../i18n/index.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { adminTabsFor } from './admin-tabs.ts'
import { mayApprove, mayAsk, mayCheck, mayGo, mayTend, mayWrite, usePerson } from './me.tsx'
import { placesFor, SearchButton, SearchProvider } from './search.tsx'

type Entry = {
  to:
    | '/'
    | '/lich-phat'
    | '/soan'
    | '/tin'
    | '/duyet'
    | '/da-phat'
    | '/mang-luoi'
    | '/viec-ky-thuat'
    | '/phan-hoi-nghe'
    | '/pho-bien'
    | '/quan-tri'
    | '/them'
  icon: IconName
  label: string
  short?: string
  badge?: number
  /** What the badge counts, in words. */
  counted?: (count: number) => string
}

/** What waits for this person: decisions, and things to be mended. */
export type Waiting = { decisions: number; tickets: number }

const networkEntries = (me: Me, w: Words, waiting: Waiting): Entry[] => {
  const network: Entry = { to: '/mang-luoi', icon: 'net', label: w.app.network }
  const tickets: Entry = {
    to: '/viec-ky-thuat',
    icon: 'tool',
    label: w.tickets.title,
    short: w.tickets.short,
    badge: waiting.tickets,
    counted: w.tickets.waiting,
  }
  return mayTend(me) ? [network, tickets] : [network]
}

/** The pages this person has a use for, in the order of the day; for who only mends, what is to be mended comes first. */
export const entriesFor = (me: Me, w: Words, waiting: Waiting): Entry[] => {
  const entries: Entry[] = [{ to: '/', icon: 'home', label: w.app.today }]
  const mendsOnly = mayTend(me) && !mayWrite(me) && !mayApprove(me)
  if (mendsOnly) entries.push(...networkEntries(me, w, waiting))
  if (mayWrite(me)) entries.push({ to: '/soan', icon: 'pen', label: w.app.compose, short: w.app.composeShort })
  if (mayApprove(me) || mayCheck(me))
    entries.push({ to: '/duyet', icon: 'stamp', label: w.app.approve, badge: waiting.decisions })
  if (mayWrite(me)) entries.push({ to: '/tin', icon: 'list', label: w.app.mine })
  entries.push({ to: '/lich-phat', icon: 'calendar', label: w.schedule.title, short: w.schedule.short })
  entries.push({ to: '/da-phat', icon: 'heard', label: w.app.aired })
  if (!mendsOnly) entries.push(...networkEntries(me, w, waiting))
  if (mayGo(me) || mayAsk(me)) entries.push({ to: '/phan-hoi-nghe', icon: 'ear', label: w.hearing.nav })
  if (mayWrite(me)) entries.push({ to: '/pho-bien', icon: 'people', label: w.app.briefings })
  if (adminTabsFor(me).length > 0) entries.push({ to: '/quan-tri', icon: 'sliders', label: w.admin.title })
  return entries
}

const Badge = ({ entry: { badge: count, counted } }: { entry: Entry }) => {
  const w = useWords()
  if (!count) return null
  return (
    <span className="badge">
      <span aria-hidden="true">{count}</span>
      <span className="vh">, {(counted ?? w.app.waiting)(count)}</span>
    </span>
  )
}

/** Counts what waits for a decision; the list is the one Hôm nay already asks for. */
export const useWaiting = (me: Me): Waiting => {
  const today = useToday()
  const todo = useTickets('todo', mayTend(me))
  return {
    decisions: today.data?.tasks.filter((task) => task.kind === 'approve' || task.kind === 'check').length ?? 0,
    tickets: waitingFor(todo.data?.tickets ?? [], me.person),
  }
}

const Scope = ({ unit, name }: { unit: string; name: string }) => {
  const w = useWords()
  const units = useUnits()
  const known = units.data?.find(({ id }) => id === unit)
  return (
    <p className="scope">
      <b>{name}</b>
      {known && w.app.size(w.clusters(known.clusters, 1), known.horns)}
    </p>
  )
}

const Rail = ({ entries, me }: { entries: Entry[]; me: Me }) => {
  const w = useWords()
  const main = me.posts[0]
  return (
    <div className="rail">
      <Link to="/" className="brand">
        <Icon name="horn" size={28} />
        {w.app.name}
      </Link>
      {main && <Scope unit={main.unit} name={main.unitName} />}
      <SearchButton wide />
      <nav aria-label={w.app.nav}>
        {entries.map((entry) => (
          <Link key={entry.to} to={entry.to} className="go" activeOptions={{ exact: entry.to === '/' }}>
            <Icon name={entry.icon} />
            {entry.label}
            <Badge entry={entry} />
          </Link>
        ))}
      </nav>
      <AccountMenu me={me}>
        <KeysNotice />
      </AccountMenu>
    </div>
  )
}

const TABS_MAX = 5

const Tabs = ({ entries }: { entries: Entry[] }) => {
  const w = useWords()
  const shown = entries.slice(0, TABS_MAX - 1)
  const more: Entry = { to: '/them', icon: 'more', label: w.app.more }
  return (
    <nav className="tabs" aria-label={w.app.nav}>
      {[...shown, more].map((entry) => (
        <Link key={entry.to} to={entry.to} activeOptions={{ exact: entry.to === '/' }}>
          <Icon name={entry.icon} />
          {entry.short ?? entry.label}
          <Badge entry={entry} />
        </Link>
      ))}
    </nav>
  )
}

/** The page's loudspeaker goes on sounding on screens that do not show it; there it can still be turned off. */
const SpeakerStrip = () => {
  const w = useWords()
  const isOn = useSyncExternalStore(pageSpeaker.subscribe, pageSpeaker.isOnElsewhere)
  useEffect(() => pageSpeaker.off, [])
  if (!isOn) return null
  return (
    <div className="strip demo speaker-strip">
      <Icon name="horn" />
      {w.pageCluster.isOn}
      <button type="button" className="link" onClick={pageSpeaker.off}>
        {w.pageCluster.stop}
      </button>
    </div>
  )
}

const Strips = ({ me }: { me: Me }) => {
  const w = useWords()
  const connected = useSyncExternalStore(connection.subscribe, connection.get)
  return (
    <>
      <div role="status" aria-live="polite">
        {!connected && (
          <p className="strip">
            <Icon name="mark" />
            {w.app.offline}
          </p>
        )}
      </div>
      <SpeakerStrip />
      {me.demo && <p className="strip demo">{w.app.demo}</p>}
    </>
  )
}

/** Rail on the left on a wide screen, tabs at the foot on a phone. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const w = useWords()
  const me = usePerson()
  const entries = entriesFor(me, w, useWaiting(me))
  return (
    <SearchProvider
      places={placesFor(
        me,
        w,
        entries.map(({ label, to }) => ({ title: label, to })),
      )}
    >
      <div className="shell">
        <a className="skip" href="#main">
          {w.app.skip}
        </a>
        <Rail entries={entries} me={me} />
        <div className="view">
          <Strips me={me} />
          {children}
        </div>
        <Tabs entries={entries} />
      </div>
    </SearchProvider>
  )
}
