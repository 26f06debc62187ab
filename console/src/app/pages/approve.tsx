import '../../features/editorial/editorial.css'
import '../../features/editorial/approve.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAudience, useNotice, useNotices, useTopics, WATCHED_POLL_MS } from '../../api/queries.ts'
import type { Notice, NoticeWithHistory } from '../../api/types.ts'
import { Ballot } from '../../features/editorial/ballot.tsx'
import { Facts } from '../../features/editorial/facts.tsx'
import { LanguageCheck } from '../../features/editorial/language-check.tsx'
import { dueOf, inOrderOfUrgency } from '../../features/editorial/plan.ts'
import { factsOf, firstAiringOf, revisionBefore } from '../../features/editorial/revisions.ts'
import { usePlanSessions } from '../../features/editorial/use-plan.ts'
import { VersionReader } from '../../features/editorial/version-reader.tsx'
import { NightLine } from '../../features/editorial/when-picker.tsx'
import { WiderLines } from '../../features/org/wider.tsx'
import { KeysNotice } from '../../features/trust/keys-notice.tsx'
import { isNight, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { useServerNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { ListenVersion } from '../listen-version.tsx'
import { usePerson } from '../me.tsx'

const MINUTE_MS = 60_000
/** Nearer than this, the time left stands in ink. */
const SOON_MS = 2 * 3_600_000

const DueTag = ({ notice }: { notice: Notice }) => {
  const w = useWords()
  const now = useServerNow(MINUTE_MS)
  const { plan } = notice.current
  const due = dueOf(plan, usePlanSessions(notice.unit, plan))
  if (due.is !== 'at')
    return (
      <span className="tag">
        {plan.when === 'standing'
          ? w.standing.roles[plan.role]
          : due.is === 'now'
            ? w.approve.playsNow
            : w.plan.sessions}
      </span>
    )
  const first = due.atMs
  const left = first - now
  const words = left < 0 ? w.approve.late : w.approve.playsIn(w.duration(Math.ceil(left / MINUTE_MS) * MINUTE_MS))
  const far = left > SOON_MS
  return (
    <span className={far ? 'tag' : 'tag mark'}>
      <Icon name="clock" size={14} />
      {far ? `${timeOf(first)} ${w.date(new Date(first).toISOString())}` : words}
    </span>
  )
}

const Pile = ({ notices, chosen }: { notices: readonly Notice[]; chosen: string | undefined }) => {
  const w = useWords()
  const box = useRef<HTMLElement>(null)
  // on a phone the pile is one row that is wider than the screen: what is decided on stands where it is seen
  useEffect(() => {
    const card = chosen === undefined ? null : box.current?.querySelector<HTMLElement>('[aria-current]')
    if (card) box.current?.scrollTo({ left: card.offsetLeft - box.current.offsetLeft })
  }, [chosen])
  return (
    <nav ref={box} className="pile" aria-label={w.approve.pile}>
      {notices.map((notice) => (
        <Link
          key={notice.id}
          to="/duyet"
          search={{ tin: notice.id }}
          aria-current={notice.id === chosen ? 'true' : undefined}
        >
          <span className="row wrap">
            <DueTag notice={notice} />
            {notice.current.class !== 'normal' && (
              <span className="tag priority">{w.classes[notice.current.class]}</span>
            )}
          </span>
          <b>{notice.current.title || w.today.untitled}</b>
          <span className="small soft">
            {notice.unitName}. {notice.author.name}
          </span>
        </Link>
      ))}
    </nav>
  )
}

/** When an approval given now is heard, and whether that hour is quiet. */
const Sounds = ({ notice }: { notice: Notice }) => {
  const w = useWords()
  const now = useServerNow(MINUTE_MS)
  const { plan } = notice.current
  const sessions = usePlanSessions(notice.unit, plan)
  const first = firstAiringOf(notice.current, sessions)
  const quietAt = plan.when === 'now' ? now : plan.when === 'times' ? first : null
  return (
    <>
      {plan.when === 'standing' && (
        <p className="small soft">{plan.role === 'chime' ? w.plan.chimeApproved : w.plan.standingApproved}</p>
      )}
      {first !== null && first > now && (
        <p className="small soft">{w.approve.soundsAt(w.at(new Date(first).toISOString()))}</p>
      )}
      {quietAt !== null && isNight(timeOf(quietAt)) && <NightLine />}
    </>
  )
}

const Sentence = ({ notice }: { notice: NoticeWithHistory }) => {
  const w = useWords()
  const audience = useAudience(notice.current.audience)
  const { plan } = notice.current
  const sessions = usePlanSessions(notice.unit, plan)
  const isTold = plan.when !== 'sessions' || sessions.length > 0
  // a sentence with a part still missing would say that nobody chose it
  if (!audience.data || !isTold) return <p className="soft">{w.compose.counting}</p>
  const { units, clusters, gateways } = audience.data
  const reach = { places: units.map(({ name }) => name), clusters, gateways }
  const { lead, rest } = w.summary(factsOf(notice.current, reach, sessions))
  return (
    <>
      <p>
        <b className="strong">{lead}</b>
        {rest}
      </p>
      <WiderLines audience={audience.data} />
      <Sounds notice={notice} />
    </>
  )
}

/** Another version is another card: nothing told of the one before, such as where it goes, may stand beside it. */
const versionOf = ({ id, current }: NoticeWithHistory): string => `${id} ${current.number}`

const Card = ({ notice, onDone }: { notice: NoticeWithHistory; onDone: () => void }) => {
  const w = useWords()
  const me = usePerson()
  const topics = useTopics()
  const audience = useAudience(notice.current.audience)
  const sent = notice.history.findLast((event) => event.kind === 'submitted')
  const before = revisionBefore(notice, notice.current.number)
  return (
    <article className="card ballot" aria-labelledby="ballot-title">
      <div className="ballot-body">
        <header className="full">
          <div className="row wrap">
            <DueTag notice={notice} />
            {notice.current.class !== 'normal' && (
              <span className="tag priority">{w.classes[notice.current.class]}</span>
            )}
          </div>
          <h2 id="ballot-title">{notice.current.title || w.today.untitled}</h2>
          <p className="small soft">
            {w.approve.sentAt(notice.author.name, w.at(sent?.at ?? notice.changedAt))}.{' '}
            {before && `${w.approve.revised(notice.history.filter((event) => event.kind === 'submitted').length)}.`}
          </p>
          <Sentence notice={notice} />
        </header>
        <div className="stack">
          {notice.current.versions.map((version) => (
            <div key={version.language} className="stack">
              <VersionReader
                version={version}
                before={before}
                headed={notice.current.versions.length > 1}
                listen={<ListenVersion version={version} />}
              />
              <LanguageCheck notice={notice} version={version} understands={me.languages.includes(version.language)} />
            </div>
          ))}
          <p className="xs soft">{w.approve.exact}</p>
        </div>
        <Facts
          revision={notice.current}
          unit={notice.unit}
          audience={audience.data}
          topic={topics.data?.find((topic) => topic.key === notice.current.topic)?.name}
        />
        <div className="full">
          <KeysNotice />
        </div>
      </div>
      <Ballot key={`${notice.id} ${notice.current.number}`} notice={notice} onDone={onDone} />
    </article>
  )
}

/** Duyệt: a pile on the left, one card to decide on. */
export const ApprovePage = () => {
  const w = useWords()
  const me = usePerson()
  const navigate = useNavigate()
  const { tin } = useSearch({ from: '/duyet' })
  const waiting = useNotices({ state: 'submitted' }, WATCHED_POLL_MS)
  const mine = (waiting.data ?? []).filter(
    (notice) => me.approves.includes(notice.unit) || notice.may.approve || notice.may.check || notice.may.return,
  )
  const pile = inOrderOfUrgency(mine)
  const chosen = tin ?? pile[0]?.id
  const notice = useNotice(chosen, WATCHED_POLL_MS)
  const next = pile.find((other) => other.id !== chosen)
  const onDone = () => void navigate({ to: '/duyet', search: next ? { tin: next.id } : {} })
  return (
    <Page
      title={w.approve.title}
      lead={w.approve.waiting(pile.length)}
      back={
        <Link to="/" className="b icon-only phone-back" aria-label={w.app.goHome}>
          <Icon name="left" />
        </Link>
      }
    >
      <Loading query={waiting} lines={5}>
        {chosen === undefined ? (
          <div className="empty">
            <p className="strong">{w.approve.empty}</p>
            <p>{w.approve.emptyLead}</p>
          </div>
        ) : (
          <div className={pile.length > 1 ? 'approve' : 'approve single'}>
            {pile.length > 1 && <Pile notices={pile} chosen={chosen} />}
            <Loading query={notice} lines={6}>
              {notice.data && <Card key={versionOf(notice.data)} notice={notice.data} onDone={onDone} />}
            </Loading>
          </div>
        )}
      </Loading>
    </Page>
  )
}
