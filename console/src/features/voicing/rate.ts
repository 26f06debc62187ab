/** Speaking rate as a factor of the voice's own: three that have a word, and any other by its number. */
export const rateWords = { slow: 0.85, middle: 1, fast: 1.15 } as const
export type RateWord = keyof typeof rateWords

const words = Object.keys(rateWords) as RateWord[]

export const wordOf = (rate: number): RateWord | undefined => words.find((word) => rateWords[word] === rate)

/** The three words, and the rate itself where it is none of them: from slow to fast. */
export const ratesToChoose = (rate: number): number[] =>
  [...new Set([...words.map((word) => rateWords[word]), rate])].sort((a, b) => a - b)

const RATE_STEPS = { from: 10, to: 40, perOne: 20 }

/** Every rate that can be set, in steps of a twentieth. */
export const allRates: readonly number[] = Array.from(
  { length: RATE_STEPS.to - RATE_STEPS.from + 1 },
  (_, step) => (RATE_STEPS.from + step) / RATE_STEPS.perOne,
)
