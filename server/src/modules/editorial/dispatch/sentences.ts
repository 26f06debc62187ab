import { isAmongOffices } from './offices.ts'
import type { Part, Span } from './parts.ts'

/** One thing that is said in the body: a sentence, or an item of a list with the words that lead into it. */
export type Sentence = Span & {
  readonly text: string
  /** An item of a list or a row of a table. */
  readonly isItem: boolean
  /** Where the words above it stand, the outermost first: "UBND xã đề nghị bà con:", or its heading: "Lịch gieo sạ". */
  readonly leads: readonly Span[]
  /** The heading of its section in capitals, "III. KINH PHÍ"; empty before the first. */
  readonly section: string
}

/** The sign before an item; the first column of a table often holds its number. */
const ITEM = /^(?:[-–+•▪*]|[IVX]{1,5}[.)](?=\s)|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|\d{1,3}(?=\t))\s*/u
/** A full stop ends a sentence; one within a number, an abbreviation or an initial does not. */
const END =
  /(?<!\b(?:TP|Tp|TX|TT|Th|ThS|TS|PGS|GS|Q|P|BS|KS|Nxb|tr|v\.v))[.!?…]+["”)]?(?=\s+[\p{Lu}Đ“"(]|\s*$)|;(?=\s|$)/gu
/** "Khu vực: thôn 1; khu dân cư dọc đường tỉnh": whom it concerns, where and when is one thing, said whole or not at all. */
const WHOLE = /^(?:Thời gian|Địa điểm|Khu vực|Phạm vi|Địa bàn|Đối tượng)[^:]{0,40}:/iu
const JOINED_MAX = 500

type Piece = Span & { readonly text: string }

const piecesOfLine = (line: string, start: number): readonly Piece[] => {
  const pieces: Piece[] = []
  let from = start
  for (const end of [...line.slice(start).matchAll(END)].map((match) => start + match.index + match[0].length)) {
    pieces.push({ text: line.slice(from, end), from, to: end })
    from = end
  }
  return [...pieces, { text: line.slice(from), from, to: line.length }].filter(({ text }) => text.trim() !== '')
}

/**
 * What stands between semicolons belongs together: "cho trẻ ăn no; báo cho y tế nếu trẻ đang sốt". Only what is for offices is
 * parted from what is for people.
 */
const joined = (line: string, pieces: readonly Piece[], isWhole: boolean): readonly Piece[] => {
  const found: Piece[] = []
  for (const piece of pieces) {
    const before = found.at(-1)
    const goesOn = before?.text.trimEnd().endsWith(';') && piece.to - before.from <= JOINED_MAX
    if (before && goesOn && (isWhole || isAmongOffices(before.text) === isAmongOffices(piece.text))) {
      found[found.length - 1] = { text: line.slice(before.from, piece.to), from: before.from, to: piece.to }
    } else found.push(piece)
  }
  return found
}

const sentencesOfLine = (text: string, part: Span): readonly Piece[] => {
  const line = text.slice(part.from, part.to)
  const start = ITEM.exec(line)?.[0].length ?? 0
  const pieces = piecesOfLine(line, start)
  return joined(line, pieces, WHOLE.test(line.slice(start))).map(({ text: words, from, to }) => {
    const blanks = words.length - words.trimStart().length
    return { text: words.trim(), from: part.from + from + blanks, to: part.from + to }
  })
}

/** How deep an item stands is told by its sign: "II.", "1.", "a)", "-"; none before a plain line. */
const signOf = (line: string): string => {
  const sign = ITEM.exec(line)?.[0].trim() ?? ''
  if (sign === '') return line.includes('\t') ? 'row' : ''
  if (/^[IVX]+[.)]$/u.test(sign)) return 'I'
  if (/^\d/u.test(sign)) return '1'.repeat(sign.split('.').filter(Boolean).length)
  return /^\p{L}/u.test(sign) ? 'a' : sign
}

