/** Text without marks, apostrophes and capitals, as the server's search folds it: “Xơ Đăng” is found by `xo dang`, “H’re” by `hre`. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/['’‘ʼ`´]/g, '')
    .toLowerCase()

/** The words of a text, folded. */
export const foldedWords = (text: string): readonly string[] =>
  fold(text)
    .split(/[^a-z0-9]+/)
    .filter(Boolean)

/** Whether every word of the query begins a word of the text, marks or not. */
export const foundIn = (text: string, query: string): boolean => {
  const words = foldedWords(text)
  return foldedWords(query).every((asked) => words.some((word) => word.startsWith(asked)))
}

/** Vietnamese names are ordered by the given name, which stands last. */
export const byGivenName = (a: string, b: string): number => {
  const givenName = (name: string): string => name.trim().split(/\s+/).at(-1) ?? ''
  return givenName(a).localeCompare(givenName(b), 'vi') || a.localeCompare(b, 'vi')
}
