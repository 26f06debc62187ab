import './voicing.css'
import type { ReactNode } from 'react'
import type { SpokenWord, Voicing } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { piecesOf, type SpokenPiece } from './spoken.ts'

const classOf = (piece: SpokenPiece, current: boolean): string => {
  const base = piece.original === null ? 'said plain' : 'said'
  return `${base}${piece.doubtful?.length ? ' doubtful' : ''}${current ? ' current' : ''}`
}

const Piece = ({ piece, current }: { piece: SpokenPiece; current: boolean }) => {
  const w = useWords()
  return (
    <>
      <span className={classOf(piece, current)}>
        {piece.text}
        {piece.original !== null && (
          <small>
            <span className="vh">, {w.reading.from('')}</span>
            {`\u00a0${piece.original}`}
          </small>
        )}
      </span>
      {piece.mark}{' '}
      {piece.ends && (
        <>
          <br />
          <br />
        </>
      )}
    </>
  )
}

type Props = { text: string; words: readonly SpokenWord[]; current: number | null }

/** Loa sẽ đọc: every word as it will be said, the original beside what is read differently, doubtful ones dashed. */
export const SpokenText = ({ text, words, current }: Props) => (
  <p className="spoken-text">
    {piecesOf(text, words).map((piece) => (
      <Piece key={piece.index} piece={piece} current={piece.index === current} />
    ))}
  </p>
)

/** Loa sẽ đọc, of a voicing that is made; nothing for a recording. */
export const spokenOf = (voicing: Voicing | null): ReactNode =>
  voicing?.words && voicing.words.length > 0 ? (
    <SpokenText text={voicing.written ?? ''} words={voicing.words} current={null} />
  ) : undefined

/** The doubtful readings again, with what else they could be. */
export const Doubts = ({ text, words }: { text: string; words: readonly SpokenWord[] }) => {
  const w = useWords()
  const doubtful = words.filter((word) => word.doubtful && word.doubtful.length > 0)
  if (doubtful.length === 0) return null
  return (
    <div className="doubts">
      <b className="small">{w.reading.doubtful}</b>
      <ul className="small">
        {doubtful.map((word) => (
          <li key={`${word.from} ${word.text}`}>
            {w.reading.doubtfulLine(
              text.slice(word.from, word.to),
              word.text,
              (word.doubtful ?? [])
                .filter((other) => other !== word.text)
                .map((other) => `“${other}”`)
                .join(', '),
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