const isCapitals = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}|[.;]$/u.test(text)
const HEADING_MAX = 70
/** "1. Lịch gieo sạ" above what it is about: short, without figures, and without an end. */
const looksLikeHeading = (text: string): boolean => text.length < HEADING_MAX && !/\d|[.;:,!?]$/u.test(text)

/** Signs that items below a numbered heading have. */
const BELOW = /^(?:[-–+•▪*a]|11+)$/u

type Line = { readonly part: Part; readonly sign: string; readonly own: readonly Piece[] }
type Lead = { readonly sign: string; readonly span: Piece; readonly isHeading: boolean }

/** Which lines head others. The last item of a list without full stops is none: those before it head nothing either. */
const headingsOf = (lines: readonly Line[]): ReadonlySet<Line> => {
  const headings = new Set<Line>()
  const before = new Map<string, Line>()
  for (const [nth, line] of lines.entries()) {
    const { sign, own } = line
    const only = own.length === 1 ? own[0]?.text : undefined
    const next = lines[nth + 1]?.sign
    const numbered = /^(?:I|1+|a)$/u.test(sign) || (sign === '-' && lines[nth + 1]?.sign === '+')
    const last = before.get(sign)
    const heads = numbered && only !== undefined && next !== undefined && next !== sign && looksLikeHeading(only)
    const isAboveItems = next !== undefined && BELOW.test(next)
    if (
      (heads && (isAboveItems || last === undefined || headings.has(last))) ||
      (sign !== '' && only !== undefined && isCapitals(only))
    )
      headings.add(line)
    if (sign === 'I') before.clear()
    before.set(sign, line)
  }
  return headings
}

/** The names of a table's columns: a row without figures above one that has some. */
const isHeadRow = (lines: readonly Line[], nth: number, text: string): boolean => {
  const isRow = (line: Line | undefined): boolean =>
    line !== undefined && text.slice(line.part.from, line.part.to).includes('\t')
  const [here, before, next] = [lines[nth], lines[nth - 1], lines[nth + 1]]
  if (!isRow(here) || isRow(before) || !isRow(next)) return false
  return here !== undefined && !/\d/u.test(text.slice(here.part.from, here.part.to))
}

/** Leads that still hold for a line with this sign. */
const stillLeading = (leads: readonly Lead[], sign: string): readonly Lead[] => {
  if (sign === '') return leads.at(-1)?.isHeading ? leads : []
  const same = leads.findIndex((lead) => lead.sign === sign)
  return same < 0 ? leads : leads.slice(0, same)
}

/** The sentences of the body in order. A line that ends in a colon or is a heading is not one of them: it leads into what follows. */
export const sentencesOf = (text: string, parts: readonly Part[]): readonly Sentence[] => {
  const lines = parts
    .filter(({ kind }) => kind === 'body')
    .map((part): Line => ({ part, sign: signOf(text.slice(part.from, part.to)), own: sentencesOfLine(text, part) }))
  const headings = headingsOf(lines)
  const sentences: Sentence[] = []
  let leads: readonly Lead[] = []
  let section = ''
  for (const [nth, line] of lines.entries()) {
    const { sign, own } = line
    if (isHeadRow(lines, nth, text)) continue
    leads = stillLeading(leads, sign)
    const last = own.at(-1)
    const isHeading = headings.has(line)
    if (isHeading && last && (sign === 'I' || isCapitals(last.text))) section = last.text
    const leading = last !== undefined && (isHeading || last.text.endsWith(':')) ? last : undefined
    const said = leading === undefined ? own : own.slice(0, -1)
    const shared = { isItem: sign !== '', section, leads: leads.map(({ span }) => span) }
    sentences.push(...said.map((each) => ({ ...each, ...shared })))
    if (leading) leads = [...leads, { sign, span: leading, isHeading: isHeading && !leading.text.endsWith(':') }]
    // after the items of a heading a plain line speaks for itself again
    else if (sign !== '') leads = leads.map((each) => ({ ...each, isHeading: false }))
  }
  return sentences
}
