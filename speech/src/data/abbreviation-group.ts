/** Rows of one field: written form, reading, and other readings an editor may choose. */
export type AbbreviationGroup = {
  readonly field: string
  readonly source: string
  readonly rows: readonly (readonly [written: string, spoken: string, ...others: string[]])[]
}
