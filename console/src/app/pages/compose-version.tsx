import { useCallback } from 'react'
import type { Voicing } from '../../api/types.ts'
import { changeVersion, correctionsOf, type DraftState, type DraftVersion } from '../../features/editorial/draft.ts'
import { useMistake } from '../../features/editorial/mistakes.tsx'
import type { DraftDesk } from '../../features/editorial/use-draft.ts'
import { Recorder } from '../../features/voicing/recorder.tsx'
import { VoicePanel } from '../../features/voicing/voice-panel.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field, Mistake } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'

type Props = { draft: DraftState; language: string; desk: Pick<DraftDesk, 'change' | 'attach'> }

const versionOf = (draft: DraftState, language: string): DraftVersion | undefined =>
  draft.versions.find((version) => version.language === language)

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
            {w.record.instead}
          </button>
        )}
        {isVietnamese && version.by === 'sound' && (
          <button type="button" className="b line" onClick={() => set({ by: 'text', voicing: null })}>
            <Icon name="pen" />
            {w.record.backToText}
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

/** Right: what will be heard. */
const Hear = ({ draft, language, desk: { change, attach } }: Props) => {
  const version = versionOf(draft, language)
  const mistake = useMistake('recording')
  const onRendering = useCallback(
    (voicing: Voicing) =>
      attach((before) =>
        versionOf(before, language)?.voicing?.id === voicing.id ? before : changeVersion(before, language, { voicing }),
      ),
    [attach, language],
  )
  const onRecording = useCallback(
    (voicing: Voicing | null) => change((before) => changeVersion(before, language, { voicing })),
    [change, language],
  )
  if (!version) return null
  if (version.by === 'sound') {
    return (
      <div className="stack tight" data-missing={mistake ? true : undefined} tabIndex={mistake ? -1 : undefined}>
        {mistake && <Mistake words={mistake} />}
        <Recorder key={language} unit={draft.unit} voicing={version.voicing} onVoicing={onRecording} />
      </div>
    )
  }
  return (
    <VoicePanel
      unit={draft.unit}
      text={version.written}
      corrections={correctionsOf(version)}
      choice={version.choice}
      onChoice={(choice) => change((before) => changeVersion(before, language, { choice }))}
      onCorrections={(corrections) => change((before) => changeVersion(before, language, { corrections }))}
      onVoicing={onRendering}
    />
  )
}

export const VersionDesk = { Write, Hear }
