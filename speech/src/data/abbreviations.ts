/** The abbreviation table: what is written, how it is said, in which field, on whose word. */
import { LIFE } from './abbreviations-life.ts'
import { PARTY } from './abbreviations-party.ts'
import { STATE } from './abbreviations-state.ts'

export type Abbreviation = {
  readonly written: string
  readonly spoken: string
  readonly others: readonly string[]
  readonly field: string
  readonly source: string
}

/** Every abbreviation; the first row of a written form decides. */
export const ABBREVIATIONS: readonly Abbreviation[] = [...STATE, ...PARTY, ...LIFE].flatMap(({ field, source, rows }) =>
  rows.map(([written, spoken, ...others]) => ({ written, spoken, others, field, source })),
)

const BY_WRITTEN: ReadonlyMap<string, Abbreviation> = new Map(
  ABBREVIATIONS.toReversed().map((abbreviation) => [abbreviation.written, abbreviation]),
)

/** The abbreviation with exactly this writing. */
export const abbreviationOf = (written: string): Abbreviation | undefined => BY_WRITTEN.get(written)
