const ITEM = /^\s*([-–+•▪*]|\d{1,2}[.)]|[a-zđ][.)])\s/u
const ENDS = /[.:;!?/]\s*$/u
/** A line this much shorter than the longest ended because it was over. */
const FULL_SHARE = 0.7

/** A row of a table is whole. */
const isRow = (line: string): boolean => line.includes('\t')

/** Text whose lines were broken at the edge of a page, as sentences again: a full line that does not end goes on in the next. */
export const unwrapped = (text: string): string => {
  const lines = text.split('\n')
  const longest = lines.reduce((most, line) => (isRow(line) ? most : Math.max(most, line.length)), 0)
  const joined: string[] = []
  let goesOn = false
  for (const line of lines) {
    const isMore = goesOn && line.trim() !== '' && !ITEM.test(line) && !isRow(line)
    if (isMore) joined[joined.length - 1] = `${joined.at(-1)?.trimEnd()} ${line.trimStart()}`
    else joined.push(line)
    goesOn = line.length >= longest * FULL_SHARE && !ENDS.test(line) && !isRow(line)
  }
  return joined.join('\n')
}
