/** What reading a file gave: its text, or the code of a refusal. */
export type Read = { readonly text: string } | { readonly refused: string }
