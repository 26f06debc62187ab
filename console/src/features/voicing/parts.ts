import type { SoundPart } from '../../api/frames.ts'
import { wordAt } from './spoken.ts'

/** Index of the part that is heard at a position; `null` outside and in the silence between two. */
export const partAt = (parts: readonly SoundPart[], ms: number | null): number | null => {
  if (ms === null) return null
  const found = parts.findIndex(({ atMs, durationMs }) => atMs <= ms && ms < atMs + durationMs)
  return found < 0 ? null : found
}

/** Index of the word of the text that is said at a position, in whichever of its readings that is. */
export const wordHeard = (parts: readonly SoundPart[], ms: number | null): number | null => {
  const part = parts[partAt(parts, ms) ?? -1]
  return part?.kind === 'reading' ? wordAt(part.words, ms) : null
}

/** The text that is read, with its words; `undefined` where it is a recording. */
export const readingIn = (parts: readonly SoundPart[]): SoundPart | undefined =>
  parts.find(({ kind, words }) => kind === 'reading' && words.length > 0)
