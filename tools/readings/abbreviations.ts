import type { Phrase } from '../../speech/golden/phrases.ts'
import { AMBIGUOUS, DOTTED, type Sense, STROKED } from '../../speech/src/data/ambiguous.ts'
import { ABBREVIATIONS, read } from '../../speech/src/index.ts'

export type Field = { readonly field: string; readonly source: string; readonly count: number }

/** How many abbreviations each field has, and where they come from. */
export const fieldsOf = (): readonly Field[] => {
  const fields = new Map<string, Field>()
  for (const { field, source } of ABBREVIATIONS)
    fields.set(field, { field, source, count: (fields.get(field)?.count ?? 0) + 1 })
  return [...fields.values()]
}

export type Shown = { readonly written: string; readonly sense: string; readonly phrase: string | undefined }

const CONTEXT_CHARS = 26

/** The abbreviation in its phrase, with a few words on either side. */
const snippet = (written: string, from: number, to: number): string => {
  const before = written
    .slice(Math.max(0, from - CONTEXT_CHARS), from)
    .replace(/^\S*\s/, from > CONTEXT_CHARS ? '… ' : '$&')
  const after = written.slice(to, to + CONTEXT_CHARS)
  const cut = to + CONTEXT_CHARS < written.length ? after.replace(/\s\S*$/, ' …') : after
  return `${before}${written.slice(from, to)}${cut}`.replace(/\s+/g, ' ')
}

const tables: readonly ReadonlyMap<string, readonly Sense[]>[] = [AMBIGUOUS, DOTTED, STROKED]

/** Every abbreviation whose sense hangs on its context, each sense with a golden phrase where the context decides for it. */
export const ambiguousOf = (phrases: readonly Phrase[]): readonly Shown[] => {
  const examples = phrases.flatMap(({ written }) =>
    read(written)
      .words.filter(({ rule }) => rule === 'road' || rule.startsWith('abbreviation'))
      .map(({ from, to, text }) => ({
        short: written
          .slice(from, to)
          .replace(/[. ]*\d*\p{Lu}?$/u, (end) => (/[\d. ]/.test(end) ? '' : end))
          .toLowerCase(),
        said: text.toLowerCase(),
        phrase: snippet(written, from, to),
      })),
  )
  const exampleOf = (short: string, sense: string): string | undefined =>
    examples
      .filter((each) => each.short === short.toLowerCase() && each.said.startsWith(sense.toLowerCase()))
      .map(({ phrase }) => phrase)
      .toSorted((x, y) => x.length - y.length || (x < y ? -1 : 1))[0]
  return tables.flatMap((table) =>
    [...table].flatMap(([written, senses]) => {
      const distinct = [...new Set(senses.map(({ spoken }) => spoken))]
      return distinct.map((sense) => ({ written, sense, phrase: exampleOf(written, sense) }))
    }),
  )
}
