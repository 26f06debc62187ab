import type { Piece } from './diff.ts'

/** A text with what was struck out and what was put in. */
export const Difference = ({ pieces, showRemoved = true }: { pieces: readonly Piece[]; showRemoved?: boolean }) => (
  <p className="reading">
    {pieces.map((piece, i) => {
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
      if (piece.kind === 'same') return <span key={i}>{piece.text}</span>
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      if (piece.kind === 'added') return <ins key={i}>{piece.text}</ins>
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      return showRemoved ? <del key={i}>{piece.text}</del> : null
    })}
  </p>
)
