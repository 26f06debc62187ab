import '../../features/editorial/editorial.css'
import '../../features/editorial/compose.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useNotice, useUnits } from '../../api/queries.ts'
import type { Notice, NoticeWithHistory } from '../../api/types.ts'
import { BehalfFields } from '../../features/editorial/behalf-fields.tsx'
import { ComposeTroubles } from '../../features/editorial/compose-troubles.tsx'
import type { DraftState } from '../../features/editorial/draft.ts'
import { useMistake } from '../../features/editorial/mistakes.tsx'
import { KindFields, TitleField } from '../../features/editorial/notice-fields.tsx'
import { SavingLine } from '../../features/editorial/saving-line.tsx'
import { useDraft } from '../../features/editorial/use-draft.ts'
import { VersionTabs } from '../../features/editorial/version-tabs.tsx'
import { standingPeriod, WhenPicker } from '../../features/editorial/when-picker.tsx'
import { AudiencePicker } from '../../features/org/audience-picker.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'
import { SendSection } from './compose-send.tsx'
import { VersionDesk } from './compose-version.tsx'

const UnitField = ({ unit, onUnit }: { unit: string; onUnit: (unit: string) => void }) => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  if (me.units.length < 2) return null
  return (
    <Field label={w.compose.unit}>
      {(id) => (
        <select id={id} className="in" value={unit} onChange={(event) => onUnit(event.target.value)}>
          {me.units.map((own) => (
            <option key={own} value={own}>
              {units.data?.find((known) => known.id === own)?.name ?? own}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type DeskProps = {
  first: NoticeWithHistory | undefined
  /** What a new notice begins with, where it was asked for from the schedule or the signals. */
  begin: Partial<DraftState>
  onFirstSave: (id: string) => void
  onSubmitted: (id: string) => void
}

const Desk = ({ first, begin, onFirstSave, onSubmitted }: DeskProps) => {
  const w = useWords()
  const me = usePerson()
  const desk = useDraft(first, { unit: me.units[0] ?? '', begin }, onFirstSave)
  const [language, setLanguage] = useState(desk.draft.versions[0]?.language ?? 'vi')
  const { draft, change } = desk
  return (
    <Page
      title={desk.notice?.current.title || w.compose.title}
      lead={<SavingLine saving={desk.saving} savedAt={desk.notice?.current.savedAt} />}
      back={
        <Link to="/" className="b icon-only phone-back" aria-label={w.app.goHome}>
          <Icon name="left" />
        </Link>
      }
      actions={
        !desk.notice && (
          <Link to="/soan/cong-van" className="b line">
            <Icon name="list" />
            {w.dispatch.link}
          </Link>
        )
      }
    >
      <SendSection desk={desk} onSubmitted={onSubmitted}>
        {(refusal, clear) => (
          <div className="compose">
            <ReturnedFor notice={first} />
            <ComposeTroubles desk={desk} refusal={refusal} onClose={clear} />
            <VersionTabs
              draft={draft}
              notice={desk.notice}
              language={language}
              onLanguage={setLanguage}
              onChange={change}
            />
            <div className="compose-grid">
              <div className="stack text">
                {!desk.notice && (
                  <UnitField unit={draft.unit} onUnit={(unit) => change({ unit, audience: [unit], sessions: [] })} />
                )}
                <TitleField draft={draft} onChange={change} />
                <VersionDesk.Write draft={draft} language={language} desk={desk} onGone={() => setLanguage('vi')} />
              </div>
              <div className="spoken">
                <VersionDesk.Hear draft={draft} language={language} desk={desk} onLanguage={setLanguage} />
              </div>
              <div className="stack rest">
                <KindFields draft={draft} onChange={change} />
                <Where
                  commune={draft.unit}
                  chosen={draft.audience}
                  have={draft.versions.map((version) => version.language)}
                  onChange={(audience) => change({ audience })}
                />
                <WhenPicker draft={draft} onChange={change} />
                <BehalfFields draft={draft} onChange={change} />
              </div>
            </div>
          </div>
        )}
      </SendSection>
    </Page>
  )
}

/** A press on “Thêm mục phát” or “Làm nhạc hiệu” has said already when it is for. */
const beginOf = (ngay: string | undefined, dung: DraftState['role'] | undefined): Partial<DraftState> => {
  if (dung) return { when: 'standing', role: dung, ...standingPeriod() }
  return ngay ? { when: 'sessions', dates: [ngay] } : {}
}

const Where = (props: Omit<Parameters<typeof AudiencePicker>[0], 'mistake'>) => (
  <AudiencePicker {...props} mistake={useMistake('audience')} />
)

/** Why it came back, where it is read before anything is changed. */
const ReturnedFor = ({ notice }: { notice: NoticeWithHistory | undefined }) => {
  const w = useWords()
  const returned =
    notice?.state === 'returned' ? notice.history.findLast((event) => event.kind === 'returned') : undefined
  if (!returned?.reason) return null
  return (
    <p className="callout">
      <Icon name="back" />
      <span>
        {w.compose.returnedBy(returned.person.name)} <b>{returned.reason}</b>
      </span>
    </p>
  )
}

const Locked = ({ notice }: { notice: Notice }) => {
  const w = useWords()
  return (
    <Page title={w.compose.title}>
      <div className="empty">
        <p>{w.compose.locked}</p>
        <div className="row wrap">
          <Link to="/tin/$notice" params={{ notice: notice.id }} className="b line">
            {w.compose.see}
          </Link>
          <Link to="/soan" className="b main">
            {w.compose.restart}
          </Link>
        </div>
      </div>
    </Page>
  )
}

/** Soạn tin. A new notice gets its address with its first save; the table stays as it is meanwhile. */
export const ComposePage = () => {
  const w = useWords()
  const me = usePerson()
  const { tin, ngay, dung } = useSearch({ from: '/soan' })
  const navigate = useNavigate()
  /** The notice that this very table made: its address changes under it, it does not start anew. */
  const made = useRef<string | undefined>(undefined)
  const table = useRef(0)
  const opened = tin !== undefined && tin !== made.current ? tin : undefined
  const notice = useNotice(opened)
  const shown = useRef(tin)
  if (shown.current !== tin) {
    if (tin !== made.current) {
      table.current++
      made.current = undefined
    }
    shown.current = tin
  }
  const onFirstSave = useCallback(
    (id: string) => {
      made.current = id
      void navigate({ to: '/soan', search: { tin: id }, replace: true })
    },
    [navigate],
  )
  const onSubmitted = (id: string) => void navigate({ to: '/tin/$notice', params: { notice: id } })
  if (me.units.length === 0) return <Page title={w.compose.title}>{w.compose.notYours}</Page>
  if (opened !== undefined && (!notice.data || notice.data.id !== opened)) {
    return (
      <Page title={w.compose.title}>
        <Loading query={notice}>{null}</Loading>
      </Page>
    )
  }
  if (opened !== undefined && notice.data && !notice.data.may.edit) return <Locked notice={notice.data} />
  return (
    <Desk
      key={table.current}
      first={opened === undefined ? undefined : notice.data}
      begin={opened === undefined ? beginOf(ngay, dung) : {}}
      onFirstSave={onFirstSave}
      onSubmitted={onSubmitted}
    />
  )
}
