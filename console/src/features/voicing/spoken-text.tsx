import './voicing.css'
import { Fragment, type KeyboardEvent, useState } from 'react'
import type { SpokenWord } from '../../api/types.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { piecesOf, type SpokenPiece } from './spoken.ts'

const classOf = (piece: SpokenPiece, current: boolean): string => {
  const base = piece.original === null ? 'said plain' : 'said'
  return `${base}${piece.doubtful ? ' doubtful' : ''}${current ? ' current' : ''}`
}

const Said = ({ piece }: { piece: SpokenPiece }) => {
  const w = useWords()
  return (
    <>
      {piece.text}
      {piece.original !== null && (
        <small>
          <span className="vh">, {w.reading.from('')}</span>
          {`\u00a0${piece.original}`}
        </small>
      )}
    </>
  )
}

const After = ({ piece }: { piece: SpokenPiece }) => (
  <>
    {piece.mark}{' '}
    {piece.ends && (
      <>
        <br />
        <br />
      </>
    )}
  </>
)

type Props = { text: string; words: readonly SpokenWord[]; current: number | null }

/** Loa sẽ đọc: every word as it will be said, the original beside what is read differently, doubtful ones dashed. */
export const SpokenText = ({ text, words, current }: Props) => (
  <p className="spoken-text">
    {piecesOf(text, words).map((piece) => (
      <Fragment key={piece.index}>
        {piece.opens}
        <span className={classOf(piece, piece.index === current)}>
          <Said piece={piece} />
        </span>
        <After piece={piece} />
      </Fragment>
    ))}
  </p>
)

type PickProps = Props & { picked: number | null; onPick: (word: number) => void }

/**
 * The same, each word to be pressed. Real buttons do not break across lines, so words are inline elements in the role of
 * one. The whole text is one stop of the Tab key; arrows go from word to word.
 */
export const PickableText = ({ text, words, current, picked, onPick }: PickProps) => {
  const w = useWords()
  const [at, setAt] = useState(0)
  const stop = Math.min(at, Math.max(0, words.length - 1))
  const go = (from: HTMLElement, to: number) => {
    const next = from.closest('p')?.querySelector<HTMLElement>(`[data-word="${to}"]`)
    if (!next) return
    setAt(to)
    next.focus()
  }
  const onKey = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (step === undefined) onPick(index)
    else go(event.currentTarget, index + step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no text
    <p className="spoken-text pickable" role="group" aria-label={w.readings.wordsLabel}>
      {piecesOf(text, words).map((piece) => (
        <Fragment key={piece.index}>
          {piece.opens}
          {/* biome-ignore lint/a11y/useSemanticElements: a button does not break across lines */}
          <span
            role="button"
            tabIndex={piece.index === stop ? 0 : -1}
            data-word={piece.index}
            aria-expanded={piece.index === picked}
            className={classOf(piece, piece.index === current)}
            onClick={() => onPick(piece.index)}
            onKeyDown={(event) => onKey(event, piece.index)}
            onFocus={() => setAt(piece.index)}
          >
            <Said piece={piece} />
          </span>
          <After piece={piece} />
        </Fragment>
      ))}
    </p>
  )
}

/** What is in doubt about a word: other readings to choose from, or that no table knows it. */
const doubtOf = (w: Words, written: string, { text, doubtful = [] }: SpokenWord): string => {
  const others = doubtful.filter((other) => other !== text).map((other) => `“${other}”`)
  return others.length > 0
    ? w.reading.doubtfulLine(written, text, others.join(', '))
    : w.reading.guessedLine(written, text)
}

/** The doubtful readings again, with what else they could be. What stands in a text twice is said once. */
export const Doubts = ({ text, words }: { text: string; words: readonly SpokenWord[] }) => {
  const w = useWords()
  const doubtful = words.filter((word) => word.doubtful)
  const lines = new Set(doubtful.map((word) => doubtOf(w, text.slice(word.from, word.to), word)))
  if (lines.size === 0) return null
  return (
    <div className="doubts">
      <b className="small">{w.reading.doubtful}</b>
      <ul className="small">
        {[...lines].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
