import { foldedWords } from '../../i18n/fold.ts'

/** What can be typed on any keyboard and read out on the telephone; the server says the same. */
export const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/

/** `hanhtt` of “Trần Thị Hạnh”: the given name, then the first letters of the others. */
export const suggestedUsername = (name: string): string => {
  const words = foldedWords(name)
  const given = words.at(-1) ?? ''
  return `${given}${words
    .slice(0, -1)
    .map((word) => word[0])
    .join('')}`
}
