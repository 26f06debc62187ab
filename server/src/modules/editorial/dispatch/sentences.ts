import type { Part, Span } from './parts.ts'

/** One thing that is said in the body: a sentence, or an item of a list with the words that lead into it. */
export type Sentence = Span & {
  readonly text: string
  /** Where the words before its list stand: "UBND xã đề nghị bà con:". */
  readonly lead?: Span
}

const ITEM = /^(?:[-–+•▪*]|[IVX]{1,5}[.)](?=\s)|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)])\s*/u
/** A full stop ends a sentence; one within a number, an abbreviation or an initial does not. */
const END =
  /(?<!\b(?:TP|Tp|TX|TT|Th|ThS|TS|PGS|GS|Q|P|BS|KS|Nxb|tr|v\.v))[.!?…]+["”)]?(?=\s+[\p{Lu}Đ“"(]|\s*$)|;(?=\s|$)/gu
/** "Khu vực: thôn 1; khu dân cư dọc đường tỉnh": whom it concerns, where and when is one thing, said whole or not at all. */
const WHOLE = /^(?:Thời gian|Địa điểm|Khu vực|Phạm vi|Địa bàn|Đối tượng)[^:]{0,40}:/iu

const sentencesOfLine = (text: string, part: Span): readonly Sentence[] => {
  const line = text.slice(part.from, part.to)
  const start = ITEM.exec(line)?.[0].length ?? 0
  const found: Sentence[] = []
  const isWhole = WHOLE.test(line.slice(start))
  let from = start
  for (const match of line.slice(start).matchAll(END)) {
    if (isWhole && match[0] === ';') continue
    const to = start + match.index + match[0].length
    const inner = line.slice(from, to)
    const blanks = inner.length - inner.trimStart().length
    if (inner.trim() !== '') found.push({ text: inner.trim(), from: part.from + from + blanks, to: part.from + to })
    from = to
  }
  const rest = line.slice(from)
  const blanks = rest.length - rest.trimStart().length
  if (rest.trim() !== '') found.push({ text: rest.trim(), from: part.from + from + blanks, to: part.to })
  return found
}

const isItem = (text: string, { from, to }: Span): boolean => ITEM.test(text.slice(from, to))
/** "II. THỜI GIAN, ĐỊA ĐIỂM": a numbered heading in capitals. */
const isHeading = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}|[.;]$/u.test(text)
/** "1. Đối với các thôn:" leads into what follows, and is no item to be read out by itself; nor is a heading. */
const leads = (sentence: Sentence | undefined, item: boolean): boolean =>
  sentence !== undefined && (sentence.text.endsWith(':') || (item && isHeading(sentence.text)))

/** The sentences of the body in order. A line that ends in a colon is not one of them: it leads into the items below it. */
export const sentencesOf = (text: string, parts: readonly Part[]): readonly Sentence[] => {
  const sentences: Sentence[] = []
  let lead: Span | undefined
  for (const part of parts) {
    if (part.kind !== 'body') continue
    const own = sentencesOfLine(text, part)
    const item = isItem(text, part)
    const last = own.at(-1)
    const said = leads(last, item) ? own.slice(0, -1) : own
    if (!item) lead = undefined
    sentences.push(...said.map((each) => (lead === undefined ? each : { ...each, lead })))
    if (leads(last, item) && last !== undefined) lead = { from: last.from, to: last.to }
  }
  return sentences
}
