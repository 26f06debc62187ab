import { useCallback, useEffect, useState } from 'react'
import type { Voicing } from '../../api/types.ts'
import {
  changeVersion,
  correctionsOf,
  type DraftState,
  type DraftVersion,
  freshVersion,
} from '../../features/editorial/draft.ts'
import { useMistake } from '../../features/editorial/mistakes.tsx'
import type { DraftDesk } from '../../features/editorial/use-draft.ts'
import { type Begin, Recorder } from '../../features/recording/recorder.tsx'
import { UnsentTakes } from '../../features/recording/unsent.tsx'
import { VoicePanel } from '../../features/voicing/voice-panel.tsx'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { Field, Mistake } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { usePerson } from '../me.tsx'

type Props = { draft: DraftState; language: string; desk: Pick<DraftDesk, 'change' | 'attach' | 'notice'> }

const versionOf = (draft: DraftState, language: string): DraftVersion | undefined =>
  draft.versions.find((version) => version.language === language)

/** With a version in this language, where there was none. */
const withVersion = (draft: DraftState, language: string): DraftState =>
  versionOf(draft, language) ? draft : { ...draft, versions: [...draft.versions, freshVersion(language)] }

const MinorityNote = ({ name }: { name: string }) => {
  const w = useWords()
  return (
    <p className="callout">
      <Icon name="ear" />
      <span>
        {w.compose.minority(name)} {w.compose.minorityVoice(name)}
      </span>
    </p>
  )
}

/** Left: what is written, and the press that records instead. */
const Write = ({ draft, language, desk: { change }, onGone }: Props & { onGone: () => void }) => {
  const r = useRecordWords()
  const w = useWords()
  const mistake = useMistake('content')
  const version = versionOf(draft, language)
  if (!version) return null
  const name = w.within(w.languages[language] ?? language)
  const isVietnamese = language === 'vi'
  const set = (part: Partial<DraftVersion>) => change((before) => changeVersion(before, language, part))
  const drop = () => {
    onGone()
    change((before) => ({ ...before, versions: before.versions.filter((kept) => kept.language !== language) }))
  }
  return (
    <>
      {!isVietnamese && <MinorityNote name={name} />}
      <Field label={isVietnamese ? w.compose.text : w.compose.minorityText} error={isVietnamese ? mistake : undefined}>
        {(id, described) => (
          <textarea
            id={id}
            {...described}
            className="in"
            lang={language}
            placeholder={isVietnamese ? w.compose.textPlaceholder : ''}
            value={version.written}
            onChange={(event) => set({ written: event.target.value })}
          />
        )}
      </Field>
      <div className="row wrap">
        {isVietnamese && version.by === 'text' && (
          <button type="button" className="b line" onClick={() => set({ by: 'sound', voicing: null })}>
            <Icon name="mic" />
            {r.instead}
          </button>
        )}
        {isVietnamese && version.by === 'sound' && (
          <button type="button" className="b line" onClick={() => set({ by: 'text', voicing: null })}>
            <Icon name="pen" />
            {r.backToText}
          </button>
        )}
        {!isVietnamese && (
          <button type="button" className="b" onClick={drop}>
            <Icon name="cross" />
            {w.compose.removeVersion(name)}
          </button>
        )}
      </div>
    </>
  )
}

type Beginning = Begin & { language: string }
type HeardProps = Props & { version: DraftVersion }

/** A voice of one's own. */
const Recorded = ({ draft, version, desk: { change, notice }, begin }: HeardProps & { begin: Begin | undefined }) => {
  const { person } = usePerson()
  const mistake = useMistake('recording')
  const { language } = version
  const onVoicing = useCallback(
    (voicing: Voicing | null) => change((before) => changeVersion(before, language, { voicing })),
    [change, language],
  )
  return (
    <div className="stack tight">
      {mistake && (
        <div data-missing tabIndex={-1}>
          <Mistake words={mistake} />
        </div>
      )}
      <Recorder
        {...{ person, language, begin, onVoicing }}
        unit={draft.unit}
        notice={notice?.id}
        title={draft.title}
        prompt={version.written}
        voicing={version.voicing}
      />
    </div>
  )
}

/** What the machine reads out. */
const ReadOut = ({ draft, version, desk: { change, attach }, onRecord }: HeardProps & { onRecord: () => void }) => {
  const { language } = version
  const onRendering = useCallback(
    (voicing: Voicing) =>
      attach((before) =>
        versionOf(before, language)?.voicing?.id === voicing.id ? before : changeVersion(before, language, { voicing }),
      ),
    [attach, language],
  )
  return (
    <VoicePanel
      unit={draft.unit}
      of={draft.class}
      text={version.written}
      corrections={correctionsOf(version)}
      choice={version.choice}
      onChoice={(choice) => change((before) => changeVersion(before, language, { choice }))}
      onCorrections={(corrections) => change((before) => changeVersion(before, language, { corrections }))}
      onVoicing={onRendering}
      onRecord={onRecord}
    />
  )
}

/** Right: what will be heard. */
const Hear = ({ onLanguage, ...props }: Props & { onLanguage: (language: string) => void }) => {
  const { draft, language, desk } = props
  const { person } = usePerson()
  const [begin, setBegin] = useState<Beginning | undefined>(undefined)
  const version = versionOf(draft, language)
  const isRecording = version?.by === 'sound'
  // a recorder that is opened anew later begins nothing by itself
  useEffect(() => {
    if (!isRecording) setBegin(undefined)
  }, [isRecording])
  if (!version) return null
  const begun = begin?.language === language ? begin : undefined
  const record = (how: Begin, to = language) => {
    setBegin({ ...how, language: to })
    desk.change((before) => changeVersion(withVersion(before, to), to, { by: 'sound', voicing: null }))
    if (to !== language) onLanguage(to)
  }
  return (
    <>
      <UnsentTakes
        key={language}
        {...{ person, language, isRecording }}
        notice={desk.notice?.id}
        inUse={begun?.is === 'take' ? begun.id : undefined}
        languages={draft.versions.map((each) => each.language)}
        onGo={(take) => record({ is: 'take', id: take.id }, take.language)}
      />
      {isRecording ? (
        <Recorded key={language} {...props} version={version} begin={begun} />
      ) : (
        <ReadOut {...props} version={version} onRecord={() => record({ is: 'record' })} />
      )}
    </>
  )
}

export const VersionDesk = { Write, Hear }
