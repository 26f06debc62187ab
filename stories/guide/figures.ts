/** A picture in a page of the guide, with the words that must be seen on it. */
export type Figure = {
  /** File name without folder and ending. */
  readonly name: string
  /** As it stands in the page, from the folder of the guide. */
  readonly path: string
  /** Words in bold between this picture and the next heading or picture: labels of the screen, letter for letter. */
  readonly words: readonly string[]
}

const PICTURE = /!\[[^\]]*\]\(([^)]+\.png)\)/g
const BOLD = /\*\*([^*]+)\*\*/g
const HEADING = /^#/m

const nameOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.png$/, '')

/** The pictures of a page in order. Words in bold stand below the picture that shows them. */
export const figuresOf = (markdown: string): readonly Figure[] => {
  const found = [...markdown.matchAll(PICTURE)]
  return found.map((match, place) => {
    const path = match[1] ?? ''
    const below = markdown.slice(match.index + match[0].length, found[place + 1]?.index)
    const [text = ''] = below.split(HEADING)
    return { name: nameOf(path), path, words: [...text.matchAll(BOLD)].map(([, word = '']) => word) }
  })
}
