import type { Instant } from '@loa/protocol'
import { type Lexicon, read } from '@loa/speech'
import { z } from 'zod'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'

export const WRITTEN_MAX = 100
export const SPOKEN_MAX = 200
/** Corrections that one text may carry: more is another text. */
export const CORRECTIONS_MAX = 50
/** Entries in force or proposed that one unit may have. */
export const ENTRIES_MAX = 2_000

/** What is written, and how it is to be read out. */
export const correctionSchema = z.strictObject({
  written: z.string().trim().min(1).max(WRITTEN_MAX),
  spoken: z.string().trim().min(1).max(SPOKEN_MAX),
})
export type Correction = z.infer<typeof correctionSchema>

export type LexiconState = 'proposed' | 'inForce' | 'refused' | 'removed'

export type LexiconEntry = Correction & {
  readonly id: string
  readonly unit: string
  readonly caseSensitive: boolean
  readonly state: LexiconState
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly reason: string | null
}

/** A reading holds something to say: letters, not only marks. */
export const isSpeakable = (spoken: string): boolean => read(spoken).words.length > 0

type Readable = Correction & { readonly unit: string; readonly caseSensitive: boolean }

const keyOf = ({ written }: Correction): string => written.toLocaleLowerCase('vi')

/**
 * The lexicon for a text of a unit: corrections of this one text first, then entries of the unit and of those above it, the
 * nearest first. Of several for the same words the first counts. `path`: root first, unit last.
 */
export const lexiconFor = (
  path: readonly string[],
  entries: readonly Readable[],
  corrections: readonly Correction[] = [],
): Lexicon => {
  const nearest = [...path].reverse()
  const inherited = nearest.flatMap((unit) => entries.filter((entry) => entry.unit === unit))
  const seen = new Set<string>()
  return [...corrections.map((each) => ({ ...each, caseSensitive: false })), ...inherited].flatMap((entry) => {
    if (seen.has(keyOf(entry))) return []
    seen.add(keyOf(entry))
    const { written, spoken, caseSensitive } = entry
    return [{ written, spoken, caseSensitive }]
  })
}

/** Whether this person may decide about a proposal now: it waits, and somebody else proposed it. */
export const decisionRefusal = (
  entry: Pick<LexiconEntry, 'state' | 'proposedBy'>,
  person: string,
): Refusal | undefined => {
  if (entry.state !== 'proposed') return refuse('lexicon.decided')
  return entry.proposedBy === person ? refuse('lexicon.ownDecision') : undefined
}
