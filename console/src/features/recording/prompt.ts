/** The text somebody reads out while recording: paragraphs, and how fast they go by. */

export type Speed = 'slow' | 'middle' | 'fast'

/** Syllables a minute: who reads to a village goes slowly; a newsreader speaks about 240. */
export const syllablesPerMinute: Readonly<Record<Speed, number>> = { slow: 150, middle: 195, fast: 240 }

/** A paragraph longer than this is shown sentence by sentence. */
const SYLLABLES_MAX = 45
/** A rest between paragraphs is about as long as so many syllables. */
const REST_SYLLABLES = 3

export const syllablesIn = (text: string): number => text.split(/\s+/u).filter(Boolean).length

/** The text in pieces that one reads in one go. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n+/u)
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap((line) => (syllablesIn(line) > SYLLABLES_MAX ? line.split(/(?<=[.!?…;])\s+(?=\p{L}|\p{N})/u) : [line]))

/** When each paragraph is read, as shares of the whole: paragraph `n` lasts from `n` to `n + 1` of what is given. */
export const beginsOf = (paragraphs: readonly string[]): number[] => {
  const begins = [0]
  for (const paragraph of paragraphs) begins.push((begins.at(-1) ?? 0) + syllablesIn(paragraph) + REST_SYLLABLES)
  return begins
}

/** How far one has read after so long: in syllables, rests included. */
export const readAfter = (ms: number, speed: Speed): number => (ms / 60_000) * syllablesPerMinute[speed]

export type Place = { readonly paragraph: number; readonly share: number }

/** Which paragraph is being read, and how much of it has been; the last one, whole, at the end. */
export const placeAt = (begins: readonly number[], read: number): Place => {
  const last = Math.max(0, begins.length - 2)
  let paragraph = 0
  while (paragraph < last && read >= (begins[paragraph + 1] ?? 0)) paragraph++
  const [from = 0, to = 1] = [begins[paragraph], begins[paragraph + 1]]
  return { paragraph, share: Math.max(0, Math.min(1, (read - from) / (to - from))) }
}
