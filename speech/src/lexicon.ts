/** An operator's own readings, looked up before every rule. */
import { isWordAt } from './characters.ts'
import { prepare } from './prepare.ts'
import type { Lexicon } from './types.ts'

type Entry = { readonly written: string; readonly spoken: string; readonly caseSensitive: boolean }

/** Entries by their first character in lower case, the longest first. */
export type LexiconIndex = ReadonlyMap<string, readonly Entry[]>

/** Longer entries are ignored: they are texts, not words. */
const WRITTEN_CHARS_MAX = 200

/** Prepares a lexicon. `clean` makes a reading speakable; an entry that cannot be spoken is left out. */
export const indexLexicon = (lexicon: Lexicon, clean: (spoken: string) => string): LexiconIndex => {
  const index = new Map<string, Entry[]>()
  for (const { written, spoken, caseSensitive = false } of lexicon) {
    const form = prepare(written).text.trim()
    const words = clean(spoken)
    if (form === '' || form.length > WRITTEN_CHARS_MAX || words === '') continue
    const key = form[0]?.toLowerCase() ?? ''
    const entries = index.get(key) ?? []
    entries.push({ written: caseSensitive ? form : form.toLowerCase(), spoken: words, caseSensitive })
    index.set(key, entries)
  }
  for (const entries of index.values()) entries.sort((a, b) => b.written.length - a.written.length)
  return index
}

/** The entry written at this place as whole words. */
export const findEntry = (
  index: LexiconIndex,
  texts: { readonly text: string; readonly lower: string },
  at: number,
): Entry | undefined => {
  if (isWordAt(texts.text, at - 1) && isWordAt(texts.text, at)) return undefined
  for (const entry of index.get(texts.lower[at] ?? '') ?? []) {
    const text = entry.caseSensitive ? texts.text : texts.lower
    const to = at + entry.written.length
    if (!text.startsWith(entry.written, at)) continue
    if (isWordAt(texts.text, to - 1) && isWordAt(texts.text, to)) continue
    return entry
  }
  return undefined
}
