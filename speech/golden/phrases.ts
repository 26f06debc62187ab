/** The golden phrases, for specifications, measurements and the page of readings. Read from the files beside this one. */
import { readdirSync, readFileSync } from 'node:fs'

/** A row as a Vietnamese reader judges it: what is written, and what is to be said. */
export type Phrase = {
  /** Name of its file without the ending: `flood`, `hotlines`, … */
  readonly subject: string
  readonly written: string
  readonly spoken: string
}

const folder = new URL('./', import.meta.url)

/** One row a line: what is written, a tab, what is said; `\n` stands for a line break. */
const phrasesIn = (file: string): readonly Phrase[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [written = '', spoken = ''] = line.split('\t').map((cell) => cell.replaceAll('\\n', '\n'))
      return { subject: file.replace(/\.tsv$/, ''), written, spoken }
    })

/** Every golden phrase, in the order of the files and of their rows. */
export const goldenPhrases = (): readonly Phrase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.tsv'))
    .sort()
    .flatMap(phrasesIn)
