import { withoutEnd } from './parts.ts'

/** A letter that has no single capital stays as it is: "ﬀ" would become two. */
export const capitalised = (text: string): string => {
  const capital = text.charAt(0).toLocaleUpperCase('vi')
  return capital.length === 1 ? capital + text.slice(1) : text
}
/** "ĐỐI TƯỢNG: trẻ em": a label of several words in capitals is no abbreviation. */
const CAPITALS = /^\p{Lu}+(?:,? \p{Lu}+)+(?=\s?(?::|$))/u
const withoutCapitals = (text: string): string => text.replace(CAPITALS, (label) => label.toLocaleLowerCase('vi'))

/** As it is said: a capital, a full stop, no semicolon; the cells of a row of a table one after another. */
export const asSentence = (text: string): string => {
  const inner = withoutEnd(
    withoutCapitals(text)
      .replace(/(?<=\S)\t+(?=\S)/gu, ', ')
      .replace(/\s+/gu, ' '),
    /[\s;,./]/u,
  ).trim()
  return inner === '' ? '' : `${capitalised(inner)}${/[!?:]$/u.test(inner) ? '' : '.'}`
}
