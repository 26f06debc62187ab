import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Phrase = { readonly subject: string; readonly written: string; readonly spoken: string }

const folder = join(import.meta.dirname, '..', '..', 'speech', 'golden')

/** Every golden phrase with its subject, in the order of the files. */
export const goldenPhrases = (): readonly Phrase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.tsv'))
    .toSorted()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((row) => row.includes('\t'))
        .map((row) => {
          const [written = '', spoken = ''] = row.split('\t').map((cell) => cell.replaceAll('\\n', '\n'))
          return { subject: file.replace(/\.tsv$/, ''), written, spoken }
        }),
    )
