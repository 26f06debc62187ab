import { join } from 'node:path'
import { breaches } from './law.ts'
import { readTree } from './tree.ts'

/** `npm run tidy`: prints every breach of the law and ends with 1, or says that there is none. */
const found = breaches(readTree(join(import.meta.dirname, '..', '..')))
for (const message of found) process.stdout.write(`${message}\n`)
process.stdout.write(found.length === 0 ? 'tidy: no breach\n' : `tidy: ${found.length} breaches\n`)
process.exitCode = found.length === 0 ? 0 : 1
