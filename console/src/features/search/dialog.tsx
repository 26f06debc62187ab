import './search.css'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { SEARCH_MAX, useFound } from '../../api/search.ts'
import { useWords } from '../../i18n/index.tsx'
import { useSettled } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { groupsOf, type Place, type Result, type ResultGroup, step } from './results.ts'

/** Typing pauses this long before the server is asked: a word, not every letter of it. */
const SETTLE_MS = 150

type Props = { places: readonly Place[]; onClose: () => void }

const useSearch = ({ places, onClose }: Props) => {
  const w = useWords()
  const router = useRouter()
  const [line, setLine] = useState('')
  const [chosen, setChosen] = useState(-1)
  const asked = useSettled(line.trim(), SETTLE_MS)
  const found = useFound(asked)
  const groups = groupsOf(w, line.trim(), { places, found: (line.trim() !== '' && found.data) || { groups: [] } })
  const results = groups.flatMap((group) => group.results)
  const isComing = line.trim() !== '' && (line.trim() !== asked || found.isFetching)
  const go = (result: Result | undefined) => {
    if (result === undefined) return
    onClose()
    router.history.push(result.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setChosen(step(chosen, event.key === 'ArrowDown' ? 1 : -1, results.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      go(results[Math.max(0, chosen)])
    }
  }
  const type = (text: string) => {
    setLine(text)
    setChosen(-1)
  }
  return { line, type, chosen, groups, results, isComing, problem: found.error, onKeyDown, go }
}

type Search = ReturnType<typeof useSearch>
type GroupProps = { group: ResultGroup; first: number; search: Search; id: string }

const Group = ({ group, first, search, id }: GroupProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options by role (WAI-ARIA 1.2), which no element has
  <div role="group" aria-labelledby={`${id}-${group.kind}`} className="found-group">
    <div id={`${id}-${group.kind}`} className="label soft">
      {group.title}
    </div>
    {group.results.map((result, nth) => (
      // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the option it is at
      // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the field
      <div
        key={result.key}
        id={`${id}-${first + nth}`}
        role="option"
        aria-selected={search.chosen === first + nth}
        className="found"
        onClick={() => search.go(result)}
      >
        <b>{result.title}</b>
        {result.detail && <span className="small soft">{result.detail}</span>}
      </div>
    ))}
  </div>
)

const Results = ({ search, id }: { search: Search; id: string }) => {
  const w = useWords()
  let first = 0
  return (
    <div id={id} role="listbox" aria-label={w.search.results} className="found-list">
      {search.groups.map((group) => {
        const at = first
        first += group.results.length
        return <Group key={group.kind} group={group} first={at} search={search} id={id} />
      })}
    </div>
  )
}

/** One line that finds everything: pages and actions by name, notices, airings, places, devices, people. */
export const SearchDialog = (props: Props) => {
  const w = useWords()
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)
  const search = useSearch(props)
  useEffect(() => box.current?.showModal(), [])
  useEffect(() => {
    document.getElementById(`${id}-${search.chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, search.chosen])
  const { line, results, isComing, chosen } = search
  const said = line.trim() === '' ? '' : isComing ? w.search.coming : w.search.found(results.length)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it, as every dialog; a press beside it does the same for the mouse
    <dialog
      ref={box}
      className="search"
      aria-label={w.search.title}
      onClose={props.onClose}
      onClick={(event) => event.target === box.current && props.onClose()}
    >
      <div className="search-line">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-expanded={results.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={chosen === -1 ? undefined : `${id}-${chosen}`}
          aria-label={w.search.title}
          placeholder={w.search.placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={SEARCH_MAX}
          value={line}
          onChange={(event) => search.type(event.target.value)}
          onKeyDown={search.onKeyDown}
        />
        <button type="button" className="b icon-only" onClick={props.onClose} aria-label={w.trouble.close}>
          <Icon name="cross" />
        </button>
      </div>
      <p className={said === '' ? 'vh' : 'small soft search-said'} role="status">
        {said}
      </p>
      {search.problem && line.trim() !== '' && <Trouble problem={search.problem} />}
      <Results search={search} id={id} />
      <p className="small soft search-keys" aria-hidden="true">
        {w.search.keys}
      </p>
    </dialog>
  )
}
