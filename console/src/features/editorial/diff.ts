/** Word-level difference of two texts. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }

/** Words with the space that follows them, so that joining the pieces gives the text back. */
export const wordsOf = (text: string): string[] => text.match(/\S+\s*|^\s+/g) ?? []

const alike = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.trim() === b.trim()

/** Lengths of the longest common subsequence of every pair of tails, row by row. */
const commonTails = (before: readonly string[], after: readonly string[]): Uint16Array[] => {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    const row = rows[i] as Uint16Array
    const below = rows[i + 1] as Uint16Array
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = alike(before[i], after[j]) ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return rows
}

const push = (pieces: Piece[], kind: Piece['kind'], text: string): void => {
  const last = pieces.at(-1)
  if (last?.kind === kind) last.text += text
  else pieces.push({ kind, text })
}

/** Pairs of texts longer than this are shown as wholly replaced: nobody reads such a difference word by word. */
const CELLS_MAX = 6_000_000

const middle = (before: readonly string[], after: readonly string[]): Piece[] => {
  const pieces: Piece[] = []
  if (before.length * after.length > CELLS_MAX) {
    push(pieces, 'removed', before.join(''))
    push(pieces, 'added', after.join(''))
    return pieces
  }
  const tails = commonTails(before, after)
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const skipOld = tails[i + 1]?.[j] ?? -1
    const skipNew = tails[i]?.[j + 1] ?? -1
    if (i < before.length && j < after.length && alike(before[i], after[j])) {
      push(pieces, 'same', after[j] ?? '')
      i++
      j++
    } else if (j >= after.length || (i < before.length && skipOld >= skipNew))
      push(pieces, 'removed', before[i++] ?? '')
    else push(pieces, 'added', after[j++] ?? '')
  }
  return pieces
}

/** What has to be struck out and put in to make `after` of `before`. Removed words come before the added ones. */
export const differences = (before: string, after: string): Piece[] => {
  const old = wordsOf(before)
  const now = wordsOf(after)
  let head = 0
  while (head < old.length && alike(old[head], now[head])) head++
  let tail = 0
  while (tail < old.length - head && tail < now.length - head && alike(old.at(-1 - tail), now.at(-1 - tail))) tail++
  const pieces: Piece[] = []
  if (head > 0) push(pieces, 'same', now.slice(0, head).join(''))
  for (const piece of middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)))
    push(pieces, piece.kind, piece.text)
  if (tail > 0) push(pieces, 'same', now.slice(now.length - tail).join(''))
  return pieces
}

/** Number of places that differ: neighbouring removed and added words are one place. */
export const placesChanged = (pieces: readonly Piece[]): number =>
  pieces.filter((piece, i) => piece.kind !== 'same' && (i === 0 || pieces[i - 1]?.kind === 'same')).length
