/** What every engine here is asked and answers. */
export const accents = ['north', 'central', 'south'] as const
export type Accent = (typeof accents)[number]

export type Speech = {
  sampleRate: number
  samples: Int16Array
  /** UTF-16 offsets in the text as asked; empty where the engine does not tell. */
  words: { from: number; to: number; atMs: number }[]
}
