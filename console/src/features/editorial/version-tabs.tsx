import { type KeyboardEvent, useState } from 'react'
import type { Notice } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type DraftState, freshVersion, languages } from './draft.ts'

type Props = {
  draft: DraftState
  notice: Notice | undefined
  language: string
  onLanguage: (language: string) => void
  onChange: (change: Partial<DraftState>) => void
}

const Mark = ({ notice, language }: { notice: Notice | undefined; language: string }) => {
  const w = useWords()
  if (language === 'vi') return null
  const checked = notice?.current.versions.find((version) => version.language === language)?.checkedBy
  return checked ? (
    <span className="tag ok">
      <Icon name="check" size={14} />
      {w.compose.checked}
    </span>
  ) : (
    <span className="tag">{w.compose.toCheck}</span>
  )
}

const useArrows =
  (all: readonly string[], current: string, onLanguage: (language: string) => void) => (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = all[(all.indexOf(current) + step + all.length) % all.length]
    if (next === undefined) return
    onLanguage(next)
    document.getElementById(`version-${next}`)?.focus()
  }

/** One tab a language; the plus adds one. */
export const VersionTabs = ({ draft, notice, language, onLanguage, onChange }: Props) => {
  const w = useWords()
  const [adding, setAdding] = useState(false)
  const have = draft.versions.map((version) => version.language)
  const missing = languages.filter((tag) => !have.includes(tag))
  const onKeyDown = useArrows(have, language, onLanguage)
  const add = (tag: string) => {
    onChange({ versions: [...draft.versions, freshVersion(tag)] })
    onLanguage(tag)
    setAdding(false)
  }
  return (
    <div className="versions">
      <div role="tablist" aria-label={w.compose.versions} onKeyDown={onKeyDown}>
        {have.map((tag) => (
          <button
            key={tag}
            id={`version-${tag}`}
            type="button"
            role="tab"
            aria-selected={tag === language}
            tabIndex={tag === language ? 0 : -1}
            onClick={() => onLanguage(tag)}
          >
            {w.languages[tag] ?? tag}
            <Mark notice={notice} language={tag} />
          </button>
        ))}
      </div>
      {missing.length > 0 && (
        <button type="button" className="b" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          <Icon name="plus" />
          {w.compose.addVersion}
        </button>
      )}
      {adding &&
        missing.map((tag) => (
          <button key={tag} type="button" className="b line" onClick={() => add(tag)}>
            {w.languages[tag] ?? tag}
          </button>
        ))}
    </div>
  )
}
