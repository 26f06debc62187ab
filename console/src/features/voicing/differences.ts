import type { Correction } from '../../api/lexicon.ts'
import type { SpokenWord } from '../../api/types.ts'

/** A place of a text that is said otherwise than it is written, or where that is in doubt; told once however often it stands there. */
export type SaidOtherwise = {
  written: string
  said: string
  /** Why: the id of a rule, or `correction` where it was put right for this text alone. */
  why: string
  /** What else it could be. */
  others: readonly string[]
  /** No table knows it: it is said as well as can be guessed. */
  guessed: boolean
}

const PLAIN = 'plain'

type Place = { from: number; to: number; rule: string; said: string; doubtful: readonly string[] | undefined }

/** Words that were read from one piece of the text stand together. */
const placesOf = (words: readonly SpokenWord[]): Place[] => {
  const places: Place[] = []
  for (const { from, to, rule, text, doubtful } of words) {
    const last = places.at(-1)
    if (last?.from === from && last.to === to) last.said += ` ${text}`
    else places.push({ from, to, rule, said: text, doubtful })
  }
  return places
}

/** Where what is said differs from what is written, doubts first, each difference once. */
export const saidOtherwise = (
  text: string,
  words: readonly SpokenWord[],
  corrections: readonly Correction[],
): SaidOtherwise[] => {
  const found = new Map<string, SaidOtherwise>()
  const corrected = new Set(corrections.map(({ written }) => written.toLowerCase()))
  for (const { from, to, rule, said, doubtful } of placesOf(words)) {
    const written = text.slice(from, to).trim()
    const same = rule === PLAIN || written === '' || written.toLowerCase() === said.toLowerCase()
    if (same && doubtful === undefined) continue
    const why = rule === 'lexicon' && corrected.has(written.toLowerCase()) ? 'correction' : rule
    const others = (doubtful ?? []).filter((other) => other !== said)
    found.set(`${written}\n${said}`, { written, said, why, others, guessed: doubtful?.length === 0 })
  }
  const rank = ({ why, others, guessed }: SaidOtherwise): number =>
    guessed ? 0 : others.length > 0 ? 1 : why === 'correction' ? 2 : why === 'lexicon' ? 3 : 4
  return [...found.values()].sort((a, b) => rank(a) - rank(b))
}
