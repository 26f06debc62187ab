import type { Proposal, ProposedSentence, Span } from '../../api/dispatch.ts'

/** Parts of a dispatch that are set aside when it is read out. */
const ASIDE = new Set(['letterhead', 'number', 'dateline', 'addressee', 'basis', 'closing', 'recipients', 'signature'])

export type Piece = {
  readonly from: number
  readonly text: string
  /** Not read out. */
  readonly aside: boolean
  /** What it tells: `when`, `where`, …; null for plain words. */
  readonly mark: string | null
  /** Belongs to the sentence that is looked at. */
  readonly shown: boolean
}

const covers = ({ from, to }: Span, at: number): boolean => from <= at && at < to

/** The original in pieces, cut wherever something begins or ends. */
export const piecesOf = ({ text, parts, marks }: Proposal, shown: readonly Span[]): Piece[] => {
  const edges = [...parts, ...marks, ...shown].flatMap(({ from, to }) => [from, to])
  const cuts = [...new Set([0, ...edges, text.length])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, place) => ({
    from,
    text: text.slice(from, cuts[place + 1]),
    aside: ASIDE.has(parts.find((part) => covers(part, from))?.kind ?? ''),
    mark: marks.find((mark) => covers(mark, from))?.kind ?? null,
    shown: shown.some((span) => covers(span, from)),
  }))
}

/** The chosen sentences as one text: what leads into a list and its items on lines of their own. */
export const draftText = (sentences: readonly ProposedSentence[], chosen: ReadonlySet<number>): string =>
  sentences
    .filter((_, place) => chosen.has(place))
    .map(({ text }) => text)
    .join('\n')

/** A reader says about fourteen characters a second; a figure takes as long as three: "11" is "mười một". */
const CHARACTERS_PER_SECOND = 14
const FIGURE_MORE = 2
export const spokenMs = (text: string): number =>
  Math.round((text.length + (text.match(/\d/g)?.length ?? 0) * FIGURE_MORE) / CHARACTERS_PER_SECOND) * 1000
